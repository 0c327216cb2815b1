"""What a newcomer stumbled over: promises while reminders rest, forbidden commands, a cast that cannot be reached."""

from __future__ import annotations

from pathlib import Path

from bot.domain import buttons as b
from bot.domain.outgoing import Call, Sent
from bot.domain.people import Role
from bot.programs import seat_the_cast
from bot.rehearsal.cast import CAST

from .reminding_town import ANA, MAYA, town_of
from .stage import AIKO, labels


async def test_while_reminders_rest_a_wish_is_kept_and_nothing_is_promised(tmp_path: Path) -> None:
    async with town_of(tmp_path, "kathmandu") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        aiko = town.stage.person(AIKO, "Aiko")
        asked = await town.stage.forge(aiko, b.CycleDo("p", "2026"))
        assert "4 messages of the next 30 days would not go out" in asked
        await town.stage.press(aiko, "Let them rest")
        assert "Nothing goes out until you let them go on" in await town.stage.ask(aiko, "/remind")
        said = await town.stage.ask(maya, "/later Monday")
        assert "rest just now" in said
        assert "I keep your wish: Monday" in said
        assert "I will remind you" not in said
        shown = await town.stage.ask(maya, "/later")
        assert "rest just now" in shown
        assert "Your wish is kept: Monday" in shown
        assert "Next reminder" not in shown


async def test_an_unknown_command_is_likened_only_to_those_of_their_menu(tmp_path: Path) -> None:
    async with town_of(tmp_path, "kathmandu") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        assert "/questions" not in await town.stage.ask(maya, "/question")
        assert "/questions" in await town.stage.ask(town.stage.person(AIKO, "Aiko"), "/question")


async def test_everybody_of_the_cast_can_be_reached_from_the_start(tmp_path: Path) -> None:
    async with town_of(tmp_path, "kathmandu", "surabaya") as town:
        await seat_the_cast(town.stage.focal, town.emulator, "en")
        for one in CAST:
            sent = await town.stage.focal.house.wire.send(
                Call("sendMessage", {"chat_id": one.id, "text": "Hello"})
            )
            assert isinstance(sent, Sent)


async def test_start_leads_to_announcements_and_reminders(tmp_path: Path) -> None:
    async with town_of(tmp_path, "surabaya") as town:
        ana = await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya")
        await town.stage.ask(ana, "/start")
        assert "When I remind you" in await town.stage.press(ana, "My reminders")
        aiko = town.stage.person(AIKO, "Aiko")
        for command in ("/start", "/overview"):
            await town.stage.ask(aiko, command)
            assert {"📣 Announce", "🔔 Reminders"} <= set(labels(aiko))
        assert "What goes out" in await town.stage.press(aiko, "Reminders")
