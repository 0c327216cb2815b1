"""What is written and tapped while the bot is away comes in together; the person hears of all of it."""

from __future__ import annotations

from pathlib import Path

from bot.rehearsal.emulator import Emulator

from .conftest import Staged
from .reporting import ask, focal_point, plain, press
from .reporting_network import write_reporting_network
from .stage import answers, full_label, message_of


async def test_a_file_before_a_tap_on_an_old_button_is_kept_and_told(staged: Staged, tmp_path: Path) -> None:
    knowledge = write_reporting_network(tmp_path)
    schedules = tmp_path / "schedules"
    async with Emulator.serve() as emulator:
        async with staged(knowledge, emulator, schedules=schedules) as town:
            ana = await focal_point(town)
            await ask(town, ana, "/report")
            await press(town, ana, "A measured figure")
            old = ana.messages()[-1].id
            assert "Is there anything to show?" in await ask(town, ana, "0.97")
        await ana.send_document("weighing.pdf", b"%PDF")
        await ana.press(full_label(message_of(ana, old), "I don’t know yet"), old)
        async with staged(knowledge, emulator, schedules=schedules) as town:
            await town.settled()
            shown = plain(message_of(ana, old).text)
            assert "weighing.pdf" in plain("\n".join(answers(ana)))
            assert "That button is from an earlier screen" in shown
            assert town.sql("SELECT count(*) FROM attachments") == [(1,)]
