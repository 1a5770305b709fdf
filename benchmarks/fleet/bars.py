"""门槛: what a run of the simulated county must reach, and how sure a zero is."""

from __future__ import annotations

from benchmarks.fleet.truth import COLUMNS, UNITS

#: name of a figure, the bar, and whether it is a ceiling
BARS = (
    ("false_accusations", 0, True),
    ("gap_recall", 0.99, False),
    ("shams_refused_share", 0.95, False),
    ("honest_fixes_refused", 0, True),
    ("days_to_close_median", 4, True),
    ("backdated_recall", 0.97, False),
    ("backdated_false_per_5000", 1, True),
    ("backdated_on_unread", 0, True),
    ("backdated_overstated", 0, True),
    ("links_precision", 0.95, False),
    ("links_recall", 0.92, False),
    ("removed_false", 0, True),
    ("due_days_wrong", 0, True),
    ("number_recall", 0.99, False),
    ("number_false_share", 0.005, True),
    ("open_numbers", 0, True),
    ("http_unread", 0, True),
)
#: 1,000 nights of 200 units with 30 columns, in minutes; a small county costs more for its size
SPEED = ("minutes_for_1000_nights_of_200_units", 30, True)
#: a figure that may be zero, and of how many
_OF: tuple[tuple[str, str], ...] = (
    ("false_accusations", "honest_item_nights"),
    ("shams_passed", "shams"),
    ("honest_fixes_refused", "honest_fixes"),
    ("backdated_false", "honest_entries"),
    ("backdated_on_unread", "backdated_said"),
    ("backdated_overstated", "backdated_said"),
    ("due_days_wrong", "due_days_stated"),
    ("number_false", "decoys_shown"),
    ("open_numbers", "numbers"),
    ("http_unread", "http_columns"),
)
#: nothing in n tries: with 95 % certainty it is less than 3/n
_RULE_OF_THREE = 3


def below_bar(result: dict[str, object]) -> list[str]:
    """The bars that were judged and are missed."""
    missed = []
    looks = int(str(result["units"])) * int(str(result["columns"]))
    bars = (*BARS, SPEED) if looks >= UNITS * COLUMNS else BARS
    for name, bar, is_ceiling in bars:
        value = result.get(name)
        if not isinstance(value, int | float):
            continue
        if value > bar if is_ceiling else value < bar:
            missed.append(f"{name} {value}, wanted {'at most' if is_ceiling else 'at least'} {bar}")
    return missed


def bounds(result: dict[str, object]) -> dict[str, float]:
    """The 95 % bound of every figure that is zero."""
    found = {}
    for name, among in _OF:
        value, count = result.get(name), result.get(among)
        if value == 0 and isinstance(count, int) and count:
            found[name] = round(_RULE_OF_THREE / count, 9)
    return found
