"""Words and phrases that carry a question and say nothing of its matter, in the languages people write in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.lookup.keys import fold, pieces

_WORDS = {
    "en": """
        ever every everyone everybody much many happen happens happened happening going tell us a an the of
        in on at to for from by with and or is are was were be been being do does did done have has had
        having it its this that these those there here what which who whom whose how why when where can
        could may might must shall should will would i me my mine we our ours you your yours they them their
        he she his her one some any all no not if so as than then too very just also about regarding
        concerning over into out up please thanks thank hello hi hey dear sir madam good morning afternoon
        evening kindly want wants wanted wish take make use start begin like need needs needed try trying
        look looking find show give send get know knows let see ask asking help interested information info
        something anything anyone someone example examples experience experiences elsewhere other others
        possible way ways best easy easiest d ll m re s t ve im id dont isn doesn didn learn understand
        explain describe share idea ideas story stories hear heard read say said already really because
        since using used details detail kind sort sure currently now today's
    """,
    "fr": """
        pourriez pourrait marche marchent fonctionne fonctionnent arrive passe passer t quels trouve
        même bonjour bonsoir salut madame monsieur merci s il te vous nous je tu elle on ils elles le la les
        l un une des de du d au aux et ou en dans sur sous pour par avec sans chez ce c cet cette ces ca qui
        que qu quoi quel quelle quelles comment pourquoi quand est sont etait etre a ont avez avons avoir ai
        y mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ne pas plus quelque chose puis
        peux peut pouvez voudrais voudrait voudrions aimerais aimerions veux veut voulons essayer montrer
        chercher cherche cherchons trouver exemple exemples experience experiences ailleurs sujet
        informations plait svp demande demander savoir savez sais connaitre connaissez expliquer expliquez
        parler parlez parlez-moi besoin aide aider deja fait faire font comme si cela ceci tres bien peu
        entre
    """,
    "id": """
        cara caranya gimana kenapa berapa banyak gimanakah selamat pagi siang sore malam halo hai apa apakah
        siapa bagaimana mengapa kapan mana dimana yang di ke dari pada untuk dengan dan atau ini itu ada
        adalah kami kita saya anda mereka ingin mau mencoba coba tolong mohon minta meminta kirim kirimkan
        carikan cari tunjukkan ya terima kasih tentang mengenai soal seputar contoh pengalaman bahan lain
        lainnya bisa bolehkah dapat bapak ibu informasi penjelasan jelaskan ceritakan bantu bantuan butuh
        perlu sedang sudah akan saat silakan tahu mengetahui adakah seperti oleh juga lebih punya kabar
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder in im an am auf aus bei mit nach
        von vom zu zum zur fur uber ist sind war wie was wer wo wann warum welche welcher welches ich wir
        uns unser unsere sie ihr ihre haben hat gibt es bitte danke hallo guten tag morgen mochten wollen
        suche suchen beispiel beispiele informationen material gerne konnen konnten sagen sagt zeigen
        erfahrung erfahrungen mehr auch andere anderen
    """,
    "es": """
        el los las un una unos unas y o u del al con sin por para es son fue como cual cuales quien cuando
        donde porque hay tiene tienen nos nuestro nuestra mi su sus se lo hola buenos dias buenas tardes
        gracias favor quiero queremos quisiera buscar busco ejemplo ejemplos sobre informacion saber saben
        puede pueden podria podrian ayuda ayudar necesito necesitamos mas experiencia experiencias otras
        otros
    """,
    "pt": """
        o os as um uma do da dos das no na nos nas ao com sem e ou por para como qual quais quem quando onde
        ola bom dia obrigado obrigada quero queremos gostaria exemplo exemplos sobre tem ha informacao
        informacoes saber sabem pode podem poderia ajuda preciso precisamos mais experiencia experiencias
        outras outros alguem
    """,
    "it": """
        il lo gli i uno di dell della dello dei delle degli nel nella con senza su per e o che chi come dove
        quando perche quale quali ciao buongiorno grazie vorrei vorremmo esempio esempi
    """,
    "nl": """
        het een van op te bij naar voor met en of is zijn hoe wat wie waar wanneer waarom welke hallo
        bedankt graag voorbeeld voorbeelden
    """,
    "vi": """
        xin chao cho toi chung cua la va voi co khong nhu the nao gi o dau ve nhung cac mot duoc
    """,
    "ru": """
        в на и с о об от до по из за к у для не что как где когда почему кто это есть ли мы нас наш вы ваш
        они я мне нам здравствуите пожалуиста спасибо пример примеры
    """,
    "ar": """
        في من على إلى عن مع هذا هذه هل ما كيف أين متى لماذا مرحبا شكرا
    """,
    "ne": """
        कसरी के को किन कहाँ कति कुन कहिले गरिन्छ गर्ने गरियो भयो छ छन् हो थियो बारे बारेमा जानकारी दिनुहोस्
        कृपया नमस्ते धन्यवाद मलाई हामी तपाईं र तथा मा ले लाई
    """,
    "ko": """
        하는지 되나요 되었나요 했는지 알려줘 알려줘요 알려주실래요 무슨 얼마나 언제 어디 누가 안녕하세요
        관련 사례 사례가 있으면 있나요 있습니까 알려 주세요 주십시오 부탁드립니다 부탁 자료 자료를 찾아 찾고
        달라고 하십니다 하는데 하려고 어떻게 했나요 하나요 무엇 무엇인가요 대한 대해 대해서 에 저희 우리
        다른 좀 혹시 궁금합니다 합니다 싶습니다 싶어요 보고 에서는 정보 정보가 감사합니다 그리고 및 알고
        보내 필요합니다 좋은 있을까요 정보를 있는데 하고 준비하고 설명 부탁해요 알려주세요 찾아주세요 가르쳐
    """,
}
"""Words that never say what a question is about."""

_OFFICE_WORDS = {
    "en": """
        next last year years month week today tomorrow yesterday later soon before after during city cities
        town towns municipality district council meeting colleague colleagues boss director mayor small did
        does local office programme programmes help department work works project projects plan planning
        case cases material documents presentation conference agenda briefing speech paper
    """,
    "fr": """
        ville villes commune communes mairie directeur directrice maire chef annee prochaine demain conseil
        reunion projet cas presentation dossier matin semaine preparons preparer travaille
    """,
    "id": """
        kota kabupaten daerah tahun depan lalu besok kepala dinas pimpinan walikota rapat atasan proyek
        presentasi minggu pertemuan sini
    """,
    "de": """
        stadt stadte gemeinde jahr nachstes
    """,
    "es": """
        ciudad ciudades municipio ano proximo
    """,
    "pt": """
        cidade cidades
    """,
    "it": """
        citta comune
    """,
    "ko": """
        내년에 내년 올해 도시 도시는 도시에서는 과장님이 국장님이 시장님이 팀장님이 사업 사업을 시에서 구청
        시청 회의 다음 주 주에 발표 준비
    """,
}
"""Words of the office that only carry when the message is long: "meeting" is a subject by itself."""

_PHRASES = {
    "zh": """
        怎样找 怎么找 如何找 寻找 找到 从哪里找 从哪里来 从哪来 多少 是怎么 是怎样 是如何 怎么样 怎么才能
        为何 该怎么 有哪些做法 有哪些 是什么样 做了什么 是谁 吧 请问一下 请问 你好 您好 大家好 谢谢您 谢谢你
        谢谢 麻烦 帮忙 帮我 领导让我 领导要我 领导 让我 给我 想了解一下 想了解 想知道 我想 我们想 我们区
        我们市 我们县 我们镇 我们 本市 我市 本区 我要 想做 想找 找一些 找一下 查一下 有没有关于 有没有
        有关于 关于 的案例 案例 的经验 经验 可以介绍一下 介绍一下 可以吗 可以 能不能 的做法 做法 的资料 资料
        别的城市 其他城市 其它城市 哪些城市 哪个城市 是怎么做的 怎么做的 怎么做 怎么 怎样 如何 什么 为什么
        哪里 哪些 哪个 吗 呢 明年 今年 去年 一下 一些 的 请介绍 介绍 情况 了解 知道 告诉我 告诉 讲讲 说说
        需要 参考 查询 查找 搜索 方面 比较好 做得 下周 下个月 开会要讲 开会 要讲 有什么 有关 想要 请教 请
    """,
    "ja": """
        ました ましたか ましたでしょうか されている している とは何ですか とは何 とは って何 いくら いつ
        誰が どこ どう 方法 やり方 すみませんが すみません こんにちは お願いします お願い致します
        について教えてください について に関する に関して 教えてください 教えて下さい 教えて 事例があれば
        事例 がありますか ありますか はありますか を検討しています 検討しています 検討 していますが
        しています ですか ますか でしょうか どのように どうやって どうして なぜ 何ですか 他の都市では
        他の都市 都市では 来年度に 来年度 来年 今年 上司から 上司 資料を頼まれました 資料 頼まれました
        知りたいです 知りたい 探しています が欲しい ください 取り組み 取組 のですが 情報 探して よろしく
        説明したい 説明 どんな 会議 来週 明日 市長に なにか 何か お願い
    """,
    "th": """
        ได้อย่างไร ทำได้อย่างไร เป็นอย่างไร อย่างไรบ้าง ทำยังไง แล้ว ล่ะ คืออะไร คือ เท่าไร เมื่อไร ใคร
        วิธีการ วิธี บอกหน่อย สวัสดีครับ สวัสดีค่ะ สวัสดี ครับ ขอบคุณ มีข้อมูลเกี่ยวกับ มีข้อมูล
        ข้อมูลเกี่ยวกับ ข้อมูล เกี่ยวกับ เรื่อง ขอตัวอย่าง ตัวอย่าง ช่วยหาให้หน่อย ช่วยหา ช่วย ให้หน่อย
        หน่อย ไหม หรือไม่ ผู้อำนวยการ เทศบาล อยากทำ อยากทราบ อยาก ปีหน้า ปีนี้ เมืองอื่น ทำอย่างไร อย่างไร
        ยังไง อะไร ที่ไหน มีวิธี ของเรา อยากรู้ บ้างคะ บ้างครับ บ้าง มีเมืองไหนทำ มีเมืองไหน สำหรับการประชุม
        การประชุม สำหรับ พรุ่งนี้ สัปดาห์หน้า ต้องการ กรุณา โปรด แนะนำ ไหมคะ ไหมครับ ขอข้อมูลเรื่อง ขอข้อมูล
    """,
}
"""The same for languages written without spaces."""


def _keys(words: Mapping[str, str]) -> frozenset[str]:
    return frozenset(piece.text for text in words.values() for piece in pieces(fold(text)))


FILLERS = _keys(_WORDS)
OFFICE_WORDS = _keys(_OFFICE_WORDS)
_HAN = "[\u4e00-\u9fff]"
_PARTICLES = f"(?<={_HAN})[のをがはにでとも]|[のをがはにでとも](?={_HAN})"
"""Beside a Chinese character such a kana is a particle; elsewhere it may be part of a word."""
PHRASE = re.compile(
    "|".join(sorted(set(fold(" ".join(_PHRASES.values())).split()), key=len, reverse=True)) + "|" + _PARTICLES
)
"""Finds the longest phrase at each place."""
