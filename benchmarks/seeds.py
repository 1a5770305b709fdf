"""What the judgements read in a few official texts whose figures were worked out by hand.

    python benchmarks/seeds.py folder [--floors]

The folder holds plain texts of reports and plans. Each case below is known by words of its text;
``--floors`` exits with 1 when one of them is read otherwise. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.pages.fields import without_glosses
from monitor.judgements.annual import flaws
from monitor.judgements.reported import Level, announced, assigned, breakdowns, headings, plain
from monitor.wording import Noticed


def noticed(text: str) -> set[Noticed]:
    return {because for because, _, _ in flaws(text)}


def sums(text: str) -> list[tuple[int, int, int]]:
    """Of each breakdown its total, how many parts it has, and their sum."""
    return [(one.total.value, len(one.parts), one.sum) for one in breakdowns(text)]


def chapters(text: str) -> str:
    return "".join(one.numeral for one in headings(text, Level.CHAPTER))


#: words that only this text holds → what must be true of it
CASES: dict[tuple[str, ...], dict[str, Callable[[str], bool]]] = {
    ("濉溪", "2021年"): {
        "25 counts add up to 1520": lambda text: (1520, 25, 1520) in sums(text),
        "chapters skip two numbers": lambda text: chapters(text) == "一三四五七",
        "one remark, on the chapters": lambda text: noticed(text) == {Noticed.NUMBERS_BROKEN},
    },
    ("宣城", "2023年度"): {
        "591 of 818 is no fault": lambda text: (818, 5, 591) in sums(text),
        "17 against 6 and 12 is one": lambda text: noticed(text) == {Noticed.HALVES_DISAGREE},
    },
    ("20××", "五部分"): {
        "announces five parts, has four": lambda text: (
            (told := announced(text)) is not None and told.count == 5 and len(chapters(text)) == 4
        ),
        "16 = 1 + 11 + 1 + 3": lambda text: (16, 4, 16) in sums(text),
        "one remark, on the parts": lambda text: noticed(text) == {Noticed.PARTS_ABSENT},
    },
    ("鞍山", "责任处室"): {
        "14 duties have somebody who answers": lambda text: assigned(text) == 14,
        "its numbering is broken": lambda text: noticed(text) == {Noticed.NUMBERS_BROKEN},
    },
    ("舒城", "自查自纠"): {"nothing is wrong": lambda text: not noticed(text)},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--floors", action="store_true")
    said = parser.parse_args()
    texts = [
        plain(without_glosses(path.read_text("utf-8"))) for path in sorted(said.folder.iterdir())
    ]
    results: dict[str, bool] = {}
    for words, checks in CASES.items():
        text = next((text for text in texts if all(word in text for word in words)), "")
        for what, holds in checks.items():
            results[f"{words[0]}: {what}"] = bool(text) and holds(text)
    for what, holds_true in results.items():
        print(f"{'yes' if holds_true else 'NO '}  {what}")
    print(json.dumps({"cases": len(results), "right": sum(results.values())}))
    sys.exit(said.floors and not all(results.values()))


if __name__ == "__main__":
    main()
