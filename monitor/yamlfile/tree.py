"""树: the text of a YAML file → nodes that know their places, and data → text.

The only home of ruamel.yaml. It tokenises and tells lines; the tree is built here from its
events, so anchors, tags, duplicate keys and bombs are refused before anything is expanded, and
scalars come out as they were written: ``22:30`` and ``010`` stay text, only ``true``, ``false``,
blank and plain numbers mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from monitor.wording import Mistake, Slip

MAX_MEGABYTES = 2  # the shipped catalog has 0.1; ruamel reads about 1 MB a second
MAX_LINE = 20_000  # ruamel takes square time on some long runs
MAX_DEPTH = 32
MAX_NODES = 100_000

Scalar = str | int | float | bool | None


class Place(NamedTuple):
    """Where something stands; lines and columns count from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place. Mappings hold the place of each key beside its value."""

    value: Scalar | tuple[Node, ...] | Mapping[str, Node]
    path: str
    line: int
    column: int
    keys: Mapping[str, Place] = field(default_factory=dict)

    @property
    def plain(self) -> Any:
        """The value without places: dicts, lists and scalars."""
        if isinstance(self.value, Mapping):
            return {key: node.plain for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain for node in self.value]
        return self.value

    def get(self, key: str) -> Node | None:
        """The value under ``key``; None when this is no mapping or has no such key."""
        return self.value.get(key) if isinstance(self.value, Mapping) else None

    @property
    def items(self) -> tuple[Node, ...]:
        """The entries of a list; none when this is no list."""
        return self.value if isinstance(self.value, tuple) else ()

    def merged(self, other: Node) -> Node:
        """Lay the keys of ``other`` over this mapping; each keeps its own place."""
        mine, theirs = self.value, other.value
        assert isinstance(mine, Mapping)
        assert isinstance(theirs, Mapping)
        return Node(
            {**mine, **theirs}, self.path, self.line, self.column, {**self.keys, **other.keys}
        )

    def without(self, key: str) -> Node:
        """Leave one key of this mapping out."""
        assert isinstance(self.value, Mapping)
        rest = {name: node for name, node in self.value.items() if name != key}
        return Node(rest, self.path, self.line, self.column, self.keys)

    def mistake(self, slip: Slip, *, key: str = "", **facts: object) -> Mistake:
        """A mistake at this place, or at ``key`` of this mapping."""
        place = self.keys.get(key, Place(self.path, self.line, self.column))
        what, remedy = slip.tell(key=key, **facts)
        return Mistake(
            path=place.path, line=place.line, column=place.column, what=what, remedy=remedy
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What reading a file came to: a tree unless it could not be read, and all mistakes."""

    text: str = ""
    root: Node | None = None
    mistakes: tuple[Mistake, ...] = ()


# --- text -------------------------------------------------------------------------------


def read(path: Path) -> Parsed:
    """Read a YAML file; a file that is being written is read until two reads agree."""
    try:
        raw = _settled(path)
    except FileNotFoundError:
        return _refused(path, Slip.NO_FILE)
    except OSError as error:
        return _refused(path, Slip.UNREADABLE, reason=error.strerror or type(error).__name__)
    if raw is None:
        return _refused(path, Slip.STILL_CHANGING)
    if len(raw) > MAX_MEGABYTES * 1_000_000:
        return _refused(path, Slip.FILE_TOO_LARGE, limit=MAX_MEGABYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(path, Slip.NOT_UTF8, line=raw.count(b"\n", 0, error.start) + 1)
    return parse(text, path=path.name)


def parse(text: str, *, path: str) -> Parsed:
    """Build the tree of ``text``, or tell why it cannot be built. ``path`` is only named."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_MEGABYTES * 1_000_000:
        return Parsed(text=text, mistakes=(_slip(path, Slip.FILE_TOO_LARGE, limit=MAX_MEGABYTES),))
    if unprintable := tuple(_unprintable(text, path)):
        return Parsed(text=text, mistakes=unprintable)
    builder = _Builder(path)
    try:
        root = builder.build(iter(YAML(typ="safe", pure=True).parse(StringIO(text))))
    except _Stop as stop:
        return Parsed(text=text, mistakes=(*builder.mistakes, stop.mistake))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        syntax = _slip(path, Slip.SYNTAX, line=line, column=column)
        return Parsed(text=text, mistakes=(*builder.mistakes, syntax))
    except (YAMLError, ValueError):  # a directive or an escape ruamel does not know
        return Parsed(text=text, mistakes=(*builder.mistakes, _slip(path, Slip.SYNTAX)))
    return Parsed(text=text, root=root, mistakes=tuple(builder.mistakes))


def _settled(path: Path) -> bytes | None:
    with path.open("rb") as stream:
        limit = MAX_MEGABYTES * 1_000_000 + 1
        before = stream.read(limit)
        for _ in range(5):
            stream.seek(0)
            again = stream.read(limit)
            if again == before:
                return again
            before = again
    return None


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)


def _unprintable(text: str, path: str) -> Iterator[Mistake]:
    for found in _CONTROL.finditer(text):
        line, column = _line_of(text, found.start())
        code = f"U+{ord(found.group()):04X}"
        yield _slip(path, Slip.CONTROL_CHARACTER, line=line, column=column, code=code)
        break  # one is enough to refuse the file; a binary file has thousands
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MAX_LINE:
            yield _slip(path, Slip.LINE_TOO_LONG, line=number, limit=MAX_LINE)
    for count, found in enumerate(_TAB.finditer(text)):
        if count == 100:
            break
        line, column = _line_of(text, found.end() - 1)
        yield _slip(path, Slip.TAB, line=line, column=column)


def _line_of(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _slip(path: str, slip: Slip, *, line: int = 0, column: int = 0, **facts: object) -> Mistake:
    what, remedy = slip.tell(**facts)
    return Mistake(path=path, line=line, column=column, what=what, remedy=remedy)


def _refused(path: Path, slip: Slip, *, line: int = 0, **facts: str | int) -> Parsed:
    what, remedy = slip.tell(**facts)
    return Parsed(mistakes=(Mistake(path=path.name, line=line, what=what, remedy=remedy),))


# --- tree -------------------------------------------------------------------------------


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake


class _Builder:
    """Events → nodes; collects what can be told beside each other, stops at what cannot."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []
        self.count = 0
        self.documents = 0

    def build(self, events: Iterator[Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise self._stop(event, Slip.SECOND_DOCUMENT)
            elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
                root = self._node(event, events, 1)
            elif isinstance(event, AliasEvent):
                raise self._stop(event, Slip.ANCHOR, name=f"*{event.anchor[:40]}")
        if root is None or root.value is None:
            raise _Stop(_slip(self.path, Slip.EMPTY_FILE))
        return root

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise self._stop(event, Slip.TOO_DEEP, limit=MAX_DEPTH)
        if self.count > MAX_NODES:
            raise self._stop(event, Slip.TOO_MANY, limit=MAX_NODES)
        if isinstance(event, AliasEvent):
            raise self._stop(event, Slip.ANCHOR, name=f"*{event.anchor[:40]}")
        line, column = _place(event)
        if name := getattr(event, "anchor", None):
            self._note(event, Slip.ANCHOR, name=f"&{name[:40]}")
        if tag := getattr(event, "tag", None):
            self._note(event, Slip.TAG, tag=str(tag)[:60])
        if isinstance(event, ScalarEvent):
            plain = event.implicit[0] and not event.style
            return Node(_resolve(event.value) if plain else event.value, self.path, line, column)
        if isinstance(event, SequenceStartEvent):
            entries = []
            while not isinstance(inner := next(events), SequenceEndEvent):
                entries.append(self._node(inner, events, depth + 1))
            return Node(tuple(entries), self.path, line, column)
        return self._mapping(event, events, depth)

    def _mapping(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        line, column = _place(event)
        values: dict[str, Node] = {}
        places: dict[str, Place] = {}
        while not isinstance(inner := next(events), MappingEndEvent):
            key = self._node(inner, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(key.value, (tuple, Mapping)) or key.value is None:
                self.mistakes.append(key.mistake(Slip.KEY_NOT_TEXT))
                continue
            name = str(key.value)
            if name in values:
                first = places[name].line
                what, remedy = Slip.DUPLICATE_KEY.tell(key=name, first=first)
                self.mistakes.append(
                    Mistake(
                        path=self.path,
                        line=key.line,
                        column=key.column,
                        what=what,
                        remedy=remedy,
                    )
                )
                continue
            values[name], places[name] = value, Place(self.path, key.line, key.column)
        return Node(values, self.path, line, column, places)

    def _note(self, event: Event, slip: Slip, **facts: object) -> None:
        line, column = _place(event)
        self.mistakes.append(_slip(self.path, slip, line=line, column=column, **facts))

    def _stop(self, event: Event, slip: Slip, **facts: object) -> _Stop:
        line, column = _place(event)
        return _Stop(_slip(self.path, slip, line=line, column=column, **facts))


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


_WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,14})\.\d{0,14}[1-9]")
_WORDS: Mapping[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}


def _resolve(text: str) -> Scalar:
    """The meaning of a plain scalar; a number only if it would be written back the same.

    >>> [_resolve(text) for text in ("7", "2.5", "3.10", "010", "22:30", "no", "true", "")]
    [7, 2.5, '3.10', '010', '22:30', 'no', True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


# --- writing ----------------------------------------------------------------------------


def dump(data: Mapping[str, object], *, heading: str = "") -> str:
    """Write ``data`` as YAML for people: small values on one line, ``heading`` as comments."""
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_commented(data), stream)
    head = "".join(f"# {line}\n" for line in heading.splitlines())
    return head + stream.getvalue()


def _commented(value: object) -> object:
    if isinstance(value, Mapping):
        made = CommentedMap((key, _commented(inner)) for key, inner in value.items())
        if all(_is_small(inner) for inner in value.values()):
            made.fa.set_flow_style()
        return made
    if isinstance(value, (list, tuple)):
        listed = CommentedSeq(_commented(inner) for inner in value)
        if all(isinstance(inner, (str, int, float)) for inner in value):
            listed.fa.set_flow_style()
        return listed
    return value


def _is_small(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return len(value) <= 6 and all(isinstance(inner, (str, int, float)) for inner in value)
    return not isinstance(value, Mapping) and len(str(value)) <= 30
