"""What happens between Telegram and the bot: restarts, repeats, refusals, and what may stand in a log."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.domain import buttons
from bot.domain.errors import OperatorError
from bot.domain.outgoing import Call, Sent
from bot.domain.ports import StoredUpdate
from bot.domain.views import NotProcessed, SetAside
from bot.rehearsal.emulator import REHEARSAL_TOKEN, Emulator
from bot.rehearsal.faults import FaultKind

from .conftest import Staged
from .stage import AIKO, SARI, WEI, Stage, answers, text_of

TANKS = "rainwater tanks"
SECRET = "a-secret-of-more-than-16-letters"


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """Telegram, which is there before the bot and stays after it."""
    async with Emulator.serve() as emulator:
        yield emulator
        assert emulator.problems == []


async def test_a_restart_keeps_every_open_prompt(staged: Staged, network: Path, telegram: Emulator) -> None:
    sari, aiko = telegram.person(SARI, "Sari"), telegram.person(AIKO, "Aiko")
    async with staged(network, telegram) as stage:
        await stage.ask(aiko, "/help")
        await stage.ask(sari, "zeppelin harbour masters")
        await stage.press(sari, "Ask the secretariat")
        await stage.press(aiko, "Answer")
    async with staged(network, telegram) as stage:
        assert "Not sent yet" in await stage.ask(aiko, "Ask Ulsan.")
    async with staged(network, telegram) as stage:
        await stage.press(aiko, "Send it")
        assert "Ask Ulsan." in text_of(sari)
        await stage.press(sari, "Write back")
    async with staged(network, telegram) as stage:
        await stage.ask(sari, "Thank you.")
        assert "Thank you." in text_of(aiko)


async def test_what_was_written_while_the_bot_was_away_is_answered(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    sari = telegram.person(SARI, "Sari")
    for _ in range(3):
        await sari.say(TANKS)
    async with staged(network, telegram) as stage:
        await stage.settled()
        assert sum("Rainwater" in text for text in answers(sari)) == 3


async def test_an_update_that_comes_twice_is_answered_once(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    sari = telegram.person(SARI, "Sari")
    await sari.say(TANKS)
    telegram.repeat_last_update()
    twice = telegram.bot.queue.pending[-1]
    async with staged(network, telegram) as stage:
        await stage.settled()
        telegram.bot.queue.put(twice)
        await stage.settled()
        assert len(answers(sari)) == 1
        assert stage.sql("SELECT count(*) FROM lookups") == [(1,)]


async def test_an_update_that_is_taken_through_the_door_twice_has_its_effect_once(stage: Stage) -> None:
    """As when a lane tries again although the first try was committed, or a second replica has it too."""
    sari = stage.person(SARI, "Sari")
    raw = {
        "update_id": 900_007,
        "message": {
            "message_id": 900_007,
            "date": 1_700_000_000,
            "chat": {"id": SARI, "type": "private", "first_name": "Sari"},
            "from": {"id": SARI, "is_bot": False, "first_name": "Sari", "language_code": "en"},
            "text": TANKS,
        },
    }
    await stage.ask(sari, "/help")
    await stage.focal.poller.receive([raw])
    await stage.settled()
    handle = vars(stage.focal.lanes)["_handle"]
    await handle(StoredUpdate(900_007, SARI, raw))
    await stage.settled()
    assert sum("Rainwater" in text for text in answers(sari)) == 1
    assert stage.sql("SELECT count(*) FROM lookups") == [(1,)]


async def test_updates_that_nobody_can_read_hold_nobody_up(stage: Stage) -> None:
    sari = stage.person(SARI, "Sari")
    stage.emulator.send_unreadable_update()
    stage.emulator.put_update(900_001, "message", {})
    stage.emulator.put_update(900_002, "callback_query", {"id": "1"})
    stage.emulator.put_update(900_003, "a_kind_of_next_year", {"x": 1})
    await sari.say(TANKS)
    async with asyncio.timeout(10):
        while not answers(sari):
            await asyncio.sleep(0.01)
    assert "Rainwater" in text_of(sari)


async def test_somebody_whose_message_could_not_be_processed_is_told_so_in_their_language(
    stage: Stage,
) -> None:
    sari, wei = stage.person(SARI, "Sari"), stage.person(WEI, "Wei", "zh-hans")
    await stage.ask(wei, "/help")
    broken = {"message_id": "?", "date": "yesterday", "text": TANKS, "chat": wei.chat.as_json()}
    stage.emulator.put_update(900_004, "message", broken | {"from": wei.person.as_json()})
    assert "Rainwater" in await stage.ask(sari, TANKS), "nobody else waits for it"
    async with asyncio.timeout(20):
        while text_of(wei) != stage.says(NotProcessed(), "zh"):
            await asyncio.sleep(0.05)


async def test_the_admins_are_told_of_every_update_that_is_set_aside(stage: Stage) -> None:
    """Of one that has no sender, and of their own too."""
    aiko, sari = stage.person(AIKO, "Aiko"), stage.person(SARI, "Sari")
    group = stage.emulator.group(-100500, "Compost", [aiko, sari])
    await stage.ask(aiko, "/start")
    broken = {"message_id": "?", "date": "yesterday", "text": TANKS}
    stage.emulator.put_update(900_005, "my_chat_member", {"chat": 7})
    stage.emulator.put_update(
        900_006, "message", broken | {"chat": aiko.chat.as_json(), "from": aiko.person.as_json()}
    )
    stage.emulator.put_update(
        900_007, "message", broken | {"chat": group.chat.as_json(), "from": sari.person.as_json()}
    )
    wanted = {
        stage.says(SetAside(900_005, sender_knows=False)),
        stage.says(SetAside(900_006)),
        stage.says(SetAside(900_007)),
        stage.says(NotProcessed()),
    }
    async with asyncio.timeout(20):
        while not wanted <= set(answers(aiko)) or not group.messages():
            await asyncio.sleep(0.05)
    assert group.messages()[-1].text == stage.says(NotProcessed())
    assert stage.sql("SELECT reachable FROM people WHERE id = ?", SARI) == [(0,)], (
        "she never wrote in private"
    )


async def test_too_many_requests_make_an_answer_late_and_not_lost(stage: Stage) -> None:
    sari = stage.person(SARI, "Sari")
    stage.emulator.fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", value=1)
    await sari.say(TANKS)
    assert "Rainwater" in (await sari.hear(10)).text
    await stage.settled()
    assert len(answers(sari)) == 1


async def test_a_bad_gateway_makes_an_answer_late_and_not_lost(stage: Stage) -> None:
    sari = stage.person(SARI, "Sari")
    stage.emulator.fault(FaultKind.BAD_GATEWAY, "sendMessage")
    await sari.say(TANKS)
    assert "Rainwater" in (await sari.hear(15)).text
    await stage.settled()
    assert len(answers(sari)) == 1


async def test_a_connection_that_breaks_after_the_delivery_repeats_an_answer_at_most_once(
    stage: Stage,
) -> None:
    """Nobody can know whether it arrived. An answer is sent once more; that it may stand there twice is said."""
    sari = stage.person(SARI, "Sari")
    stage.emulator.fault(FaultKind.RESET_AFTER, "sendMessage", times=3)
    await sari.say(TANKS)
    await sari.hear(10)
    await sari.hear(10)
    await stage.settled()
    assert len(answers(sari)) == 2
    assert stage.sql("SELECT state, resent FROM outbox") == [("unknown", 1)]
    assert "Naga" in await stage.ask(sari, "how naga took over the baskets")


async def test_an_edit_that_breaks_off_is_simply_made_again(stage: Stage) -> None:
    sari = stage.person(SARI, "Sari")
    await stage.ask(sari, "/start")
    stage.emulator.fault(FaultKind.RESET_AFTER, "editMessageText")
    await stage.press(sari, "Help")
    async with asyncio.timeout(10):
        while stage.sql("SELECT count(*) FROM outbox WHERE state = 'sent'") != [(2,)]:
            await asyncio.sleep(0.02)
    assert "How to use Focal" in text_of(sari)
    assert len(answers(sari)) == 1


async def test_somebody_who_blocked_the_bot_is_left_alone_and_the_others_are_served(stage: Stage) -> None:
    sari, aiko = stage.person(SARI, "Sari"), stage.person(AIKO, "Aiko")
    await stage.ask(aiko, "/help")
    stage.emulator.fault(FaultKind.BLOCKED, "sendMessage", chat=SARI, times=None)
    await sari.say(TANKS)
    assert "Rainwater" in await stage.ask(aiko, TANKS)
    assert stage.sql("SELECT state FROM outbox WHERE chat_id = ?", SARI) == [("blocked",)]
    assert stage.sql("SELECT reachable FROM people WHERE id = ?", SARI) == [(0,)]


async def test_markup_that_telegram_refuses_still_reaches_the_reader_as_plain_text(
    staged: Staged, network: Path
) -> None:
    async with Emulator.serve() as telegram, staged(network, telegram) as stage:
        sari = stage.person(SARI, "Sari")
        await stage.ask(sari, "/start")
        broken = {"chat_id": SARI, "text": "<b>Costs &lt; 5 <i>a year</b>", "parse_mode": "HTML"}
        outcome = await stage.focal.house.wire.send(Call("sendMessage", broken))
        assert outcome == Sent(sari.messages()[-1].id)
        assert text_of(sari) == "Costs < 5 a year"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook_at(port: int) -> dict[str, str]:
    return {
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_secret": SECRET,
        "listen": f"127.0.0.1:{port}",
    }


async def test_webhook_mode_answers_whoever_knows_the_secret_and_nobody_else(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    port = free_port()
    sari = telegram.person(SARI, "Sari")
    address = f"http://127.0.0.1:{port}/telegram"
    async with (
        staged(network, telegram, **webhook_at(port)) as stage,
        httpx.AsyncClient(trust_env=False) as outsider,
    ):
        await sari.say(TANKS)
        assert "Rainwater" in (await sari.hear(15)).text
        assert telegram.calls_of("getUpdates") == []
        forged = {"update_id": 1, "message": {**sari.messages()[0].as_json(), "text": "forged words"}}
        header = "X-Telegram-Bot-Api-Secret-Token"
        for headers in (
            {},
            {header: "wrong"},
            {header: SECRET[:-1]},
            {header: SECRET + "x"},
            {header: "é".encode()},
        ):
            assert (await outsider.post(address, json=forged, headers=headers)).status_code == 403
        assert (await outsider.get(address)).status_code == 405
        right = {header: SECRET}
        for body, status in ((b"{", 400), (b"[]", 400), (b"{}", 400), (b'{"update_id": "1"}', 400)):
            as_json = right | {"content-type": "application/json"}
            assert (await outsider.post(address, content=body, headers=as_json)).status_code == status
        huge = b" " * (1024 * 1024 + 1)
        assert (await outsider.post(address, content=huge, headers=as_json)).status_code == 413
        assert stage.sql("SELECT count(*) FROM inbox") == [(1,)]
        assert (await outsider.get(f"http://127.0.0.1:{port}/readyz")).json()["ready"] is True
        repeated = {**forged, "update_id": telegram.bot.queue._next_id - 1}
        assert (await outsider.post(address, json=repeated, headers=right)).status_code == 200
        await stage.settled()
        assert len(answers(sari)) == 1


async def test_an_update_that_cannot_be_kept_is_refused_and_not_written_into_the_log(
    staged: Staged, network: Path, telegram: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    """The disk is full for a while: Telegram has to keep the update, and the log stays free of it."""
    port = free_port()
    sari = telegram.person(SARI, "Sari")
    async with (
        staged(network, telegram, **webhook_at(port)) as stage,
        httpx.AsyncClient(trust_env=False) as http,
    ):
        stage.sql("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        await sari.say("quokkas in zeppelins")
        async with asyncio.timeout(10):
            while "An update could not be kept" not in caplog.text:
                await asyncio.sleep(0.02)
        assert (await http.get(f"http://127.0.0.1:{port}/livez")).status_code == 200
        stage.sql("DROP TRIGGER full")
        assert (await sari.hear(20)).text
    assert "quokkas" not in caplog.text


async def test_the_watchdog_hears_when_the_bot_cannot_do_its_work(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    port = free_port()
    sari = telegram.person(SARI, "Sari")
    async with (
        staged(network, telegram, **webhook_at(port)) as stage,
        httpx.AsyncClient(trust_env=False) as http,
    ):

        async def told() -> tuple[int, dict[str, object]]:
            answer = await http.get(f"http://127.0.0.1:{port}/readyz")
            return answer.status_code, answer.json()

        assert (await told())[0] == 200
        telegram.fault(FaultKind.UNAUTHORIZED, "sendMessage", times=None)
        await sari.say(TANKS)
        async with asyncio.timeout(10):
            while (await told())[0] != 503:
                await asyncio.sleep(0.02)
        status, state = await told()
        assert (state["ready"], state["token_refused"]) == (False, True)
        await asyncio.to_thread(stage.focal.database.close)
        status, state = await told()
        assert (status, state["ready"], state["inbox"]) == (503, False, None)


async def test_a_bot_without_content_is_not_ready(staged: Staged, tmp_path: Path, telegram: Emulator) -> None:
    port = free_port()
    empty = tmp_path / "empty"
    empty.mkdir()
    async with staged(empty, telegram, **webhook_at(port)), httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"http://127.0.0.1:{port}/readyz")
        assert (answer.status_code, answer.json()["entries"]) == (503, 0)


async def test_an_address_that_is_taken_ends_the_start_with_a_sentence(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with asyncio.timeout(20):
            with pytest.raises(ExceptionGroup) as failed:
                async with staged(network, telegram, **webhook_at(taken.getsockname()[1])):
                    pytest.fail("it started")
    assert failed.group_contains(OperatorError, match="FOCAL_LISTEN: 127.0.0.1:")


async def test_a_webhook_that_telegram_will_not_have_ends_the_start_with_a_sentence(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    telegram.fault(FaultKind.CHAT_NOT_FOUND, "setWebhook")  # whatever it says, it is the 400 that counts
    async with asyncio.timeout(20):
        with pytest.raises(ExceptionGroup) as failed:
            async with staged(network, telegram, **webhook_at(free_port())):
                pytest.fail("it started")
    assert failed.group_contains(OperatorError, match="Telegram refuses FOCAL_WEBHOOK_URL: ")


async def test_a_webhook_is_set_as_soon_as_telegram_is_back(
    staged: Staged, network: Path, telegram: Emulator
) -> None:
    sari = telegram.person(SARI, "Sari")
    telegram.fault(FaultKind.BAD_GATEWAY, "setWebhook")
    async with staged(network, telegram, **webhook_at(free_port())):
        await sari.say(TANKS)
        assert "Rainwater" in (await sari.hear(15)).text


async def test_an_old_card_that_cannot_be_edited_is_sent_anew_and_never_many_times(stage: Stage) -> None:
    """The new message arrives, its answer is lost: it may stand there twice, and not ten times."""
    sari = stage.person(SARI, "Sari")
    await stage.ask(sari, "/start")
    of_somebody_else = sari.messages()[0].id
    stage.emulator.fault(FaultKind.RESET_AFTER, "sendMessage", times=None)
    await sari.press_data(buttons.pack(buttons.Go(buttons.Screen.ABOUT)), of_somebody_else)
    async with asyncio.timeout(10):
        while stage.sql("SELECT count(*) FROM outbox WHERE state = 'unknown'") != [(1,)]:
            await asyncio.sleep(0.02)
    await stage.settled()
    _, *copies = answers(sari)
    assert len(copies) == 2
    assert copies[0] == copies[1]
    assert stage.sql("SELECT method, state, resent FROM outbox ORDER BY id DESC LIMIT 1") == [
        ("sendMessage", "unknown", 1)
    ]


async def test_neither_the_token_nor_what_people_wrote_stands_in_the_log(
    network: Path, tmp_path: Path, telegram: Emulator
) -> None:
    """The live program itself, at its most talkative, through good and bad days."""
    sari, aiko = telegram.person(SARI, "Sari"), telegram.person(AIKO, "Aiko")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")},
        "FOCAL_TOKEN": telegram.token,
        "FOCAL_API_URL": telegram.base_url,
        "FOCAL_DATA": str(tmp_path / "data"),
        "FOCAL_KNOWLEDGE": str(network),
        "FOCAL_ADMINS": str(AIKO),
        "FOCAL_LOG": "DEBUG",
    }
    log = tmp_path / "log"
    with log.open("wb") as out:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=tmp_path, stdout=out, stderr=out
        )
    try:
        await sari.say("quokkas in zeppelins")
        await sari.hear(20)
        for kind in (FaultKind.RESET_AFTER, FaultKind.BAD_GATEWAY, FaultKind.MALFORMED, FaultKind.BLOCKED):
            telegram.fault(kind, "sendMessage")
            await sari.say("marmalade aqueducts")
            await telegram.settled()
        telegram.fault(FaultKind.RESET_BEFORE, "getUpdates")
        telegram.fault(FaultKind.BAD_GATEWAY, "getUpdates")
        telegram.put_update(900_001, "message", {"text": "xylophone custard", "from": 5, "chat": "?"})
        await sari.press_data("a1", 1)
        await aiko.say("/questions")
        await aiko.hear(20)
        telegram.fault(FaultKind.UNAUTHORIZED, "sendMessage", times=None)
        await aiko.say("porcupine ledgers")
        async with asyncio.timeout(20):
            while "Telegram refuses the token" not in log.read_text(encoding="utf-8"):
                await asyncio.sleep(0.05)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 15) == 0
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
    written = log.read_text(encoding="utf-8")
    secret = REHEARSAL_TOKEN.split(":")[1]
    for private in (secret, "quokkas", "marmalade", "xylophone", "porcupine", "Sari"):
        assert private not in written
