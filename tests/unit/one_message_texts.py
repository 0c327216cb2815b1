"""Reports in one message as focal points write them, in many languages and styles, with what is to be understood.

`waste=0.95@2025` is understood, `landfill?32000|32` asked back with these readings, `recycling!other-words` a guess
that is not taken, `!no-field` a piece of which nothing is understood but that it is there.
"""

from __future__ import annotations

from bot.domain.one_message import Wanted

WASTE = """
    Waste per person | waste per capita | garbage | trash | rubbish | 人均城市废物生成量 | 人均废物 | 垃圾 | 废物
    | Déchets par habitant | ordures | Residuos por persona | basura | Sampah per orang | timbulan sampah
    | Resíduos por pessoa | lixo | 1人当たりのごみ | ごみ | 1인당 폐기물 | 쓰레기 | ขยะต่อคน | النفايات للفرد
    | प्रति व्यक्ति कचरा | Отходы на человека | мусор | Abfall pro Kopf | Müll | प्रति व्यक्ति फोहोर
"""
RECYCLING = """
    Recycling rate | recycled | 循环率 | 回收率 | 回收 | Taux de recyclage | Tasa de reciclaje | Daur ulang
    | Taxa de reciclagem | リサイクル率 | 재활용률 | อัตรารีไซเคิล | รีไซเคิล | معدل إعادة التدوير | التدوير | पुनर्चक्रण दर
    | Доля переработки | Recyclingquote | पुनःप्रयोग दर | पुनर्चक्रण
"""
LANDFILL = """
    Waste sent to landfill | landfilled | dumped | 填埋量 | 填埋 | Déchets mis en décharge | Residuos a vertedero
    | relleno sanitario | Sampah ke TPA | Resíduos em aterro | 埋立量 | 매립량 | ฝังกลบ | الطمر | लैंडफिल
    | Захоронение отходов | полигон | Deponie | ल्याण्डफिल
"""
VEHICLES = """
    Low-emission official vehicles | clean vehicles | electric vehicles | 低排量公用车辆 | Véhicules propres
    | Vehículos limpios | Kendaraan listrik | 低公害車 | 저공해차 | รถไฟฟ้า
"""
TRAINED = """
    Officials trained | staff trained | 受训官员人数 | Agents formés | Funcionarios capacitados | Pegawai terlatih
    | प्रशिक्षित अधिकारी | Обучено сотрудников | الموظفون المدربون
"""
COST = "Budget spent | 支出 | Dépenses | Gasto | Ausgaben | Anggaran"


def names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split("|"))


FIELDS = (
    Wanted("waste", names(WASTE), "kg/cap/day"),
    Wanted("recycling", names(RECYCLING), "% rate 0-100"),
    Wanted("landfill", names(LANDFILL), "t/year"),
    Wanted("vehicles", names(VEHICLES), "vehicles"),
    Wanted("trained", names(TRAINED)),
    Wanted("change", ("Waste generation", "废物生成量", "Production de déchets"), "% change"),
    Wanted("cost", names(COST), "USD"),
)

MESSAGES: tuple[tuple[str, str | None, str], ...] = (
    ("waste 0.95 kg in 2025, recycling 58 %", "en", "waste=0.95@2025 recycling=58"),
    ("Waste 0.95 kg recycling 58% landfill 32000 t", "en", "waste=0.95 recycling=58 landfill=32000"),
    (
        "0.95 kg waste, 58 % recycling and 12 low-emission vehicles",
        "en",
        "waste=0.95 recycling=58 vehicles=12",
    ),
    (
        "Indicator | Value | Unit\n--- | --- | ---\nWaste per person | 0.95 | kg/person/day\n"
        "Recycling rate | 58 | %\nLandfilled | 43,800 | t/year",
        "en",
        "waste=0.95 recycling=58 landfill?43800|43.800",
    ),
    ("Waste per person\t0.95\tkg/day\nRecycling rate\t58\t%", "en", "waste?0.95 recycling=58"),
    (
        "We are happy to report that recycling reached 58 % in our city. Food waste was 0.3 kg.",
        "en",
        "recycling=58 waste!other-words",
    ),
    ("plastic recycling 58 %; recycling target 70 %", "en", "recycling!other-words recycling!other-words"),
    ("0.95 kg/person/day; 58 %", "en", "waste=0.95 !no-field"),
    ("2025: waste 0.95 kg, recycling 58%", "en", "waste=0.95@2025 recycling=58@2025"),
    (
        "Report 2025\n- Waste: 0.95 kg\n- Recycling: 58 %\n- Clean vehicles: 12",
        "en",
        "!only-a-year@2025 waste=0.95@2025 recycling=58@2025 vehicles=12@2025",
    ),
    ("Recycling\n58 %\nWaste\n0.95 kg", "en", "recycling=58 waste=0.95"),
    ("Recycling rate 58 % (2024: 55 %)", "en", "recycling=58 !no-field@2024"),
    ("1) recyling rate 58 percent\n2) garbge 0.95 kg", "en", "recycling=58 waste=0.95"),
    ("landfilled 1,234 t, 85 staff trained", "en", "landfill?1234|1.234 trained=85"),
    ("waste 1, 234 kg; recycling 58", "en", "!several-fields recycling=58"),
    ("Officials trained: 2019. Recycling: 58 %", "en", "trained!only-a-year@2019 recycling=58"),
    ("recycling 55 to 58 %, waste about 0.95 kg", "en", "recycling?55|58 waste=0.95"),
    ("waste 0.97 kg, waste 0.95 kg", "en", "waste!told-twice waste!told-twice"),
    ("waste 950 g, recycling 0.58", "en", "waste?0.95|950 recycling?0.58|58"),
    ("Good morning! Recycling is now 58 %. Thanks", "en", "recycling=58"),
    ("waste generation fell by 28 %, budget spent 1.2 million USD", "en", "change?-28 cost=1200000"),
    (
        "recycling, waste and landfill: 58, 0.95, 32000",
        "en",
        "recycling!no-number !several-fields !no-field !no-field",
    ),
    (
        "Caption: Table 3. Recycling rate (%), 2025: 58; waste (kg/person/day): 0.95",
        "en",
        "!no-field recycling!no-number !no-field@2025 waste=0.95@2025",
    ),
    ("déchets par habitant 0,95 kg en 2025, recyclage 58 %", "fr", "waste=0.95@2025 recycling=58"),
    (
        "Bonjour, le taux de recyclage est de 58 % et la mise en décharge 43 800 t",
        "fr",
        "recycling=58 landfill=43800",
    ),
    ("Déchets mis en décharge : 12 500 t ; agents formés : 85", "fr", "landfill=12500 trained=85"),
    ("taux de recyclage des plastiques 40 %", "fr", "recycling!other-words"),
    (
        "2025年人均废物0.95公斤，回收率58%，填埋量3.2万吨",
        "zh",
        "waste=0.95@2025 recycling=58@2025 landfill=32000@2025",
    ),
    ("我市今年回收率达到百分之五十八、低排量公用车辆12辆", "zh", "recycling=58 vehicles=12"),
    ("回收率：58％；人均废物：０．９５公斤", "zh", "recycling=58 waste=0.95"),
    ("食品废物0.3公斤，塑料回收率40%", "zh", "waste!other-words recycling!other-words"),
    (
        "Residuos por persona 0,95 kg y tasa de reciclaje 58 % en 2025",
        "es",
        "waste=0.95 recycling=58@2025",
    ),
    ("Basura: 0,95 kg. Reciclaje: 58 %. Vehículos limpios: 12.", "es", "waste=0.95 recycling=58 vehicles=12"),
    ("timbulan sampah 0,95 kg, daur ulang 58 persen tahun 2025", "id", "waste=0.95 recycling=58@2025"),
    ("Sampah ke TPA 32 ribu ton dan pegawai terlatih 85", "id", "landfill=32000 trained=85"),
    ("1人当たりのごみは0.95kg、リサイクル率は58%です", "ja", "waste=0.95 recycling=58"),
    ("2025年度の埋立量 3万2千トン、低公害車 12", "ja", "landfill=32000@2025 vehicles=12@2025"),
    ("1인당 폐기물은 0.95kg, 재활용률은 58%입니다", "ko", "waste=0.95 recycling=58"),
    ("매립량 3만 2천 톤 그리고 저공해차 12", "ko", "landfill=32000 vehicles=12"),
    ("ปี 2568 ขยะต่อคน ๐.๙๕ กก. รีไซเคิล ๕๘%", "th", "waste=0.95@2025 recycling=58@2025"),
    ("ฝังกลบ 32,000 ตัน และรถไฟฟ้า 12", "th", "landfill?32000|32.000 vehicles=12"),
    ("النفايات للفرد ٠٫٩٥ كجم والتدوير ٥٨٪ في عام ٢٠٢٥", "ar", "waste=0.95 recycling=58@2025"),
    ("الطمر ٣٢٠٠٠ طن، الموظفون المدربون ٨٥", "ar", "landfill=32000 trained=85"),
    ("प्रति व्यक्ति कचरा ०.९५ किलो और पुनर्चक्रण दर ५८% है", "hi", "waste=0.95 recycling=58"),
    ("लैंडफिल 2.5 लाख टन, प्रशिक्षित अधिकारी 85", "hi", "landfill=250000 trained=85"),
    ("отходы на человека 0,95 кг, доля переработки 58 % за 2025 год", "ru", "waste=0.95 recycling=58@2025"),
    ("Захоронение отходов — 43 800 т; обучено 85 сотрудников", "ru", "landfill=43800 trained=85"),
    ("Resíduos por pessoa 0,95 kg e taxa de reciclagem 58 %", "pt", "waste=0.95 recycling=58"),
    (
        "Müll 0,95 kg und Recyclingquote 58 %, Deponie 43.800 t",
        "de",
        "waste=0.95 recycling=58 landfill?43800|43.800",
    ),
    ("Recyclingquote 2025: 58 %\nAbfall pro Kopf: 0,95 kg", "de_CH", "recycling=58@2025 waste=0.95"),
    ("प्रति व्यक्ति फोहोर ०.९५ के.जी., पुनर्चक्रण ५८ प्रतिशत", "ne", "waste=0.95 recycling=58"),
    ("budget spent 58, vehicles for waste 12", "en", "cost=58 !several-fields"),
    ("hello, who composts market waste?", "en", "!no-number"),
    ("recycling no data yet, waste: don't know", "en", "recycling!no-number !no-number"),
    ("recycling 58 % thanks to 12 electric vehicles", "en", "!several-fields"),
    ("waste and landfill 32000 t", "en", "landfill!other-words"),
    ("recycling without plastics 58 %", "en", "recycling!other-words"),
    ("cost of recycling 58 USD", "en", "recycling!unreadable"),
    ("waste collection 12 t per day, waste bins 12", "en", "waste!other-words !several-fields"),
    ("Phone 0812 3456 7890, recycling 58 %", "en", "!no-field recycling=58"),
    ("recycling rose from 55 % to 58 % between 2024 and 2025", "en", "recycling?55|58"),
    ("no recycling 42 %, not recycled 42 %", "en", "recycling!other-words recycling!other-words"),
    (
        "recycling 70 % by 2030; recycling 58 % (Dec 2025)",
        "en",
        "recycling!several-numbers recycling=58@2025",
    ),
    ("recycling 58 % - waste 0.95 kg – clean vehicles 12", "en", "recycling=58 waste=0.95 vehicles=12"),
    ("未回收42%，目标回收率70%", "zh", "recycling!other-words recycling!other-words"),
    ("recycling 58 waste, 12/85 vehicles", "en", "!several-fields vehicles!unreadable"),
    ("waste 12 m3, recycling 58 kg", "en", "!several-fields recycling!unreadable"),
)
