"""What the tests of the dialog share: who reports, and what they say, tap and see."""

from __future__ import annotations

from bot.domain.people import Role
from bot.rehearsal.people import Player

from .stage import Stage, text_of

ANA = 5_000_000_011
BUDI = 5_000_000_012


async def focal_point(stage: Stage, person_id: int = ANA, name: str = "Ana", language: str = "en") -> Player:
    player = stage.person(person_id, name, language)
    await ask(stage, player, "/help")
    await stage.appoint(player, Role.FOCAL_POINT, "surabaya")
    stage.sql("UPDATE people SET name = ? WHERE id = ?", name, person_id)
    return player


async def ask(stage: Stage, player: Player, words: str) -> str:
    return plain(await stage.ask(player, words))


async def press(stage: Stage, player: Player, label: str) -> str:
    return plain(await stage.press(player, label))


def seen(player: Player) -> str:
    return plain(text_of(player))


def plain(text: str) -> str:
    """Without the narrow spaces between figures and units."""
    return text.replace("\u202f", " ")


async def fill(stage: Stage, player: Player) -> str:
    """Answers everything in the shortest way; the summary."""
    await ask(stage, player, "/report")
    await press(stage, player, "Nothing yet")
    await press(stage, player, "Nothing yet")
    await press(stage, player, "Skip")
    return await press(stage, player, "Skip")


def draft_row(stage: Stage) -> tuple[int, str | None, str]:
    version, at, answers = stage.sql("SELECT version, at_key, answers FROM drafts")[0]
    return version, at, answers


def answered(stage: Stage) -> str:
    return str(stage.sql("SELECT answers FROM drafts")[0][0])


def answered_in_cycle(stage: Stage, cycle: str) -> str:
    return str(stage.sql("SELECT answers FROM drafts WHERE cycle = ?", cycle)[0][0])
