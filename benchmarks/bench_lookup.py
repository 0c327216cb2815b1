"""The card index beside plain RapidFuzz (and scikit-learn's TF-IDF, if it is there) on the shared lookup sample.

    python benchmarks/bench_lookup.py [ENTRIES]        from 300 to 10,000 entries, 10,000 unless said

All stand in one process on the same queries; what counts are the ratios. RapidFuzz is timed on a part of the queries.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from rapidfuzz import fuzz, process

from bot.content.loader import load
from bot.domain.entries import Entry, Library, Place
from bot.domain.words import LocalText
from bot.lookup.index import Index

SAMPLE = Path(__file__).parent.parent.parent / "shared" / "lookup"
FILES = 300
SLOW_STEP = 8
"""Every so many queries are asked of RapidFuzz, which takes a tenth of a second for each."""


@dataclass
class Asked:
    """What one searcher did: per set whether the first was right, whether one of five was, and the times."""

    first: dict[str, list[bool]]
    five: dict[str, list[bool]]
    answered: dict[str, list[bool]]
    ms: list[float]


Searcher = Callable[[str, str], tuple[list[str], bool]]


def main() -> None:
    if not SAMPLE.is_dir():
        print("bench_lookup: nothing measured, the sample is missing: ../shared/lookup beside the repository")
        return
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    library = _library(size)
    with (SAMPLE / "queries.jsonl").open(encoding="utf-8") as lines:
        queries = [json.loads(line) for line in lines]
    began = perf_counter()
    index = Index.build(library)
    print(
        f"{len(library.entries)} entries, {len(queries)} queries; index built in {perf_counter() - began:.2f} s"
    )
    index.warm()
    ours = _ask(_index_searcher(index), queries)
    _table(ours)
    part = queries[::SLOW_STEP]
    _compare("RapidFuzz WRatio", _ask(_wratio_searcher(library), part), _ask(_index_searcher(index), part))
    tfidf = _tfidf_searcher(library)
    if tfidf is None:
        print("scikit-learn is not installed: not compared (pip install -e .[bench])")
    else:
        _compare("scikit-learn TF-IDF", _ask(tfidf, queries), ours)


def _library(size: int) -> Library:
    loaded = load(SAMPLE / "knowledge", with_notes=False).library
    entries = dict(loaded.entries)
    with gzip.open(SAMPLE / "distractors.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, max(0, size - FILES)):
            entry = _entry(json.loads(line))
            entries[entry.id] = entry
    # by id, so that where entries are equal the sample's own do not win for having been first
    return Library(entries=dict(sorted(entries.items())), topics=loaded.topics)


def _entry(fields: dict[str, Any]) -> Entry:
    return Entry(
        id=fields["id"],
        kind="practices",
        title=LocalText(fields["title"]),
        summary=LocalText(fields["summary"]) if fields["summary"] else None,
        body=LocalText.plain(fields["body"]) if fields["body"] else None,
        aliases=tuple(fields["aliases"]),
        topics=tuple(fields["topics"]),
        places=tuple(Place(name=place) for place in fields["places"]),
    )


def _index_searcher(index: Index) -> Searcher:
    def search(words: str, language: str) -> tuple[list[str], bool]:
        found = index.search(words, language)
        return [hit.entry_id for hit in found.hits], found.match

    return search


def _texts(entry: Entry) -> list[str]:
    summary = entry.summary.by_language.values() if entry.summary else ()
    return [*entry.title.by_language.values(), *entry.aliases, *summary]


def _wratio_searcher(library: Library) -> Searcher:
    texts = [(text.casefold(), entry.id) for entry in library.entries.values() for text in _texts(entry)]
    choices = [text for text, _ in texts]

    def search(words: str, language: str) -> tuple[list[str], bool]:
        best = process.extract(words.casefold(), choices, scorer=fuzz.WRatio, limit=30)
        return list(dict.fromkeys(texts[place][1] for _, _, place in best)), bool(best) and best[0][1] >= 85

    return search


def _tfidf_searcher(library: Library) -> Searcher | None:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.metrics.pairwise import linear_kernel
    except ImportError:
        return None
    ids = list(library.entries)
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4))
    matrix = vectoriser.fit_transform(" ".join(_texts(entry)) for entry in library.entries.values())

    def search(words: str, language: str) -> tuple[list[str], bool]:
        scores = linear_kernel(vectoriser.transform([words]), matrix).ravel()
        best = scores.argsort()[:-11:-1]
        return [ids[place] for place in best], bool(scores[best[0]] >= 0.3)

    return search


def _ask(search: Searcher, queries: list[dict[str, Any]]) -> Asked:
    asked = Asked(defaultdict(list), defaultdict(list), defaultdict(list), [])
    for query in queries:
        began = perf_counter()
        ids, match = search(query["q"], query["lang"])
        asked.ms.append((perf_counter() - began) * 1000)
        asked.answered[query["set"]].append(match)
        if query["gold"]:
            asked.first[query["set"]].append(ids[:1] != [] and ids[0] in query["gold"])
            asked.five[query["set"]].append(any(found in query["gold"] for found in ids[:5]))
    asked.ms.sort()
    return asked


def _share(outcomes: list[bool]) -> float:
    return 100 * sum(outcomes) / len(outcomes)


def _macro(sets: dict[str, list[bool]]) -> float:
    """The mean over the sets, pinyin apart (as the sample's own score does)."""
    shares = [_share(outcomes) for name, outcomes in sets.items() if name != "pinyin"]
    return sum(shares) / len(shares)


def _table(asked: Asked) -> None:
    for name, outcomes in asked.answered.items():
        if name in asked.first:
            recall = f"recall@1 {_share(asked.first[name]):5.1f}  @5 {_share(asked.five[name]):5.1f}"
            print(f"  {name:13} {recall}  refused {100 - _share(outcomes):5.1f} %")
        else:
            print(f"  {name:13} answered, though nothing fits {_share(outcomes):5.1f} %")
    print(f"  all (macro)   recall@1 {_macro(asked.first):5.1f}  @5 {_macro(asked.five):5.1f}")


def _compare(name: str, peer: Asked, ours: Asked) -> None:
    our_median, peer_median = (ms[len(ms) // 2] for ms in (ours.ms, peer.ms))
    our_late, peer_late = (ms[int(0.99 * len(ms))] for ms in (ours.ms, peer.ms))
    print(
        f"{name}: recall@1 {_macro(peer.first):.1f} against our {_macro(ours.first):.1f}; "
        f"time ours / its: median {our_median / peer_median:.3f} ({our_median:.2f} / {peer_median:.2f} ms), "
        f"99th percentile {our_late / peer_late:.3f} ({our_late:.2f} / {peer_late:.2f} ms)"
    )


if __name__ == "__main__":
    main()
