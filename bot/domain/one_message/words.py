"""Small words of reports in many languages that change neither a figure nor what it is of; data only.

Words that may turn a figure round or limit it (less, of which, target, than, without) are not here on purpose.
"""

from __future__ import annotations

from bot.domain.measures.characters import fold, names, without_marks

_SPACED = """
    we our ours us the a this is was were are has have had now currently today that i my hello hi dear all team
    colleagues report reports reporting result results figure figures data update in on at for city town
    municipality municipal here and also plus then while with reached stood stands came comes amounts amounted
    equals recorded measured measures achieved please note thanks thank you value unit buah unidades
    nous notre nos ce cette est était sont etait avons a au aux en dans pour ville année voici bonjour et aussi puis
    atteint atteignait s'élève s'eleve élève maintenant actuellement le la les un une résultat résultats rapport
    chiffres il elle y
    nuestra nuestro nuestros la el los las es fue era son en ciudad este esta ahora actualmente y también llegó
    alcanzó hola informe resultado resultados datos un una se situó
    nossa nosso a o as os é foi era são em na  cidade este esta agora atualmente e também chegou atingiu olá
    relatório resultado dados um uma ficou
    kami kita kota ini itu adalah ialah sekarang saat di pada dan juga serta mencapai tercatat menjadi laporan
    hasil data halo selamat pagi siang
    wir unser unsere die der das ist war liegt lag beträgt betrug in im stadt nun jetzt aktuell und auch hallo
    bericht ergebnis ergebnisse bei ein eine erreichte
    мы наш наша наше наши это был была было составил составила составило составили составляет в во на город городе
    сейчас и а также достиг достигла достигло отчёт отчет данные здравствуйте по итогам у нас
    نحن مدينتنا هذا هذه كان كانت بلغ بلغت يبلغ تبلغ في مدينة الآن و وبلغ وبلغت تقرير مرحبا لدينا هو هي
    हमारा हमारी हमारे यह है था थी थे हैं रहा रही शहर में इस अब और तथा नमस्ते रिपोर्ट पहुँची पहुंची हुआ हुई
    हाम्रो यो छ थियो हो भयो भएको शहर सहर मा यस अहिले र तथा पनि नमस्ते प्रतिवेदन रह्यो पुग्यो पुगेको नगरको को
"""
_UNSPACED = """
    我市的 我市 我们的 我们 我們的 我們 本市 今年的 今年 本年度 本年 全年 目前 现在 已经 已 实现了 实现
    达到了 达到 达 为 是 的 了 和 及 以及 与 并 並 且 而 您好 你好 报告 数据 結果 结果 情况 如下 当市の 当市
    本市の 市の 今年度の 今年度 今年の 現在 は が の で に です でした となりました となった になりました と
    および 及び ของเรา ของเมือง ของ เรา เมือง คือ เป็น อยู่ที่ ปีนี้ ใน และ 辆 輛 คัน ก็ ครับ ค่ะ นี้ ได้ มี รายงาน
    สวัสดี
"""
_KOREAN = """
    우리 시의 우리시 올해 현재 은 는 이 가 의 로 으로 을 를 과 와 및 그리고 입니다 이다 였습니다 이었습니다
    했습니다 됨 임 달성 대
"""
_YEARS = """
    this year | cette année | este año | este ano | tahun ini | dieses jahr | в этом году | هذا العام | هذه السنة
    | इस वर्ष | इस साल | यस वर्ष
"""
SMALL_WORDS = frozenset(without_marks(fold(word)) for word in names(_SPACED))
SMALL_KOREAN = names(_KOREAN)
SMALL_SIGNS = tuple(sorted(names(_UNSPACED), key=len, reverse=True))
"""In scripts that do not part words, the longest first."""
THIS_YEAR = tuple(fold(phrase.strip()) for phrase in _YEARS.split("|"))
CONNECTORS = names(
    "of de du des d del della di do da dos das von der den zu to et und and y e dan и для का की के को"
)
"""Words that tie the one before them to a name: "cost of waste"."""
