"""应公开目录: rules.yaml and the layers over it → one Catalog, or every mistake at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from monitor.catalog.building import (
    build_column,
    build_requirement,
    dead_words,
    unknown_columns,
)
from monitor.catalog.entries import (
    CatalogFile,
    ChangeEntry,
    ColumnEntry,
    LayerColumn,
    LayerFile,
    LayerHead,
    LinkEntry,
    OffEntry,
    RequirementEntry,
    WaiverEntry,
)
from monitor.catalog.linking import linked, ring
from monitor.model import Catalog, Column, Requirement, Unit, Waiver
from monitor.textform import normal_form
from monitor.triggers import PublicationOf
from monitor.wording import Mistake, Refusal, Slip, nearest
from monitor.yamlfile import Node, Parsed, check, parse, read

T = TypeVar("T")

_LOOP = 2  # ids in the ring of an item that follows itself

#: so that 第三中学 is what 第3中学 is nearest to
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def load(paths: Sequence[Path], *, on: date | None = None, units: Iterable[Unit] = ()) -> Catalog:
    """Read the catalog (first) and the layers over it; later layers win.

    ``on``: leave out what is switched off only until an earlier day. ``units``: when given, a
    layer may name only these, by code or by name. Raises :class:`Mistakes` with all of them.
    """
    return _load([(path.name, read(path)) for path in paths], on, units)


def load_texts(
    files: Iterable[tuple[str, str]], *, on: date | None = None, units: Iterable[Unit] = ()
) -> Catalog:
    """The same from the names and texts of its files, as a catalog keeps them."""
    return _load([(name, parse(text, path=name)) for name, text in files], on, units)


def _load(files: list[tuple[str, Parsed]], on: date | None, units: Iterable[Unit]) -> Catalog:
    layers = _Layers(on=on, units=tuple(units))
    for place, (name, parsed) in enumerate(files):
        layers.add_file(name, parsed, is_first=place == 0)
    return layers.catalog()


class _Layers:
    """What holds so far, and every mistake met on the way."""

    def __init__(self, *, on: date | None, units: tuple[Unit, ...]) -> None:
        self.on = on
        self.units = {
            normal_form(name).casefold(): unit.code
            for unit in units
            for name in (*unit.names, unit.code)
        }
        self.mistakes: list[Mistake] = []
        self.files: list[str] = []
        self.texts: list[str] = []
        self.columns: dict[str, Column] = {}
        self.items: dict[str, Node] = {}
        self.places: dict[str, str] = {}  # compared form of every id → where it first stood
        self.accepted: set[str] = set()
        self.off: dict[str, str] = {}  # id → where it was switched off
        self.off_for: dict[str, dict[str, str]] = {}
        self.waivers: list[tuple[Node, WaiverEntry]] = []
        self.links: dict[str, Node] = {}

    # --- files ---

    def add_file(self, name: str, parsed: Parsed, *, is_first: bool) -> None:
        self.files.append(name)
        self.mistakes += parsed.mistakes
        self.texts.append(parsed.text)
        if parsed.root is None:
            return
        if not isinstance(parsed.root.value, Mapping):
            self._wrong(parsed.root, Slip.NOT_A_CATALOG)
        elif is_first:
            self._add_catalog(parsed.root)
        else:
            self._add_layer(parsed.root)

    def _add_catalog(self, root: Node) -> None:
        for key in ("layer", "add", "change", "off", "waivers"):
            if root.get(key):
                self._wrong(root, Slip.LAYER_IN_FIRST, key=key)
                return
        self._checked(root, CatalogFile)
        for node, column in self._entries(root, "columns", ColumnEntry):
            if self._is_new(node, column.id):
                self.columns[column.id] = build_column(column)
        for node in _list(root, "requirements"):
            self._add_item(node)
            if isinstance(node.value, Mapping) and not node.get("basis"):
                self._wrong(node, Slip.NO_BASIS)
        for node in _list(root, "links"):
            self._add_link(node)

    def _add_layer(self, root: Node) -> None:
        if root.get("requirements"):
            self._wrong(root, Slip.BASE_IN_LAYER, key="requirements")
            return
        self._checked(root, LayerFile)
        head_node = root.get("layer")
        head = self._checked(head_node, LayerHead) if head_node else None
        for node, column in self._entries(root, "columns", LayerColumn):
            self._layer_column(node, column)
        for node in _list(root, "add"):
            if isinstance(node.value, Mapping):
                if not node.get("reason"):
                    self._wrong(node, Slip.MISSING_KEY, key="reason")
                node = node.without("reason")
            self._add_item(node)
        for node in _list(root, "links"):
            if isinstance(node.value, Mapping):
                if not node.get("reason"):
                    self._wrong(node, Slip.MISSING_KEY, key="reason")
                node = node.without("reason")
            self._add_link(node, may_change=True)
        for node, change in self._entries(root, "change", ChangeEntry):
            self._change(node, change)
        for node, off in self._entries(root, "off", OffEntry):
            self._switch_off(node, off, head)
        self.waivers += self._entries(root, "waivers", WaiverEntry)
        if head and head.accept_defaults:
            self.accepted |= self.items.keys()

    # --- entries ---

    def _layer_column(self, node: Node, entry: LayerColumn) -> None:
        known = self.columns.get(entry.id)
        if known is None:
            if not entry.name:
                self._wrong(node, Slip.MISSING_KEY, key="name")
            elif self._is_new(node, entry.id):
                self.columns[entry.id] = Column(
                    id=entry.id,
                    name=entry.name,
                    aliases=entry.aliases,
                    counted_only=bool(entry.counted_only),
                    retired_on=entry.retired_on,
                )
            return
        renamed = (known.name,) if entry.name and entry.name != known.name else ()
        self.columns[entry.id] = replace(
            known,
            name=entry.name or known.name,
            aliases=tuple(dict.fromkeys((*known.aliases, *renamed, *entry.aliases))),
            counted_only=known.counted_only if entry.counted_only is None else entry.counted_only,
            retired_on=entry.retired_on or known.retired_on,
        )

    def _add_item(self, node: Node) -> None:
        """Keep the entry for building once all layers are known; its id must be new."""
        name = node.get("id")
        if name is None or not isinstance(name.value, str) or not name.value.strip():
            self._checked(node, RequirementEntry)  # tells what is wrong with it, and all else
        elif self._is_new(name, name.value):
            self.items[name.value] = node

    def _add_link(self, node: Node, *, may_change: bool = False) -> None:
        """Keep a link for building at the end; a layer may name a known one to change it."""
        name = node.get("id")
        if name is None or not isinstance(name.value, str) or not name.value.strip():
            self._checked(node, LinkEntry)
        elif may_change and name.value in self.links:
            self.links[name.value] = self.links[name.value].merged(node)
        elif self._is_new(node, f"link {name.value}", shown=name.value):
            self.links[name.value] = node

    def _change(self, node: Node, change: ChangeEntry) -> None:
        if self._is_off(node, change.id) or not self._is_known(node, "id", change.id):
            return
        if change.accept_defaults:
            self.accepted.add(change.id)
        new = node.get("set")
        if new is None or not new.value:
            if not change.accept_defaults:
                self._wrong(node, Slip.EMPTY_CHANGE)
        elif new.get("id"):
            self._wrong(new, Slip.SET_ID, key="id")
        else:
            self.items[change.id] = self.items[change.id].merged(new)

    def _switch_off(self, node: Node, off: OffEntry, head: LayerHead | None) -> None:
        is_link = off.id in self.links
        if self._is_off(node, off.id) or not (is_link or self._is_known(node, "id", off.id)):
            return
        if is_link and off.units:
            self._wrong(node, Slip.LINK_OFF_FOR_UNITS, key="units", id=off.id)
        if off.until and head and off.until < head.on:
            slip = Slip.UNTIL_BEFORE_LAYER
            self._wrong(node, slip, key="until", given=off.until, day=head.on)
        codes = [self._unit(inner) for inner in _list(node, "units")]
        if off.until and self.on and off.until < self.on:
            return
        if not off.units:
            self.off[off.id] = f"{node.path} 第{node.line}行"
        self.off_for.setdefault(off.id, {}).update(dict.fromkeys(codes, off.reason))

    def _unit(self, node: Node) -> str:
        """The code of the unit named here; what it says itself when the units are not known."""
        given = str(node.value)
        if not self.units:
            return given
        code = self.units.get(normal_form(given).casefold())
        if code is None:
            spoken = {name.translate(_NUMERALS): name for name in self.units}
            near = spoken.get(nearest(normal_form(given).translate(_NUMERALS), spoken), "")
            slip = Slip.UNKNOWN_UNIT_NEAR if near else Slip.UNKNOWN_UNIT
            self._wrong(node, slip, given=given, near=near)
        return code or given

    # --- the whole ---

    def catalog(self) -> Catalog:
        requirements = {}
        for name, node in self.items.items():
            entry = self._checked(node, RequirementEntry)
            built, mistakes = build_requirement(node, entry, self.columns, self.items.keys())
            self.mistakes += mistakes
            if built:
                requirements[name] = replace(
                    built,
                    accept_defaults=name in self.accepted,
                    switched_off=self.off_for.get(name, {}),
                )
        waivers = tuple(self._waiver(node, entry) for node, entry in self.waivers)
        checked = [self._checked_link(node) for node in self.links.values()]
        entries = [link for link in checked if link is not None]
        self._refuse_rings(entries, requirements)
        if self.mistakes:
            raise Refusal.RULES.listing(self._in_order())
        named = {name: _with_names(one, requirements) for name, one in requirements.items()}
        owed, links = linked(
            {name: one for name, one in named.items() if name not in self.off},
            (link for link in entries if link.id not in self.off),
        )
        return Catalog(
            columns=self.columns,
            requirements=owed,
            waivers=waivers,
            links=links,
            files=tuple(zip(self.files, self.texts, strict=True)),
            digest=hashlib.sha256("\0".join(self.texts).encode()).hexdigest(),
        )

    def _waiver(self, node: Node, entry: WaiverEntry) -> Waiver:
        if self._is_known(node, "requirement", entry.requirement):
            waivable = self.items[entry.requirement].get("waivable")
            if waivable and waivable.plain is False:
                self._wrong(node, Slip.NOT_WAIVABLE, key="requirement", id=entry.requirement)
        if normal_form(entry.proposed_by) == normal_form(entry.approved_by):
            self._wrong(node, Slip.ON_ITS_OWN, key="approved_by", name=entry.approved_by)
        unit = node.get("unit")
        return Waiver(
            unit=self._unit(unit) if unit else entry.unit,
            requirement=entry.requirement,
            ground=entry.ground,
            reason=entry.reason,
            proposed_by=entry.proposed_by,
            approved_by=entry.approved_by,
            valid_until=entry.valid_until,
        )

    def _checked_link(self, node: Node) -> LinkEntry | None:
        entry = self._checked(node, LinkEntry)
        self.mistakes += dead_words(node)
        if entry is None:
            return None
        self._is_known(node, "from", entry.from_)
        self._is_known(node, "to", entry.to)
        if entry.from_ == entry.to:
            self._wrong(node, Slip.SELF_LINK, key="to", id=entry.to)
        if entry.within is not None and entry.grounds is None:
            self._wrong(node, Slip.MISSING_KEY, key="grounds")
        self.mistakes += unknown_columns(node, self.columns)
        return entry

    def _refuse_rings(
        self, links: Iterable[LinkEntry], requirements: Mapping[str, Requirement]
    ) -> None:
        """What must follow what: by links, and by clocks that start at another item."""
        chain = ring(links, requirements.values())
        node = self.items.get(chain[0]) if chain else None
        if node and len(chain) == _LOOP:
            self._wrong(node, Slip.SELF_LINK, key="limits", id=chain[0])
        elif node:
            self._wrong(node, Slip.CYCLE, chain=" → ".join(chain))

    def _in_order(self) -> list[Mistake]:
        """By file as they were read, then by line; the same mistake once."""
        unique = dict.fromkeys(self.mistakes)
        return sorted(unique, key=lambda one: (self.files.index(one.path), one.line))

    # --- small questions ---

    def _entries(self, root: Node, key: str, wanted: type[T]) -> list[tuple[Node, T]]:
        """The entries under ``key`` that have the wanted shape; the others are mistakes."""
        made = []
        for node in _list(root, key):
            entry = self._checked(node, wanted)
            if entry is not None:
                made.append((node, entry))
        return made

    def _checked(self, node: Node, wanted: type[T]) -> T | None:
        entry, mistakes = check(node, wanted)
        self.mistakes += mistakes
        return entry

    def _is_new(self, node: Node, name: str, *, shown: str = "") -> bool:
        """Whether the id is not taken; ids are the same whatever their width and case."""
        form = normal_form(name).casefold()
        if form in self.places:
            self._wrong(node, Slip.DUPLICATE_ID, id=shown or name, first=self.places[form])
            return False
        self.places[form] = f"{node.path} 第{node.line}行"
        return True

    def _is_off(self, node: Node, name: str) -> bool:
        if name in self.off:
            self._wrong(node, Slip.SWITCHED_OFF, key="id", id=name, first=self.off[name])
        return name in self.off

    def _is_known(self, node: Node, key: str, name: str) -> bool:
        if name in self.items:
            return True
        near = nearest(name, self.items.keys())
        slip = Slip.UNKNOWN_REQUIREMENT_NEAR if near else Slip.UNKNOWN_REQUIREMENT
        self._wrong(node, slip, key=key, given=name, near=near)
        return False

    def _wrong(self, node: Node, slip: Slip, *, key: str = "", **facts: object) -> None:
        self.mistakes.append(node.mistake(slip, key=key, **facts))


def _with_names(requirement: Requirement, known: Mapping[str, Requirement]) -> Requirement:
    """The requirement with clocks that can tell at which other item they start."""
    limits = []
    for limit in requirement.limits:
        event = getattr(limit, "event", None)
        if isinstance(event, PublicationOf):
            told = replace(event, name=known[event.of].name)
            limit = replace(limit, event=told)  # type: ignore[type-var]  # every kind is a record
        limits.append(limit)
    return replace(requirement, limits=tuple(limits))


def _list(root: Node, key: str) -> tuple[Node, ...]:
    node = root.get(key)
    return node.items if node else ()
