"""Words around a number in the languages of the network and its neighbours; data only, parted by `|`.

Accents and capitals may be missing when they are typed; `lexicon` sees to that.
"""

from __future__ import annotations

TIMES_TEN_TO: dict[int, str] = {
    2: "hundred | 百 | 백",
    3: """
        mijë | millier | milliers | þús | þúsund | tysiąca | tisíca | тысячы | тыс | илјади | илј
        | хиљ | hilj | tuh | tūkstančio | duisend | milers | dubu | ათ | հզր | inkulungwane
        | thousand | thousands | k | tsd | tausend | mille | mila | milhar | milhares | duizend
        | tusen | tusind | tuhat | tuhatta | tuhande | tys | tysiąc | tysiące | tysięcy | tis
        | tisíc | tisíce | ezer | mie | mii | хил | хиляди | хиляда | hiljada | hiljade | hiljadu
        | хиљада | хиљаде | tisuća | tisuće | tisoč | tūkst | tūkstančių | tūkstančiai | tūkstoši
        | tūkstošu | χιλ | χιλιάδες | χιλιάδων | тысяча | тысячи | тысяч | тис | тисяча | тисячі
        | тисяч | мянга | мянган | мың | миң | ming | ათასი | հազար | אלף | אלפים | ألف | آلاف | الف
        | هزار | ہزار | हज़ार | हजार | হাজার | ਹਜ਼ਾਰ | હજાર | ஆயிரம் | వేలు | వేల | ಸಾವಿರ | ആയിരം
        | දහස | ribu | rb | nghìn | ngàn | ngan | libo | พัน | ພັນ | ពាន់ | ထောင် | 千 | 천 | elfu
        | ሺህ | ሺ
    """,
    4: "หมื่น | ໝື່ນ | ម៉ឺន | သောင်း | 万 | 萬 | 만",
    5: """
        lakh | lakhs | lac | lacs | लाख | লাখ | লক্ষ | ਲੱਖ | લાખ | லட்சம் | இலட்சம் | లక్ష | లక్షలు
        | లక్షల | ಲಕ್ಷ | ലക്ഷം | ලක්ෂ | لاکھ | แสน | ແສນ | សែន | သိန်း | laki
    """,
    6: """
        milljón | milljónir | milióna | mil·lió | мільёна | мільёнаў | мил | милијон | milijone
        | milijono | மில்லியன் | மிலியன் | మిలియన్ | మిలియన్లు | ಮಿಲಿಯನ್ | ദശലക്ഷം | මිලියන | ਮਿਲੀਅਨ
        | મિલિયન | milioi | millóns | miliyan | milyan | mílljónir | million | millions | mln | mio
        | mn | millionen | millió | milió | milión | milióny | miliónov | miljoen | miljoner
        | miljon | miljonit | miljonid | miljoonaa | miljoona | milj | millioner | mill | millón
        | millones | milhão | milhões | milions | milione | milioni | milioane | milion | miliony
        | milionów | milionu | milionů | milijun | milijuna | milijon | milijona | milijonov
        | miliona | mlnų | milijonai | milijonų | miljons | miljoni | miljonu | εκατ | εκατομμύρια
        | εκατομμύριο | εκατομμυρίων | млн | миллион | миллиона | миллионов | мільйон | мільйона
        | мільйони | мільйонів | милион | милиона | милиони | мільён | сая | milyon | milyona
        | მილიონი | მლნ | միլիոն | մլն | מיליון | מליון | مليون | ملايين | ميليون | میلیون | ملین
        | मिलियन | মিলিয়ন | juta | jt | triệu | ล้าน | ລ້ານ | លាន | သန်း | 百万 | 百萬 | 백만
        | ሚሊዮን
    """,
    7: """
        crore | crores | करोड़ | करोड | কোটি | ਕਰੋੜ | કરોડ | கோடி | కోటి | కోట్లు | కోట్ల | ಕೋಟಿ
        | കോടി | کروڑ | कोटी | 千万 | 千萬 | 천만
    """,
    8: "亿 | 億 | 억",
    9: """
        md | milljarður | milljarðar | мільярда | мільярды | милијарда | милијарде | милј | mlr
        | mljrd | milijardai | მილიარდი | მლრდ | միլիարդ | մլրդ | अब्ज | અબજ | ਅਰਬ | பில்லியன்
        | బిలియన్ | బిలియన్లు | ಬಿಲಿಯನ್ | ബില്യൺ | බිලියන | ប៊ីលាន | ቢሊዮን | biliyan | bilyan
        | milers de milions | milyarda | bn | milliard | milliards | mrd | milliarde | milliarden
        | milliárd | miliard | miliarda | miliardy | miliardów | miliardě | miljard | miljarder
        | miljardi | miljardia | miljardit | mlrd | mld | milliarder | miliardo | miliardi
        | miliarde | mil millones | mil milhões | bilhão | bilhões | miljards | miljardu | milijarda
        | milijarde | milijardi | milijardų | δισ | δισεκατομμύρια | млрд | миллиард | миллиарда
        | миллиардов | мільярд | мільярди | мільярдів | милиард | милиарда | милиарди | милијарди
        | тэрбум | milyar | milyard | מיליארד | مليار | مليارات | بليون | میلیارد | ميليارد | ارب
        | अरब | miliar | tỷ | tỉ | bilyon | พันล้าน | ຕື້ | 十亿 | 十億 | 십억 | biljoen
    """,
    12: """
        billionen | billones | billón | bilião | biliões | trilhão | trilhões | трлн | триллион
        | триллионов | трильйон | triliun | trilyon | 万亿 | 萬億 | 兆 | 조 | ล้านล้าน | nghìn tỷ
    """,
}

UNCERTAIN_TIMES_TEN_TO: dict[str, tuple[int, ...]] = {
    "m": (6,),
    "mm": (6,),
    "mi": (6,),
    "b": (9,),
    "tr": (6,),
    "arab": (9,),
    "biljon": (12,),
    "biljoen": (12,),
    "bilion": (9, 12),
    "bilioni": (9, 12),
    "trillion": (12, 18),
    "trillions": (12, 18),
    "mil": (3, 6),
    "miles": (3,),
    "bin": (3,),
    "min": (3,),
    "mia": (9,),
}
"""Short or shared words; where the language settles it `SETTLED` says so."""

SETTLED: dict[tuple[str, str], int] = {
    **{(word, language): 3 for word in ("mil", "miles") for language in ("es", "pt", "gl", "ca")},
    ("bin", "tr"): 3,
    **{("mil", language): 6 for language in ("bs", "hr", "cs", "sk", "ro", "sr")},
    ("mia", "da"): 9,
    ("mia", "de"): 9,
    ("mia", "sw"): 2,
    ("bilion", "ms"): 9,
    ("bilion", "id"): 9,
    ("min", "az"): 3,
    ("tr", "vi"): 6,
    ("trillion", "en"): 12,
    ("arab", "hi"): 9,
    ("arab", "ne"): 9,
}

PERCENT = """
        % | percento | prósent | percentá | percenta | відсотка | працэнты | працэнта | процената
        | procenata | procento | проценат | سلنه | ፐርሰንት | persent | ehuneko | tanto por cento
        | përqind | boqolkiiba | percent | per cent | percents | pct | pc | pour cent | pourcent
        | por ciento | por cento | per cento | prozent | procent | procenta | procentų | procentai
        | procenti | procentu | procente | procentov | prosent | prosenttia | prosentti | pros
        | protsenti | protsent | процент | процента | процентов | проценты | проц | проценти
        | процентів | відсоток | відсотки | відсотків | працэнтаў | на сто | százalék | la sută
        | τοις εκατό | yüzde | faiz | foiz | пайыз | пайыздық | persen | peratus | phần trăm
        | เปอร์เซ็นต์ | เปอร์เซนต์ | ร้อยละ | ເປີເຊັນ | ສ່ວນຮ້ອຍ | ភាគរយ | ရာခိုင်နှုန်း | प्रतिशत
        | फीसदी | फ़ीसदी | टक्के | टक्का | শতাংশ | শতকরা | পার্সেন্ট | ટકા | ਪ੍ਰਤੀਸ਼ਤ | ਫੀਸਦੀ
        | சதவீதம் | சதவிகிதம் | விழுக்காடு | శాతం | ಶೇಕಡಾ | ಪ್ರತಿಶತ | ശതമാനം | සියයට | ප්‍රතිශතය
        | 퍼센트 | 프로 | パーセント | 百分之 | 巴仙 | хувь | хувиар | asilimia | በመቶ | პროცენტი
        | տոկոս | אחוז | אחוזים | في المئة | في المائة | بالمئة | بالمائة | بالمية | في المية | درصد
        | در صد | فیصد | فی صد | porsyento | porsiyento | bahagdan | odstotek | odstotka | odstotki
        | odstotkov | posto | postotak | postotaka | për qind | per qind
    """
PER_MILLE = """
        ‰ | ؉ | permille | pour mille | por mil | promillea | promile | ezrelék | промила | проміле
        | في الألف | در هزار | permil | per seribu | %o | %0 | °/oo | o/oo | per mille | per mil
        | promille | promil | промилле | 千分之 | パーミル
    """
POINTS = """
        percentage points | percentage point | pp | p.p. | ppt | %-points | prozentpunkte
        | prozentpunkt | points de pourcentage | point de pourcentage | puntos porcentuales
        | pontos percentuais | procentenheter | процентных пункта | процентных пунктов | п.п.
        | 个百分点 | 百分点 | 個百分點 | ポイント | 퍼센트포인트 | %p
    """
TENTHS = "成 | 割"
PARTS = "分之 | 分の | 분의"
HALF = "半"

APPROXIMATELY = """
        ≈ | ≃ | ≅ | ~ | about | approx | approximately | around | roughly | circa | ca | c. | some
        | abt | est | etwa | ungefähr | rund | zirka | cca | environ | à peu près | autour de
        | approximativement | aproximadamente | aprox | alrededor de | unos | unas | cerca de
        | por volta de | uns | umas | aproximadament | uns quants | all'incirca | aproximativ
        | ongeveer | plusminus | cirka | ungefär | omkring | omtrent | om lag | noin | arviolta
        | um það bil | około | okolo | asi | přibližně | približne | körülbelül | kb | kb.
        | nagyjából | približno | otprilike | oko | apie | apytiksliai | aptuveni | ap | umbes
        | ligikaudu | περίπου | около | примерно | приблизительно | порядка | ок | близько
        | приблизно | ойролцоогоор | орчим | шамамен | yaklaşık | takriben | təxminən | taxminan
        | დაახლოებით | მსგავსად | մոտ | մոտավորապես | حوالي | نحو | تقريبا | تقریبا | حدود | قرابة
        | כ- | בערך | לערך | लगभग | करीब | करिब | झण्डै | प्रायः | सुमारे | अंदाजे | প্রায়
        | আনুমানিক | ਲਗਭਗ | આશરે | લગભગ | சுமார் | ஏறத்தாழ | దాదాపు | సుమారు | ಸುಮಾರು | ഏകദേശം
        | ආසන්න | ประมาณ | ราว | ราวๆ | ປະມານ | ប្រហែល | ခန့် | လောက် | sekitar | kira-kira
        | kurang lebih | ± kira | lebih kurang | khoảng | chừng | xấp xỉ | mga | humigit-kumulang
        | 约 | 約 | 大约 | 大約 | 左右 | 大概 | 约为 | 约合 | 上下 | およそ | おおよそ | ほぼ | 程度
        | くらい | ぐらい | 前後 | 약 | 대략 | 정도 | 쯤 | takriban | kama | karibu | ገደማ | እስከ ገደማ
    """
LIMIT = """
        < | > | ≤ | ≥ | << | >> | <= | >= | at least | at most | more than | less than | over
        | under | above | below | up to | no more than | no less than | not more than
        | not less than | nearly | almost | just over | just under | minimum | maximum | min. | max
        | max. | mindestens | höchstens | über | unter | mehr als | weniger als | fast | bis zu
        | knapp | beinahe | au moins | au plus | plus de | moins de | presque | jusqu'à | près de
        | al menos | por lo menos | como máximo | más de | menos de | casi | hasta | superior a
        | inferior a | pelo menos | mais de | quase | no mínimo | no máximo | almeno | al massimo
        | più di | oltre | meno di | quasi | fino a | minstens | meer dan | minder dan | bijna
        | ten minste | minst | mer än | mindre än | över | nästan | mer enn | mere end | næsten
        | yli | alle | vähintään | enintään | lähes | co najmniej | ponad | mniej niż | prawie
        | nejméně | více než | méně než | téměř | legalább | több mint | kevesebb mint | majdnem
        | peste | sub | cel puțin | aproape | mai mult de | най-малко | над | под | почти | не менее
        | не более | более | менее | свыше | до | больше | меньше | больше чем | меньше чем | понад
        | більше | менше | майже | не менше | τουλάχιστον | πάνω από | κάτω από | σχεδόν | en az
        | en fazla | fazla | neredeyse | أكثر من | أقل من | على الأقل | ما يقارب | بیش از | کمتر از
        | حداقل | حداکثر | יותר מ | פחות מ | לפחות | से अधिक | से ज्यादा | से कम | कम से कम | अधिकतम
        | भन्दा बढी | भन्दा कम | কমপক্ষে | এর বেশি | এর কম | มากกว่า | น้อยกว่า | อย่างน้อย
        | ไม่เกิน | เกือบ | lebih dari | kurang dari | minimal | maksimal | setidaknya | hampir
        | sekurang-kurangnya | lebih daripada | kurang daripada | hơn | trên | dưới | ít nhất | gần
        | tối đa | tối thiểu | higit sa | mahigit | hindi bababa sa | halos | 超过 | 超過 | 以上
        | 以下 | 以内 | 不到 | 不足 | 少于 | 多于 | 至少 | 最多 | 至多 | 高于 | 低于 | 近 | 将近
        | 接近 | 逾 | 余 | 多 | 未満 | 超え | 超 | 以內 | 少なくとも | 이상 | 이하 | 미만 | 초과
        | 최소 | 최대 | 거의 | zaidi ya | chini ya | angalau
    """

FALL = """
        снижено | сокращено | уменьшено | снизили | сократили | 감소했다 | 감소함 | 減量 | 减量
        | 降幅 | 降至 | 减至 | reducida | reducidos | mengurangi | zmniejszono | sníženo
        | zredukowano | снижен | down | fall | fell | fallen | falls | decrease | decreased
        | decreases | decline | declined | drop | dropped | reduction | reduced | reduce | less
        | lower | lowered | cut | cut by | saved | decreasing | ↓ | ▼ | ⬇ | ↘ | 📉 | rückgang
        | gesunken | sank | gefallen | weniger | reduziert | verringert | senkung | minderung
        | abnahme | reduzierung | niedriger | reduktion | baisse | baissé | diminution | diminué
        | réduction | réduit | recul | de moins | en baisse | reducción | reducido | redujo
        | disminución | disminuyó | disminuido | bajó | caída | menos | descenso | redução | reduziu
        | reduzido | queda | diminuição | diminuiu | caiu | a menos | reducció | baixada | calo
        | riduzione | ridotto | diminuzione | diminuito | in meno | scădere | reducere | scăzut
        | redus | mai puțin | daling | gedaald | vermindering | verminderd | afname | minder
        | minskning | minskat | minskade | mindre | nedgang | reduksjon | redusert | fald | faldet
        | reduceret | lasku | laski | vähennys | vähentynyt | väheni | lækkun | spadek | spadł
        | zmniejszenie | redukcja | mniej | obniżenie | pokles | snížení | klesl | zníženie | méně
        | csökkenés | csökkent | kevesebb | zmanjšanje | padec | smanjenje | pad | manje
        | sumažėjimas | sumažėjo | mažiau | samazinājums | samazinājās | mazāk | langus | vähenemine
        | vähem | μείωση | μειώθηκε | πτώση | λιγότερο | снижение | снизилось | снизился | снизилась
        | сокращение | сократилось | сократились | уменьшение | уменьшилось | уменьшились | падение
        | упало | зменшення | зниження | скорочення | зменшилось | намаление | намаляване | спад
        | смањење | буурсан | бууралт | буурав | төмендеу | азаю | azaldı | azalma | azalış | düşüş
        | düştü | indirim | azalıb | kamayish | შემცირება | կրճատում | انخفاض | انخفض | انخفضت
        | تراجع | خفض | تخفيض | نقص | هبوط | کاهش | كاهش | کمی | ירידה | הפחתה | ירד | صغر | कमी
        | घटी | घट्यो | कम | गिरावट | घटेको | हानि | घट | কমেছে | হ্রাস | কম | ਕਮੀ | ઘટાડો | குறைவு
        | குறைந்தது | తగ్గుదల | తగ్గింది | ಇಳಿಕೆ | കുറവ് | අඩු | ลดลง | ลด | ຫຼຸດລົງ | ຫຼຸດ | ថយចុះ
        | កាត់បន្ថយ | လျော့ | ကျဆင်း | turun | penurunan | berkurang | pengurangan | menurun
        | dikurangi | susut | giảm | bumaba | pagbaba | nabawasan | 降低 | 减少 | 下降 | 降 | 减
        | 減少 | 降低了 | 减少了 | 下降了 | 減 | 减排 | 減排 | 削减 | 削減 | 低下 | 缩减 | 감소
        | 줄었 | 하락 | 절감 | 감축 | punguza | imepungua | kupungua | ilipungua | ቅናሽ | daalde
    """
RISE = """
        увеличено | повышено | повысили | 증가했다 | 증가함 | 增幅 | 增至 | up | rise | rose | risen
        | increase | increased | increases | growth | grew | grown | more | higher | gain | raised
        | ↑ | ▲ | ⬆ | ↗ | 📈 | anstieg | gestiegen | zunahme | steigerung | erhöhung | mehr
        | wachstum | erhöht | hausse | augmentation | augmenté | croissance | de plus | en hausse
        | progression | aumento | aumentó | aumentado | subió | subida | incremento | más
        | crecimiento | aumentou | crescimento | mais | alta | augment | in più | crescita
        | aumentato | creștere | crescut | stijging | gestegen | toename | meer | ökning | ökat
        | ökade | mer | økning | økt | stigning | steget | øget | nousu | kasvu | kasvoi | lisäys
        | hækkun | wzrost | wzrósł | zwiększenie | więcej | nárůst | zvýšení | zvýšenie | růst
        | növekedés | nőtt | emelkedés | povečanje | rast | povećanje | porast | padidėjimas
        | padidėjo | augimas | pieaugums | tõus | kasv | αύξηση | αυξήθηκε | рост | вырос | выросло
        | выросла | увеличение | увеличилось | увеличился | прирост | повышение | зростання
        | збільшення | ръст | раст | повећање | өссөн | өсөлт | өсу | arttı | artış | artıb | artım
        | o'sish | ზრდა | աճ | زيادة | ارتفاع | ارتفع | ارتفعت | زاد | نمو | افزایش | اضافہ | עלייה
        | עליה | גידול | वृद्धि | बढ़ोतरी | बढ़ी | बढ्यो | वाढ | বৃদ্ধি | বেড়েছে | ਵਾਧਾ | વધારો
        | அதிகரிப்பு | உயர்வு | పెరుగుదల | ಹೆಚ್ಚಳ | വർധന | වැඩි | เพิ่มขึ้น | เพิ่ม | ເພີ່ມຂຶ້ນ
        | កើនឡើង | တိုး | naik | kenaikan | meningkat | peningkatan | bertambah | tăng | tumaas
        | pagtaas | nadagdagan | 增加 | 上升 | 增长 | 增長 | 提高 | 提升 | 上涨 | 升 | 增 | 增加了
        | 上升了 | 增长了 | 提高了 | 升至 | 増加 | 増 | 上昇 | 向上 | 증가 | 늘었 | 상승 | 향상
        | ongezeko | imeongezeka | kuongezeka | ጭማሪ
    """
MINUS = """
        minus | moins | menos | meno | min | μείον | минус | мінус | ناقص | منفي | منفی | ऋण | माइनस
        | ลบ | âm | 负 | 負 | マイナス | 마이너스 | eksi | miinus | hasi | mínus
    """
PLUS = "plus | плюс | más | زائد | บวก | プラス | 플러스 | artı | pluss"

TO = """
        to | bis | à | a | al | até | fins a | do | до | tot | till | til | ja | έως | ως | sampai
        | hingga | s/d | sd | đến | tới | hanggang | ถึง | ຫາ | ដល់ | မှ | 至 | 到 | 从 | から | ~
        | … | ... | 에서 | से | থেকে | દાથી | تا | إلى | الى | عد | עד | ila | дейін | hadi | kuni
        | līdz | iki | până la | la | -től | သို့ | দিয়ে | dan | நிருந்து
    """
BETWEEN = """
        between | from | zwischen | von | entre | de | desde | tra | fra | da | între | tussen
        | mellan | mellom | mellem | między | od | mezi | között | med | između | tarp | starp | nuo
        | от | между | від | між | с | din | من | بين | بین | از | בין | के बीच | মধ্যে | ระหว่าง
        | ຈາກ | จาก | antara | dari | từ | mula | 从 | 由 | 在 | 介于 | kati ya | kutoka
    """
AND = """
        and | & | und | et | y | e | i | en | och | og | ja | a | és | și | ir | un | και | и | та
        | і | ve | và | และ | dan | at | و | ו | और | र | এবং | ও | 和 | 与 | 與 | と | na
    """
FILLING = """
        达 | 达到 | 達到 | 有 | 是 | 共 | of | by | the | a | an | is | was | it | de | du | des
        | d' | del | della | di | da | do | dos | das | la | le | les | l' | el | los | der | die
        | den | um | auf | o | na | på | med | ved | van | met | cu | на | в | с | με | κατά | ng
        | sa | ang | ay | का | की | के | ले | ने | में | को | এর | দ্বারা | 的 | 了 | 为 | 為 | は
        | が | の | に | を | で | です | 은 | 는 | 이 | 가 | 를 | 로 | 으로 | 의 | بنسبة | بمقدار
        | به میزان | به | ب | של | ב | ב- | oranında | ile | sebesar | sebanyak | seb | khoảng chừng
        | ครั้ง | kwa | ya | wa | til | pe | = | :
    """

DATES = """
        january | february | march | april | may | june | july | august | september | october
        | november | december | jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov
        | dec | januar | februar | märz | mai | juni | juli | oktober | dezember | janvier | février
        | mars | avril | juin | juillet | août | septembre | octobre | novembre | décembre | enero
        | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | octubre | noviembre
        | diciembre | января | февраля | марта | апреля | мая | июня | июля | августа | сентября
        | октября | ноября | декабря | januari | februari | maret | agustus | tháng | am | pm | a.m.
        | p.m. | uhr | o'clock | года | год | г. | yıl | yılı | ปี | พ.ศ. | عام | سنة | 년 | 월
    """
DATES_AFTER_NUMBER = "年 | 月 | 号 | 號 | 時 | 时 | 点钟 | 시 | 일"
