"""What every kind of entry has in common, and how a checked file becomes an `Entry` of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bot.content.fields import (
    Code,
    EntryId,
    EntryRef,
    Figure,
    Flag,
    IndicatorRef,
    Localised,
    PlaceName,
    PlaceRef,
    Text,
    TopicId,
    TopicRef,
    Year,
    Years,
    one_of,
    wrong,
)
from bot.domain.commitments import City, Commitment, ValueKind
from bot.domain.entries import Entry, EntryLink, Fact, FactValue, Place, Result, Term
from bot.domain.people import Role
from bot.domain.words import LocalText

VALUE_KINDS = tuple(kind.value for kind in ValueKind)
ValueKindCode = Annotated[Code, one_of(*VALUE_KINDS)]


class Part(BaseModel):
    """A group of keys inside an entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Outcome(Part):
    """One item of `results`: what came of something, as its source tells it."""

    indicator: IndicatorRef | None = None
    change: Figure | None = None
    value: Figure | None = None
    at_least: Flag = False
    year: Year | None = None
    period: Years | None = None
    target: Figure | None = None
    value_kind: ValueKindCode | None = None
    text: Localised | None = None
    place: PlaceRef | None = None
    source: Text | None = None

    def model_post_init(self, context: object) -> None:
        only_one(self, "change", "value")
        only_one(self, "year", "period")
        if self.change is None and self.value is None and self.text is None:
            raise wrong(
                "empty-result", "has neither a figure nor a text", "write `change`, `value` or `text`"
            )

    def as_result(self) -> Result:
        return Result(
            figure=self.change or self.value,
            target=self.target,
            indicator=self.indicator,
            at_least=self.at_least,
            when=self.period or (str(self.year) if self.year else None),
            value_kind=self.value_kind,
            text=self.text,
            place=Place(name=self.place) if self.place else None,
            source=self.source,
        )


class Replication(Part):
    """One item of `replicated_in`: a place that took the practice over."""

    place: PlaceRef
    text: Localised | None = None
    source: Text | None = None

    def as_result(self) -> Result:
        return Result(place=Place(name=self.place), text=self.text, source=self.source)


class EntryFile(Part):
    """The front matter of an entry: the keys that every kind has."""

    title: Localised = Field(
        description="the name of the entry in each language; the only key that is needed"
    )
    summary: Localised | None = Field(
        None, description="one or two sentences, with the most important figure"
    )
    aliases: tuple[Text, ...] = Field((), description="other words that people type for it, in any language")
    topics: tuple[TopicRef, ...] = Field((), description="ids of topics.yaml")
    places: tuple[PlaceRef, ...] = Field((), description="ids of cities of the network, or free names")
    remarks: tuple[Localised, ...] = Field((), description="what is doubtful or not known, in plain words")
    sources: tuple[Text, ...] = Field((), description="where the facts stand")
    related: tuple[EntryRef, ...] = Field((), description="ids of other entries worth reading")
    registered: tuple[Text, ...] = Field(
        (), alias="register", description="numbers of the fact sheet that this entry stands for"
    )
    name_confirmed: Flag = Field(True, description="false where the name is a rendering of ours")
    visible_to: tuple[Annotated[Code, one_of(*(role.value for role in Role))], ...] = Field(
        (), description=f"who may see it, if not everybody: {', '.join(role.value for role in Role)}"
    )
    draft: Flag = Field(False, description="true: only admins see it")
    formerly: tuple[Text, ...] = Field((), description="old ids that still open this entry")

    kind: ClassVar[str]
    never_empty: ClassVar[Mapping[str, str]] = {
        "visible_to": "[secretariat]",
        "draft": "true",
        "name_confirmed": "false",
    }
    """Keys whose absence says more than nothing, each with an example of what was meant."""

    def record(self) -> City | Commitment | None:
        """What the program computes with, for the kinds that have it."""
        return None

    def entry(self, entry_id: str, body: LocalText | None) -> Entry:
        """The entry of the domain. Its places are free names until they are compared with the cities."""
        return Entry(
            id=entry_id,
            kind=self.kind,
            title=self.title,
            summary=self.summary,
            body=body,
            aliases=self.aliases,
            topics=self.topics,
            places=tuple(Place(name=name) for name in self.places),
            sources=self.sources,
            related=self.related,
            register=self.registered,
            remarks=self.remarks,
            facts=tuple(self.facts()),
            visible_to=frozenset(Role(code) for code in self.visible_to),
            draft=self.draft,
            formerly=self.formerly,
            record=self.record(),
        )

    def facts(self) -> Iterator[Fact]:
        """The keys of the kind's own, in the order of its model; then the doubt about the name."""
        for name, field in type(self).model_fields.items():
            if name in EntryFile.model_fields or name in self.without_facts:
                continue
            key = field.alias or name
            value = getattr(self, name)
            items = value if isinstance(value, tuple) else (value,)
            values = tuple(_fact_value(key, item) for item in items if item is not None and item is not False)
            if values:
                yield Fact(key, values)
        if not self.name_confirmed:
            yield Fact("name_confirmed", (Term("name_confirmed", "no"),))

    without_facts: ClassVar[frozenset[str]] = frozenset()
    """Keys that stand in the record alone."""


def _fact_value(key: str, value: Any) -> FactValue:
    if isinstance(value, EntryId):
        return EntryLink(value)
    if isinstance(value, TopicId):
        return Term("topic", value)
    if isinstance(value, Code):
        return Term(key, value)
    if isinstance(value, PlaceName):
        return Place(name=value)
    if isinstance(value, LocalText):
        return value
    if isinstance(value, Outcome | Replication):
        return value.as_result()
    return Term(key, "yes") if value is True else str(value)


def only_one(part: Part, first: str, second: str) -> None:
    """Refuses a group that has both keys."""
    if getattr(part, first) is not None and getattr(part, second) is not None:
        raise wrong("either-or", f"has both `{first}` and `{second}`", "keep one of them")
