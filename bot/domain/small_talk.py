"""What people say that is no question to the library: greetings, thanks, a cry for help, a wish for a person.

A message counts as small talk only when all of it is: "hello" is a greeting, "hello, who composts?" is not.
"""

from __future__ import annotations

import re
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


class Wish(StrEnum):
    """What those of the secretariat ask for in plain words, although a command does it."""

    PUBLISH = "publish"
    EXPORT = "export"
    IMPORT = "import"


MOST_OF_A_WISH = 120
"""Characters; what is longer is a question."""
WISHES: dict[Wish, tuple[str, ...]] = {
    Wish.PUBLISH: (
        *("publish", "publishing", "published", "publication", "print", "pdf"),
        *("publier", "publie", "publions", "imprimer", "发布", "发表", "公布", "出版", "打印"),
    ),
    Wish.EXPORT: (
        *("export", "exporting", "exports", "exporter", "exportation", "exporte", "download", "télécharger"),
        *("导出", "输出", "下载"),
    ),
    Wish.IMPORT: (
        *("import", "importing", "imports", "importer", "importation", "importe", "upload", "bring in"),
        *("téléverser", "导入", "上传"),
    ),
}
AROUND_A_WISH = (
    *("how do i", "how to", "how can i", "how do we", "how can we", "where do i", "where can i", "can i"),
    *("i want to", "i would like to", "i need to", "please", "we", "the", "a", "an", "my", "our", "all"),
    *("of", "as", "to", "from", "in", "for", "and", "this", "year", "s", "report", "reports", "commitment"),
    *("commitments", "results", "result", "data", "table", "tables", "file", "files", "excel", "csv", "word"),
    *("spreadsheet", "spreadsheets", "list", "cities", "city", "people", "answers", "questions", "command"),
    *("comment", "puis je", "pouvons nous", "peut on", "on", "je veux", "je voudrais", "je souhaite", "où"),
    *("s il vous plaît", "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "en", "au", "vers"),
    *("rapport", "rapports", "engagement", "engagements", "résultat", "résultats", "données", "tableau"),
    *("tableaux", "fichier", "fichiers", "feuille", "calcul", "liste", "villes", "ville", "personnes"),
    *("réponses", "cette", "année", "mon", "nos", "notre", "mes", "tous", "toutes", "sur", "pour"),
    *("怎么", "怎样", "如何", "在哪里", "哪里", "可以", "能", "我们", "我", "想", "要", "请", "把", "将"),
    *("吗", "呢", "承诺", "报告", "结果", "成果", "数据", "表格", "表", "文件", "名单", "城市", "人员"),
    *("答案", "问题", "年度", "年"),
    *("今年", "的", "一个", "一份", "这份", "这个", "所有", "全部", "成", "为", "到", "出", "了", "一下"),
)


def wish(words: str) -> Wish | None:
    """What somebody wishes whose whole message speaks of one command; None for everything else: "publish the
    report" is a wish, "publish a compost manual" a question to the library."""
    said = folded(words)
    if len(said) > MOST_OF_A_WISH or not _whole_wish().fullmatch(f"{said} "):
        return None
    named = [one for one in Wish if _pattern(WISHES[one]).search(f" {said} ")]
    return named[0] if len(named) == 1 else None


@cache
def _whole_wish() -> re.Pattern[str]:
    pieces = [*AROUND_A_WISH, *(phrase for phrases in WISHES.values() for phrase in phrases)]
    # No piece is tried twice at one place, however long the message is.
    return re.compile(f"(?>(?:{_either(pieces)})+)")


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spaced, joined = _apart(phrases)
    return re.compile("|".join([*(rf"(?<= ){one}(?= )" for one in spaced), *joined]))


def _either(phrases: list[str]) -> str:
    """Words of scripts with spaces are whole words, those of Chinese stand one after another; the longest first."""
    spaced, joined = _apart(tuple(phrases))
    return "|".join([*(f"{one} " for one in spaced), *(f"{one} ?" for one in joined), "[0-9]+ ?"])


def _apart(phrases: tuple[str, ...]) -> tuple[list[str], list[str]]:
    known = sorted({folded(phrase) for phrase in phrases}, key=lambda one: (-len(one), one))
    return [one for one in known if one.isascii()], [one for one in known if not one.isascii()]


def folded(words: str) -> str:
    """Small letters without accents; signs become spaces. Marks that letters of Thai or Devanagari need stay."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(
        " " if unicodedata.category(c)[0] in "PSZC" else c for c in decomposed if not 0x300 <= ord(c) <= 0x36F
    )
    return " ".join(unicodedata.normalize("NFKC", kept).split())
