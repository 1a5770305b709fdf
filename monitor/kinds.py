"""类型: builds one kind of rule (a time limit, a completeness check) from the fields of YAML."""

from __future__ import annotations

import difflib
import enum
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from monitor.periods import MONTH_DAY, Age, MonthDay
from monitor.triggers import DayOf, PublicationOf, Trigger
from monitor.wording import FieldFlaw

Kind = TypeVar("Kind")


class BadFields(ValueError):
    """Fields that make no rule: every problem, each as (field name in YAML, Chinese text)."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("；".join(f"{field}：{problem}" for field, problem in problems))
        self.problems = problems


def kind_named(name: str, kinds: Mapping[str, type[Kind]]) -> type[Kind]:
    """Return the kind of that name, or raise BadFields on ``kind``."""
    if found := kinds.get(name):
        return found
    if near := difflib.get_close_matches(name, kinds, n=1):
        raise BadFields(("kind", FieldFlaw.UNKNOWN_KIND_NEAR.tell(given=name, near=near[0])))
    known = "、".join(kinds)
    raise BadFields(("kind", FieldFlaw.UNKNOWN_KIND.tell(given=name, known=known)))


def build(kind: type[Kind], given: Mapping[str, object]) -> Kind:
    """Return ``kind`` made of the plain values ``given``, or raise BadFields with all problems.

    Values are converted by the annotated type of each field, see ``READERS``. A field's name
    in YAML is its ``key`` in the field's metadata (``from`` is a word of Python), else its own.
    """
    known = _known(kind)  # type: ignore[arg-type]  # a class can be hashed
    problems = [(key, _unknown(key, known)) for key in given if key not in known]
    values: dict[str, Any] = {}
    for key, (name, wanted, required) in known.items():
        if (value := given.get(key)) is None:
            if required:
                problems.append((key, FieldFlaw.MISSING.tell()))
            continue
        try:
            values[name] = _read(wanted, value)
        except ValueError:
            problems.append((key, _flaw(wanted, value)))
    if problems:
        raise BadFields(*problems)
    return kind(**values)


def _unknown(key: str, known: Mapping[str, object]) -> str:
    if near := difflib.get_close_matches(key, known, n=1):
        return FieldFlaw.UNKNOWN_NEAR.tell(near=near[0])
    return FieldFlaw.UNKNOWN.tell(known="、".join(known))


@cache
def _known(kind: Any) -> dict[str, tuple[str, Any, bool]]:
    """Return, for each key in YAML, the field's name, its type, and whether it must be given."""
    hints = get_type_hints(kind)
    return {
        field.metadata.get("key", field.name): (
            field.name,
            _bare(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    }


def _bare(hint: Any) -> Any:
    """Return the type without ``| None``."""
    if get_origin(hint) in (Union, types.UnionType):
        given = tuple(arg for arg in get_args(hint) if arg is not types.NoneType)
        return Union[given]  # noqa: UP007  # the types are known only now
    return hint


def _read(wanted: Any, value: object) -> object:
    if _is_choice(wanted):
        return wanted(value)
    if several := _one_of_several(wanted):
        return tuple(several(one) for one in _texts(value))
    return READERS[wanted][1](value)


def _flaw(wanted: Any, value: object) -> str:
    choice = wanted if _is_choice(wanted) else _one_of_several(wanted)
    if choice:
        known = "、".join(str(one.value) for one in choice)
        return FieldFlaw.NO_CHOICE.tell(given=value, known=known)
    flaw = READERS[wanted][0]
    if flaw is FieldFlaw.NO_MONTH_DAY and MONTH_DAY.fullmatch(str(value)):
        flaw = FieldFlaw.NO_SUCH_DAY
    return flaw.tell(given=value)


def _is_choice(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, enum.Enum)


def _one_of_several(wanted: Any) -> Any:
    """The enum whose members a field lists; None for any other field."""
    args = get_args(wanted) if get_origin(wanted) is tuple else ()
    return args[0] if args and _is_choice(args[0]) else None


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(value)
    return tuple(_text(one) for one in value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(_text(value))


def _trigger(value: object) -> Trigger:
    if not isinstance(value, Mapping):
        return _text(value)
    if not value.keys() <= {"of", "day"}:
        raise ValueError(value)
    return PublicationOf(
        of=_text(value.get("of")), day=DayOf(value.get("day", DayOf.PUBLISHED.value))
    )


READERS: dict[Any, tuple[FieldFlaw, Callable[[object], object]]] = {
    int: (FieldFlaw.NO_COUNT, _count),
    str: (FieldFlaw.NO_TEXT, _text),
    bool: (FieldFlaw.NO_TRUTH, _truth),
    date: (FieldFlaw.NO_DATE, _day),
    MonthDay: (FieldFlaw.NO_MONTH_DAY, lambda value: MonthDay.parse(_text(value))),
    Age: (FieldFlaw.NO_AGE, lambda value: Age.parse(_text(value))),
    tuple[str, ...]: (FieldFlaw.NO_TEXTS, _texts),
    Trigger: (FieldFlaw.NO_EVENT, _trigger),
}
