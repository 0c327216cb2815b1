"""Units: how they are written, what they are, and what is an exact multiple of what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.domain.measures.characters import names

SPELLINGS: dict[str, str] = {
    "kg": """
        kilogrammaa | kílógrömm | kílógramm | kilogramy | kilograma | kilogramov | kilograme
        | кілограмів | кілограми | кілограма | кілаграмаў | kilogrami | килограми | kilogramai
        | kilogrammi | χιλιόγραμμα | χιλιόγραμμο | κιλά | κιλό | kiloqram | კილოგრამი | կիլոգրամ
        | קילוגרם | קילו | کلو گرام | किलोग्रॅम | કિલોગ્રામ | கிலோகிராம் | கிலோகிராம்கள்
        | కిలోగ్రాములు | ಕಿಲೋಗ್ರಾಂ | ಕಿಲೋಗ್ರಾಂಗಳು | കിലോഗ്രാം | ਕਿਲੋਗ੍ਰਾਮ | කිලෝග්‍රෑම් | ກິໂລກຣາມ
        | ကီလိုဂရမ် | kilôgam | ኪሎግራም | ኪሎ | quilograms | quilogramos | kilogramë | კგ | կգ | किग्रॅ
        | કિગ્રા | கிகி | కిగ్రా | ಕೆಜಿ | കിഗ്രാം | ਕਿਗ੍ਰਾ | කිග්‍රෑ | ኪግ | kg | kgs | kilo | kilos
        | kilogram | kilograms | kilogramme | kilogrammes | kilogramm | kilogramo | kilogramos
        | quilos | quilogramas | chilogrammi | chili | chilo | кг | килограмм | килограммов
        | килограмма | килограма | кілограм | كجم | كغ | كغم | كيلوغرام | كيلو | کیلو | کیلوگرم
        | کلوگرام | किलो | किग्रा | किलोग्राम | के.जी | के जी | केजी | কেজি | কিলোগ্রাম | கிலோ
        | కిలో | กก | กิโลกรัม | กิโล | ກິໂລ | គីឡូ | គីឡូក្រាម | ကီလို | кило | 公斤 | 千克
        | 킬로그램 | キロ | キログラム | קג | ק"ג | kilogramów | χλγ | kilogramů
    """,
    "g": """
        grammaa | grömm | gramów | gramy | grama | gramů | gramov | grame | грама | грамма | грамів
        | грами | грамаў | grami | gramai | gramo | γραμμάρια | qram | გრამი | գրամ | غرامات | جرام
        | گرام | গ্রাম | ग्रॅम | ગ્રામ | கிராம் | கிராம்கள் | గ్రాములు | ಗ್ರಾಂ | ಗ್ರಾಂಗಳು | ഗ്രാം
        | ਗ੍ਰਾਮ | ග්‍රෑම් | ກຣາມ | ក្រាម | ဂရမ် | gam | ግራም | gramë | 公克 | g | gr | gram | grams
        | gramme | grammes | gramm | gramos | gramas | grammi | г | грамм | граммов | غرام | جم
        | ग्राम | กรัม | 克 | グラム | 그램 | גרם
    """,
    "mg": """
        mg | milligram | milligrams | milligrammes | миллиграмм | мг | 毫克 | มก | ملغ | ملغم
        | ミリグラム | मिग्रा
    """,
    "μg": "μg | ug | mcg | microgram | micrograms | мкг | 微克 | マイクログラム",
    "t": """
        tonnellate metriche | metrische ton | metrikus tonna | tone metrice | метрични тона
        | метричних тонн | метричні тонни | тоны | метричких тона | metričnih ton | metričkih tona
        | metrik ton | მეტრული ტონა | ტონა | տոննա | טון מטרי | طن متري | تن متریک | میٹرک ٹن
        | मीट्रिक टन | মেট্রিক টন | મેટ્રિક ટન | ટન | மெட்ரிக் டன் | மெட்ரிக் டன்கள்
        | మెట్రిక్ టన్నులు | ಟನ್ | ಮೆಟ್ರಿಕ್ ಟನ್ | ടൺ | മെട്രിക് ടൺ | ਟਨ | ਮੀਟਰਿਕ ਟਨ | ටොන්
        | මෙට්ට්‍රික් ටොන් | เมตริกตัน | តោនម៉ែត្រ | မက်ထရစ်တန် | tan metrik | metriko tonelada
        | 메트릭 톤 | метрлік тонна | ቶን | ሜትሪክ ቶን | metrieke ton | tones | tones mètriques | tonë
        | tons métriques | t | ton | tons | tonne | tonnes | metric ton | metric tons
        | metric tonnes | mt | tn | tonnen | tonelada | toneladas | tonnellata | tonnellate
        | tonne(s) | tone | tonnia | tonni | tonn | tonner | tony | tona | tun | tuna | tuny | tonna
        | tonnes métriques | т | тонн | тонны | тонна | тон | тона | тони | طن | اطنان | تن | ٹن
        | टन | मेट्रिक टन | টন | டன் | టన్నులు | ตัน | ໂຕນ | តោន | တန် | tấn | tonelada metrika | 吨
        | 噸 | 公吨 | 公噸 | トン | 톤 | טון | tani | τόνοι | τόνους | τ | tonelate | tonų | tonnas
        | ton metrik | toneladas métricas
    """,
    "kt": "kt | ktonne | kilotonnes | kilotons | kiloton | кт | gg",
    "Mt": "megatonnes | megatons | megatonne",
    "short ton": "short ton | short tons | us ton | us tons",
    "long ton": "long ton | long tons",
    "lb": "lb | lbs | pound | pounds",
    "l": """
        litraa | lítrar | litrów | litry | litra | litrů | litru | litrov | литра | літрів | літри
        | літра | літраў | литара | litara | литри | litrai | liitrit | liitrid | λίτρα | λίτρο
        | litr | ლიტრი | լիտր | लिटर | લિટર | லிட்டர் | லிட்டர்கள் | లీటర్లు | ಲೀಟರ್ | ലിറ്റർ | ਲਿਟਰ
        | ලීටර් | ລິດ | លីត្រ | လီတာ | ሊትር | لیٹر | l | litre | litres | liter | liters | litro
        | litros | litri | lt | л | литр | литров | літр | 升 | 公升 | リットル | 리터 | ลิตร | لتر
        | لیتر | लीटर | লিটার | lít | ליטר
    """,
    "ml": "ml | millilitre | millilitres | мл | 毫升",
    "m3": """
        metri cubi | kubieke meter | kubikkmeter | kuutiometriä | rúmmetrar | metrów sześciennych
        | metrů krychlových | kubických metrov | köbméter | кубически метра | кубических метров
        | кубічних метрів | кубних метара | kubnih metara | kubičnih metrov | кубни метри
        | kubiniai metrai | kubikmetri | kuupmeetrit | κυβικά μέτρα | metreküp | kub metr
        | კუბური მეტრი | խորանարդ մետր | מטר מעוקב | متر مكعب | متر مکعب | کیوبک میٹر | घन मीटर
        | ঘনমিটার | কিউবিক মিটার | घन मिटर | ઘન મીટર | கன மீட்டர் | ಘನ ಮೀಟರ್ | ക്യൂബിക് മീറ്റർ
        | ਘਣ ਮੀਟਰ | ຕາແມັດກ້ອນ | ម៉ែត្រគូប | ကုဗမီတာ | mét khối | meter kubik | meter padu
        | kubiko metro | 세제곱미터 | 루베 | текше метр | kubieke meters | metres cúbics | 立方公尺
        | м куб | m3 | m^3 | cubic metre | cubic metres | cubic meter | cubic meters | cbm
        | mètres cubes | mètre cube | metros cúbicos | kubikmeter | м3 | м^3 | куб м | кубометров
        | 立方米 | 立方メートル | ลบ.ม. | ลูกบาศก์เมตร
    """,
    "m2": """
        m2 | m^2 | sqm | sq m | square metres | square meters | м2 | м^2 | 平方米 | 平方メートル
        | ตร.ม.
    """,
    "km2": "km2 | km^2 | sq km | square kilometres | square kilometers | км2 | км^2 | 平方公里",
    "ha": """
        hektar | hektara | hektarov | ettari | ettaro | hehtaaria | hektarar | hektarów | hektary
        | hektarů | hektárov | hektár | хектара | хектари | гектаров | гектара | гектарів | hektarai
        | hektāri | hektarit | εκτάρια | ჰექტარი | հեկտար | הקטאר | هكتار | هکتار | ہیکٹر | हेक्टेयर
        | हेक्टर | হেক্টর | હેક્ટર | ஹெக்டேர் | ஹெக்டேர்கள் | హెక్టార్లు | ಹೆಕ್ಟೇರು | ਹੈਕਟੇਅਰ
        | හෙක්ටයාර් | ເຮັກຕາ | ហិកតា | ဟက်တာ | héc-ta | hektare | hektarya | 헥타르 | gektar
        | hektaar | hectàrees | hektarea | 公頃 | ሄክታር | ha | hectare | hectares | hectárea
        | hectáreas | гектар | га | 公顷 | ヘクタール | เฮกตาร์
    """,
    "km": """
        km | kilometre | kilometres | kilometer | kilometers | kilómetros | км | 公里 | キロメートル
    """,
    "Wh": "wh",
    "kWh": "kwh | kilowatt hours | kilowatt-hours | кВтч | кВт·ч | 千瓦时 | 度电",
    "MWh": "mwh | мвтч | 兆瓦时",
    "GWh": "gwh | гвтч | 吉瓦时",
    "TWh": "twh",
    "kW": "kw | 千瓦 | кВт",
    "MW": "mw | megawatt | megawatts | 兆瓦 | МВт",
    "GW": "gw",
    "°C": "°c | ℃ | degrees celsius | celsius",
    "ppm": "ppm",
    "ppb": "ppb",
    "cap": """
        pers | ew | os | cap | capita | person | persons | people | inhabitant | inhabitants | head
        | resident | residents | personne | personnes | habitant | habitants | hab | tête | kopf
        | einwohner | personen | persona | personas | habitante | habitantes | pessoa | pessoas
        | abitante | abitanti | capite | càpita | cápita | человек | человека | чел | жителя
        | житель | людину | особу | orang | kapita | người | tao | คน | ຄົນ | នាក់ | 人 | 명 | 인
        | شخص | فرد | نفر | نسمة | فی کس | व्यक्ति | जना | জন | kişi | nafar | osoba | osobę | osobu
        | mieszkańca | obyvatel | fő | invånare | innbygger | indbygger | asukas | mtu | persoană
        | locuitor | inwoner | inwoners
    """,
    "household": """
        household | households | hh | ménage | ménages | haushalt | hogares | hogar | 户 | 戶 | 世帯
        | 가구 | ครัวเรือน | rumah tangga | hộ
    """,
    "day": """
        day | days | d | jour | jours | journée | tag | tage | día | dia | días | dias | giorno
        | dag | dzień | den | nap | zi | dan | день | сутки | сут | ден | өдөр | gün | kun | يوم
        | اليوم | روز | दिन | দিন | நாள் | రోజు | วัน | ວັນ | ថ្ងៃ | နေ့ | hari | ngày | araw | 日
        | 天 | 일 | יום | siku | päivä | diena | ημέρα
    """,
    "week": """
        week | weeks | semaine | woche | semana | settimana | неделя | неделю | minggu | tuần
        | สัปดาห์ | 周 | 週 | 주
    """,
    "month": """
        month | months | mois | monat | mes | mês | mese | месяц | bulan | tháng | เดือน | 月 | 월
        | ay
    """,
    "year": """
        year | years | yr | a | annum | an | année | ans | jahr | año | ano | anno | jaar | år | rok
        | év | год | рік | година | жил | yıl | سنة | سال | عام | वर्ष | साल | বছর | ปี | ປີ | ឆ្នាំ
        | နှစ် | tahun | năm | taon | 年 | 년 | שנה | mwaka
    """,
    "USD": """
        $us | $ us | щд | usd | us$ | us dollars | us dollar | u.s. dollars | доллар сша
        | долларов сша | 美元 | 米ドル
    """,
    "$": "$ | dollar | dollars | dólares | peso | pesos | ドル | долларов | доллар",
    "EUR": """
        € | eur | euro | euros | evro | евро | євро | 欧元 | ユーロ | 유로 | يورو | ευρώ | eura
        | eurot | euroa
    """,
    "GBP": "£ | gbp | pounds sterling | 英镑",
    "CHF": "chf | fr | sfr | franken | francs suisses | franchi",
    "CNY": "cny | rmb | yuan | 人民币 | 人民幣",
    "元": "元 | 圆 | 块",
    "¥": "¥",
    "JPY": "jpy | yen | 円 | 日元",
    "KRW": "krw | ₩ | won | 원 | 韩元",
    "TWD": "twd | nt$ | ntd | 新台币 | 新臺幣 | 台币",
    "HKD": "hkd | hk$ | 港元 | 港币",
    "SGD": "sgd | s$",
    "AUD": "aud | a$",
    "CAD": "cad | c$ | can$",
    "INR": "inr | ₹ | रुपये | रुपए | রুপি | रुपया",
    "Rs": "rs | rupees | rupee | रु | ரூ",
    "NPR": "npr | रू | रुपैयाँ",
    "PKR": "pkr | روپے",
    "LKR": "lkr",
    "BDT": "bdt | ৳ | taka | টাকা",
    "IDR": "idr | rp | rupiah",
    "MYR": "myr | rm | ringgit",
    "PHP": "php | ₱ | piso",
    "THB": "thb | ฿ | baht | บาท",
    "VND": "vnd | ₫ | đ | đồng",
    "KHR": "khr | riel | ៛ | រៀល",
    "LAK": "lak | kip | ກີບ | ₭",
    "MMK": "mmk | kyat | ကျပ်",
    "MNT": "mnt | ₮ | төгрөг",
    "RUB": "rub | ₽ | руб | рублей | рубля | рубль | рублях",
    "UAH": "uah | ₴ | грн | гривень | гривні",
    "KZT": "kzt | ₸ | тенге | теңге",
    "TRY": "try | ₺ | tl | lira",
    "PLN": "pln | zł | złotych | złote",
    "CZK": "czk | kč | korun",
    "HUF": "huf | ft | forint",
    "RON": "ron | lei | leu",
    "BGN": "bgn | лв | лева",
    "kr": "kr | kronor | kroner | krónur",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "ISK": "isk",
    "BRL": "brl | r$ | reais | real",
    "MXN": "mxn | mx$",
    "ZAR": "zar | rand",
    "KES": "kes | ksh | shilingi",
    "TZS": "tzs | tsh",
    "ILS": "ils | ₪ | שקל | שח",
    "SAR": "sar | ريال | ر.س",
    "IRR": "irr | تومان | ریال",
    "AED": "aed | درهم",
    "EGP": "egp | جنيه",
    "AMD": "amd | դրամ",
    "GEL": "gel | ₾ | ლარი",
}
CARBON = """
        co2e | co2 e | co2eq | co2-eq | co2 eq | co2-e | co2-äq | co2 équivalent | co2 equivalent
        | eqco2 | co2当量 | 二氧化碳当量
    """
WHOLE: dict[str, str] = {
    "t/day": "tpd | tonnes daily | tons daily",
    "t/year": "tpa | tpy",
    "t CO2e": "tco2e | tco2eq | tco2-eq | teqco2",
    "kg CO2e": "kgco2e",
    "Mt CO2e": "mtco2e",
    "kt CO2e": "ktco2e",
    "/cap": """
        1人あたり | 一人あたり | kişi başına | per capita | pro kopf | pro person | par habitant
        | par tête | per cápita | per càpita | pro capite | perkapita | per kapita | 人均 | 每人
        | 1人当たり | 一人当たり | 1인당 | فی کس | سرانه | на душу населения | ต่อหัว
    """,
    "/cap/day": """
        pcpd | 1人1日あたり | 一人一日あたり | 1人1日当たり | 一人一日当たり | 人均每日 | 人均每天
        | 每人每日 | 每人每天 | 1인 1일당 | 1인당 하루
    """,
    "/day": """
        günde | günlük | 1日あたり | daily | täglich | 每日 | 每天 | 日均 | 1日当たり | 一日 | 하루
        | al día | al giorno | ao dia | hằng ngày
    """,
    "/month": "monthly | 每月 | 月均 | al mes | bulanan",
    "/year": "annually | yearly | p.a. | 每年 | 年均 | al año | tahunan | par an",
}
"""Phrases that say more than one part of a unit; `/` begins what the rest is counted by."""
PER = """
        / | per | par | pro | je | for each | each | por | pour chaque | al | a | ao | all' | alla
        | на | за | в | у | başına | por cada | ต่อ | ຕໍ່ | setiap | tiap | mỗi | bawat | 每 | 毎
        | 当たり | あたり | につき | 당 | لكل | في | در | هر | بر | प्रति | প্রতি | pr | på | na
        | za | pe | kwa
    """

_MASS = {
    "μg": Fraction(1, 10**6),
    "mg": Fraction(1, 1000),
    "g": Fraction(1),
    "kg": Fraction(1000),
    "t": Fraction(10**6),
    "kt": Fraction(10**9),
    "Mt": Fraction(10**12),
    "short ton": Fraction("907184.74"),
    "long ton": Fraction("1016046.9088"),
    "lb": Fraction("453.59237"),
}
_FAMILIES: tuple[dict[str, Fraction], ...] = (
    _MASS,
    {"ml": Fraction(1, 1000), "l": Fraction(1), "m3": Fraction(1000)},
    {"m2": Fraction(1), "ha": Fraction(10**4), "km2": Fraction(10**6)},
    {
        "Wh": Fraction(1),
        "kWh": Fraction(1000),
        "MWh": Fraction(10**6),
        "GWh": Fraction(10**9),
        "TWh": Fraction(10**12),
    },
    {"kW": Fraction(1), "MW": Fraction(1000), "GW": Fraction(10**6)},
    {"day": Fraction(1), "week": Fraction(7), "year": Fraction(365)},
    {"%": Fraction(1), "‰": Fraction(1, 10)},
)
_TIMES = ("day", "week", "month", "year")
_A_YEAR = {"day": Fraction(365), "month": Fraction(12), "year": Fraction(1)}
DENOMINATORS = ("cap", "household", *_TIMES)
_PERHAPS = {"元": names("TWD HKD JPY"), "¥": frozenset(("TWD",))}
SAME_CURRENCY: dict[str, frozenset[str]] = {
    "$": names("USD CAD AUD SGD HKD TWD MXN PHP"),
    "Rs": names("INR NPR PKR LKR"),
    "¥": names("CNY JPY"),
    "元": frozenset(("CNY",)),
    "kr": names("SEK NOK DKK ISK"),
}
"""Signs that several currencies share; in a field of one of these they mean it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`kg` by `cap` and `day`, of `CO2e` or of anything."""

    top: str
    per: tuple[str, ...] = ()
    of: str | None = None

    def __str__(self) -> str:
        return "/".join((f"{self.top} {self.of}" if self.of else self.top, *self.per))


def is_within(typed: Unit, field: Unit) -> bool:
    """Whether it is the field's unit, or that without all it is counted by (`0.97 kg` for kg/cap/day)."""
    same = typed.top == field.top or field.top in SAME_CURRENCY.get(typed.top, ())
    return same and set(typed.per) in (set(), set(field.per)) and typed.of in (None, field.of)


def factor(typed: Unit, field: Unit) -> Fraction | None:
    """What a value in `typed` is multiplied by to be in `field`; None where there is no exact number for it.

    A year has 365 days. An amount a day in a field without a time is taken to a year, as cities report.
    """
    ratio = _ratio(typed.top, field.top)
    if ratio is None or typed.of not in (None, field.of):
        return None
    left, right = set(typed.per), set(field.per)
    if left and "cap" in right - left:
        return None  # a whole city's amount a day says nothing of one person's
    for part in left - right:
        counterpart = next((other for other in right - left if _ratio(part, other) is not None), None)
        if counterpart is None and part in _TIMES and not right.intersection(_TIMES):
            counterpart = "year"
        by = _ratio(part, counterpart) if counterpart else None
        if by is None:
            return None
        ratio /= by
    return ratio


def are_kin(typed: Unit, field: Unit) -> bool:
    """Whether both measure the same kind of thing, so that it makes sense to ask which one is meant."""
    tops = {typed.top, field.top}
    if tops & {"ppm", "ppb"} and tops & set(_MASS):
        return True
    if field.top in _PERHAPS.get(typed.top, ()) or typed.top in SAME_CURRENCY.get(field.top, ()):
        return True
    return _ratio(typed.top, field.top) is not None or tops <= {"%", "‰", "pp"}


def mistaken_for(unit: Unit) -> tuple[tuple[Unit, Fraction], ...]:
    """The units that a figure in `unit` is told in by mistake, and what such a figure is to be multiplied by.

    They are a thousand times larger or smaller; an amount of waste may also be told by the day, month or year.
    """
    found: list[tuple[Unit, Fraction]] = []
    for family in _FAMILIES:
        for top in family if unit.top in family else ():
            ratio = family[top] / family[unit.top]
            if ratio in (1000, Fraction(1, 1000)):
                found.append((Unit(top, unit.per, unit.of), ratio))
    time = next((part for part in unit.per if part in _A_YEAR), "year")
    whose = tuple(part for part in unit.per if part != time)
    if unit.top in _MASS and unit.of is None and set(whose) <= {"cap", "household"}:
        for part, in_a_year in _A_YEAR.items():
            if part != time:
                found.append((Unit(unit.top, (*whose, part)), in_a_year / _A_YEAR[time]))
    return tuple(found)


def _ratio(left: str, right: str) -> Fraction | None:
    if left == right:
        return Fraction(1)
    for family in _FAMILIES:
        if left in family and right in family:
            return family[left] / family[right]
    return None
