"""The kinds of entries, one file a kind: the keys that its files may have."""

from __future__ import annotations

from bot.content.kinds.cities import CityFile
from bot.content.kinds.commitments import CommitmentFile
from bot.content.kinds.events import Event
from bot.content.kinds.funds import Fund
from bot.content.kinds.guides import Guide
from bot.content.kinds.lessons import Lesson
from bot.content.kinds.organisations import Organisation
from bot.content.kinds.partnerships import Partnership
from bot.content.kinds.pilots import Pilot
from bot.content.kinds.pledges import Pledge
from bot.content.kinds.practices import Practice
from bot.content.kinds.programmes import Programme
from bot.content.schema import EntryFile

MODELS: dict[str, type[EntryFile]] = {
    model.kind: model
    for model in (
        Practice,
        Guide,
        Pilot,
        CommitmentFile,
        CityFile,
        Event,
        Partnership,
        Fund,
        Pledge,
        Organisation,
        Programme,
        Lesson,
    )
}
"""The model of each kind, by the name of its folder."""
