"""What people say that is no question to the library: greetings, thanks, a cry for help, a wish for a person.

A message counts as small talk only when all of it is: "hello" is a greeting, "hello, who composts?" is not.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache


class Talk(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    ABOUT = "about"
    SECRETARIAT = "secretariat"


PHRASES: dict[Talk, tuple[str, ...]] = {
    Talk.GREETING: (
        *("hello", "hello there", "hi", "hi there", "hey", "good morning", "good afternoon", "good evening"),
        *(
            "gud am",
            "gud pm",
            "magandang umaga",
            "magandang hapon",
            "kumusta",
            "maayong buntag",
            "start",
            "menu",
        ),
        *(
            "你好",
            "您好",
            "大家好",
            "早上好",
            "下午好",
            "晚上好",
            "嗨",
            "哈喽",
            "在吗",
            "菜单",
            "開始",
            "开始",
        ),
        *("bonjour", "bonsoir", "salut", "coucou", "allo", "menu principal", "accueil"),
        *("selamat pagi", "selamat siang", "selamat sore", "selamat malam", "halo", "hai", "assalamualaikum"),
        *("สวัสดี", "สวัสดีครับ", "สวัสดีค่ะ", "หวัดดี"),
        *("안녕", "안녕하세요", "안녕하십니까", "반갑습니다"),
        *("こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして"),
        *("नमस्ते", "नमस्कार", "namaste", "namaskar"),
        *("hola", "buenos dias", "ola", "مرحبا", "السلام عليكم", "привет", "здравствуйте", "xin chào"),
    ),
    Talk.THANKS: (
        *(
            "thanks",
            "thank you",
            "thanks a lot",
            "many thanks",
            "thank you very much",
            "thx",
            "ty",
            "ok",
            "okay",
        ),
        *("great", "perfect", "very helpful", "good bot", "bye", "goodbye", "salamat", "maraming salamat"),
        *("谢谢", "谢谢您", "谢谢你", "多谢", "感谢", "謝謝", "好的", "好", "再见", "明白了", "知道了"),
        *("merci", "merci beaucoup", "un grand merci", "d'accord", "parfait", "super", "au revoir"),
        *("terima kasih", "makasih", "terimakasih", "oke", "baik"),
        *("ขอบคุณ", "ขอบคุณครับ", "ขอบคุณค่ะ", "ขอบคุณมาก"),
        *("감사합니다", "고맙습니다", "고마워요", "감사"),
        *("ありがとう", "ありがとうございます", "どうも", "わかりました"),
        *("धन्यवाद", "dhanyabad", "gracias", "obrigado", "شكرا", "спасибо", "cảm ơn"),
    ),
    Talk.HELP: (
        *("help", "help me", "what can you do", "how does this work", "how do i use this", "what can i ask"),
        *("帮助", "幫助", "帮帮我", "怎么用", "怎么使用", "你能做什么", "您能做什么", "可以问什么"),
        *("aide", "aidez-moi", "aide moi", "comment ça marche", "que peux-tu faire", "que pouvez-vous faire"),
        *("bantuan", "tolong", "tolong bantu", "bagaimana cara pakai"),
        *("ช่วยด้วย", "ช่วยเหลือ", "ใช้อย่างไร", "ใช้ยังไง"),
        *("도움말", "도와주세요", "사용법"),
        *("ヘルプ", "助けて", "使い方", "使い方を教えて", "सहयोग", "मद्दत", "tulong"),
    ),
    Talk.ABOUT: (
        *("who are you", "who r u", "what are you", "are you human", "are you a human", "are you a bot"),
        *("what is this", "what is focal", "focal", "你是谁", "您是谁", "你是人吗", "这是什么"),
        *(
            "qui es-tu",
            "qui êtes-vous",
            "c'est quoi",
            "tu es un robot",
            "siapa kamu",
            "siapa anda",
            "apa ini",
        ),
        *("คุณคือใคร", "คุณเป็นใคร", "누구세요", "あなたは誰", "あなたはだれですか", "तपाईं को हो"),
    ),
    Talk.SECRETARIAT: (
        *("secretariat", "the secretariat", "ask the secretariat", "contact the secretariat", "contact"),
        *(
            "talk to the secretariat",
            "talk to a human",
            "talk to a person",
            "human",
            "i want to talk to a person",
        ),
        *(
            "秘书处",
            "联系秘书处",
            "我要联系秘书处",
            "咨询秘书处",
            "人工",
            "联系人工",
            "聯繫秘書處",
            "联系方式",
        ),
        *("secrétariat", "le secrétariat", "contacter le secrétariat", "je veux parler au secrétariat"),
        *("parler à quelqu'un", "contacter quelqu'un", "sekretariat", "hubungi sekretariat"),
        *("ติดต่อสำนักเลขาธิการ", "สำนักเลขาธิการ", "사무국", "사무국에 문의", "事務局", "事務局に連絡", "सचिवालय"),
    ),
}


def talk(words: str) -> Talk | None:
    """The kind of small talk that a whole message is; None for everything else.

    Several phrases in a row count ("ok, thanks a lot"); the last one decides.
    """
    known, longest = _table()
    said = folded(words).split()
    kind = None
    while said:
        length = next((n for n in range(min(longest, len(said)), 0, -1) if " ".join(said[:n]) in known), 0)
        if not length:
            return None
        kind = known[" ".join(said[:length])]
        said = said[length:]
    return kind


@cache
def _table() -> tuple[dict[str, Talk], int]:
    known = {folded(phrase): kind for kind, phrases in PHRASES.items() for phrase in phrases}
    return known, max(len(phrase.split()) for phrase in known)


def folded(words: str) -> str:
    """Small letters without accents; signs become spaces. Marks that letters of Thai or Devanagari need stay."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(
        " " if unicodedata.category(c)[0] in "PSZC" else c for c in decomposed if not 0x300 <= ord(c) <= 0x36F
    )
    return " ".join(unicodedata.normalize("NFKC", kept).split())
