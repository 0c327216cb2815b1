"""Words of the network's field that say the same, in the languages people write in. Plain data.

In each language: a concept, a colon, its words; a semicolon. Words of one term are joined by an underscore. A
concept may be missing in a language.
"""

from __future__ import annotations

TABLES = {
    "en": """
        waste: waste wastes garbage trash rubbish refuse litter; food waste: food_waste kitchen_waste
        food_scraps leftovers; compost: compost composting composted composter; recycling: recycling recycle
        recycled recyclables recycling_rate; separation: separation separate separating segregation sorting
        sort sorted; plastic: plastic plastics polythene; landfill: landfill landfills dump dumpsite
        dumping_ground; fee: fee fees charge charges charging tariff tariffs pricing; ban: ban bans banned
        banning prohibit prohibited prohibition forbid forbidden outlaw; reduce: reduce reduced reduces
        reducing reduction cut cuts cutting decrease lower lessen minimise minimize; manage: manage managed
        managing management handle handling treat treatment treating dispose disposal; water: water;
        wastewater: wastewater waste_water sewage effluent; sanitation: sanitation sanitary hygiene; air:
        air air_pollution air_quality; pollution: pollution polluted emission emissions smog; climate:
        climate; carbon: carbon co2; transport: transport transportation traffic vehicle vehicles car cars
        bus buses fleet; fuel: fuel fuels; city: city cities town towns municipality municipalities
        municipal; mayor: mayor mayors; government: government governments authority authorities ministry;
        community: community communities neighbourhood neighborhood residents; household: household
        households home homes family families; school: school schools; education: education awareness;
        training: training trainings trained course courses; official: official officials civil_servant
        civil_servants staff; women: women woman gender; poverty: poverty poor; job: job jobs employment
        job_creation; enterprise: enterprise enterprises business businesses company companies firm firms;
        money: money finance financing finances funding; fund: fund funds; credit: credit loan loans; law:
        law laws act legislation legal rules regulation; target: target targets goal goals; commitment:
        commitment commitments promise promised promises committed pledge pledged; report: report reports;
        partnership: partnership partnerships partner partners; cooperation: cooperation cooperate
        collaboration; twinning: twinning twin sister_city sister_cities twinned; network: network networks;
        meeting: meeting meetings conference conferences summit congress; workshop: workshop workshops
        seminar seminars; study tour: study_tour study_tours study_visit study_visits field_visit excursion;
        pilot: pilot pilots trial; project: project projects; guide: guide guidance guidelines manual
        handbook; declaration: declaration declare declared; replication: replication replicate replicated
        copy copied scaling_up copying adopted adopt; begin: begin start starting launch; volunteer:
        volunteer volunteers; technology: technology technologies; initiative: initiative initiatives;
        achieve: achieve achieved reach reached keep kept fulfil fulfilled met; thailand: thailand thai;
        indonesia: indonesia indonesian; nepal: nepal; philippines: philippines philippine; japan: japan
        japanese; korea: korea korean; belgium: belgium belgian
        """,
    "fr": """
        waste: déchet déchets ordure ordures poubelle poubelles détritus; food waste: déchets_alimentaires
        biodéchets; compost: compost compostage composter; recycling: recyclage recycler recyclé
        valorisation; separation: tri trier triage séparation; plastic: plastique plastiques; landfill:
        décharge décharges enfouissement dépotoir; fee: redevance redevances tarif tarifs taxe taxes
        tarification; ban: interdiction interdire interdit interdits interdite; reduce: réduire réduit
        réduite réduits réduction diminuer diminution baisse; manage: gérer gestion traiter traitement
        éliminer; water: eau eaux; wastewater: eaux_usées; sanitation: assainissement hygiène; air: air
        pollution_de_l_air qualité_de_l_air; pollution: pollution émission émissions; climate: climat;
        carbon: carbone; transport: transport transports véhicule véhicules voiture voitures autobus; fuel:
        carburant combustible; city: ville villes commune communes municipalité municipalités; mayor: maire
        maires; government: gouvernement gouvernements autorités ministère; community: communauté
        communautés quartier quartiers habitants; household: ménage ménages foyer foyers famille domicile;
        school: école écoles; education: éducation sensibilisation; training: formation formations former;
        official: fonctionnaire fonctionnaires agents; women: femme femmes; poverty: pauvreté pauvres; job:
        emploi emplois; enterprise: entreprise entreprises société; money: argent financement financements
        financer finances; fund: fonds; credit: crédit crédits prêt prêts; law: loi lois règlement
        législation; target: objectif objectifs cible cibles; commitment: engagement engagements promesse
        promesses; report: rapport rapports; partnership: partenariat partenariats partenaire partenaires;
        cooperation: coopération collaboration; twinning: jumelage jumelages jumelées jumelée; network:
        réseau réseaux; meeting: réunion réunions conférence sommet; workshop: atelier ateliers séminaire
        séminaires; study tour: voyage_d_étude voyages_d_étude visite_d_étude; pilot: pilote pilotes;
        project: projet projets; guide: guide manuel; declaration: déclaration; replication: réplication
        reproduction reproduire; begin: commencer débuter lancer; volunteer: volontaire volontaires
        bénévoles; technology: technologie technologies; initiative: initiative initiatives; achieve: tenir
        tenu atteindre atteint; thailand: thaïlande; indonesia: indonésie; nepal: népal; japan: japon;
        korea: corée; belgium: belgique belge belges
        """,
    "id": """
        waste: sampah limbah; food waste: sampah_makanan sisa_makanan sampah_dapur; compost: kompos
        pengomposan mengompos pupuk_organik; recycling: daur_ulang mendaur_ulang; separation: pemilahan
        memilah pilah pemisahan pemisahan_sampah pemilahan_sampah pemisahan_sampah_di_sumber
        pemilahan_di_sumber; plastic: plastik; landfill: tpa tempat_pembuangan_akhir tempat_pembuangan; fee:
        biaya tarif retribusi iuran; ban: larangan melarang dilarang pelarangan; reduce: mengurangi
        pengurangan kurangi menurunkan penurunan; manage: mengelola pengelolaan kelola mengolah pengolahan
        penanganan menangani; wastewater: air_limbah; water: air_bersih air_minum; sanitation: sanitasi;
        air: udara polusi_udara; pollution: polusi pencemaran emisi; climate: iklim; carbon: karbon;
        transport: transportasi kendaraan mobil angkutan; fuel: bahan_bakar; city: kota; mayor: walikota
        wali_kota; government: pemerintah; community: masyarakat warga komunitas; household: rumah_tangga
        rumah keluarga; school: sekolah; education: pendidikan penyuluhan; training: pelatihan latihan;
        official: pejabat pegawai; women: perempuan wanita; poverty: kemiskinan miskin; job: pekerjaan
        lapangan_kerja; enterprise: usaha perusahaan; money: uang pendanaan pembiayaan; fund: dana; credit:
        kredit pinjaman; law: undang_undang hukum peraturan; target: target sasaran; commitment: komitmen
        janji; report: laporan; partnership: kemitraan mitra; cooperation: kerja_sama kerjasama; twinning:
        kota_kembar; network: jaringan; meeting: pertemuan konferensi; workshop: lokakarya seminar; study
        tour: studi_banding kunjungan_studi; pilot: percontohan uji_coba; project: proyek; guide: panduan
        pedoman; declaration: deklarasi; replication: replikasi meniru mereplikasi mencontoh; begin: memulai
        mulai; volunteer: relawan; technology: teknologi; initiative: prakarsa inisiatif; achieve: mencapai
        tercapai; indonesia: indonesia; philippines: filipina; japan: jepang; korea: korea; belgium: belgia
        """,
    "zh": """
        waste: 垃圾 废物 废弃物 固体废物 固废; food waste: 厨余 厨余垃圾 食品废物 食物垃圾 餐厨垃圾;
        compost: 堆肥; recycling: 回收 循环利用 再生 回收利用; separation: 分类 分隔 源头分隔 垃圾分类 分离;
        plastic: 塑料 塑胶; landfill: 填埋场 填埋 垃圾场; fee: 收费 费用; ban: 禁止 禁令 禁用 禁塑 限塑;
        reduce: 减少 降低 减量 削减; manage: 管理 处理 处置; wastewater: 废水 污水; sanitation: 环境卫生
        卫生; air: 空气 大气 空气污染 空气质量; pollution: 污染 排放 减排; climate: 气候 气候变化; carbon:
        二氧化碳 低碳; transport: 交通 车辆 汽车; fuel: 燃料; mayor: 市长; government: 政府; community: 社区
        居民; household: 家庭 家用; school: 学校; education: 教育 宣传; training: 培训 训练; official: 官员
        公务员; women: 妇女 女性; poverty: 贫困 贫穷; job: 就业 工作岗位; enterprise: 企业 公司; money: 资金
        融资 筹资; fund: 基金; credit: 贷款 信贷; law: 法律 法规 立法; target: 目标 指标; commitment: 承诺;
        report: 报告; partnership: 伙伴关系 伙伴; cooperation: 合作; twinning: 姐妹城市 友好城市 结对;
        network: 网络; meeting: 会议 大会; workshop: 讲习班 研讨会; study tour: 考察 考察旅行; pilot: 试点;
        project: 项目; guide: 指南 手册; declaration: 宣言; replication: 推广 复制 学习了 效仿; begin: 开始;
        volunteer: 志愿者 志愿人员; technology: 技术; initiative: 倡议; water: 水; achieve: 实现 达到 完成;
        thailand: 泰国; indonesia: 印尼 印度尼西亚; nepal: 尼泊尔; philippines: 菲律宾; japan: 日本; korea:
        韩国; belgium: 比利时; city: 城市
        """,
    "ja": """
        waste: ごみ ゴミ 廃棄物; food waste: 生ごみ 生ゴミ 食品廃棄物 食品ロス; compost: コンポスト 堆肥化
        たい肥; recycling: リサイクル 再資源化 資源化 リサイクル率; separation: 分別 ごみ分別; plastic:
        プラスチック プラごみ レジ袋; landfill: 埋立地 埋め立て地 埋立 最終処分場 処分場; fee: 料金 手数料
        有料化 課金; ban: 禁止; reduce: 減らす 減らし 減らした 削減 減量; manage: 管理 処理; wastewater:
        下水 排水 汚水; sanitation: 衛生; air: 大気 空気; pollution: 汚染 公害 排出; climate: 気候; carbon:
        炭素; transport: 交通 車両 自動車 低公害車; fuel: 燃料 油化; mayor: 市長; government: 政府;
        community: 地域 住民 コミュニティ; household: 家庭; school: 学校; education: 教育 啓発; training:
        研修 トレーニング; official: 職員 公務員; women: 女性; poverty: 貧困; job: 雇用; enterprise: 企業
        会社; money: 資金 お金; fund: 基金 ファンド; credit: 融資 マイクロクレジット; law: 法律 条例;
        target: 目標; commitment: 約束 公約 コミットメント; report: 報告書; partnership: パートナーシップ
        提携 連携; cooperation: 協力; twinning: 姉妹都市 友好都市; network: ネットワーク; meeting: 会議
        会合; workshop: ワークショップ セミナー; study tour: 視察 スタディツアー; pilot: 試験 実証; project:
        プロジェクト; guide: 手引き ガイド; declaration: 宣言; replication: 普及 展開; volunteer:
        ボランティア; technology: 技術; initiative: イニシアティブ イニシアチブ; water: 水; thailand: タイ
        タイ王国; indonesia: インドネシア; nepal: ネパール; philippines: フィリピン; japan: 日本; korea:
        韓国; belgium: ベルギー
        """,
    "th": """
        waste: ขยะ มูลฝอย ขยะมูลฝอย; food waste: ขยะอาหาร เศษอาหาร; compost: ปุ๋ยหมัก หมักปุ๋ย ทำปุ๋ยหมัก
        การทำปุ๋ยหมัก; recycling: รีไซเคิล; separation: แยกขยะ คัดแยก คัดแยกขยะ แยกขยะที่ต้นทาง; plastic:
        พลาสติก ถุงพลาสติก; landfill: ฝังกลบ หลุมฝังกลบ บ่อขยะ; fee: ค่าธรรมเนียม ค่าเก็บ ค่าขยะ; ban: ห้าม
        งดใช้; reduce: ลดปริมาณ; manage: จัดการ การจัดการ กำจัด; wastewater: น้ำเสีย; sanitation: สุขาภิบาล;
        air: คุณภาพอากาศ มลพิษทางอากาศ; pollution: มลพิษ มลภาวะ; climate: ภูมิอากาศ; carbon: คาร์บอน;
        transport: ขนส่ง จราจร; fuel: เชื้อเพลิง; mayor: นายกเทศมนตรี; government: รัฐบาล; community: ชุมชน;
        household: ครัวเรือน ที่บ้าน; school: โรงเรียน; education: การศึกษา; training: ฝึกอบรม อบรม;
        official: เจ้าหน้าที่ ข้าราชการ; women: สตรี ผู้หญิง; poverty: ความยากจน ยากจน; enterprise: วิสาหกิจ
        ธุรกิจ; money: เงินทุน การเงิน ทุนสนับสนุน; fund: กองทุน; credit: สินเชื่อ; law: กฎหมาย; target:
        เป้าหมาย; commitment: พันธสัญญา คำมั่น; report: รายงาน; partnership: หุ้นส่วน; cooperation:
        ความร่วมมือ; twinning: เมืองพี่เมืองน้อง; network: เครือข่าย; meeting: ประชุม; workshop: สัมมนา;
        study tour: ดูงาน ศึกษาดูงาน; pilot: นำร่อง; project: โครงการ; guide: คู่มือ; declaration: ปฏิญญา;
        technology: เทคโนโลยี; thailand: ไทย ประเทศไทย; indonesia: อินโดนีเซีย; nepal: เนปาล; philippines:
        ฟิลิปปินส์; japan: ญี่ปุ่น; korea: เกาหลี; belgium: เบลเยียม
        """,
    "ko": """
        waste: 쓰레기 폐기물; food waste: 음식물_쓰레기 음식물쓰레기 음식물; compost: 퇴비 퇴비화 콤포스트;
        recycling: 재활용 재활용률; separation: 분리수거 분리배출 분리; plastic: 플라스틱 비닐봉지;
        landfill: 매립지 매립; fee: 요금 수수료 종량제 부담금 쓰레기_종량제; ban: 금지; reduce: 줄이기
        줄이는 줄였나요 줄였습니까 줄였어요 감축 감량 감소; manage: 관리 처리; wastewater: 폐수 하수;
        sanitation: 위생; air: 공기 대기; pollution: 오염 배출; climate: 기후; carbon: 탄소; transport: 교통
        차량; fuel: 연료; mayor: 시장; government: 정부; community: 지역사회 주민 공동체; household: 가정;
        school: 학교; education: 교육; training: 연수 훈련; official: 공무원; women: 여성; poverty: 빈곤;
        job: 일자리; enterprise: 기업; money: 자금 재원; fund: 기금 펀드; credit: 대출; law: 법률; target:
        목표; commitment: 약속 공약; report: 보고서; partnership: 파트너십 협력관계; cooperation: 협력;
        twinning: 자매도시; network: 네트워크; meeting: 회의; workshop: 워크숍 세미나; study tour: 견학
        시찰; pilot: 시범; guide: 안내서 지침; declaration: 선언; volunteer: 자원봉사; technology: 기술;
        initiative: 이니셔티브; achieve: 달성 달성했나요; thailand: 태국; indonesia: 인도네시아; nepal:
        네팔; philippines: 필리핀; japan: 일본; korea: 한국; belgium: 벨기에
        """,
    "ne": """
        waste: फोहोर फोहर फोहोरमैला; compost: कम्पोस्ट मल; recycling: पुनर्चक्रण पुनः_प्रयोग; separation:
        वर्गीकरण छुट्याउने; plastic: प्लास्टिक; landfill: ल्यान्डफिल ल्याण्डफिल; fee: शुल्क; ban: प्रतिबन्ध;
        reduce: घटाउने कम_गर्ने; manage: व्यवस्थापन; water: पानी; wastewater: ढल; sanitation: सरसफाइ; air:
        हावा वायु; pollution: प्रदूषण; climate: जलवायु; city: सहर शहर नगर नगरपालिका; mayor: मेयर; community:
        समुदाय; household: घर घरेलु; school: विद्यालय स्कुल; education: शिक्षा चेतना; training: तालिम;
        women: महिला; poverty: गरिबी; job: रोजगारी; money: पैसा रकम; fund: कोष; law: कानुन ऐन; target:
        लक्ष्य; commitment: प्रतिबद्धता; report: प्रतिवेदन; partnership: साझेदारी; cooperation: सहकार्य
        सहयोग; network: सञ्जाल; meeting: बैठक सम्मेलन; project: परियोजना; thailand: थाइल्याण्ड; indonesia:
        इन्डोनेसिया; nepal: नेपाल; philippines: फिलिपिन्स; japan: जापान; korea: कोरिया
        """,
}

KINDS = {
    "commitment": "commitments",
    "target": "commitments",
    "achieve": "commitments",
    "replication": "partnerships",
    "twinning": "partnerships",
    "fund": "funds",
    "partnership": "partnerships",
    "meeting": "events",
    "workshop": "events",
}
"""Concepts that name a kind of entry: who asks for the commitment of a town means an entry of that kind."""

LIGHT = frozenset({"reduce", "manage", "begin", "city", "achieve"})
"""Concepts that say little beside a town and a matter: every town manages something."""
