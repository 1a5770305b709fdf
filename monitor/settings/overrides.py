"""--set: single values over the tree of settings.yaml, each keeping ``--set …`` as its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass, replace
from typing import Any, get_type_hints

from monitor.settings.sections import FileSettings
from monitor.wording import Mistake, Slip, nearest
from monitor.yamlfile import Node, parse


def with_overrides(root: Node, overrides: Sequence[str]) -> tuple[Node, list[Mistake]]:
    """Lay ``--set`` values over the tree; each keeps ``--set …`` as its place."""
    mistakes: list[Mistake] = []
    for given in overrides:
        name, mark, text = given.partition("=")
        label = f"--set {given}" if "password" not in name else f"--set {name}"
        keys = name.strip().split(".")
        if not mark or not all(keys):
            mistakes.append(_at(label, Slip.NOT_AN_OVERRIDE, given=given))
        elif unknown := _unknown_setting(label, keys):
            mistakes.append(unknown)
        else:
            root = _set(root, keys, _value(text, label))
    return root, mistakes


def _value(text: str, label: str) -> Node:
    """The text as YAML would read it; as plain text when it is no YAML."""
    parsed = parse(text, path=label)
    if parsed.root is None or parsed.mistakes:
        return Node(text or None, label, 0, 0)
    return replace(parsed.root, line=0, column=0)


def _unknown_setting(label: str, keys: Sequence[str]) -> Mistake | None:
    here: Any = FileSettings
    for key in keys:
        known = get_type_hints(here) if is_dataclass(here) else {}
        if key not in known:
            near = nearest(key, known.keys())
            slip = Slip.UNKNOWN_SETTING_NEAR if near else Slip.UNKNOWN_SETTING
            return _at(label, slip, key=key, near=near, known="、".join(known))
        here = known[key]
    return None


def _set(node: Node, keys: Sequence[str], value: Node) -> Node:
    if not keys:
        return value
    old = node.get(keys[0])
    inner = old if old and isinstance(old.value, Mapping) else Node({}, value.path, 0, 0)
    new = _set(inner, keys[1:], value)
    values = dict(node.value) if isinstance(node.value, Mapping) else {}
    return Node({**values, keys[0]: new}, node.path, node.line, node.column, node.keys)


def _at(label: str, slip: Slip, **facts: object) -> Mistake:
    what, remedy = slip.tell(**facts)
    return Mistake(path=label, what=what, remedy=remedy)
