"""A small network of files: something of everything that a conversation can meet."""

from __future__ import annotations

from pathlib import Path

LONG_BODY = "\n\n".join(
    f"Paragraph {number} tells of the **{number}th street** and its baskets & bins; "
    + "every household sorts its waste, and the women of the quarter turn it into compost. " * 4
    for number in range(1, 13)
)

FILES = {
    "topics.yaml": """
waste: {label: {en: Waste, zh: "废物", fr: Déchets}}
composting: {label: {en: Composting, zh: "堆肥", fr: Compostage}, parent: waste}
replication: {label: {en: Replication, zh: "推广", fr: Réplication}}
water: {label: {en: Water, zh: "水", fr: Eau}}
secrets: {label: {en: Sealed matters, zh: "机密", fr: Secrets}}
""",
    "indicators.yaml": 'waste-generation: {label: {en: Waste generation, zh: "废物产生量"}}\n',
    "cities/surabaya.md": """---
title: {en: Surabaya, zh: "泗水"}
country: ID
time_zone: Asia/Jakarta
languages: [id]
---
""",
    "cities/naga.md": """---
title: {en: Naga, zh: "那牙"}
country: PH
time_zone: Asia/Manila
languages: [en]
---
""",
    "practices/basket-composting.md": f"""---
title: {{en: Basket composting in Surabaya, zh: "泗水的篮子堆肥"}}
summary: {{en: A basket in every kitchen cut the waste of a city., zh: "每个厨房一个篮子，减少了城市的废物。"}}
topics: [composting]
places: [surabaya]
years: 2004-2008
results:
  - {{indicator: waste-generation, change: "-20 %", at_least: true, source: K box 1}}
replicated_in:
  - {{place: naga, text: Naga copied the baskets.}}
sources: [K§10, K box 1]
related: [naga-baskets]
formerly: [kitchen-baskets]
---
{LONG_BODY}
""",
    "practices/naga-baskets.md": """---
title: {en: How Naga took over the baskets, zh: "那牙如何采用篮子"}
topics: [composting, replication]
places: [naga]
related: [basket-composting]
---
They came, they saw, they composted. [A link](https://example.org/?a=1&b=2), [the model](entry:basket-composting).
""",
    "practices/rainwater-tanks.md": """---
title: {en: "Rainwater <tanks> & *gutters*", zh: "雨水箱"}
summary: {en: "Costs < 5 & lasts > 9 years_", zh: "便宜耐用"}
topics: [water]
---
Ordinary **words** with <b>no markup of ours</b>, `a < b`, and [a trap](javascript:alert(1)).
""",
    "practices/jardins-partages.md": """---
title: {fr: Jardins partagés de Lomé}
summary: {fr: Les habitants cultivent ensemble.}
topics: [water]
---
""",
    "guides/public-guide.md": """---
title: {en: Guide to the sealed well, zh: "水井指南"}
topics: [water]
publisher: Network office
related: [veiled-fountain, inner-circle-notes]
---
Read [the unfinished one](entry:veiled-fountain) and [the internal one](entry:inner-circle-notes).
""",
    "events/naga-meeting.md": """---
title: {en: Meeting in Naga, zh: "那牙会议"}
starts: 2007-02
part_of: hush-assembly
places: [naga]
topics: [water]
---
""",
    "events/hush-assembly.md": """---
title: {en: Hush assembly, zh: "秘密大会"}
starts: 2007
visible_to: [secretariat]
topics: [secrets]
---
""",
    "practices/veiled-fountain.md": """---
title: {en: Veiled fountain, zh: "隐藏的喷泉"}
summary: {en: "Zorbulate the vellichor.", zh: "未完成"}
draft: true
topics: [water, composting]
places: [naga]
---
Zorbulation of fountains.
""",
    "practices/inner-circle-notes.md": """---
title: {en: Inner circle notes, zh: "内部笔记"}
summary: {en: "Quandrifugal budgeting.", zh: "内部"}
visible_to: [secretariat]
topics: [water, composting]
places: [naga]
---
Quandrifugal notes.
""",
}

MANY = {
    f"lessons/lesson-{number:02}.md": f"""---
title: {{en: "Lesson {number:02} on streets", zh: "街道经验{number:02}"}}
form: lesson
topics: [waste]
---
"""
    for number in range(1, 16)
}


def write(folder: Path, path: str, text: str) -> Path:
    """Writes one content file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def write_network(folder: Path) -> Path:
    """Writes the whole small network."""
    for path, text in (FILES | MANY).items():
        write(folder, path, text)
    return folder
