"""Yes or no, in the languages of many cities."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.domain.answers import Codes, Value
from bot.domain.measures.characters import names
from bot.domain.question_types.base import Heard, NotUnderstood, Offer, Surroundings, Trouble, Understood
from bot.domain.question_types.matching import number_in, plain_words
from bot.domain.questionnaires import Step

YES, NO = "yes", "no"

_WORDS: Mapping[str, tuple[str, str]] = {
    "en": ("yes y yeah yep yup sure ok okay correct true done", "no n nope nah not false"),
    "fr": ("oui ouais exact", "non"),
    "es": ("sí si claro", "no"),
    "pt": ("sim", "não"),
    "de": ("ja jawohl", "nein nee"),
    "it": ("sì si", "no"),
    "nl": ("ja", "nee"),
    "sv": ("ja", "nej"),
    "id": ("ya iya sudah betul", "tidak tak belum nggak gak bukan"),
    "ms": ("ya sudah betul", "tidak tak belum bukan"),
    "fil": ("oo opo", "hindi hindi_po wala"),
    "vi": ("có vâng dạ rồi đúng", "không chưa"),
    "ru": ("да ага", "нет"),
    "uk": ("так", "ні"),
    "pl": ("tak", "nie"),
    "cs": ("ano", "ne"),
    "sr": ("da да", "ne не"),
    "ro": ("da", "nu"),
    "tr": ("evet", "hayır"),
    "el": ("ναι", "όχι"),
    "sw": ("ndiyo", "hapana la"),
    "ar": ("نعم اجل أجل ايوه", "لا كلا"),
    "fa": ("بله آره", "نه خیر"),
    "ur": ("ہاں جی_ہاں", "نہیں"),
    "he": ("כן", "לא"),
    "hi": ("हाँ हां हा जी_हाँ जी_हां haan", "नहीं नही जी_नहीं nahi nahin"),
    "ne": ("हो छ भयो ho", "होइन छैन भएन hoina chhaina"),
    "bn": ("হ্যাঁ হ্যা জি", "না"),
    "ta": ("ஆம் ஆமாம்", "இல்லை"),
    "si": ("ඔව්", "නැහැ නැත"),
    "th": ("ใช่ ใช่ครับ ใช่ค่ะ มี ได้ ครับ ค่ะ", "ไม่ ไม่ใช่ ไม่มี ไม่ได้ ไม่ครับ ไม่ค่ะ"),
    "lo": ("ແມ່ນ ແມ່ນແລ້ວ", "ບໍ່ ບໍ່ແມ່ນ"),
    "km": ("បាទ ចាស ចា៎ះ", "ទេ"),
    "my": ("ဟုတ်ကဲ့ ဟုတ်တယ်", "မဟုတ်ဘူး"),
    "mn": ("тийм", "үгүй"),
    "zh": ("是 是的 对 對 有 好 好的 完成 已完成 做到了", "否 不 不是 没有 沒有 没 未 未完成 还没有"),
    "ja": ("はい ええ うん", "いいえ いえ"),
    "ko": ("네 예 응 ne", "아니요 아니오 아니 aniyo"),
}
"""What people say for yes and no, by language; `_` stands for a space."""
_SIGNS = {
    "👍": YES,
    "✅": YES,
    "✔": YES,
    "☑": YES,
    "👌": YES,
    "🆗": YES,
    "👎": NO,
    "❌": NO,
    "✖": NO,
    "✗": NO,
}


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    said = _by_sign(typed) or _by_place(typed) or _by_word(plain_words(typed), around)
    return Understood(Codes((said,)), typed) if said else NotUnderstood((Trouble.YES_OR_NO,), (YES, NO))


def offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    return Offer(YES, phrase=YES), Offer(NO, phrase=NO)


def value_of(code: str, so_far: Value | None) -> Value:
    return Codes((code,))


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Codes) and value.codes in ((YES,), (NO,))


def _by_sign(typed: str) -> str | None:
    signs = {said for sign, said in _SIGNS.items() if sign in typed}
    return signs.pop() if len(signs) == 1 and not plain_words(typed) else None


def _by_place(typed: str) -> str | None:
    return {1: YES, 2: NO}.get(number_in(typed) or 0)


def _by_word(words: str, around: Surroundings) -> str | None:
    """Some words mean yes in one language and no in another (`tak`, `ne`): then the reader's language decides."""
    for phrase in (YES, NO):
        if words and words in map(plain_words, around.phrases.get(phrase, ())):
            return phrase
    meant = {said for by_word in _languages().values() for word, said in by_word.items() if word == words}
    if len(meant) > 1:
        own = _languages().get(around.locale.replace("_", "-").split("-")[0], {})
        return own.get(words)
    return meant.pop() if meant else None


@cache
def _languages() -> dict[str, dict[str, str]]:
    return {
        language: {
            plain_words(word.replace("_", " ")): said
            for said, listed in ((YES, yes), (NO, no))
            for word in names(listed)
        }
        for language, (yes, no) in _WORDS.items()
    }
