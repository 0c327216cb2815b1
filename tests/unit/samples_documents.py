"""Samples of the commitment report: several cities and scripts, every kind of gap, and words that want to be code.

`report()` is the data, `document(language)` the same in words; `nasty()` and `typed()` have words of people that are
formulas, tags and templates in every free field; `many(n)` is a report over n cities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.documents.document import Document
from bot.domain.assessment import TargetResult, assess
from bot.domain.commitments import (
    Baseline,
    Direction,
    Indicator,
    Said,
    SaidStatus,
    Target,
    TargetKind,
    ValueKind,
)
from bot.domain.cycles import ReportingCycle
from bot.domain.people import Role
from bot.domain.publication import (
    Actor,
    CityPart,
    CommitmentPart,
    CommitmentReport,
    Missing,
    MissingWhat,
    Origin,
    Provenance,
    Quote,
    ReportFacts,
    Scope,
    TargetLine,
    Told,
)
from bot.domain.reports import SourceKind
from bot.domain.words import LocalText

INJECTIONS = (
    "=1+1",
    "+SUM(A1)",
    "-2 cmd|' /C calc'!A0",
    "@import",
    "'=already quoted",
    "\tTab first",
    "<script>alert(1)</script> & <b>bold</b> &lt;",
    "{{ 7*7 }} {% for x in y %} %(x)s ${x}",
    '#import "x": * \\ $x$ _a_ *b* `c` [d](http://e.example) <label>',
    "| a | b |\n| --- | --- |\n# no heading\n- no list\n1. no number\n> no quote\n---",
    "![x](http://x.example/x.png) http://y.example z@example.org &amp; \\*",
    "line one\nline two\r\n  spaces  end ",
    "a\u202eb \u200b字😀 ﷽ e\u0301",
    "~~x~~ ==y== ^z^ :smile: <!-- c --> ]]> </w:t> \x07bell",
)
"""Each stands in some free field of `typed()`, exactly as somebody could type it."""

SENT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
DECIDED = datetime(2026, 12, 5, 12, 30, tzinfo=UTC)
CYCLE = ReportingCycle(
    "2026",
    LocalText({"en": "Report 2026", "zh": "2026年报告", "fr": "Rapport 2026"}),
    "2026",
    date(2026, 10, 1),
    date(2026, 12, 15),
    "progress",
)
ASKED = LocalText(
    {
        "en": "What came of it, in figures",
        "zh": "结果（数字）",
        "fr": "Ce qui en est sorti, en chiffres",
    }
)
IN_WORDS = LocalText({"en": "In words", "zh": "文字说明", "fr": "En mots"})
INDICATORS = {
    "waste-generation": Indicator(
        "waste-generation",
        LocalText({"en": "Waste generation", "zh": "废物生成量", "fr": "Production de déchets"}),
        LocalText({"fr": "sa production de déchets"}),
    ),
    "waste-per-person": Indicator(
        "waste-per-person",
        LocalText({"en": "Waste per person", "zh": "人均城市废物生成量", "fr": "Déchets par habitant"}),
        LocalText({"fr": "ses déchets par habitant"}),
    ),
    "recycling-rate": Indicator(
        "recycling-rate",
        LocalText({"en": "Recycling rate", "zh": "循环率", "fr": "Taux de recyclage"}),
        LocalText({"fr": "son taux de recyclage"}),
    ),
    "employment": Indicator("employment", LocalText({"en": "Employment", "zh": "就业", "fr": "Emploi"})),
    "landfills": Indicator(
        "landfills", LocalText({"en": "Sanitary landfills", "zh": "环卫填埋场", "fr": "Décharges contrôlées"})
    ),
}


def text(en: str, zh: str = "", fr: str = "") -> LocalText:
    return LocalText({tag: words for tag, words in (("en", en), ("zh", zh), ("fr", fr)) if words})


def of_report(city: str, *words: str, version: int = 1, **more: Any) -> Provenance:
    facts: dict[str, Any] = {
        "number": f"{city}-2026",
        "version": version,
        "sent": Actor(Role.FOCAL_POINT, "p-7f3a"),
        "sent_at": SENT,
        "kind": SourceKind.QUESTIONNAIRE,
        "accepted": Actor(Role.SECRETARIAT, "p-09bc"),
        "accepted_at": DECIDED,
        "words": tuple(Quote(asked, said) for asked, said in zip((ASKED, IN_WORDS), words, strict=False)),
    }
    return Provenance(Origin.REPORT, **{**facts, **more})


PUBLISHED = Provenance(Origin.PUBLISHED, source="K table 1")


def target(
    id: str,
    indicator: str,
    words: LocalText,
    kind: TargetKind = TargetKind.CHANGE,
    value: str | None = None,
    **more: Any,
) -> Target:
    direction = more.pop("direction", Direction.DOWN)
    return Target(
        id,
        kind,
        indicator,
        words,
        None if kind is TargetKind.SCALE else direction,
        Decimal(value) if value is not None else None,
        due=more.pop("due", 2030),
        unit=more.pop("unit", "%" if value is not None else None),
        **more,
    )


def told(target: Target, provenance: Provenance, counts: bool = False, **result: Any) -> Told:
    year, words = result.get("year"), result.pop("text", None)
    when = result.pop("when", None) or (str(year) if year else None)
    in_scope = result.pop("in_scope", True)
    for name in ("value", "far", "said_share"):
        if name in result:
            result[name] = Decimal(result[name])
    if "value" in result and target.kind is TargetKind.CHANGE and result.get("unit") == "%":
        result.setdefault("as_change", True)
    return Told(TargetResult(target.id, **result), provenance, when, words, counts, in_scope)


def line(ref: str, target: Target, *said: Told, source: Said | None = None, made: int = 2025) -> TargetLine:
    counting = next((one.result for one in said if one.counts), None)
    return TargetLine(ref, target, assess(target, counting, made), said, source)


def facts(city: str, version: int = 1, **more: Any) -> ReportFacts:
    return ReportFacts(f"{city}-2026", version, "2026", of_report(city, version=version), **more)


def sibu() -> CityPart:
    """A range promised, a short series, the sources beside it; and a "promote …" judged by evidence."""
    waste = target(
        "a",
        "waste-generation",
        text("Cut waste generation by 10 to 15 per cent.", "把废物生成量降低10-15%。"),
        value="-10",
        far=Decimal(-15),
    )
    jobs = target(
        "b",
        "employment",
        text("Widen employment by promoting composting.", "通过促进堆肥扩大就业机会。"),
        TargetKind.SCALE,
    )
    measured = ValueKind.MEASURED
    series = (
        told(
            waste,
            PUBLISHED,
            value="-2",
            unit="%",
            year=2008,
            when="2006-2008",
            value_kind=measured,
            text=text(
                "Waste was reduced by 2 per cent on average from 2006 to 2008.",
                "2006年至2008年废物量平均减少2%。",
            ),
        ),
        told(
            waste,
            of_report("sibu", "-6,5 %", number="sibu-2025"),
            value="-6.5",
            unit="%",
            year=2025,
            value_kind=measured,
            in_scope=False,
        ),
        told(
            waste,
            of_report("sibu", "lebih kurang -10.5 % pada 2026", "Kompos komuniti di 14 kampung.", version=2),
            counts=True,
            value="-10.5",
            unit="%",
            year=2026,
            value_kind=measured,
            words="Kompos komuniti di 14 kampung.",
            said=SaidStatus.REACHED,
        ),
    )
    evidence = told(
        jobs,
        of_report("sibu", "3", "Dua puluh pekerja.", version=2),
        counts=True,
        scale=3,
        judged="2",
        words="Dua puluh pekerja.",
    )
    said = Said(
        "a",
        SaidStatus.NOT_STATED,
        text(
            "The source gives the figure but not whether the target was reached.",
            "原文没有说明是否实现目标。",
        ),
        "K table 1",
    )
    return CityPart(
        "sibu",
        LocalText({"en": "Sibu", "zh": "诗巫市", "fr": "Sibu", "ms": "Sibu"}),
        "MY",
        ("ms", "en", "zh"),
        (
            CommitmentPart(
                "sibu-2025",
                text("Sibu’s commitment: 10 to 15 per cent less waste", "诗巫市的承诺：废物生成量降低10-15%"),
                2025,
                (line("2025a", waste, *series, source=said), line("2025b", jobs, evidence)),
                (
                    text(
                        "“Average 2 per cent” may mean a year or the whole period.",
                        "“平均2%”可能指每年，也可能指整个时期。",
                    ),
                ),
                ("K§19", "K table 1"),
                ("sibu-community-waste",),
                2030,
            ),
        ),
        (facts("sibu", 2),),
        (
            Quote(
                text("What worked", "哪些做法有效", "Ce qui a marché"),
                "Ketua kampung memulakan; yang lain ikut.",
            ),
        ),
        (text("Money", "资金", "Financement"), text("Technical advice", "技术咨询", "Conseil technique")),
        (text("Surabaya", "泗水市"),),
        (Missing(MissingWhat.BASELINE, "2025a"),),
    )


def ulsan() -> CityPart:
    """A level that keeps its zero; the city says "reached" where the figures say otherwise; a forecast."""
    waste = target(
        "a",
        "waste-per-person",
        text("Lower waste to 0.90 kg per person and day.", "人均废物生成量降至每日0.90公斤。"),
        TargetKind.LEVEL,
        "0.90",
        unit="kg/cap/day",
        baseline=Baseline(2020, Decimal("1.07")),
    )
    rate = target(
        "b",
        "recycling-rate",
        text("Reach a recycling rate of 65 per cent.", "实现65%的循环率。"),
        TargetKind.LEVEL,
        "65",
        direction=Direction.UP,
    )
    return CityPart(
        "ulsan",
        LocalText({"en": "Ulsan", "zh": "蔚山市", "ko": "울산시"}),
        "KR",
        ("ko",),
        (
            CommitmentPart(
                "ulsan-2025",
                text("Ulsan’s commitment", "蔚山市的承诺"),
                2025,
                (
                    line(
                        "2025a",
                        waste,
                        told(
                            waste,
                            of_report("ulsan", "1인당 하루 0.99kg", number="ulsan-2024"),
                            value="1.02",
                            unit="kg/cap/day",
                            year=2024,
                            value_kind=ValueKind.MEASURED,
                            in_scope=False,
                        ),
                        told(
                            waste,
                            of_report("ulsan", "1인당 하루 0.99kg", "일회용품 사용을 규제했습니다."),
                            counts=True,
                            value="0.99",
                            unit="kg/cap/day",
                            year=2026,
                            value_kind=ValueKind.MEASURED,
                            words="일회용품 사용을 규제했습니다.",
                            said=SaidStatus.REACHED,
                            said_share="90",
                        ),
                    ),
                    line(
                        "2025b",
                        rate,
                        told(
                            rate,
                            of_report("ulsan", "62.5~70 % 예상"),
                            counts=True,
                            value="66",
                            far="70",
                            unit="%",
                            year=2030,
                            value_kind=ValueKind.PROJECTED,
                            said=SaidStatus.EXPECTED,
                        ),
                    ),
                ),
            ),
        ),
        (facts("ulsan", late=True),),
    )


def kathmandu() -> CityPart:
    """Words without a figure, a figure of unknown kind and year, and one that measures something else."""
    whole = target(
        "a",
        "landfills",
        text("Improve the city’s overall environment.", "改善城市的整体环境状况。"),
        TargetKind.SCALE,
    )
    sites = target(
        "b", "landfills", text("Run three sanitary landfills.", "运营三个环卫填埋场。"), TargetKind.COUNT, "3",
        direction=Direction.UP, unit=None,
    )  # fmt: skip
    return CityPart(
        "kathmandu",
        LocalText({"en": "Kathmandu", "zh": "加德满都市", "fr": "Katmandou", "ne": "काठमाडौं"}),
        "NP",
        ("ne", "new", "en"),
        (
            CommitmentPart(
                "kathmandu-2025",
                text("Kathmandu’s commitment", "加德满都市的承诺"),
                2025,
                (
                    line(
                        "2025a",
                        whole,
                        told(
                            whole,
                            of_report("kathmandu", "विद्यालयहरूमा सचेतना कार्यक्रम।", kind=SourceKind.INTERVIEW,
                                      source_note="Ms Sharma, 3 March", sent=Actor(Role.SECRETARIAT, "p-11aa")),
                            counts=True,
                            words="विद्यालयहरूमा सचेतना कार्यक्रम।",
                        ),
                    ),
                    line(
                        "2025b",
                        sites,
                        told(sites, of_report("kathmandu", "दुई"), counts=True, value="2"),
                        told(
                            sites,
                            PUBLISHED,
                            value="751",
                            other_measure=True,
                            year=2007,
                            value_kind=ValueKind.MEASURED,
                            text=text("751 households compost at home.", "751户家庭在家堆肥。"),
                        ),
                    ),
                ),
            ),
        ),
        (facts("kathmandu"),),
        missing=(
            Missing(MissingWhat.FIGURE, "2025a"),
            Missing(MissingWhat.YEAR, "2025b"),
            Missing(MissingWhat.BASELINE, "2025b"),
        ),
    )  # fmt: skip


def nonthaburi() -> CityPart:
    """A series of the sources with an expected end; no report in this cycle."""
    waste = target(
        "a",
        "waste-generation",
        text("Cut waste generation by 30 per cent.", "把废物生成量降低30%。"),
        value="-30",
    )
    jobs = target(
        "b",
        "employment",
        text("Widen employment.", "扩大就业机会。", "Développer l’emploi."),
        TargetKind.SCALE,
    )
    measured = ValueKind.MEASURED
    return CityPart(
        "nonthaburi",
        LocalText({"en": "Nonthaburi", "zh": "暖武里府", "th": "นนทบุรี"}),
        "TH",
        ("th",),
        (
            CommitmentPart(
                "nonthaburi-2025",
                text("Nonthaburi’s commitment", "暖武里府的承诺"),
                2025,
                (
                    line(
                        "2025a",
                        waste,
                        told(waste, PUBLISHED, value="-26", unit="%", year=2027, value_kind=measured),
                        told(waste, PUBLISHED, True, value="-28", unit="%", year=2028, value_kind=measured),
                        told(
                            waste, PUBLISHED, value="-30", unit="%", year=2030, value_kind=ValueKind.EXPECTED
                        ),
                        source=Said(
                            "a",
                            SaidStatus.EXPECTED,
                            text("Expected to reach 30 per cent by 2030.", "至2030年预计将达到30%。"),
                            "K table 1",
                        ),
                    ),
                    line("2025b", jobs),
                ),
            ),
        ),
        missing=(
            Missing(MissingWhat.REPORT),
            Missing(MissingWhat.RESULT, "2025b", because="ยังไม่มีข้อมูล"),
        ),
    )


def kitakyushu() -> CityPart:
    """Figures past their targets, one without a year; a fall told where more was promised."""
    waste = target(
        "b", "waste-generation", text("Cut household waste by 20 per cent.", "家用垃圾降低20%。"), value="-20"
    )
    rate = target(
        "c",
        "recycling-rate",
        text("Raise the recycling rate to 25 per cent.", "循环率提高到25%。"),
        TargetKind.LEVEL,
        "25",
        direction=Direction.UP,
        baseline=Baseline(2020, Decimal(15)),
    )
    return CityPart(
        "kitakyushu",
        LocalText({"en": "Kitakyushu", "zh": "北九州市", "ja": "北九州市", "ko": "기타큐슈시"}),
        "JP",
        ("ja",),
        (
            CommitmentPart(
                "kitakyushu-2025",
                text("Kitakyushu’s commitment", "北九州市的承诺"),
                2025,
                (
                    line(
                        "2025b",
                        waste,
                        told(
                            waste,
                            of_report("kitakyushu", "32.4％減"),
                            counts=True,
                            value="-32.4",
                            unit="%",
                            value_kind=ValueKind.MEASURED,
                            said=SaidStatus.EXCEEDED,
                        ),
                    ),
                    line(
                        "2025c",
                        rate,
                        told(
                            rate,
                            of_report("kitakyushu", "リサイクル率は下がった"),
                            counts=True,
                            value="14.50",
                            unit="%",
                            year=2026,
                            value_kind=ValueKind.MEASURED,
                        ),
                    ),
                ),
            ),
        ),
        (facts("kitakyushu"),),
        missing=(Missing(MissingWhat.YEAR, "2025b"),),
    )


def report(*cities: CityPart, **more: Any) -> CommitmentReport:
    """The report on these cities; without any, on all five."""
    shown = cities or (kathmandu(), kitakyushu(), nonthaburi(), sibu(), ulsan())
    given: dict[str, Any] = {
        "scope": Scope(cycle="2026"),
        "content": "3f1c9a7be2d04c55" * 4,
        "as_of": DECIDED,
        "cycle": CYCLE,
        "entries": {"sibu-community-waste": text("Community waste management in Sibu", "诗巫的社区废物管理")},
        "indicators": INDICATORS,
    }
    return CommitmentReport(**{**given, "cities": shown, **more})


def document(language: str = "en") -> Document:
    from bot.documents.composition import compose

    return compose(report(), language)


def typed() -> CommitmentReport:
    """The report with an injection in every field that people or files can fill with words."""
    pieces = iter(INJECTIONS * 40)
    return report(*(_with_words(city, pieces) for city in (sibu(), kathmandu())), **_nasty_names(pieces))


def _nasty_names(pieces: Iterator[str]) -> dict[str, Any]:
    return {"entries": {"sibu-community-waste": LocalText.plain(next(pieces))}}


def _with_words(city: CityPart, pieces: Iterator[str]) -> CityPart:
    def words() -> LocalText:
        return LocalText.plain(next(pieces))

    def quoted(quote: Quote) -> Quote:
        return Quote(words(), next(pieces))

    def one_told(told: Told) -> Told:
        origin = replace(
            told.provenance,
            words=tuple(map(quoted, told.provenance.words)),
            source_note=next(pieces) if told.provenance.origin is Origin.REPORT else "",
        )
        result = replace(told.result, words=next(pieces) if told.result.words else None)
        return replace(told, provenance=origin, result=result, text=words() if told.text else None)

    def one_line(line: TargetLine) -> TargetLine:
        return replace(
            line,
            target=replace(line.target, text=words()),
            told=tuple(map(one_told, line.told)),
            said=replace(line.said, text=words()) if line.said else None,
        )

    return replace(
        city,
        name=words(),
        commitments=tuple(
            replace(
                made,
                title=words(),
                lines=tuple(map(one_line, made.lines)),
                remarks=tuple(words() for _ in INJECTIONS),
            )
            for made in city.commitments
        ),
        worked=tuple(Quote(words(), piece) for piece in INJECTIONS),
        wanted=tuple(LocalText.plain(piece) for piece in INJECTIONS),
        learnt=tuple(LocalText.plain(piece) for piece in INJECTIONS),
        missing=tuple(Missing(MissingWhat.RESULT, "2025a", because=piece) for piece in INJECTIONS),
    )


def nasty(language: str = "en") -> Document:
    """A whole document from `typed()`."""
    from bot.documents.composition import compose

    return compose(typed(), language)


def many(cities: int) -> CommitmentReport:
    """A report over this many cities, each with the targets of one of the five."""
    five = (kathmandu(), kitakyushu(), nonthaburi(), sibu(), ulsan())
    return report(*(replace(five[i % 5], id=f"{five[i % 5].id}-{i}") for i in range(cities)))


def texts_of(value: object) -> Iterator[str]:
    """Every text anywhere in a document, in order."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_of(one)
