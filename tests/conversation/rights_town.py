"""Two cities with something of everything that a right can be about, and how a try is told from a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.drafts import Draft
from bot.domain.extensions import Extension
from bot.domain.handing import HandedQuestion
from bot.domain.people import Expecting, Invitation, Matter, Person, Role
from bot.domain.ports import UnitOfWork
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, SourceKind
from bot.domain.views import NotAllowed, PrivateOnly
from bot.rehearsal.people import Group, Player
from bot.services import overview
from bot.services.links import token_hash
from bot.services.reporting import _mark

from .review_town import told
from .stage import Stage

COUNTRY = {"surabaya": "ID", "naga": "PH"}
REFUSED, PRIVATE_ONLY, SERVED = "refused", "private only", "served"
LONG_GONE = 900_000
"""Messages that nobody can see any more: what a button of theirs gives is a new one."""
NOTHING = 99_999
PATIENCE = 240.0
"""Seconds for many hundreds of presses on a busy machine."""


@dataclass(frozen=True)
class Things:
    """What there is of a city, or of the network, by the names of the fields of buttons; and whose it is."""

    values: Mapping[str, Any]
    matter: Matter | None
    """None: there is nothing of the kind."""


async def things_of(stage: Stage, city: str, owner: Player) -> tuple[Things, Things]:
    """Fills a city: what is its own, and what the secretariat entered about it. `owner` has a role in it."""
    now = datetime.now(UTC)
    answers = told(owner)
    membership = stage.sql("SELECT id FROM memberships WHERE person = ? AND city = ?", owner.person.id, city)[
        0
    ][0]

    def report_of(draft: Draft, source: SourceKind = SourceKind.QUESTIONNAIRE) -> Report:
        return Report(
            id=0,
            draft_id=draft.id,
            draft_version=draft.version,
            number=f"{city}-{source.value}",
            version=1,
            form=Form.PROGRESS,
            city=city,
            questionnaire="progress",
            questionnaire_version="",
            answers=answers,
            submitted_by=owner.person.id,
            submitted_at=now,
            cycle="open",
            source=source,
        )

    def fill(work: UnitOfWork) -> tuple[Things, Things]:
        progress = work.drafts.add(
            Draft(0, Form.PROGRESS, city, "progress", now, now, "open", answers=answers)
        )
        entered = work.drafts.add(replace(progress, id=0, source=SourceKind.INTERVIEW, source_note="Ana"))
        invitation = Invitation(0, Role.DEPUTY, city, 0, now, now + timedelta(days=1))
        handed = HandedQuestion(0, progress.id, "worked", owner.person.id, now, now + timedelta(days=1))
        asked = Extension(0, city, "open", date(2100, 1, 31), "Floods.", owner.person.id, now)
        own: dict[str, Any] = {
            "city": city,
            "draft_id": progress.id,
            "report_id": work.reports.add(report_of(progress)).id,
            "membership_id": membership,
            "invitation_id": work.invitations.add(invitation, token_hash(f"invitation to {city}")).id,
            "handed_id": work.handed.add(handed, token_hash(f"question of {city}")).id,
            "mark": _mark(Form.PROGRESS, city, "open"),
            "extension_id": work.extensions.add(asked).id,
            "entered_mark": overview._mark(city, stage.focal.knowledge.current.schedules.cycles["open"]),
        }
        of_office = {
            **own,
            "draft_id": entered.id,
            "report_id": work.reports.add(report_of(entered, SourceKind.INTERVIEW)).id,
            "mark": _mark(Form.PROGRESS, city, "open", source=SourceKind.INTERVIEW),
        }
        country = COUNTRY[city]
        return Things(own, Matter(city, country)), Things(of_office, Matter(city, country, entered=True))

    return await stage.focal.database.run(fill)


async def things_of_network(stage: Stage, colleague: Player) -> Things:
    """What is about no city: the role of a colleague in the secretariat, and an invitation to it."""
    now = datetime.now(UTC)
    invitation = Invitation(0, Role.SECRETARIAT, None, 0, now, now + timedelta(days=1))
    membership = stage.sql(
        "SELECT id FROM memberships WHERE person = ? AND role = 'secretariat'", colleague.person.id
    )[0][0]
    kept = await stage.focal.database.run(
        lambda work: work.invitations.add(invitation, token_hash("invitation to the office"))
    )
    return Things({"city": "", "membership_id": membership, "invitation_id": kept.id}, Matter(None))


NO_THINGS = Things(
    {
        "city": "atlantis",
        **dict.fromkeys(("draft_id", "report_id", "membership_id", "invitation_id", "handed_id"), NOTHING),
        "mark": "0" * 16,
        "entered_mark": "0" * 16,
        "extension_id": NOTHING,
        "debt": "0" * 16,
    },
    None,
)


class Tries:
    """Presses and messages of one person, sent one after another; what came of each is looked up at the end."""

    def __init__(self, stage: Stage, player: Player, chat: Group | None = None) -> None:
        self.stage, self.player, self.chat = stage, player, chat
        self.lane = player.person.id if chat is None else chat.id
        # Never the same number twice: a second tap within a moment is not answered.
        self._gone = LONG_GONE if chat is None else 2 * LONG_GONE
        self.names: list[str] = []
        self._before = len(self._updates())

    async def press(self, name: str, data: str) -> None:
        await self.player.press_data(data, self._gone + len(self.names), self.chat)
        self.names.append(name)

    async def say(self, name: str, words: str) -> None:
        await self.player.say(words, self.chat)
        self.names.append(name)

    async def outcomes(self) -> dict[str, str]:
        """By the name of the try; "" where nothing was said."""
        await self.stage.emulator.settled(self.stage.focal.idle, within=PATIENCE)
        updates = self._updates()[self._before :]
        assert len(updates) == len(self.names)
        shown = dict(
            self.stage.sql(
                "SELECT substr(key, 2, instr(key, ':') - 2), message_id FROM outbox WHERE key LIKE 'u%:reply:0'"
            )
        )
        place = self.player.chat if self.chat is None else self.chat.chat
        said = [place.messages.get(shown.get(str(update)) or -1) for update in updates]
        return {
            name: "" if message is None else self._kind(message.text)
            for name, message in zip(self.names, said, strict=True)
        }

    def _kind(self, text: str) -> str:
        known = {
            self.stage.says(NotAllowed()): REFUSED,
            self.stage.says(PrivateOnly()): PRIVATE_ONLY,
        }
        return known.get(text, SERVED)

    def _updates(self) -> list[int]:
        found = self.stage.sql("SELECT update_id FROM inbox WHERE lane = ? ORDER BY id", self.lane)
        return [update for (update,) in found]


async def person_of(stage: Stage, player: Player) -> Person:
    found = await stage.focal.database.run(lambda work: work.people.get(player.person.id))
    assert found is not None
    return found


async def expect(stage: Stage, player: Player, expecting: Expecting | None) -> None:
    await stage.focal.database.run(lambda work: work.people.expect(player.person.id, expecting))
