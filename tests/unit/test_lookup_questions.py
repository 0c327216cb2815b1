"""What people of the network's cities ask, in their own languages, of the knowledge that is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.domain.people import Role
from bot.lookup.index import Findings, Index
from bot.texts.catalogues import catalogue

QUESTIONS = {
    "en": """
        surabya compost                         | clear surabaya-community-composting
        compost surabaya                        | clear surabaya-community-composting
        how did Surabaya cut its waste?         | clear surabaya-community-composting
        what did surabaya do with its rubbish   | clear surabaya-community-composting
        surabaya waste                          | clear surabaya-community-composting
        garbage surabaya                        | clear surabaya-community-composting
        rubbish in kathmandu                    | clear kathmandu-landfills-schools
        trash bangkok                           | clear bangkok-waste-reduction
        who cut waste in bangkok                | clear bangkok-waste-reduction
        bangkok target                          | clear bangkok-2007
        how much waste did bangkok promise to cut | first bangkok-2007 bangkok-waste-reduction
        ulsan commitment                        | clear ulsan-2007
        kathmandu landfill                      | clear kathmandu-landfills-schools
        cebu plastic ban                        | clear cebu-plastics-composting
        cebu plastic bag ban                    | clear cebu-plastics-composting
        plastic ban                             | clear cebu-plastics-composting
        prohibit plastic in cebu                | clear cebu-plastics-composting
        plastics to fuel                        | clear cebu-plastics-to-fuel-study
        ulsan food waste                        | clear ulsan-waste-fees
        pay as you throw                        | first ulsan-waste-fees waste-fees-as-finance
        ulsan garbage fee                       | first ulsan-waste-fees
        air pollution weihai                    | clear weihai-emission-reduction
        weihai sulphur                          | first weihai-emission-reduction weihai-2007
        sibu community waste                    | clear sibu-community-waste
        nonthaburi separation                   | clear nonthaburi-source-separation
        san fernando recycling                  | first san-fernando-waste-diversion
        puerto princesa compost                 | clear puerto-princesa-source-separation
        bago recycling                          | clear bago-household-composting
        kitakyushu training for officials       | first kitakyushu-annual-training kitakyushu-training-programme
        kitakyushu low emission cars            | first kitakyushu-waste-and-fleet kitakyushu-2007
        how does takakura composting work       | first takakura-composting takakura-kit
        how to compost at home                  | first takakura-composting takakura-kit
        money for waste projects                | first carbon-finance
        who paid for the kitakyushu initiative  | clear initiative-funding
        what is the kitakyushu initiative       | clear kitakyushu-initiative
        twinning                                | among cooperation-not-signs
        what did the mayors declare in brussels | first mayors-declaration
        lome lyon                               | clear lome-lyon
        quebec and ouagadougou partnership      | clear quebec-ouagadougou
        brussels kinshasa                       | clear brussels-kinshasa
        geneva fund                             | first urban-solidarity-fund geneva-lyon-bamako
        fund for cities lyon geneva bamako      | clear urban-solidarity-fund
        micro credit dakar                      | clear monaco-dakar-cotonou
        undp trust fund                         | clear democratic-governance-fund
        how do we begin a partnership           | first city-cooperation-guidance
        study tour                              | first study-tour-programme study-tours
        women                                   | clear womens-participation
        what is a good practice                 | clear good-practice-criteria
        wacap                                   | clear wacap
        jica                                    | clear jica-indonesia
        takakra                                 | clear takakura-composting
        citynet                                 | clear citynet
        mayors against aids                     | clear amicaall
        philippines waste law                   | first philippines-national-dialogue
        world summit 2002                       | clear wssd-2002
        last network meeting                    | clear fifth-network-meeting
        landfill                                | among kathmandu-landfills-schools
        composting                              | choices
        waste                                   | choices
        funding                                 | choices
        surabaya plastics ban                   | among surabaya-community-composting surabaya
        bangkok landfill                        | among bangkok-waste-reduction bangkok
        composting at home                      | clear takakura-composting
        which cities copied Surabaya?           | clear surabaya-replicating-cities
        did Kathmandu keep its promise?         | clear kathmandu-2007
        what happened in Bago                   | clear bago
        waste to energy                         | clear cebu-plastics-to-fuel-study
        plastics to feul                        | clear cebu-plastics-to-fuel-study
        environmental cadres                    | clear surabaya-community-composting
        air pollution                           | first weihai-emission-reduction
        job creation                            | choices
        funding for composting                  | choices
        price of gold                           | nothing
        lol                                     | nothing
        tokyo garbage                           | unsure
        compost in paris                        | unsure
        """,
    "zh": """
        泗水 减少垃圾               | clear surabaya-community-composting
        泗水如何减少垃圾？          | clear surabaya-community-composting
        泗水怎么减少垃圾            | clear surabaya-community-composting
        泗水是怎么减少垃圾的？      | clear surabaya-community-composting
        请问泗水怎样处理垃圾        | clear surabaya-community-composting
        泗水 堆肥                   | clear surabaya-community-composting
        泗水                        | clear surabaya
        曼谷的垃圾                  | clear bangkok-waste-reduction
        宿务怎么禁止塑料袋的        | clear cebu-plastics-composting
        蔚山食品废物                | clear ulsan-waste-fees
        蔚山厨余垃圾怎么收费        | first ulsan-waste-fees waste-fees-as-finance
        加德满都填埋场              | clear kathmandu-landfills-schools
        威海空气污染                | first weihai-emission-reduction
        诗巫社区垃圾                | clear sibu-community-waste
        巴固市有哪些做法            | first bago-household-composting bago
        暖武里垃圾分类              | clear nonthaburi-source-separation
        公主港堆肥                  | clear puerto-princesa-source-separation
        圣费尔南多回收              | first san-fernando-waste-diversion
        北九州倡议是什么            | first kitakyushu-initiative
        高仓堆肥法                  | first takakura-composting
        里昂 洛美                   | clear lome-lyon
        怎么开始城市合作            | first city-cooperation-guidance
        市长会议                    | first mayors-meeting-2001
        小额信贷                    | clear monaco-dakar-cotonou
        垃圾                        | choices
        苏腊巴亚的承诺              | clear surabaya-2007
        碳信用                      | first carbon-finance carbon-finance-practices
        曼谷填埋场                  | among bangkok-waste-reduction bangkok
        泗水的垃圾怎么减少的？      | clear surabaya-community-composting
        宿务怎样减少垃圾            | first cebu-2007 cebu-plastics-composting
        蔚山怎样减少垃圾            | clear ulsan-waste-fees
        怎样减少垃圾                | choices
        威海减少了多少二氧化硫?     | clear weihai-emission-reduction
        怎样找合作城市              | among cooperation-fair
        哪些城市学习了泗水          | clear surabaya-replicating-cities
        空气污染                    | first weihai-emission-reduction
        气候变化                    | choices
        泗水天气                    | nothing
        曼谷酒店                    | nothing
        签证                        | nothing
        上海垃圾分类                | unsure
        天气                        | nothing
        明天会下雨吗                | nothing
        你好                        | nothing
        谢谢                        | nothing
        足球                        | nothing
        讲个笑话                    | nothing
        总统是谁                    | nothing
        """,
    "zh-Hant": """
        泗水怎麼減少垃圾            | clear surabaya-community-composting
        曼谷減少廢物                | clear bangkok-waste-reduction
        蘇臘巴亞堆肥                | clear surabaya-community-composting
        首爾                        | clear seoul
        蔚山 垃圾收費               | clear ulsan-waste-fees
        宿霧 塑膠                   | first cebu-plastics-composting cebu-plastics-to-fuel-study
        廚餘收費                    | among ulsan-waste-fees
        北九州訓練官員              | clear kitakyushu-annual-training
        資金從哪裡來                | choices
        空氣                        | choices
        日內瓦 里昂 基金            | first urban-solidarity-fund geneva-lyon-bamako
        """,
    "fr": """
        comment Surabaya a-t-elle réduit ses déchets ?   | clear surabaya-community-composting
        compostage surabaya                              | clear surabaya-community-composting
        ordures bangkok                                  | clear bangkok-waste-reduction
        poubelles katmandou                              | first kathmandu-landfills-schools
        l'engagement d'Ulsan                             | clear ulsan-2007
        compost à Bago                                   | clear bago-household-composting
        jumelage                                         | among cooperation-not-signs brussels-partnership-models
        fonds de solidarité genève lyon bamako           | clear urban-solidarity-fund
        déclaration des maires                           | clear mayors-declaration
        femmes                                           | clear womens-participation
        interdiction des sacs plastiques à Cebu          | clear cebu-plastics-composting
        pollution de l'air weihai                        | first weihai-emission-reduction
        Genève                                           | clear geneva
        décharge katmandou                               | clear kathmandu-landfills-schools
        formation des fonctionnaires à Kitakyushu    | first kitakyushu-annual-training kitakyushu-training-programme
        recyclage san fernando                           | first san-fernando-waste-diversion
        microcrédit Cotonou                              | clear monaco-dakar-cotonou
        Bruxelles Kigali                                 | clear brussels-kigali
        comment commencer un partenariat                 | first city-cooperation-guidance brussels-partnership-models
        réduction des déchets                            | choices
        déchets                                          | choices
        tri des dechets                                  | choices
        redevance                                        | first ulsan-waste-fees
        comment marchent les redevances déchets          | first ulsan-waste-fees
        comment financer un projet avec le pnud          | among democratic-governance-fund
        quelles villes sont partenaires de Lyon          | among lome-lyon geneva-lyon-bamako
        jumelage lome                                    | among lome-lyon
        merci beaucoup                                   | nothing
        quel est le meilleur restaurant                  | nothing
        raconte une blague                               | nothing
        """,
    "id": """
        bagaimana cara surabaya mengurangi sampah        | clear surabaya-community-composting
        sampah bangkok                                   | clear bangkok-waste-reduction
        kompos takakura                                  | first takakura-composting takakura-kit
        pengomposan rumah tangga di Bago                 | first bago-household-composting
        larangan plastik cebu                            | clear cebu-plastics-composting
        TPA kathmandu                                    | first kathmandu-landfills-schools
        biaya sampah ulsan                               | first ulsan-waste-fees
        kota kitakyushu                                  | first kitakyushu
        pelatihan kitakyushu                         | first kitakyushu-annual-training kitakyushu-training-programme
        daur ulang san fernando                          | first san-fernando-waste-diversion
        pengolahan air limbah                            | first low-cost-treatment
        komitmen surabaya                                | clear surabaya-2007
        lima kota indonesia                              | first five-cities-indonesia five-city-replication-project
        polusi udara weihai                              | first weihai-emission-reduction
        kompos rumah tangga                              | among takakura-composting bago-household-composting
        sampah Kitakyushu                                | clear kitakyushu-waste-and-fleet
        dana untuk pengomposan                           | choices
        pemisahan sampah di sumber                       | choices
        kota mana yang meniru Surabaya                   | clear surabaya-replicating-cities
        cuaca besok                                      | nothing
        siapa presiden                                   | nothing
        terima kasih banyak                              | nothing
        """,
    "th": """
        ขยะกรุงเทพ                    | clear bangkok-waste-reduction
        กรุงเทพลดขยะอย่างไร             | clear bangkok-waste-reduction
        กรุงเทพฯ ลดขยะได้อย่างไร         | clear bangkok-waste-reduction
        ปุ๋ยหมัก สุราบายา                | clear surabaya-community-composting
        สุราบายาทำปุ๋ยหมักอย่างไร         | clear surabaya-community-composting
        ขยะนนทบุรี                     | clear nonthaburi-source-separation
        นนทบุรีแยกขยะ                 | clear nonthaburi-source-separation
        ค่าธรรมเนียมขยะ อุลซัน           | first ulsan-waste-fees
        คิตะกีวชู                        | clear kitakyushu
        ห้ามพลาสติก เซบู                | clear cebu-plastics-composting
        มูลฝอยกาฐมาณฑุ                | first kathmandu-landfills-schools
        นนทบุรีลดขยะได้อย่างไร           | clear nonthaburi-source-separation
        แล้วกรุงเทพล่ะ                  | clear bangkok
        การทำปุ๋ยหมัก                  | choices
        แยกขยะที่ต้นทาง                | choices
        ทุนสนับสนุน                    | choices
        น้ำเสีย                        | choices
        ไทย                          | choices
        พรุ่งนี้อากาศเป็นอย่างไร            | nothing
        ขอบคุณครับ                     | nothing
        สวัสดีค่ะ                       | nothing
        """,
    "ja": """
        バンコク ごみ                              | clear bangkok-waste-reduction
        バンコクはどうやってごみを減らしましたか   | clear bangkok-waste-reduction
        スラバヤのコンポスト                       | clear surabaya-community-composting
        スラバヤの廃棄物管理について教えて         | clear surabaya-community-composting
        北九州イニシアティブとは                   | first kitakyushu-initiative
        北九州市の研修                             | first kitakyushu-annual-training kitakyushu-training-programme
        高倉式コンポスト                           | clear takakura-composting
        蔚山の生ゴミ                               | first ulsan-waste-fees
        カトマンズの埋立地                         | first kathmandu-landfills-schools
        セブ プラスチック禁止                      | clear cebu-plastics-composting
        ソウル                                     | clear seoul
        威海の大気汚染                             | first weihai-emission-reduction
        ノンタブリーのごみ分別                     | clear nonthaburi-source-separation
        リサイクル率                               | among ulsan-2007 kitakyushu-2007
        タカクラ                                   | clear takakura-composting
        北九州イニシアティブ                       | clear kitakyushu-initiative
        研修                                       | choices
        低公害車                                   | among kitakyushu-waste-and-fleet
        地球環境戦略研究機関                       | clear iges
        ごみ                                       | choices
        ばか                                       | nothing
        明日の天気                                 | nothing
        ありがとう                                 | nothing
        サッカーの試合                             | nothing
        """,
    "ko": """
        방콕 쓰레기                       | clear bangkok-waste-reduction
        방콕은 쓰레기를 어떻게 줄였나요   | clear bangkok-waste-reduction
        수라바야 퇴비                     | clear surabaya-community-composting
        수라바야의 퇴비화에 대해 알려줘   | clear surabaya-community-composting
        울산 음식물 쓰레기                | clear ulsan-waste-fees
        울산 목표                         | first ulsan-2007
        세부 플라스틱 금지                | clear cebu-plastics-composting
        카트만두 매립지                   | first kathmandu-landfills-schools
        기타큐슈                          | clear kitakyushu
        서울                              | clear seoul
        웨이하이 대기 오염                | first weihai-emission-reduction
        울산 재활용률                     | first ulsan-2007
        울산은 목표를 달성했나요?         | clear ulsan-2007
        기타큐슈 연수                     | first kitakyushu-annual-training
        기타큐슈 이니셔티브               | clear kitakyushu-initiative
        퇴비                              | choices
        폐기물 요금                       | first ulsan-waste-fees
        자매도시                          | choices
        한국                              | among seoul ulsan
        유엔개발계획                      | clear undp
        바보                              | nothing
        내일 날씨                         | nothing
        감사합니다                        | nothing
        축구 경기                         | nothing
        """,
    "ne": """
        काठमाडौं फोहोर                         | clear kathmandu-landfills-schools
        काठमाडौं                              | clear kathmandu
        काठमाडौंमा फोहोर व्यवस्थापन कसरी गरिन्छ   | first kathmandu-landfills-schools
        काठमाडौंको ल्यान्डफिल                    | first kathmandu-landfills-schools
        काठमाडौंको प्रतिबद्धता                    | first kathmandu-2007
        काठमाडौं कम्पोस्ट                        | first kathmandu-landfills-schools
        काठमाडौंको फोहोर                         | clear kathmandu-landfills-schools
        काठमाडौंमा फोहोर व्यवस्थापन कसरी भयो?      | clear kathmandu-landfills-schools
        ल्यान्डफिल                               | among kathmandu-landfills-schools
        कम्पोस्ट                                | choices
        नेपाल                                  | choices
        सुराबाया                               | clear surabaya
        भोलिको मौसम                           | nothing
        धन्यवाद                                | nothing
        """,
    "": """
        surabaya 堆肥            | clear surabaya-community-composting
        bangkok 垃圾             | clear bangkok-waste-reduction
        泗水 compost             | clear surabaya-community-composting
        曼谷 waste               | clear bangkok-waste-reduction
        バンコク waste           | clear bangkok-waste-reduction
        กรุงเทพ waste            | clear bangkok-waste-reduction
        방콕 garbage             | clear bangkok-waste-reduction
        首尔 2005                | clear mced-5
        sampah 泗水              | clear surabaya-community-composting
        cebu 塑料                | first cebu-plastics-composting cebu-plastics-to-fuel-study
        takakura 堆肥            | first takakura-composting
        kathmandu 垃圾           | clear kathmandu-landfills-schools
        mangu laji               | first bangkok-waste-reduction
        surabaja compst          | clear surabaya-community-composting
        bankok wast              | clear bangkok-waste-reduction
        kitakiushu iniative      | clear kitakyushu-initiative
        ulsn food waste          | clear ulsan-waste-fees
        nontaburi                | clear nonthaburi
        takakur metod            | clear takakura-composting
        plasitc ban cebu         | clear cebu-plastics-composting
        katmandu landfil         | clear kathmandu-landfills-schools
        weihia air               | clear weihai-emission-reduction
        ullsan comitment         | clear ulsan-2007
        surabaya                 | clear surabaya
        lyon                     | clear lyon
        bankok                   | clear bangkok
        weather tomorrow         | nothing
        flood                    | nothing
        who is the president     | nothing
        visa                     | nothing
        football                 | nothing
        tell me a joke           | nothing
        hello                    | nothing
        thanks a lot             | nothing
        what time is it          | nothing
        i love you               | nothing
        who are you              | nothing
        bitcoin                  | nothing
        covid                    | nothing
        pizza                    | nothing
        how old are you          | nothing
        my password is wrong     | nothing
        gracias                  | nothing
        restaurant in kitakyushu | nothing
        2010                     | nothing
        12345                    | nothing
        ♻️🚮                      | short
        ???                      | short
        7                        | short
        q                        | short
        水                       | choices
        四                       | short
        """,
}
"""For each language of the reader: words, and what the bot is to make of them.

`clear`: this entry is shown at once. `first`: one of these comes first. `among`: one of these is among the five
choices, and none about anything else is shown at once. `choices`: several are offered. `unsure`: nothing is shown
at once. `nothing`: nothing fits. `short`: ask for more.
"""


def _told() -> Iterator[tuple[str, str, str]]:
    for language, table in QUESTIONS.items():
        for line in table.strip().splitlines():
            words, expected = (part.strip() for part in line.split(" | "))
            yield words, language, expected


@pytest.fixture(scope="module")
def index(knowledge: Path) -> Index:
    return Index.build(load(knowledge, with_notes=False).library)


@pytest.mark.parametrize(("words", "language", "expected"), list(_told()))
def test_people_are_answered_as_they_ask(index: Index, words: str, language: str, expected: str) -> None:
    found = index.search(words, language or None)
    verdict, *wanted = expected.split()
    assert _behaves(found, verdict, wanted), f"{expected}: {_summary(found)}"


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_example_of_the_welcome_is_answered_at_once(index: Index, language: str) -> None:
    example = catalogue(language).gettext("how did Surabaya cut its waste?")
    found = index.search(example, language)
    assert found.clear
    assert found.hits[0].entry_id == "surabaya-community-composting"


@pytest.mark.parametrize("words", ["lol", "ばか", "바보", "签证", "asdfgh", "visa"])
def test_no_topics_are_offered_for_what_resembles_them_by_chance(index: Index, words: str) -> None:
    assert index.search(words).topics == ()


def test_the_name_of_a_topic_asks_for_its_entries(index: Index, knowledge: Path) -> None:
    library = load(knowledge, with_notes=False).library
    for topic in library.topics.values():
        about = {entry.id for entry in library.about(topic.id, Role.VISITOR)}
        for label in topic.label.by_language.values():
            found = index.search(label)
            assert found.match == bool(about)
            assert not found.clear or len(about) == 1


def _behaves(found: Findings, verdict: str, wanted: list[str]) -> bool:
    ids = [hit.entry_id for hit in found.hits]
    match verdict:
        case "clear":
            return found.clear and ids[0] in wanted
        case "first":
            return found.match and ids[0] in wanted
        case "among":
            return found.match and bool(set(ids[:5]) & set(wanted)) and (not found.clear or ids[0] in wanted)
        case "choices":
            return found.match and not found.clear
        case "unsure":
            return not found.clear
        case "nothing":
            return not found.match
        case "short":
            return found.too_short
    raise ValueError(verdict)


def _summary(found: Findings) -> str:
    kind = "short" if found.too_short else "clear" if found.clear else "choices" if found.match else "nothing"
    return f"{kind} {[(hit.entry_id, round(hit.score, 2)) for hit in found.hits[:5]]}"
