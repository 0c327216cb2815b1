"""Cities of the network: where they are, what they speak, what they offer and seek."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import Code, Country, Language, Localised, TimeZone, TopicRef, one_of
from bot.content.schema import EntryFile
from bot.domain.commitments import City

Weekday = Annotated[Code, one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun")]


class CityFile(EntryFile):
    kind = "cities"
    without_facts = frozenset({"weekend"})

    country: Country = Field(description="two letters of ISO 3166", examples=["ID"])
    time_zone: TimeZone = Field(description="a zone of the IANA list", examples=["Asia/Jakarta"])
    languages: tuple[Language, ...] = Field(
        (), description="languages spoken there, the most important first", examples=["[id, en]"]
    )
    weekend: tuple[Weekday, ...] = Field((), description="days of rest", examples=["[sat, sun]"])
    offers: tuple[TopicRef, ...] = Field((), description="topics on which it can help others")
    seeks: tuple[TopicRef, ...] = Field((), description="topics on which it looks for help")
    roles: tuple[Localised, ...] = Field((), description="what the city is to the network")

    def record(self) -> City:
        return City(
            country=self.country,
            time_zone=self.time_zone,
            languages=self.languages,
            offers=self.offers,
            seeks=self.seeks,
            weekend=self.weekend or City.weekend,
        )
