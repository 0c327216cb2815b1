"""Every call of the bot, checked against the Bot API's specification and the limits told beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, TypeAlias

from bot.rehearsal.formatting import formatting_problems

Json: TypeAlias = dict[str, Any]

BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
MOST_BUTTONS, MOST_IN_A_ROW = 100, 8
MOST_COMMANDS, MOST_INLINE_RESULTS = 100, 50
LARGEST_PHOTO, LARGEST_FILE = 10 * 2**20, 50 * 2**20
LANGUAGE_METHODS = {
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
}
FORMATTED = {
    "text": "",
    "message_text": "",
    "caption": "",
    "question": "question_",
    "explanation": "explanation_",
    "quote": "quote_",
}
"""Fields whose length counts after entities parsing, and what their parse mode's name begins with."""
EDITS = {"editMessageText", "editMessageReplyMarkup", "editMessageCaption", "editMessageMedia"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Checker:
    """The specification, ready to be asked about calls. It keeps nothing between two calls."""

    spec: Json

    @classmethod
    def load(cls) -> Checker:
        """The checker of the specification that travels with the project."""
        return cls(
            json.loads(resources.files("bot.rehearsal").joinpath("botapi/botapi.min.json").read_bytes())
        )

    def check(self, method: str, params: Mapping[str, object]) -> list[str]:
        """What is wrong with a call, one sentence each; empty when nothing is.

        Values may be Python values or the strings of a form. Method names are read without regard to case.
        """
        name = next((known for known in self.spec["methods"] if known.lower() == method.lower()), None)
        if name is None:
            return [f"unknown method {method!r}"]
        fields: Json = self.spec["methods"][name]["p"]
        attached = set(re.findall(r"attach://([^\"\\]+)", json.dumps(dict(params), default=str)))
        known = {key: value for key, value in params.items() if key in fields or key not in attached}
        return [
            *self._fields(f"{name}: ", known, fields, ""),
            *_upload_sizes(params),
            *self._call_rules(name, params),
        ]

    def _fields(self, owner: str, values: Mapping[str, object], fields: Json, where: str) -> list[str]:
        """Named values against their fields: unknown, missing, mistyped, out of bounds, badly formatted."""
        problems: list[str] = []
        formatted = {
            key: prefix
            for key, prefix in FORMATTED.items()
            if key in fields and f"{prefix}parse_mode" in fields
        }
        for key, value in values.items():
            if key not in fields:
                problems.append(f"{owner}there is no {where}{key}")
            elif value is None:
                problems.append(f"{where}{key}: null is sent")
            else:
                field = fields[key] | ({"ents": 1} if key in formatted else {})
                problems += self._value(value, field, f"{where}{key}")
        problems += [
            f"{where}{key}: required" for key, field in fields.items() if field.get("r") and key not in values
        ]
        for key, prefix in formatted.items():
            if isinstance(text := values.get(key), str):
                explicit = any(
                    values.get(name) for name in ("entities", f"{key}_entities", f"{prefix}entities")
                )
                mode = str(values.get(f"{prefix}parse_mode") or "")
                problems += formatting_problems(where + key, text, mode, fields[key]["len"][:2], explicit)
        return problems

    def _value(self, value: object, field: Json, where: str) -> list[str]:
        """A value against one of the types its field allows, then against the field's own bounds."""
        attempts = [self._typed(value, kind, where) for kind in field["t"]]
        best = min(attempts, key=len)
        if best:
            return best
        read = _read(value)
        problems = []
        if "const" in field and value != field["const"]:
            problems.append(f"{where}: must be {field['const']!r}")
        if "enum" in field and value not in field["enum"]:
            problems.append(f"{where}: {value!r} is not one of {field['enum']}")
        if "range" in field:
            problems += _between(where, int(str(value)), field["range"], "")
        if "items" in field and isinstance(read, list | tuple):
            problems += _between(where, len(read), field["items"], " items")
        if "len" in field and not field.get("ents") and isinstance(value, str):
            low, high, unit = field["len"]
            length, of = (len(value.encode()), " bytes") if unit == "b" else (len(value), " characters")
            problems += _between(where, length, (low, high), of)
        return problems

    def _typed(self, value: object, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            items = _read(value)
            if not isinstance(items, list | tuple):
                return [f"{where}: expected an array"]
            inner = kind.removeprefix("Array of ")
            return [p for i, item in enumerate(items) for p in self._typed(item, inner, f"{where}[{i}]")]
        if kind in self.spec["types"] and kind != "InputFile":
            plain_key = kind == "KeyboardButton" and isinstance(value, str) and not value.startswith("{")
            return [] if plain_key else self._object(value, kind, where)
        return [] if _is_plain(value, kind) else [f"{where}: expected {kind}, got {value!r}"[:160]]

    def _object(self, value: object, kind: str, where: str) -> list[str]:
        described: Json = self.spec["types"][kind]
        read = _read(value)
        if subtypes := described.get("sub"):
            if isinstance(read, str) and "String" in subtypes:
                return []
            if not isinstance(read, Mapping):
                return [f"{where}: expected {kind}"]
            named = [name for name in subtypes if self._is_named(read, name)]
            return min(
                (self._object(read, name, where) for name in named or subtypes if name != "String"), key=len
            )
        if not isinstance(read, Mapping):
            return [f"{where}: expected {kind}, got {type(read).__name__}"]
        problems = self._fields(f"{kind}: ", read, described.get("f", {}), f"{where}.")
        return problems or _object_rules(kind, read, where)

    def _is_named(self, value: Mapping[str, object], kind: str) -> bool:
        """Whether the value says itself, by a fixed field such as `type`, that it is of this kind."""
        fields = self.spec["types"].get(kind, {}).get("f", {})
        fixed = {key: field["const"] for key, field in fields.items() if "const" in field}
        return bool(fixed) and all(value.get(key) == const for key, const in fixed.items())

    def _call_rules(self, name: str, params: Mapping[str, object]) -> list[str]:
        """What the specification says in words about single methods."""
        problems: list[str] = []
        if name in LANGUAGE_METHODS and not re.fullmatch(
            r"([a-z]{2})?", str(params.get("language_code") or "")
        ):
            problems.append(f"language_code: {params['language_code']!r} is not a two-letter code")
        if name == "setMyCommands":
            problems += _commands(_read(params.get("commands")))
        if name == "sendChatAction" and params.get("action") not in CHAT_ACTIONS:
            problems.append(f"action: {params.get('action')!r} is not a chat action")
        if name in {"setWebhook", "getUpdates"}:
            named = _read(params.get("allowed_updates"))
            kinds = self.spec["types"]["Update"]["f"].keys() - {"update_id"}
            problems += [f"allowed_updates: unknown {n!r}" for n in _items(named) if n not in kinds]
        secret = str(params.get("secret_token", "-"))
        if name == "setWebhook" and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            problems.append("secret_token: 1-256 of A-Z a-z 0-9 _ - only")
        if name in EDITS:
            problems += _edit_target(params)
        if name == "editMessageText" and not {"text", "rich_message"} & params.keys():
            problems.append("text: required")
        if name == "sendMediaGroup":
            kinds_sent = {
                item.get("type") for item in _items(_read(params.get("media"))) if isinstance(item, Mapping)
            }
            if len(kinds_sent) > 1 and kinds_sent & {"document", "audio"}:
                problems.append("media: documents and audio may only be grouped with their own kind")
        if name == "answerInlineQuery":
            problems += _inline_results(list(_items(_read(params.get("results")))))
        return problems


def _is_plain(value: object, kind: str) -> bool:
    match kind:
        case "Integer":
            return (
                not isinstance(value, bool)
                and bool(re.fullmatch(r"-?\d{1,19}", str(value)))
                and (abs(int(str(value))) < 2**63)
            )
        case "Float":
            return not isinstance(value, bool) and bool(
                re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", str(value))
            )
        case "Boolean":
            return isinstance(value, bool) or str(value).lower() in {"true", "false", "0", "1"}
        case "String":
            return isinstance(value, str | int) and not isinstance(value, bool)
        case "InputFile":
            return isinstance(value, Upload) or (isinstance(value, str) and value.startswith("attach://"))
    return True


def _read(value: object) -> Any:
    """A value with the JSON of a form field read; what is no JSON stays as it is."""
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _items(value: object) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else ()


def _between(where: str, number: int, bounds: Iterable[int], unit: str) -> list[str]:
    low, high = bounds
    return [] if low <= number <= high else [f"{where}: {number}{unit}, allowed {low}-{high}"]


def _object_rules(kind: str, value: Mapping[str, Any], where: str) -> list[str]:
    """What the specification says in words about single types."""
    problems: list[str] = []
    if kind == "InlineKeyboardMarkup":
        rows = [_read(row) for row in _read(value["inline_keyboard"])]
        total = sum(len(row) for row in rows)
        if total > MOST_BUTTONS:
            problems.append(f"{where}: {total} buttons, at most {MOST_BUTTONS}")
        if any(len(row) > MOST_IN_A_ROW for row in rows):
            problems.append(f"{where}: more than {MOST_IN_A_ROW} buttons in a row")
        if not all(rows):
            problems.append(f"{where}: empty row")
    elif kind == "InlineKeyboardButton":
        actions = [action for action in BUTTON_ACTIONS if action in value]
        if len(actions) != 1:
            problems.append(f"{where}: exactly one action is needed, there are {len(actions)}")
        if not str(value["text"]).strip():
            problems.append(f"{where}: empty label")
        if (
            "url" in value
            and not re.match(r"(https?|tg|ton|tonsite)://", value["url"])
            and "." not in value["url"]
        ):
            problems.append(f"{where}.url: not an address")
    elif kind == "BotCommand" and not re.fullmatch(r"[a-z0-9_]{1,32}", str(value["command"])):
        problems.append(f"{where}.command: {value['command']!r} is not 1-32 of a-z, 0-9, _")
    return problems


def _commands(commands: object) -> list[str]:
    names = [command.get("command") for command in _items(commands) if isinstance(command, Mapping)]
    problems = [] if len(names) <= MOST_COMMANDS else [f"commands: {len(names)}, at most {MOST_COMMANDS}"]
    if len(set(names)) != len(names):
        problems.append("commands: a command is named twice")
    return problems


def _edit_target(params: Mapping[str, object]) -> list[str]:
    of_chat = params.get("chat_id") is not None and params.get("message_id") is not None
    return (
        []
        if of_chat or params.get("inline_message_id")
        else ["needs chat_id and message_id, or inline_message_id"]
    )


def _inline_results(results: list[Any]) -> list[str]:
    ids = [result.get("id") for result in results if isinstance(result, Mapping)]
    problems = [
        f"results: id {i!r} is not 1-64 bytes" for i in ids if not 1 <= len(str(i or "").encode()) <= 64
    ]
    if len(set(ids)) != len(ids):
        problems.append("results: an id is used twice")
    if len(results) > MOST_INLINE_RESULTS:
        problems.append(f"results: {len(results)}, at most {MOST_INLINE_RESULTS}")
    return problems


def _upload_sizes(params: Mapping[str, object]) -> list[str]:
    problems: list[str] = []
    for key, value in params.items():
        if isinstance(value, Upload):
            largest = LARGEST_PHOTO if key == "photo" else LARGEST_FILE
            if not 1 <= len(value.content) <= largest:
                problems.append(f"{key}: {len(value.content)} bytes, allowed 1-{largest}")
    return problems
