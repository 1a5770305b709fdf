"""形: a tree → frozen records, with every mistake at its place; the only home of pydantic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic import ValidationError as _Invalid
from pydantic_core import ErrorDetails, PydanticCustomError

from monitor.wording import Mistake, Slip, nearest
from monitor.yamlfile.tree import Node

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def shape(cls: type[T]) -> type[T]:
    """Make ``cls`` a frozen dataclass that :func:`check` can fill; unknown keys are mistakes.

    A field whose name is a Python word carries a trailing underscore: ``from_`` is ``from``.
    """
    made = dataclass(frozen=True, kw_only=True)(cls)
    made.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]  # read by pydantic
        extra="forbid", alias_generator=lambda name: name.rstrip("_")
    )
    return made


def check(node: Node, wanted: type[T]) -> tuple[T | None, tuple[Mistake, ...]]:
    """Fill the shape ``wanted`` from ``node``; on mistakes None and all of them."""
    try:
        adapter = _adapter(wanted)  # type: ignore[arg-type]  # a class does hash
        return adapter.validate_python(node.plain), ()
    except _Invalid as invalid:
        errors = invalid.errors(include_url=False)
        return None, tuple(_told(node, error, wanted) for error in errors)


@cache
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    return TypeAdapter(wanted)


def _told(root: Node, error: ErrorDetails, wanted: type[Any]) -> Mistake:
    """One pydantic error as a sentence at its place."""
    location = [step for step in error["loc"] if step != "[key]"]
    node, parent, key = root, root, ""
    for step in location:
        inner = _step(node, step)
        if isinstance(step, str):
            parent, key = node, step
        if inner is None:
            break
        node = inner
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        known = _keys_at(wanted, location[:-1])
        near = nearest(key, known)
        slip = Slip.UNKNOWN_KEY_NEAR if near else Slip.UNKNOWN_KEY
        return parent.mistake(slip, key=key, near=near, known="、".join(known))
    if kind in ("missing", "missing_keyword_only_argument", "missing_argument"):
        return parent.mistake(Slip.MISSING_KEY, key=key)
    is_key = error["loc"][-1:] == ("[key]",)  # the key itself is wrong, not what it holds
    slip, facts = _sentence(kind, context, key if is_key else node.plain)
    if is_key or (node.value is None and key in parent.keys):  # a blank has no place of its own
        return parent.mistake(slip, key=key, **facts)
    what, remedy = slip.tell(key=key or "文件内容", **facts)
    return Mistake(path=node.path, line=node.line, column=node.column, what=what, remedy=remedy)


def _step(node: Node, step: int | str) -> Node | None:
    if isinstance(step, int):
        return node.items[step] if step < len(node.items) else None
    return node.get(step)


def _keys_at(wanted: Any, location: Sequence[int | str]) -> tuple[str, ...]:
    """The keys that the shape at ``location`` knows."""
    schema = _adapter(wanted).json_schema()
    here = schema
    for step in location:
        here = _deref(schema, here)
        inner = here.get("items" if isinstance(step, int) else "properties", {})
        here = inner if isinstance(step, int) else inner.get(step, {})
    return tuple(_deref(schema, here).get("properties", {}))


def _deref(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    for option in here.get("anyOf", ()):
        if "$ref" in option:
            here = option
    if "$ref" in here:
        found: dict[str, Any] = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        return found
    return here


_WANTED = {
    "string_type": "文本",
    "list_type": "列表",
    "tuple_type": "列表",
    "frozen_set_type": "列表",
    "dict_type": "一组“键: 值”",
    "mapping_type": "一组“键: 值”",
    "dataclass_type": "一组“键: 值”",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "int_type": "整数",
    "float_type": "数字",
}
_NUMBERS = {
    "int_parsing": Slip.NOT_A_WHOLE_NUMBER,
    "int_from_float": Slip.NOT_A_WHOLE_NUMBER,
    "float_parsing": Slip.NOT_A_NUMBER,
}
_BOUNDS = {
    "greater_than": (Slip.TOO_SMALL, "大于{gt:g}"),
    "greater_than_equal": (Slip.TOO_SMALL, "不小于{ge:g}"),
    "less_than": (Slip.TOO_BIG, "小于{lt:g}"),
    "less_than_equal": (Slip.TOO_BIG, "不大于{le:g}"),
}


def _sentence(kind: str, context: Mapping[str, Any], given: Any) -> tuple[Slip, dict[str, object]]:
    """The sentence for a pydantic error type, and the facts it needs."""
    shown = _shown(given)
    if slip := context.get("slip"):
        return slip, {"given": shown}
    if given is None or kind in ("string_too_short", "too_short"):
        return Slip.BLANK, {}
    if kind == "string_type" and isinstance(given, (int, float)) and not isinstance(given, bool):
        return Slip.BARE_NUMBER, {"given": shown}
    if kind in _NUMBERS:
        return _NUMBERS[kind], {"given": shown}
    if kind in _BOUNDS:
        slip, bound = _BOUNDS[kind]
        return slip, {"given": shown, "bound": bound.format_map(context)}
    if kind == "string_too_long":
        return Slip.TOO_LONG, {"limit": context["max_length"]}
    if kind in ("enum", "literal_error"):
        known = re.findall(r"'([^']*)'", str(context["expected"]))
        near = nearest(str(given), known)
        slip = Slip.NO_SUCH_CHOICE_NEAR if near else Slip.NO_SUCH_CHOICE
        return slip, {"given": shown, "near": near, "known": "、".join(known)}
    return Slip.WRONG_TYPE, {"wanted": _WANTED.get(kind, "文本"), "given": _kind_of(given)}


def _kind_of(given: Any) -> str:
    if isinstance(given, bool):
        return "true 或 false"
    kinds = {dict: "一组“键: 值”", list: "列表", str: "文本", int: "数字", float: "数字"}
    return kinds.get(type(given), "空")


def _shown(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 40 else f"{text[:40]}…"


# --- kinds of values --------------------------------------------------------------------


def refuse(slip: Slip) -> PydanticCustomError:
    """The error a validator of a shape raises; the value is put into its sentence."""
    return PydanticCustomError("own", "own", {"slip": slip})


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_CODE = re.compile(r"[\w.-]{1,60}")


def _day(given: Any) -> date:
    found = _ISO.fullmatch(given) if isinstance(given, str) else None
    if not found:
        raise refuse(Slip.NOT_A_DAY)
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise refuse(Slip.NO_SUCH_DAY) from None


def _code(given: Any) -> Any:
    """Text passes when it can be a code; what is no text is left to the type check."""
    if not isinstance(given, str) or not given:
        return given
    code = unicodedata.normalize("NFKC", given).strip()
    if not _CODE.fullmatch(code):
        raise refuse(Slip.BAD_CODE)
    return code


def _blank(given: Any) -> Any:
    return "" if given is None else given


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


#: bounds of a number, as metadata of its type: ``Annotated[int, number(ge=1)]``
number = Field

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Code = Annotated[str, BeforeValidator(_code), StringConstraints(min_length=1)]
Day = Annotated[date, BeforeValidator(_day)]
OneOrMany = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Blank = Annotated[
    str, BeforeValidator(_blank), StringConstraints(strip_whitespace=True, max_length=2000)
]
Several = Annotated[tuple[Text, ...], Field(min_length=1)]
Count = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=0, le=3660)]
Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
