"""Looking things up in the shipped knowledge: what a person types, in many languages, and what they get."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loader import load
from bot.domain.people import Role
from bot.lookup.index import Index
from bot.lookup.ranking import MATCH

FOUND = [
    # words, the reader's language, the entry that comes first (or one of several that may)
    ("surabya compost", "en", "surabaya-community-composting"),
    ("泗水 堆肥", "zh", "surabaya-community-composting"),
    ("泗水堆肥", "zh", "surabaya-community-composting"),
    ("surabaya 堆肥", "zh", "surabaya-community-composting"),
    ("compostage surabaya", "fr", "surabaya-community-composting"),
    ("kompos surabaya", "id", "surabaya-community-composting"),
    ("pengelolaan sampah surabaya", "id", "surabaya-community-composting"),
    ("how did Surabaya cut its waste?", "en", "surabaya-community-composting"),
    ("sishui duifei", "zh", "surabaya-community-composting"),
    ("takakra", "en", "takakura-composting"),
    ("高倉式コンポスト", "ja", "takakura-composting"),
    ("who cut waste in bangkok", "en", "bangkok-waste-reduction|bangkok-2007"),
    ("曼谷是怎么减少垃圾的", "zh", "bangkok-waste-reduction"),
    ("waste bangkok", "en", "bangkok-waste-reduction"),
    ("bangkok waste", "th", "bangkok-waste-reduction"),
    ("compost kathmandu", "en", "kathmandu-landfills-schools|kathmandu-2007"),
    ("kathmadnu landfill", "en", "kathmandu-landfills-schools|kathmandu-2007"),
    ("weihai so2", "en", "weihai-2007|weihai-emission-reduction"),
    ("威海二氧化硫", "zh", "weihai-2007|weihai-emission-reduction"),
    ("cebu plastcs", "en", "cebu-plastics-composting|cebu-plastics-to-fuel-study"),
    ("请问哪个城市做过塑料变燃料的研究", "zh", "cebu-plastics-to-fuel-study"),
    ("bago compost", "en", "bago-household-composting"),
    ("waste fees ulsan", "en", "ulsan-waste-fees"),
    ("蔚山垃圾收费", "zh", "ulsan-waste-fees"),
    ("北九州培训", "zh", "kitakyushu-annual-training|kitakyushu-training-programme"),
    ("low emission vehicles", "en", "kitakyushu-waste-and-fleet|kitakyushu-2007"),
    ("seoul 2005", "en", "mced-5"),
    ("CDM guide", "en", "cdm-guide"),
    ("市长宣言", "zh", "mayors-declaration"),
    ("déclaration des maires", "fr", "mayors-declaration"),
    ("declaration des maires", "fr", "mayors-declaration"),
    ("urban solidarity fund", "en", "urban-solidarity-fund"),
    ("solidarity urban", "en", "urban-solidarity-fund"),
    ("fonds de solidarité urbaine", "fr", "urban-solidarity-fund"),
    ("城市团结基金", "zh", "urban-solidarity-fund"),
    ("PNUD", "fr", "undp"),
    ("联合国开发计划署", "zh", "undp"),
    ("third network meeting", "en", "third-network-meeting"),
    ("we are looking for examples of carbon finance, can anyone help us please", "en", "carbon-finance*"),
    ("surabaya", "en", "surabaya"),
    ("SURABAYA!", "en", "surabaya"),
    ("ｓｕｒａｂａｙａ", "en", "surabaya"),
    ("泗水", "zh", "surabaya"),
    ("蘇臘巴亞", "zh", "surabaya"),
    ("スラバヤ", "ja", "surabaya"),
    ("수라바야", "ko", "surabaya"),
    ("สุราบายา", "th", "surabaya"),
    ("北九州", "ja", "kitakyushu"),
    ("bei jiu zhou", "zh", "kitakyushu"),
    ("울산", "ko", "ulsan"),
    ("카트만두에 대해 알려 주세요", "ko", "kathmandu"),
    ("バンコクについて教えてください", "ja", "bangkok"),
    ("ขอข้อมูลเกี่ยวกับกรุงเทพครับ", "th", "bangkok"),
    ("กรุงเทพมหานคร", "th", "bangkok"),
    ("katmandou", "fr", "kathmandu"),
    ("puerto princessa", "en", "puerto-princesa"),
    ("nonthabury", "en", "nonthaburi"),
    ("seoul", "en", "seoul"),
]

NOTHING = [
    "weather tomorrow",
    "sécheresse",
    "hello",
    "asdfgh",
    "qwrtzpl mnbv",
    "price of gold",
    "how do I boil an egg",
    "my phone screen is cracked",
    "who won the football match last night",
    "weather in surabaya",
    "hotel kitakyushu",
    "book a flight to bangkok",
    "quel temps fait-il à Paris",
    "今天天气怎么样",
    "推荐一部好看的电影",
    "おすすめのラーメン屋を教えて",
    "맛있는 식당 추천해 줘",
    "ฟุตบอล",
    "resep nasi goreng",
    "wie wird das wetter morgen",
]


@pytest.fixture(scope="module")
def index(knowledge: Path) -> Index:
    return Index.build(load(knowledge, with_notes=False).library)


@pytest.mark.parametrize(("words", "language", "expected"), FOUND)
def test_what_people_type_finds_its_entry(index: Index, words: str, language: str, expected: str) -> None:
    found = index.search(words, language)
    first = found.hits[0].entry_id
    assert found.match
    assert any(
        first == wanted or (wanted[-1] == "*" and first.startswith(wanted[:-1]))
        for wanted in expected.split("|")
    )


@pytest.mark.parametrize("words", NOTHING)
def test_what_we_know_nothing_of_is_told_so(index: Index, words: str) -> None:
    found = index.search(words, "en")
    assert not found.match
    assert not found.clear
    assert all(hit.score < MATCH for hit in found.hits)


@pytest.mark.parametrize("words", ["", "   ", "x", "ok", "a b", "?!", "😀", "5", "泗", "ก", "ㅋ"])
def test_stray_letters_are_asked_back_and_never_answered(index: Index, words: str) -> None:
    found = index.search(words, "en")
    assert found.too_short
    assert not found.match


@pytest.mark.parametrize("words", ["堆肥", "泗水", "曼谷", "울산", "โซล", "bago"])
def test_a_short_word_that_means_something_is_not_too_short(index: Index, words: str) -> None:
    found = index.search(words, "en")
    assert not found.too_short
    assert found.match


@pytest.mark.parametrize(
    "words", ["surabaya", "泗水", "バンコク", "mayors declaration", "urban solidarity fund"]
)
def test_a_clear_winner_is_shown_at_once(index: Index, words: str) -> None:
    assert index.search(words, "en").clear


@pytest.mark.parametrize(
    "words",
    ["composting", "堆肥", "study tour", "carbon finance", "mced", "réduction des déchets", "怎样减少垃圾"],
)
def test_several_near_entries_are_choices(index: Index, words: str) -> None:
    found = index.search(words, "en")
    assert found.match
    assert not found.clear
    assert sum(hit.score >= MATCH for hit in found.hits) > 1


def test_nothing_found_comes_with_the_nearest_topics(index: Index) -> None:
    assert "air-quality" in index.search("noise and air", "en").topics
    assert "poverty" in index.search("umbrellas for the poor", "en").topics
    assert len(index.search("water energy media finance transport air composting", "en").topics) == 5
    assert index.search("asdfgh", "en").topics == ()


def test_scores_fall_from_hit_to_hit_and_stay_within_bounds(index: Index) -> None:
    for words, language, _ in FOUND:
        scores = [hit.score for hit in index.search(words, language).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores)


def test_no_more_hits_than_asked_for(index: Index) -> None:
    assert len(index.search("surabaya", "en", Role.VISITOR, 3).hits) == 3
    assert len(index.search("surabaya", "en").hits) == 10


def test_the_same_words_give_the_same_answer_in_every_language_of_the_chat(index: Index) -> None:
    firsts = {
        index.search("城市团结基金", language).hits[0].entry_id for language in ("en", "fr", "zh", "th", None)
    }
    assert firsts == {"urban-solidarity-fund"}


@pytest.mark.parametrize(
    "words", ["a" * 4000, "泗水" * 2000, "surabaya " * 500, "\x00\ud800", "ก" * 3000, "%s{}\\'"]
)
def test_long_and_broken_messages_are_survived(index: Index, words: str) -> None:
    index.search(words, "en")
