"""Speed of reading an article, against htmldate reading nothing but its date, and against gne.

    python benchmarks/articles.py CORPUS

CORPUS is a labelled folder (``gold.jsonl`` and the pages it names). Each round reads every detail
page with all, alternately, page by page, and counts CPU time; of each page the quickest round
counts. htmldate is given its best use: decoded text, the original date, ISO output; gne, which
reads title, day, author and text, decoded text as well. A crawl meets every page once, so both
sides' memories of earlier strings are emptied before a round; what htmldate does with a memory
filled by the very same pages is told as well.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import htmldate
from gne import GeneralNewsExtractor
from htmldate.meta import reset_caches

from crawler.pages.articles import Article, read_article
from crawler.pages.charsets import decode
from crawler.pages.dates import forget
from monitor.textform import normal_form

ROUNDS = 5
FACTS, WHOLE, FACTS_TO_GNE = 5.0, 2.0, 8.0  # the ratios that are asked for


def main(folder: Path) -> int:
    """Print pages per second and the ratios; 1 when one of them is missed."""
    pages = _details(folder)
    texts = [decode(body)[0] for body, _ in pages]
    works: dict[str, Callable[[int], object]] = {
        "htmldate": lambda place: _htmldate(texts[place]),
        "gne": lambda place: _gne(texts[place]),
        "facts": lambda place: _facts(read_article(*pages[place])),
        "whole": lambda place: _whole(read_article(*pages[place])),
    }
    # of each page the quickest of the rounds: the machine is shared
    best_of = {name: [float("inf")] * len(pages) for name in works}
    remembering = float("inf")
    for _ in range(ROUNDS):
        reset_caches()
        normal_form.cache_clear()
        forget()
        for place in range(len(pages)):
            for name, work in works.items():
                best_of[name][place] = min(best_of[name][place], _cpu(work, place))
        again = sum(_cpu(works["htmldate"], place) for place in range(len(pages)))
        remembering = min(remembering, again)
    best = {name: sum(times) for name, times in best_of.items()}
    figures = {
        "pages": len(pages),
        **{f"{name}_pages_per_s": round(len(pages) / best[name]) for name in works},
        "facts_ratio": round(best["htmldate"] / best["facts"], 2),
        "whole_ratio": round(best["htmldate"] / best["whole"], 2),
        "facts_ratio_to_gne": round(best["gne"] / best["facts"], 2),
        "facts_ratio_to_a_filled_memory": round(remembering / best["facts"], 2),
    }
    for name, value in figures.items():
        print(f"{name:34} {value}")
    print(json.dumps(figures))
    reached = (
        figures["facts_ratio"] >= FACTS
        and figures["whole_ratio"] >= WHOLE
        and figures["facts_ratio_to_gne"] >= FACTS_TO_GNE
    )
    return 0 if reached else 1


def _details(folder: Path) -> list[tuple[bytes, str]]:
    with open(folder / "gold.jsonl", encoding="utf-8") as gold:
        records = [json.loads(line) for line in gold]
    return [
        (gzip.decompress((folder / record["file"]).read_bytes()), record["url"])
        for record in records
        if record["kind"] == "detail"
    ]


def _cpu(work: Callable[[int], object], place: int) -> float:
    start = time.process_time()
    work(place)
    return time.process_time() - start


def _htmldate(text: str) -> str | None:
    try:
        return htmldate.find_date(text, original_date=True, outputformat="%Y-%m-%d")
    except (ValueError, TypeError):  # what it cannot parse
        return None


def _gne(text: str) -> object:
    try:
        return GeneralNewsExtractor().extract(text)
    except Exception:  # it raises what its parts raise on pages without text
        return None


def _facts(article: Article) -> tuple[object, ...]:
    return (
        article.title,
        article.published,
        article.source,
        article.index_no,
        article.doc_no,
        article.written_on,
        article.column_path,
    )


def _whole(article: Article) -> tuple[object, ...]:
    return (*_facts(article), article.text, article.attachments)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/articles.py CORPUS")
    sys.exit(main(Path(sys.argv[1])))
