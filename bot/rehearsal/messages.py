"""Bot API methods that send, change, forward and delete messages."""

from __future__ import annotations

import mimetypes

from bot.rehearsal.checker import CHAT_ACTIONS, Upload
from bot.rehearsal.model import ApiError, Chat, Json, Message, StoredFile, bad_request
from bot.rehearsal.parameters import Parameters
from bot.rehearsal.pictures import check_photo, photo_sizes
from bot.rehearsal.world import BotState, World

TYPING_SECONDS = 5.0
DELETE_WITHIN = 48 * 3600.0
MOST_AT_ONCE = 100
MEDIA = ("photo", "document", "video", "animation", "audio", "voice")


def send_message(world: World, bot: BotState, params: Parameters) -> Json:
    chat = _chat_to_write(world, bot, params)
    return _send(world, bot, chat, params, params.message_text())


def send_photo(world: World, bot: BotState, params: Parameters) -> Json:
    chat = _chat_to_write(world, bot, params)
    return _send(world, bot, chat, params, _media(world, bot, params, "photo", "photo") | params.caption())


def send_document(world: World, bot: BotState, params: Parameters) -> Json:
    chat = _chat_to_write(world, bot, params)
    return _send(
        world, bot, chat, params, _media(world, bot, params, "document", "document") | params.caption()
    )


def _media(world: World, bot: BotState, params: Parameters, kind: str, field: str) -> Json:
    """A photo or document, sent anew or known, as the content of a message."""
    sent = params.file(field)
    if kind == "photo" and isinstance(sent, Upload):
        check_photo(sent.content)
    file = bot.file(sent) if isinstance(sent, str) else _keep(world, bot, sent)
    if kind == "document":
        return {"document": file.as_json() | {"file_name": file.name, "mime_type": file.content_type}}
    return {"photo": [file.as_json() | size for size in photo_sizes(file.content)]}


def send_chat_action(world: World, bot: BotState, params: Parameters) -> bool:
    chat = bot.chat(params.raw.get("chat_id"))
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = world.now() + TYPING_SECONDS
    world.tell("typing", bot, chat, {"action": params.text("action")})
    return True


def forward_message(world: World, bot: BotState, params: Parameters) -> Json:
    chat = _chat_to_write(world, bot, params)
    original = _message(bot, params, "from_chat_id", "message to forward not found")
    origin: Json = {"type": "user", "date": original.date, "sender_user": original.sender}
    extra = {"forward_origin": original.extra.get("forward_origin", origin)}
    return world.post(bot, chat, bot.account.as_json(), dict(original.content), extra=extra).as_json()


def copy_message(world: World, bot: BotState, params: Parameters) -> Json:
    chat = _chat_to_write(world, bot, params)
    original = _message(bot, params, "from_chat_id", "message to copy not found")
    content = dict(original.content)
    if "text" not in content and "caption" in params.raw:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | params.caption()
    return {"message_id": _send(world, bot, chat, params, content)["message_id"]}


def edit_message_text(world: World, bot: BotState, params: Parameters) -> Json | bool:
    message = _own_message(bot, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, bot, message, params.message_text(), params.markup(), params)


def edit_message_caption(world: World, bot: BotState, params: Parameters) -> Json | bool:
    message = _own_message(bot, params)
    media = {name: value for name, value in message.content.items() if name in MEDIA}
    if not media:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, bot, message, media | params.caption(), params.markup(), params)


def edit_message_media(world: World, bot: BotState, params: Parameters) -> Json | bool:
    """Puts a photo or a document in place of what was there; the two kinds that are rehearsed."""
    message = _own_message(bot, params)
    media = params.json("media") or {}
    kind = str(media.get("type"))
    if kind not in ("photo", "document"):
        raise bad_request("unsupported input media type")
    inner = Parameters({**params.raw, **media})
    content = _media(world, bot, inner, kind, "media") | inner.caption()
    return _change(world, bot, message, content, params.markup(), params)


def edit_message_reply_markup(world: World, bot: BotState, params: Parameters) -> Json | bool:
    message = _own_message(bot, params)
    return _change(world, bot, message, message.content, params.markup(), params)


def delete_message(world: World, bot: BotState, params: Parameters) -> bool:
    message = _message(bot, params, "chat_id", "message to delete not found")
    if not _may_delete(world, message):
        raise bad_request("message can't be deleted for everyone")
    world.remove(bot, message)
    return True


def delete_messages(world: World, bot: BotState, params: Parameters) -> bool:
    """Those that are gone already are passed over."""
    chat = bot.chat(params.raw.get("chat_id"))
    wanted = params.json("message_ids") or []
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise bad_request("message identifiers are not specified" if not wanted else "too many messages")
    found = [chat.messages[int(one)] for one in wanted if int(one) in chat.messages]
    if not all(_may_delete(world, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        world.remove(bot, message)
    return True


def _may_delete(world: World, message: Message) -> bool:
    is_ours = message.from_bot or message.chat.person is not None
    return is_ours and world.now() - message.date <= DELETE_WITHIN


def _chat_to_write(world: World, bot: BotState, params: Parameters) -> Chat:
    chat = bot.chat(params.raw.get("chat_id"))
    _refuse_if_too_fast(world, chat)
    return chat


def _refuse_if_too_fast(world: World, chat: Chat) -> None:
    if wait := world.rates.retry_after(chat.id):
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def _send(world: World, bot: BotState, chat: Chat, params: Parameters, content: Json) -> Json:
    reply = params.json("reply_parameters") or {}
    reply_to = chat.messages.get(int(reply.get("message_id", 0)))
    if reply and reply_to is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    extra: Json = {"has_protected_content": True} if params.flag("protect_content") else {}
    if options := params.json("link_preview_options"):
        extra["link_preview_options"] = options
    return world.post(
        bot,
        chat,
        bot.account.as_json(),
        content,
        reply_markup=params.markup(),
        reply_to=reply_to,
        extra=extra,
    ).as_json()


def _keep(world: World, bot: BotState, upload: Upload) -> StoredFile:
    guessed = mimetypes.guess_type(upload.name)[0]
    return world.keep_file(bot, upload.name, upload.content, guessed or upload.content_type)


def _message(bot: BotState, params: Parameters, chat_field: str, sentence: str) -> Message:
    chat = bot.chat(params.raw.get(chat_field))
    if "message_id" not in params.raw:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(sentence)
    return message


def _own_message(bot: BotState, params: Parameters) -> Message:
    """The message to edit: one that the bot sent, or one that a person sent by its inline mode."""
    inline_id = params.text("inline_message_id")
    if inline_id:
        if inline_id not in bot.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return bot.inline_messages[inline_id]
    message = _message(bot, params, "chat_id", "message to edit not found")
    if message.sender["id"] != bot.account.id or "forward_origin" in message.extra:
        raise bad_request("message can't be edited")
    return message


def _change(
    world: World, bot: BotState, message: Message, content: Json, markup: Json | None, params: Parameters
) -> Json | bool:
    if (content, markup) == (message.content, message.reply_markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    _refuse_if_too_fast(world, message.chat)
    world.change(bot, message, content, markup)
    return True if params.text("inline_message_id") else message.as_json()
