"""Filling a Word template that people edit: strict names, exact words, errors that one understands.

Where we part from docxtpl: people's text comes out as typed (docxtpl reads `{_{` or a form feed in it as marks of its
own), XML is never repaired in silence, and a mistake names the paragraph that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any
from zipfile import BadZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from bot.documents.office import repacked, storable
from bot.domain.errors import OperatorError

LANGUAGES = {"en": ("en-GB", "zh-CN"), "fr": ("fr-FR", "zh-CN"), "zh": ("en-GB", "zh-CN")}
"""What Word takes the words of a document for: its Latin ones, and its East Asian ones. In a Chinese document, what
is written in Latin letters is mostly English."""
COMPLEX_SCRIPTS = "th-TH"
SCRIPTS = {
    "ja": ("eastAsia", "ja-JP", "Yu Gothic"),
    "ko": ("eastAsia", "ko-KR", "Malgun Gothic"),
    "zh": ("eastAsia", "zh-CN", "Microsoft YaHei"),
    "zh-hant": ("eastAsia", "zh-TW", "Microsoft JhengHei"),
    "ne": ("bidi", "ne-NP", "Nirmala UI"),
    "th": ("bidi", "th-TH", "Leelawadee UI"),
}
"""Han characters have other forms in other languages, so a name says which it is in: as what Word takes it, and the
font that Office has for it."""
LONGEST_PROPERTY = 255
"""Characters; Word refuses longer properties."""
MAKERS = (
    "/extended-properties",
    "/custom-properties",
    "/customXml",
    "/thumbnail",
    "/attachedTemplate",
)
"""Kinds of parts that tell of those who made a file, and not of what it says."""
EMU_PER_CM = 360_000
DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic='
    '"http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="{name}" descr="{alt}"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" '
    'name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" '
    'cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    '</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


class WordFile(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """One template, filled once. Raises OperatorError that names the file and the place where it is broken."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path
        self.pictures = 0
        try:
            self.init_docx()
        except (BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError, etree.XMLSyntaxError):
            reason = "is no Word document (.docx)" if path.is_file() else "is not there"
            raise OperatorError(
                f"The template {path} {reason}. Save it in Word as “Word Document”."
            ) from None

    def fill(self, context: Mapping[str, Any]) -> None:
        """Fills body, headers, footers and footnotes."""
        self.render(dict(context))

    def picture(self, png: bytes, alt: str, width: float) -> Markup:
        """A picture in the place of its tag, `width` in centimetres; `alt` is what a screen reader says."""
        self.pictures += 1
        name = f"chart{self.pictures:05}"
        key = f"rId{name}"
        image = Part(PackURI(f"/word/media/{name}.png"), "image/png", png, self.docx.part.package)
        # By hand: python-docx would compare each picture with all others.
        self.current_rendering_part.load_rel(RELATIONSHIP_TYPE.IMAGE, image, key)
        across, down = unpack(">II", png[16:24])
        wide = round(width * EMU_PER_CM)
        high = wide * down // across
        return Markup(DRAWING).format(width=wide, height=high, name=name, alt=storable(alt), key=key)  # noqa: S704 - format escapes

    def saved(self, *, title: str, subject: str, language: str, moment: datetime) -> bytes:
        """The finished file: the same words give the same bytes."""
        self._set_language(language)
        about = self.docx.core_properties
        about.title, about.subject = (storable(text)[:LONGEST_PROPERTY] for text in (title, subject))
        about.language, about.last_modified_by, about.revision = language, "", 1
        # What a template tells of those who made it is not theirs to publish.
        about.author = about.comments = about.keywords = about.category = ""
        about.content_status = about.identifier = about.version = ""
        self._without_its_makers()
        about.created = about.modified = moment.replace(tzinfo=None)
        target = BytesIO()
        self.docx.save(target)
        return repacked(target.getvalue())

    def render_xml_part(
        self, source: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None
    ) -> str:
        """What a part of the template comes to. Each paragraph is a line, so that a line tells the paragraph."""
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", source.replace("\n", " "))
        self.current_rendering_part = part
        try:
            return _compiled(source).render(context)
        except TemplateSyntaxError as error:
            raise self._broken(str(error.message), source, error.lineno) from None
        except UndefinedError as error:
            raise self._broken(_nearest(str(error.message), context), source, _line(error)) from None
        except OperatorError:
            raise
        except Exception as error:
            raise self._broken(f"{type(error).__name__}: {error}", source, _line(error)) from None

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Title and subject are ours to write (`saved`), not tags of the template."""

    def fix_tables(self, xml: str) -> Any:
        """The tree of the filled document; a cell that was left empty gets the paragraph that Word wants in it."""
        try:
            tree = etree.fromstring(
                self._around(xml), etree.XMLParser(huge_tree=True, resolve_entities=False)
            )
        except etree.XMLSyntaxError as error:
            raise OperatorError(
                f"The template {self.path} is broken: a tag opens in one place and closes in another (a paragraph, a "
                f"row, a cell). Put {{%p … %}} into paragraphs of their own and {{%tr … %}} into rows of their own. "
                f"({error.msg})"
            ) from None
        for cell in tree.iter(qn("w:tc")):
            if not len(cell) or cell[-1].tag != qn("w:p"):
                cell.append(OxmlElement("w:p"))
        return tree

    def map_tree(self, tree: Any) -> None:
        """The filled document takes the place of the template's; docxtpl would move a big body node by node."""
        self.docx.part._element = tree

    def _around(self, body: str) -> bytes:
        """The whole document with this body."""
        whole = etree.tostring(self.docx.part.element, encoding="unicode")
        filled: str = whole.partition("<w:body")[0] + body + whole.rpartition("</w:body>")[2]
        return filled.encode()

    def _broken(self, reason: str, source: str, line: int | None) -> OperatorError:
        lines = source.split("\n")
        # What stands before the first paragraph is no text of the template.
        near = re.sub(r"<[^>]+>", "", lines[line - 1]).strip() if line and line <= len(lines) else ""
        place = f", in the paragraph “{near[:200]}”" if near else ""
        return OperatorError(f"The template {self.path} is broken{place}: {reason}")

    def _without_its_makers(self) -> None:
        """Drops what Office and its servers keep beside a document: company, manager, own properties, the folder of
        the template that it was made from."""
        body = self.docx.part
        settings = body._settings_part
        for holder in (body.package, body, settings):
            for key in [key for key, rel in holder.rels.items() if rel.reltype.endswith(MAKERS)]:
                del holder.rels[key]
        for told in settings.element.findall(qn("w:attachedTemplate")):
            settings.element.remove(told)

    def _set_language(self, language: str) -> None:
        latin, east_asian = LANGUAGES.get(language, (language, "zh-CN"))
        styles = self.docx.styles.element
        for place in styles.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"):
            for old in place.findall(qn("w:lang")):
                place.remove(old)
            told = OxmlElement("w:lang")
            told.set(qn("w:val"), latin)
            told.set(qn("w:eastAsia"), east_asian)
            told.set(qn("w:bidi"), COMPLEX_SCRIPTS)
            place.append(told)


def in_script(words: str, language: str) -> Markup:
    """Words of another language in the place of their tag, set as that language sets them."""
    kind, tag, font = SCRIPTS.get(language.lower()) or SCRIPTS.get(
        language.split("-")[0].lower(), ("", "", "")
    )
    if not kind:
        return _in_a_run(words)
    fonts = f'w:eastAsia="{font}"' if kind == "eastAsia" else f'w:cs="{font}"'
    return (
        Markup(f'</w:t></w:r><w:r><w:rPr><w:rFonts {fonts}/><w:lang w:{kind}="{tag}"/></w:rPr>')  # noqa: S704 - codes of ours
        + Markup('<w:t xml:space="preserve">')
        + _in_a_run(words)
        + Markup('</w:t></w:r><w:r><w:t xml:space="preserve">')
    )


@lru_cache(maxsize=16)
def _compiled(source: str) -> Template:
    """A part of a template, ready to be filled: hundreds of letters come from one."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_finalised)
    return environment.from_string(source)


def _finalised(value: Any) -> Any:
    return value if hasattr(value, "__html__") or not isinstance(value, str) else _in_a_run(value)


def _in_a_run(words: str) -> Markup:
    """People's text within a run of Word: nothing in it is markup; line breaks and tabs stay what they are."""
    text = str(escape(storable(words)))
    if "\n" in text or "\t" in text:
        text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return Markup(text)  # noqa: S704 - escaped above


def _line(error: BaseException) -> int | None:
    """The line of the template at which it went wrong."""
    lines = list(_template_lines(error))
    return lines[-1] if lines else None


def _template_lines(error: BaseException) -> Iterator[int]:
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            yield step.tb_lineno
        step = step.tb_next


def _nearest(message: str, context: Mapping[str, Any]) -> str:
    """The message with the name that was probably meant."""
    wrong = re.search(r"'(\w+)' is undefined|no attribute '(\w+)'", message)
    if wrong is None:
        return message
    known = set(context) | set(context.get("labels", ()))
    for value in context.values():
        known |= set(getattr(value, "__dataclass_fields__", ()))
    near = get_close_matches(wrong.group(1) or wrong.group(2), sorted(known), 1)
    return f"{message}. Is “{near[0]}” meant?" if near else message
