"""The styles of the shipped Word templates: what "Heading 1" or "Quote" looks like, and in which fonts.

Each run names three fonts, since Word keeps scripts apart: Latin, East Asian, and complex scripts such as Thai or
Nepali. We name what every Office has: Calibri, Microsoft YaHei, Leelawadee UI (Word takes Nirmala UI for Nepali and
Malgun Gothic for Korean by itself where the named font has no such letters). `fontTable.xml` names the Noto fonts
beside them, which LibreOffice and Linux have. No font is embedded: files stay small, and printers have theirs.
"""

from __future__ import annotations

INK, ACCENT, QUIET, PALE = "1F2933", "0B5563", "5B6770", "E6F0F2"
"""Text, headings, small print, and the ground of a table's header. Each on white (or on the pale one) has a contrast
of at least 4.5 to 1."""

LATIN, EAST_ASIAN, COMPLEX = "Calibri", "Microsoft YaHei", "Leelawadee UI"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TABLE_STYLE = "Focal Table"
WORDS_OWN = frozenset(
    {
        "Normal",
        "heading 1",
        "heading 2",
        "heading 3",
        "Title",
        "Subtitle",
        "List Bullet",
        "Quote",
        "caption",
        "footer",
    }
)
"""Styles that Word knows by itself, and shows under a name in the language of its menus."""


def _id(name: str) -> str:
    return name[:1].upper() + name[1:].replace(" ", "")


def _run(size: float = 0, *, bold: bool = False, colour: str = "") -> str:
    """Properties of text; `size` in points. Complex scripts have properties of their own for size and weight."""
    half = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return (
        "<w:rPr>"
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + half
        + "</w:rPr>"
    )


def _paragraph(
    before: float, after: float, *, line: float = 0, inside: str = "", last: str = "", keep: bool = False
) -> str:
    """Properties of a paragraph; distances in points, `line` in lines. `inside` and `last` are further properties, at
    the places where the schema wants them."""
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    if line:
        spacing += f' w:line="{round(line * 240)}" w:lineRule="auto"'
    return f"<w:pPr>{'<w:keepNext/><w:keepLines/>' if keep else ''}{inside}{spacing}/>{last}</w:pPr>"


def _style(name: str, looks: str, *, based: str = "Normal", following: str = "") -> str:
    first = name == "Normal"
    kind = ' w:default="1"' if first else "" if name in WORDS_OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{_id(name)}"><w:name w:val="{name}"/>'
        + ("" if first else f'<w:basedOn w:val="{_id(based)}"/>')
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f"<w:qFormat/>{looks}</w:style>"
    )


def _heading(level: int, size: float, before: float, after: float, further: str = "") -> str:
    looks = _paragraph(
        before, after, inside=further, last=f'<w:outlineLvl w:val="{level - 1}"/>', keep=True
    ) + _run(size, bold=True, colour=ACCENT)
    return _style(f"heading {level}", looks, following="Normal")


_RULE = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
_TAB = '<w:tabs><w:tab w:val="left" w:pos="2835"/></w:tabs>'
_HANGING = '<w:ind w:left="2835" w:hanging="2835"/>'
_BULLET = '<w:numPr><w:numId w:val="1"/></w:numPr>'
_LINE = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="B8C4C9"/>'

_STYLES = (
    _style("Normal", _paragraph(0, 6, line=1.15) + _run(10.5, colour=INK)),
    _heading(1, 18, 18, 8),
    _heading(2, 13, 16, 4),
    _heading(3, 11, 10, 3),
    _style("Title", _paragraph(120, 10, line=1.0) + _run(30, bold=True, colour=ACCENT), following="Subtitle"),
    _style("Subtitle", _paragraph(0, 24) + _run(15, colour=QUIET), following="Normal"),
    _style("Cover line", _paragraph(0, 2) + _run(11.5)),
    _style("Legend", _paragraph(4, 4) + _run(9, colour=QUIET)),
    _style("Letter head", _paragraph(18, 2) + _run(11.5)),
    _style("Letter end", _paragraph(18, 2, inside="<w:keepNext/>") + _run()),
    _style("List Bullet", _paragraph(0, 3, inside=_BULLET, last="<w:contextualSpacing/>")),
    _style("Quote", _paragraph(2, 6, inside=_RULE, last='<w:ind w:left="284"/>') + _run()),
    _style("caption", _paragraph(2, 8) + _run(9, colour=QUIET)),
    _style("Small print", _paragraph(0, 2) + _run(9, colour=QUIET)),
    _style("Label", _paragraph(6, 1, inside="<w:keepNext/>") + _run(9.5, bold=True, colour=QUIET)),
    _style("Result", _paragraph(2, 0, last='<w:ind w:left="284"/>') + _run(11)),
    _style("Result origin", _paragraph(0, 2, last='<w:ind w:left="284"/>') + _run(8.5, colour=QUIET)),
    _style("Fact", _paragraph(0, 2, inside=_TAB, last=_HANGING) + _run(9.5)),
    _style("Figure number", _paragraph(3, 3) + _run(20, bold=True, colour=ACCENT)),
    _style("Picture", _paragraph(6, 0, inside="<w:keepNext/>")),
    _style("Cell", _paragraph(1.5, 1.5, line=1.05) + _run(9)),
    _style(
        "Cell head",
        _paragraph(3, 3, inside="<w:keepNext/>") + _run(9, bold=True, colour=ACCENT),
        based="Cell",
    ),
    _style("Cell note", _paragraph(0, 1.5) + _run(8, colour=QUIET), based="Cell"),
    _style("footer", _paragraph(0, 0, last='<w:jc w:val="center"/>') + _run(8.5, colour=QUIET)),
)

_TABLE = f"""<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="FocalTable"><w:name w:val="{TABLE_STYLE}"/>
<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{_LINE.format("top")}{_LINE.format("bottom")}
{_LINE.format("insideH")}</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr></w:tblStylePr>
</w:style>""".replace("\n", "")

STYLES = f"""<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{EAST_ASIAN}" w:cs="{COMPLEX}"/><w:sz w:val="21"/>
<w:szCs w:val="21"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="th-TH"/></w:rPr></w:rPrDefault><w:pPrDefault/>
</w:docDefaults>{"".join(_STYLES)}{_TABLE}</w:styles>""".replace("\n", "")


def _font(name: str, others: str, family: str = "swiss") -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )


FONTS = (
    f'<w:fonts xmlns:w="{NAMESPACE}">'
    + _font(LATIN, "Carlito,Noto Sans,Arial")
    + _font(EAST_ASIAN, "Noto Sans CJK SC,PingFang SC,Source Han Sans SC")
    + _font(COMPLEX, "Noto Sans Thai,Noto Sans Devanagari,Nirmala UI,Thonburi")
    + "</w:fonts>"
)

NUMBERING = f"""<w:numbering xmlns:w="{NAMESPACE}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType
 w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>""".replace("\n", "")

SETTINGS = f"""<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>""".replace("\n", "")
