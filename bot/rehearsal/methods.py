"""Bot API methods about the bot itself, its chats, files and queries, and the table of all methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from bot.rehearsal import messages
from bot.rehearsal.model import ApiError, Chat, ChatType, Json, bad_request
from bot.rehearsal.parameters import Parameters
from bot.rehearsal.world import BotState, Webhook, World

Method: TypeAlias = Callable[[World, BotState, Parameters], object]

LARGEST_DOWNLOAD = 20 * 2**20
LONGEST = {"description": 512, "short_description": 120}
LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


def get_me(_world: World, bot: BotState, _params: Parameters) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return bot.account.as_json() | abilities


async def get_updates(
    _world: World, bot: BotState, params: Parameters, elapsed: Callable[[], float]
) -> list[Json]:
    """Long polling. `elapsed` tells the seconds of real time since the call came."""
    if bot.webhook is not None:
        sentence = "Conflict: can't use getUpdates method while webhook is active"
        raise ApiError(409, f"{sentence}; use deleteWebhook to delete the webhook first")
    bot.poll += 1
    mine = bot.poll
    bot.queue.wake()
    if "allowed_updates" in params.raw:
        bot.queue.allow(params.json("allowed_updates") or ())
    bot.queue.confirm(params.integer("offset"))
    timeout = min(params.integer("timeout"), 50)
    limit = min(max(params.integer("limit", 100), 1), 100)
    while not (ready := bot.queue.ready(limit)) and elapsed() < timeout:
        await bot.queue.wait(timeout - elapsed())
        if bot.poll != mine:
            ender = "setWebhook request" if bot.webhook else "other getUpdates request"
            hint = "" if bot.webhook else "; make sure that only one bot instance is running"
            raise ApiError(409, f"Conflict: terminated by {ender}{hint}")
    return [update.as_json() for update in ready]


def set_webhook(_world: World, bot: BotState, params: Parameters) -> bool:
    url = params.text("url")
    if not url:
        return delete_webhook(_world, bot, params)
    if not url.startswith(("https://", *LOOPBACK)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if "allowed_updates" in params.raw:
        bot.queue.allow(params.json("allowed_updates") or ())
    _drop_pending(bot, params)
    most = min(max(params.integer("max_connections", 40), 1), 100)
    bot.webhook = Webhook(url, params.text("secret_token") or None, most)
    bot.poll += 1
    bot.queue.wake()
    return True


def delete_webhook(_world: World, bot: BotState, params: Parameters) -> bool:
    bot.webhook = None
    _drop_pending(bot, params)
    return True


def _drop_pending(bot: BotState, params: Parameters) -> None:
    if params.flag("drop_pending_updates"):
        bot.queue.pending.clear()


def get_webhook_info(_world: World, bot: BotState, _params: Parameters) -> Json:
    hook = bot.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.queue.ready(10**9)),
    }
    if hook:
        info["max_connections"] = hook.max_connections
    if hook and hook.last_error:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    return info | ({"allowed_updates": sorted(bot.queue.allowed)} if bot.queue.allowed else {})


def answer_callback_query(world: World, bot: BotState, params: Parameters) -> bool:
    query = world.open_query(bot, params.text("callback_query_id"))
    answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "url": params.text("url")}
    query.settle(answer)
    chat = query.message.chat if query.message else None
    world.tell("callback_answer", bot, chat, answer | {"person_id": query.person.id})
    return True


def answer_inline_query(world: World, bot: BotState, params: Parameters) -> bool:
    query = world.open_query(bot, params.text("inline_query_id"))
    results = params.json("results") or []
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) != len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    shown = [dict(result) | inline_content(result) for result in results]
    query.settle(
        {"results": shown, "next_offset": params.text("next_offset"), "button": params.json("button")}
    )
    return True


def inline_content(result: Json) -> Json:
    """What a person posts by choosing this result: `content`, `markup`. ApiError as when sending it."""
    given = dict(result.get("input_message_content") or {})
    if "message_text" not in given:
        raise bad_request("can't parse inline query result: only results with a text are rehearsed here")
    markup = Parameters({"reply_markup": result.get("reply_markup")}).markup()
    return {"content": Parameters(given | {"text": given["message_text"]}).message_text(), "markup": markup}


def _scope(params: Parameters) -> str:
    return json.dumps(params.json("scope") or {"type": "default"}, sort_keys=True)


def set_my_commands(world: World, bot: BotState, params: Parameters) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if any(not 1 <= len(str(command.get("description", ""))) <= 256 for command in commands):
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_scope(params), params.text("language_code")] = commands
    world.tell("commands", bot, None, {})
    return True


def get_my_commands(_world: World, bot: BotState, params: Parameters) -> list[Json]:
    return bot.commands.get((_scope(params), params.text("language_code")), [])


def delete_my_commands(world: World, bot: BotState, params: Parameters) -> bool:
    bot.commands.pop((_scope(params), params.text("language_code")), None)
    world.tell("commands", bot, None, {})
    return True


def commands_for(bot: BotState, chat: Chat, language: str | None) -> list[Json]:
    """The command menu in a chat: the most specific list, in it the person's language before the general."""
    private = chat.type is ChatType.PRIVATE
    scopes: list[Json] = [
        {"type": "chat", "chat_id": chat.id},
        {"type": "all_private_chats" if private else "all_group_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for wanted in ((language or "").split("-")[0], ""):
            if commands := bot.commands.get((json.dumps(scope, sort_keys=True), wanted)):
                return commands
    return []


def _set_description(name: str) -> Method:
    def method(_world: World, bot: BotState, params: Parameters) -> bool:
        if len(params.text(name)) > LONGEST[name]:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        bot.descriptions[name, params.text("language_code")] = params.text(name)
        return True

    return method


def _get_description(name: str) -> Method:
    def method(_world: World, bot: BotState, params: Parameters) -> Json:
        own = bot.descriptions.get((name, params.text("language_code")))
        return {name: own or bot.descriptions.get((name, ""), "")}

    return method


def set_chat_menu_button(_world: World, bot: BotState, params: Parameters) -> bool:
    chat_id = params.integer("chat_id") if "chat_id" in params.raw else None
    bot.menu_buttons[chat_id] = params.json("menu_button") or {"type": "default"}
    return True


def get_chat(_world: World, bot: BotState, params: Parameters) -> Json:
    chat = _known_chat(bot, params)
    shape = chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    return shape if chat.person else shape | {"permissions": dict.fromkeys(PERMISSIONS, True)}


def get_chat_member(_world: World, bot: BotState, params: Parameters) -> Json:
    chat = _known_chat(bot, params)
    user_id = params.integer("user_id")
    if user_id == bot.account.id:
        user, status = bot.account.as_json(), chat.bot_status
    elif user_id in chat.members or (chat.person is not None and chat.person.id == user_id):
        user, status = (chat.person or chat.members[user_id]).as_json(), "member"
    else:
        raise bad_request("user not found" if chat.person is None else "PARTICIPANT_ID_INVALID")
    return {"status": status, "user": user} | ({"until_date": 0} if status == "kicked" else {})


def leave_chat(_world: World, bot: BotState, params: Parameters) -> bool:
    chat = bot.chat(params.raw.get("chat_id"))
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def _known_chat(bot: BotState, params: Parameters) -> Chat:
    chat = bot.find_chat(params.raw.get("chat_id"))
    if chat is None or not chat.opened:
        raise bad_request("chat not found")
    return chat


def get_file(_world: World, bot: BotState, params: Parameters) -> Json:
    file = bot.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.as_json() | {"file_path": f"documents/{file.id}"}


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "forwardMessage": messages.forward_message,
    "copyMessage": messages.copy_message,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageMedia": messages.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": _set_description("description"),
    "getMyDescription": _get_description("description"),
    "setMyShortDescription": _set_description("short_description"),
    "getMyShortDescription": _get_description("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
"""All methods but getUpdates, which waits. What is not here is answered 404, as an unknown method is."""


def find_method(name: str) -> tuple[str, Method] | None:
    """A method by its name, read without regard to case."""
    return next(((known, method) for known, method in METHODS.items() if known.lower() == name.lower()), None)
