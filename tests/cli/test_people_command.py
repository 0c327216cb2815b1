"""`focal invite` and `focal people` beside a bot: links that the bot opens, and changes that it tells."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from test_command_line import ROOT, focal

from bot.bootstrap import running
from bot.rehearsal.emulator import Emulator
from bot.settings import Settings


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator.serve() as serving:
        yield serving


def settings_in(folder: Path) -> dict[str, str]:
    return {"FOCAL_DATA": str(folder), "FOCAL_KNOWLEDGE": str(ROOT / "knowledge")}


async def told_after(emulator: Emulator, folder: Path, *words: str) -> str:
    """Runs the bot on this folder for as long as it takes to answer one person, who writes these words or presses
    the buttons of that name; what they see last."""
    settings = Settings(_env_file=None, data=folder, knowledge=ROOT / "knowledge")
    async with running(settings, emulator.token, api_url=emulator.base_url) as focal:
        player = emulator.person(5_000_000_002, "Ana", "en")
        for said in words:
            shown = player.messages()[-1].buttons if player.messages() else []
            await (player.press(said) if said in [key["text"] for key in shown] else player.say(said))
            await emulator.settled(focal.idle)
        return player.messages()[-1].text


def test_before_the_bot_ever_ran_a_sentence_says_what_a_link_needs(tmp_path: Path) -> None:
    refused = focal("invite", "--city", "sibu", **settings_in(tmp_path))
    assert refused.returncode == 2
    assert "Start the bot once" in refused.stderr
    assert "FOCAL_TOKEN" in refused.stderr
    assert "Traceback" not in refused.stderr
    nobody = focal("people", "--json", **settings_in(tmp_path))
    assert (nobody.returncode, json.loads(nobody.stdout)) == (0, [])
    assert focal("people", "remove", "1", **settings_in(tmp_path)).returncode == 1


async def test_with_a_token_the_first_people_are_invited_before_the_bot_ever_ran(
    tmp_path: Path, emulator: Emulator
) -> None:
    there = {"FOCAL_TOKEN": emulator.token, "FOCAL_API_URL": emulator.base_url}
    words = ("invite", "--city", "sibu", "--json")
    made = await asyncio.to_thread(lambda: focal(*words, **settings_in(tmp_path), **there))
    assert made.returncode == 0, made.stderr
    payload = json.loads(made.stdout)["link"].partition("start=")[2]
    steps = ("▶️ Begin", "Ana Ting", "Skip", "✓ I agree and join")
    assert "You are now focal point of Sibu" in await told_after(
        emulator, tmp_path, f"/start {payload}", *steps
    )
    assert emulator.token not in made.stderr


async def test_a_link_of_the_command_line_lets_somebody_in(tmp_path: Path, emulator: Emulator) -> None:
    assert "Welcome to Focal" in await told_after(emulator, tmp_path, "/start")
    settings = settings_in(tmp_path)
    made = focal("invite", "--city", "sibu", "--role", "focal_point", "--json", **settings)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert set(told) == {"link", "expires"}
    assert told["link"].startswith("https://t.me/focal_rehearsal_bot?start=i_")
    payload = told["link"].partition("start=")[2]
    steps = ("▶️ Begin", "Ana Ting", "Skip", "✓ I agree and join")
    assert "You are now focal point of Sibu" in await told_after(
        emulator, tmp_path, f"/start {payload}", *steps
    )

    (one,) = json.loads(focal("people", "--json", **settings).stdout)
    assert (one["name"], one["role"], one["city"], one["state"]) == (
        "Ana Ting",
        "focal_point",
        "sibu",
        "active",
    )
    assert "5000000002" not in focal("people", **settings).stdout
    number = str(one["id"])
    changed = focal("people", "role", number, "deputy", **settings)
    assert "Ana Ting: deputy of sibu (active" in changed.stdout
    moved = focal("people", "role", number, "secretariat", **settings)
    assert "Ana Ting: secretariat (active" in moved.stdout
    office = json.loads(focal("people", "--json", **settings).stdout)[0]["id"]
    removed = focal("people", "remove", str(office), **settings)
    assert removed.returncode == 0
    assert "(ended" in removed.stdout
    again = focal("people", "remove", str(office), **settings)
    assert (again.returncode, "nothing was changed" in again.stdout) == (1, True)
    assert "no role 999" in focal("people", "remove", "999", **settings).stdout
    assert "(active" in focal("people", "restore", str(office), **settings).stdout
    assert "/overview" in await told_after(emulator, tmp_path, "/help")


async def test_wrong_roles_and_cities_are_told_in_a_sentence(tmp_path: Path, emulator: Emulator) -> None:
    await told_after(emulator, tmp_path, "/start")
    for words, said in (
        (("invite",), "Name the city"),
        (("invite", "--city", "atlantis"), "no city 'atlantis'"),
        (("invite", "--role", "king"), "no role 'king'"),
        (("invite", "--role", "admin", "--city", "sibu"), "leave --city away"),
    ):
        refused = focal(*words, **settings_in(tmp_path))
        assert (refused.returncode, refused.stdout) == (2, ""), words
        assert said in refused.stderr
    first = focal("invite", "--role", "admin", **settings_in(tmp_path))
    assert "start=i_" in first.stdout
    assert "Nobody has a role yet" in focal("people", **settings_in(tmp_path)).stdout
