"""What our columns are commonly called in French and Chinese: such tables are understood without a mapping."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.domain.imports.cities import folded

_FRENCH: Mapping[str, tuple[str, ...]] = {
    "ville": ("city", "name"), "commune": ("city", "name"), "nom": ("name", "title"),
    "nom de la ville": ("city", "name"), "pays": ("country",), "fuseau horaire": ("time_zone",),
    "identifiant": ("id",), "langue": ("language",), "langues": ("languages",), "jours de repos": ("weekend",),
    "week-end": ("weekend",), "nom en français": ("name_fr",), "nom en chinois": ("name_zh",), "résumé": ("summary",),
    "autres noms": ("aliases",), "thèmes": ("topics",), "offre": ("offers",), "offres": ("offers",),
    "cherche": ("seeks",), "sources": ("sources",), "année": ("made", "result_year"),
    "année de l’engagement": ("made",), "échéance": ("due",), "type": ("kind",), "genre": ("kind",),
    "indicateur": ("indicator",), "sens": ("direction",), "valeur": ("value",), "unité": ("unit", "result_unit"),
    "année de référence": ("baseline_year",), "valeur de référence": ("baseline",),
    "unité de référence": ("baseline_unit",), "texte": ("text",), "secteur": ("sector",), "remarque": ("note",),
    "numéro": ("ref",), "résultat": ("result",), "année du résultat": ("result_year",),
    "unité du résultat": ("result_unit",), "engagement": ("commitment",), "cible": ("target",),
    "rôle": ("role",), "titre": ("title",), "lieux": ("places",),
}  # fmt: skip
_CHINESE: Mapping[str, tuple[str, ...]] = {
    "城市": ("city", "name"), "城市名称": ("city", "name"), "名称": ("name", "title"), "国家": ("country",),
    "国家或地区": ("country",), "国家/地区": ("country",), "时区": ("time_zone",), "编号": ("id", "ref"),
    "语言": ("languages", "language"), "休息日": ("weekend",), "周末": ("weekend",), "法文名称": ("name_fr",),
    "法语名称": ("name_fr",), "中文名称": ("name_zh",), "简介": ("summary",), "摘要": ("summary",),
    "别名": ("aliases",),
    "主题": ("topics",), "可提供": ("offers",), "寻求": ("seeks",), "来源": ("source", "sources"),
    "承诺年份": ("made",), "年份": ("made", "result_year"), "目标年份": ("due",), "截止年份": ("due",),
    "类型": ("kind",),
    "指标": ("indicator",), "方向": ("direction",), "数值": ("value",), "目标值": ("value",),
    "单位": ("unit", "result_unit"), "基准年": ("baseline_year",), "基准年份": ("baseline_year",),
    "基准值": ("baseline",),
    "基准单位": ("baseline_unit",), "文字": ("text",), "正文": ("text",), "领域": ("sector",), "备注": ("note",),
    "结果": ("result",), "结果年份": ("result_year",), "结果单位": ("result_unit",), "承诺": ("commitment",),
    "目标": ("target",), "角色": ("role",), "标题": ("title",), "地点": ("places",),
}  # fmt: skip
CHINESE = frozenset(_CHINESE)
_NAMES = {folded(name): keys for names in (_FRENCH, _CHINESE) for name, keys in names.items()}


def key_of(name: str, own: Collection[str]) -> str | None:
    """Which of our columns somebody's column is, by its name alone; None where it is none of them. `own` are those
    that such a table has."""
    bare = folded(name.replace("'", "’").replace("_", " "))
    ours = bare.replace(" ", "_")
    if ours in own:
        return ours
    return next((key for key in _NAMES.get(bare, ()) if key in own), None)
