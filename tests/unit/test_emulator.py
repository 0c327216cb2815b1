"""The emulator behaves as Telegram does where that matters: order, repeats, refusals, limits, trouble."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.rehearsal.emulator import REHEARSAL_TOKEN, Emulator, EmulatorSettings
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.model import BotAccount
from bot.rehearsal.people import Player

SECOND_TOKEN = "2000000002:another-bot"


class Wire:
    """A bot's end of the wire: raw calls, nothing hidden."""

    def __init__(self, emulator: Emulator, client: httpx.AsyncClient, token: str = REHEARSAL_TOKEN) -> None:
        self.emulator, self.client, self.token = emulator, client, token

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        url = f"{self.emulator.base_url}/bot{self.token}/{method}"
        answer = await self.client.post(url, json=params)
        return dict(answer.json())

    async def do(self, method: str, **params: Any) -> Any:
        answer = await self.ask(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.ask(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]


class Clock:
    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def wire(clock: Clock) -> AsyncIterator[Wire]:
    accounts = (BotAccount(REHEARSAL_TOKEN), BotAccount(SECOND_TOKEN, "second_bot", "Second"))
    settings = EmulatorSettings(accounts=accounts, now=clock, webhook_pace=0.01)
    async with Emulator.serve(settings=settings) as emulator, httpx.AsyncClient(timeout=5) as client:
        yield Wire(emulator, client)


@pytest.fixture
def ana(wire: Wire) -> Player:
    return wire.emulator.person(7, "Ana", "fr")


def button(label: str, **action: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label} | action]]}


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


# -- updates -------------------------------------------------------------------------------------------------


async def test_updates_come_again_until_they_are_confirmed(wire: Wire, ana: Player) -> None:
    await ana.say("one")
    await ana.say("two")
    first = await wire.do("getUpdates")
    assert [u["message"]["text"] for u in first] == ["one", "two"]
    assert await wire.do("getUpdates") == first
    assert ids(await wire.do("getUpdates", offset=first[0]["update_id"] + 1)) == [first[1]["update_id"]]
    assert await wire.do("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_limit_and_negative_offset(wire: Wire, ana: Player) -> None:
    for word in "abc":
        await ana.say(word)
    assert [u["message"]["text"] for u in await wire.do("getUpdates", limit=2)] == ["a", "b"]
    assert [u["message"]["text"] for u in await wire.do("getUpdates", offset=-1)] == ["c"]
    assert len(await wire.do("getUpdates")) == 1, "a negative offset forgets what lies before"


async def test_a_long_poll_ends_when_something_comes(wire: Wire, ana: Player) -> None:
    poll = asyncio.create_task(wire.do("getUpdates", timeout=5))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await ana.say("here")
    assert [u["message"]["text"] for u in await poll] == ["here"]


async def test_a_second_poller_ends_the_first(wire: Wire) -> None:
    first = asyncio.create_task(wire.refused("getUpdates", timeout=5))
    await asyncio.sleep(0.05)
    assert await wire.do("getUpdates", timeout=0) == []
    code, said = await first
    assert code == 409
    assert said.startswith("Conflict: terminated by other getUpdates request")


async def test_only_wanted_kinds_are_kept_and_the_wish_is_remembered(wire: Wire, ana: Player) -> None:
    await wire.do("getUpdates", allowed_updates=["message"])
    sent = await ana.say("a")
    await ana.edit(sent.id, "b")
    await ana.block()
    assert [list(u)[1] for u in await wire.do("getUpdates")] == ["message"]


async def test_a_press_that_nobody_fetches_is_gone_after_150_seconds(
    wire: Wire, ana: Player, clock: Clock
) -> None:
    await ana.start()
    await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Go", callback_data="go"))
    await ana.press("Go")
    clock.time += 151
    assert [list(u)[1] for u in await wire.do("getUpdates")] == ["message"]


async def test_two_bots_do_not_see_each_other(wire: Wire, ana: Player) -> None:
    await ana.say("for the first")
    second = Wire(wire.emulator, wire.client, SECOND_TOKEN)
    assert await second.do("getUpdates") == []
    assert await second.refused("sendMessage", chat_id=7, text="a") == (400, "Bad Request: chat not found")


async def test_trouble_with_updates_can_be_ordered(wire: Wire, ana: Player) -> None:
    await ana.say("a")
    wire.emulator.repeat_last_update()
    unreadable = wire.emulator.send_unreadable_update()
    updates = await wire.do("getUpdates")
    assert updates[0] == updates[1]
    assert updates[2] == {
        "update_id": unreadable,
        "message": {"message_id": "?", "date": "yesterday", "chat": 5},
    }


# -- the wire --------------------------------------------------------------------------------------------------


async def test_parameters_come_in_any_way_and_names_in_any_case(wire: Wire, ana: Player) -> None:
    await ana.start()
    url = f"{wire.emulator.base_url}/bot{wire.token}"
    await wire.client.get(f"{url}/SendMessage", params={"chat_id": 7, "text": "by query"})
    await wire.client.post(f"{url}/sendmessage", data={"chat_id": "7", "text": "by form"})
    upload = {"document": ("täst.csv", b"a,b", "text/csv")}
    sent = (await wire.client.post(f"{url}/sendDocument", data={"chat_id": "7"}, files=upload)).json()[
        "result"
    ]
    assert [m.text for m in ana.messages()[1:3]] == ["by query", "by form"]
    assert sent["document"]["file_name"] == "täst.csv"
    path = (await wire.do("getFile", file_id=sent["document"]["file_id"]))["file_path"]
    download = await wire.client.get(f"{wire.emulator.base_url}/file/bot{wire.token}/{path}")
    assert download.content == b"a,b"
    again = await wire.do("sendDocument", chat_id=7, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    assert wire.emulator.problems == []


async def test_strangers_and_unknown_methods_are_turned_away(wire: Wire) -> None:
    stranger = Wire(wire.emulator, wire.client, "3:nobody")
    assert await stranger.refused("getMe") == (401, "Unauthorized")
    assert await wire.refused(
        "sendPoll", chat_id=1, question="?", options=[{"text": "a"}, {"text": "b"}]
    ) == (
        404,
        "Not Found: method not found",
    )
    await wire.refused("makeCoffee")
    assert wire.emulator.problems == [
        "call 1 sendPoll: is not rehearsed here",
        "call 2 makeCoffee: unknown method 'makeCoffee'",
    ]


async def test_every_call_is_recorded_with_its_answer(wire: Wire, ana: Player) -> None:
    await ana.start()
    await wire.do("sendMessage", chat_id=7, text="a")
    await wire.refused("sendMessage", chat_id=7, text="a", colour="red", parse_mode="Latin")
    good, bad = wire.emulator.calls_of("sendMessage")
    assert (good.sequence, good.executed, good.status, good.answer["result"]["text"]) == (1, True, 200, "a")
    assert (bad.sequence, bad.executed, bad.status) == (2, False, 400)
    assert len(bad.problems) == 2


# -- messages --------------------------------------------------------------------------------------------------


REFUSED_MESSAGES = [
    ({"text": " "}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    (
        {"text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": button("B", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": button("B", url="nowhere")}, "BUTTON_URL_INVALID"),
    ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"text": "x", "chat_id": 99}, "chat not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
]


@pytest.mark.parametrize(("params", "said"), REFUSED_MESSAGES)
async def test_what_telegram_refuses_to_send(
    wire: Wire, ana: Player, params: dict[str, Any], said: str
) -> None:
    await ana.start()
    assert await wire.refused("sendMessage", **({"chat_id": 7} | params)) == (400, f"Bad Request: {said}")


async def test_edits_happen_in_place_and_only_when_something_changes(wire: Wire, ana: Player) -> None:
    own = await ana.start()
    sent = await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Go", callback_data="go"))
    where = {"chat_id": 7, "message_id": sent["message_id"]}
    markup = sent["reply_markup"]
    edited = await wire.do(
        "editMessageText", **where, text="<b>b</b>", parse_mode="HTML", reply_markup=markup
    )
    assert (edited["text"], edited["message_id"]) == ("b", sent["message_id"])
    assert "edit_date" in edited
    code, said = await wire.refused(
        "editMessageText", **where, text="<b>b</b>", parse_mode="HTML", reply_markup=markup
    )
    assert (code, said) == (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message",
    )
    assert "reply_markup" not in await wire.do("editMessageReplyMarkup", **where)
    assert (await wire.refused("editMessageText", chat_id=7, message_id=own.id, text="x"))[1] == (
        "Bad Request: message can't be edited"
    )
    assert (await wire.refused("editMessageText", chat_id=7, message_id=99, text="x"))[1] == (
        "Bad Request: message to edit not found"
    )


async def test_captions_and_media_are_edited_in_place(wire: Wire, ana: Player) -> None:
    mine = await ana.send_photo(b"one")
    photo, plan = mine.content["photo"][0]["file_id"], await ana.send_document("plan.pdf", b"two")
    sent = await wire.do("sendPhoto", chat_id=7, photo=photo, caption="<b>Old</b>", parse_mode="HTML")
    place = {"chat_id": 7, "message_id": sent["message_id"]}
    edited = await wire.do("editMessageCaption", **place, caption="New")
    assert (edited["caption"], "caption_entities" in edited, bool(edited["photo"])) == ("New", False, True)
    assert (await wire.refused("editMessageCaption", **place, caption="New"))[1].endswith("of the message")
    document = {"type": "document", "media": plan.content["document"]["file_id"], "caption": "Plan"}
    edited = await wire.do("editMessageMedia", **place, media=document)
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == (
        "plan.pdf",
        "Plan",
        False,
    )
    text = await wire.do("sendMessage", chat_id=7, text="a")
    assert await wire.refused(
        "editMessageCaption", chat_id=7, message_id=text["message_id"], caption="b"
    ) == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


async def test_several_messages_are_deleted_at_once(wire: Wire, ana: Player) -> None:
    await ana.start()
    sent = [(await wire.do("sendMessage", chat_id=7, text=str(n)))["message_id"] for n in range(3)]
    assert await wire.do("deleteMessages", chat_id=7, message_ids=[*sent[:2], 999]) is True
    assert [message.text for message in ana.messages()] == ["/start", "2"]
    assert (await wire.refused("deleteMessages", chat_id=7, message_ids=[]))[0] == 400


async def test_old_messages_cannot_be_deleted(wire: Wire, ana: Player, clock: Clock) -> None:
    await ana.start()
    sent = await wire.do("sendMessage", chat_id=7, text="a")
    other = await wire.do("sendMessage", chat_id=7, text="b")
    assert await wire.do("deleteMessage", chat_id=7, message_id=sent["message_id"]) is True
    assert (await wire.refused("deleteMessage", chat_id=7, message_id=sent["message_id"]))[1] == (
        "Bad Request: message to delete not found"
    )
    clock.time += 49 * 3600
    assert (await wire.refused("deleteMessage", chat_id=7, message_id=other["message_id"]))[0] == 400
    assert (await wire.do("sendMessage", chat_id=7, text="c"))["message_id"] > other["message_id"]


async def test_copies_and_forwards(wire: Wire, ana: Player) -> None:
    own = await ana.say("as I said")
    forwarded = await wire.do("forwardMessage", chat_id=7, from_chat_id=7, message_id=own.id)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Ana"
    copied = await wire.do("copyMessage", chat_id=7, from_chat_id=7, message_id=own.id)
    assert ana.chat.messages[copied["message_id"]].text == "as I said"


async def test_who_blocks_the_bot_hears_nothing_until_they_write_again(wire: Wire, ana: Player) -> None:
    await ana.start()
    await ana.block()
    assert await wire.refused("sendMessage", chat_id=7, text="a") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    assert (await wire.do("getChatMember", chat_id=7, user_id=1000000001))["status"] == "kicked"
    await ana.say("I am back")
    await wire.do("sendMessage", chat_id=7, text="a")
    kinds = [
        update["my_chat_member"]["new_chat_member"]["status"] if "my_chat_member" in update else "message"
        for update in await wire.do("getUpdates")
    ]
    assert kinds == ["message", "kicked", "member", "message"]
    ana.person.deactivated = True
    assert await wire.refused("sendMessage", chat_id=7, text="a") == (403, "Forbidden: user is deactivated")


# -- presses and inline queries -----------------------------------------------------------------------------------


async def test_a_press_shows_the_message_as_it_is_now_and_is_answered_once(wire: Wire, ana: Player) -> None:
    await ana.start()
    sent = await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Go", callback_data="go"))
    await wire.do(
        "editMessageText",
        chat_id=7,
        message_id=sent["message_id"],
        text="b",
        reply_markup=sent["reply_markup"],
    )
    query = await ana.press("Go")
    assert query is not None
    again = await ana.press("go", sent["message_id"])
    assert again is not None
    pressed = [u["callback_query"] for u in await wire.do("getUpdates") if "callback_query" in u]
    assert [(p["data"], p["message"]["text"], p["from"]["language_code"]) for p in pressed] == [
        ("go", "b", "fr")
    ] * 2
    await wire.do("answerCallbackQuery", callback_query_id=query.id, text="done", show_alert=True)
    assert await query.answered() == {"text": "done", "show_alert": True, "url": ""}
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert await wire.refused("answerCallbackQuery", callback_query_id=query.id) == too_old
    assert await wire.refused("answerCallbackQuery", callback_query_id="5") == too_old


async def test_an_answer_can_come_too_late(wire: Wire, ana: Player, clock: Clock) -> None:
    await ana.start()
    await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Go", callback_data="go"))
    query = await ana.press("Go")
    assert query is not None
    clock.time += 16
    assert (await wire.refused("answerCallbackQuery", callback_query_id=query.id))[0] == 400


async def test_buttons_that_are_gone_can_still_be_pressed(wire: Wire, ana: Player) -> None:
    await ana.start()
    sent = await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Go", callback_data="go"))
    await wire.do("deleteMessage", chat_id=7, message_id=sent["message_id"])
    with pytest.raises(LookupError):
        await ana.press("Go")
    await ana.press_data("go", sent["message_id"])
    pressed = (await wire.do("getUpdates"))[-1]["callback_query"]
    assert (pressed["data"], pressed["message"]["date"]) == ("go", 0)


async def test_a_deep_link_button_starts_the_bot_with_its_payload(wire: Wire, ana: Player) -> None:
    await ana.start()
    link = "https://t.me/focal_rehearsal_bot?start=p_surabaya"
    await wire.do("sendMessage", chat_id=7, text="a", reply_markup=button("Open", url=link))
    assert await ana.press("Open") is None
    started = (await wire.do("getUpdates"))[-1]["message"]
    assert started["text"] == "/start p_surabaya"
    assert started["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_inline_result_is_posted_and_can_be_edited(wire: Wire, ana: Player) -> None:
    query = await ana.inline("compost")
    asked = (await wire.do("getUpdates"))[-1]["inline_query"]
    assert (asked["id"], asked["query"]) == (query.id, "compost")
    content = {"message_text": "<b>Compost</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "Compost", "input_message_content": content}
    markup = button("Go", callback_data="go")
    await wire.do("answerInlineQuery", inline_query_id=query.id, results=[result | {"reply_markup": markup}])
    await ana.choose(query, "1")
    posted, chosen = (await wire.do("getUpdates"))[-2:]
    assert posted["message"]["text"] == "Compost"
    assert posted["message"]["via_bot"]["id"] == 1000000001
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert await wire.do("editMessageText", inline_message_id=inline_id, text="changed") is True
    assert ana.messages()[-1].text == "changed"


# -- groups ------------------------------------------------------------------------------------------------------


async def test_in_groups_the_bot_sees_what_is_meant_for_it(wire: Wire, ana: Player) -> None:
    group = wire.emulator.group(-55, "Waste", [ana])
    own = await wire.do("sendMessage", chat_id=-55, text="hello")
    for text in (
        "chatting",
        "/help",
        "/help@focal_rehearsal_bot",
        "/help@other_bot",
        "ask @focal_rehearsal_bot",
    ):
        await ana.say(text, chat=group)
    await ana.say("an answer", chat=group, reply_to=own["message_id"])
    seen = [u["message"]["text"] for u in await wire.do("getUpdates") if "message" in u]
    assert seen == ["/help", "/help@focal_rehearsal_bot", "ask @focal_rehearsal_bot", "an answer"]


async def test_a_group_can_throw_the_bot_out_or_move(wire: Wire, ana: Player) -> None:
    group = wire.emulator.group(-55, "Waste", [ana])
    await group.remove_bot()
    assert await wire.refused("sendMessage", chat_id=-55, text="a") == (
        403,
        "Forbidden: bot was kicked from the group chat",
    )
    await group.add_bot()
    await group.become_supergroup(-10055)
    answer = await wire.ask("sendMessage", chat_id=-55, text="a")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": -10055}
    assert (await wire.do("sendMessage", chat_id=-10055, text="a"))["chat"]["type"] == "supergroup"
    assert await wire.do("leaveChat", chat_id=-10055) is True
    assert (await wire.refused("sendMessage", chat_id=-10055, text="a"))[0] == 403
    told = await wire.do("getUpdates")
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in told if "my_chat_member" in u]
    assert statuses == ["member", "kicked", "member"]
    moves = [u["message"] for u in told if "message" in u]
    assert [(m["chat"]["id"], m.get("migrate_to_chat_id"), m.get("migrate_from_chat_id")) for m in moves] == [
        (-55, -10055, None),
        (-10055, None, -55),
    ]


async def test_a_link_takes_the_bot_into_a_group_and_brings_its_payload(wire: Wire, ana: Player) -> None:
    group = wire.emulator.group(-55, "Waste", [ana], with_bot=False)
    assert (await wire.refused("sendMessage", chat_id=-55, text="a"))[0] == 400
    await ana.start_in(group, "g-123")
    await ana.start_in(group)
    told = await wire.do("getUpdates")
    assert [u["my_chat_member"]["chat"]["id"] for u in told if "my_chat_member" in u] == [-55]
    texts = [u["message"]["text"] for u in told if "message" in u]
    assert texts == ["/start@focal_rehearsal_bot g-123", "/start@focal_rehearsal_bot"]
    assert (await wire.do("sendMessage", chat_id=-55, text="a"))["chat"]["type"] == "group"


# -- profile -----------------------------------------------------------------------------------------------------


async def test_commands_and_texts_are_kept_by_language(wire: Wire) -> None:
    start, aide = {"command": "start", "description": "Begin"}, {"command": "aide", "description": "Aide"}
    await wire.do("setMyCommands", commands=[start])
    await wire.do("setMyCommands", commands=[aide], language_code="fr", scope={"type": "all_private_chats"})
    assert await wire.do("getMyCommands") == [start]
    assert await wire.do("getMyCommands", language_code="fr") == []
    await wire.do("deleteMyCommands")
    assert await wire.do("getMyCommands") == []
    await wire.do("setMyDescription", description="What works")
    await wire.do("setMyShortDescription", short_description="Ce qui marche", language_code="fr")
    assert await wire.do("getMyDescription", language_code="fr") == {"description": "What works"}
    assert await wire.do("getMyShortDescription") == {"short_description": ""}
    await wire.do("setChatMenuButton", menu_button={"type": "commands"})
    assert (await wire.do("getMe"))["username"] == "focal_rehearsal_bot"


# -- limits and trouble ------------------------------------------------------------------------------------------


async def test_who_sends_too_fast_is_told_to_wait(wire: Wire, ana: Player, clock: Clock) -> None:
    await ana.start()
    wire.emulator.world.rates.on = True
    for _ in range(3):
        await wire.do("sendMessage", chat_id=7, text="a")
    answer = await wire.ask("sendMessage", chat_id=7, text="a")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.time += 1
    await wire.do("sendMessage", chat_id=7, text="a")


async def test_all_chats_together_have_a_limit_and_groups_another(
    wire: Wire, ana: Player, clock: Clock
) -> None:
    people = [wire.emulator.person(100 + n, "P") for n in range(31)]
    for person in people:
        await person.start()
    wire.emulator.group(-55, "Waste", [ana])
    wire.emulator.world.rates.on = True
    answers = [await wire.ask("sendMessage", chat_id=p.person.id, text="a") for p in people]
    assert [a["ok"] for a in answers] == [True] * 30 + [False]
    sent = 0
    for _ in range(40):
        clock.time += 1.5
        sent += (await wire.ask("sendMessage", chat_id=-55, text="a"))["ok"]
    assert sent == 20, "20 in any minute, however they are spread"
    clock.time += 1.5
    assert (await wire.ask("sendMessage", chat_id=-55, text="a"))["ok"]
    assert wire.emulator.world.rates.refused == 21


TOLD_FAULTS = [
    (FaultKind.TOO_MANY_REQUESTS, 429, "Too Many Requests: retry after 4"),
    (FaultKind.BLOCKED, 403, "Forbidden: bot was blocked by the user"),
    (FaultKind.DEACTIVATED, 403, "Forbidden: user is deactivated"),
    (FaultKind.KICKED, 403, "Forbidden: bot was kicked from the group chat"),
    (FaultKind.CHAT_NOT_FOUND, 400, "Bad Request: chat not found"),
    (FaultKind.MIGRATED, 400, "Bad Request: group chat was upgraded to a supergroup chat"),
    (FaultKind.UNAUTHORIZED, 401, "Unauthorized"),
]


@pytest.mark.parametrize(("kind", "code", "said"), TOLD_FAULTS)
async def test_refusals_can_be_ordered(
    wire: Wire, ana: Player, kind: FaultKind, code: int, said: str
) -> None:
    await ana.start()
    wire.emulator.fault(kind, "sendMessage", chat=7, value=4)
    assert await wire.refused("sendMessage", chat_id=7, text="a") == (code, said)
    await wire.do("sendMessage", chat_id=7, text="a")
    assert wire.emulator.calls[0].fault is kind


@pytest.mark.parametrize("kind", [FaultKind.RESET_BEFORE, FaultKind.RESET_AFTER])
async def test_a_connection_can_break_before_or_after_the_work(
    wire: Wire, ana: Player, kind: FaultKind
) -> None:
    await ana.start()
    wire.emulator.fault(kind, "sendMessage")
    with pytest.raises(httpx.TransportError):
        await wire.do("sendMessage", chat_id=7, text="a")
    arrived = [m.text for m in ana.messages() if m.from_bot]
    assert arrived == (["a"] if kind is FaultKind.RESET_AFTER else [])
    assert wire.emulator.calls[0].executed == (kind is FaultKind.RESET_AFTER)


@pytest.mark.parametrize("kind", [FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER])
async def test_a_call_can_hang_before_or_after_the_work(wire: Wire, ana: Player, kind: FaultKind) -> None:
    await ana.start()
    wire.emulator.fault(kind, "sendMessage")
    url = f"{wire.emulator.base_url}/bot{wire.token}/sendMessage"
    with pytest.raises(httpx.ReadTimeout):
        await wire.client.post(url, json={"chat_id": 7, "text": "a"}, timeout=0.1)
    assert any(m.from_bot for m in ana.messages()) == (kind is FaultKind.HANG_AFTER)


async def test_answers_can_be_garbage(wire: Wire, ana: Player) -> None:
    await ana.start()
    url = f"{wire.emulator.base_url}/bot{wire.token}/getMe"
    wire.emulator.fault(FaultKind.SERVER_ERROR, "getMe")
    wire.emulator.fault(FaultKind.BAD_GATEWAY, "getMe")
    wire.emulator.fault(FaultKind.MALFORMED, "getMe")
    down, gateway, broken = [await wire.client.get(url) for _ in range(3)]
    assert (down.status_code, gateway.status_code) == (500, 502)
    assert gateway.text.startswith("<html>")
    with pytest.raises(json.JSONDecodeError):
        broken.json()


async def test_a_lost_answer_to_get_updates_brings_them_again(wire: Wire, ana: Player) -> None:
    await ana.say("a")
    wire.emulator.fault(FaultKind.RESET_AFTER, "getUpdates")
    with pytest.raises(httpx.TransportError):
        await wire.do("getUpdates")
    assert [u["message"]["text"] for u in await wire.do("getUpdates")] == ["a"]


async def test_chance_is_the_same_for_the_same_seed() -> None:
    async def struck() -> list[bool]:
        async with (
            Emulator.serve(settings=EmulatorSettings(seed=3)) as emulator,
            httpx.AsyncClient() as client,
        ):
            emulator.fault(FaultKind.SERVER_ERROR, times=None, probability=0.5)
            url = f"{emulator.base_url}/bot{emulator.token}/getMe"
            return [(await client.get(url)).status_code == 500 for _ in range(12)]

    first = await struck()
    assert first == await struck()
    assert True in first
    assert False in first
