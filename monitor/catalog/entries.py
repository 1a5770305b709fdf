"""条目: the shapes of what stands in rules.yaml and in a bureau's layer file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from monitor.model import DayKind, Grounds, StatementRule, UnitType, Where
from monitor.yamlfile import Code, Day, Days, OneOrMany, Text, Weight, shape

Ground = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]


@shape
class CatalogFile:
    """目录: the first file, whole in itself."""

    columns: tuple[Any, ...] = ()
    requirements: tuple[Any, ...] = ()
    links: tuple[Any, ...] = ()


@shape
class LayerFile:
    """分层: a bureau's own file over the catalog; every entry in it needs a reason."""

    layer: Mapping[str, Any]
    columns: tuple[Any, ...] = ()
    add: tuple[Any, ...] = ()
    change: tuple[Any, ...] = ()
    off: tuple[Any, ...] = ()
    links: tuple[Any, ...] = ()
    waivers: tuple[Any, ...] = ()


@shape
class ColumnEntry:
    """栏目."""

    id: Code
    name: Text
    aliases: tuple[Text, ...] = ()
    counted_only: bool = False
    retired_on: Day | None = None


@shape
class MatchEntry:
    """对应词."""

    any: tuple[Text, ...] = ()
    all: tuple[Text, ...] = ()
    none: tuple[Text, ...] = ()
    near: tuple[Text, ...] = ()


@shape
class BasisEntry:
    """公开依据."""

    title: Text
    doc_no: Text = ""
    article: Text = ""


@shape
class RequirementEntry:
    """公开事项. Limits and checks are read by their kind, not here."""

    id: Code
    name: Text
    applies_to: frozenset[UnitType]
    limits: tuple[Mapping[str, Any], ...]
    needs: tuple[Text, ...] = ()
    column: OneOrMany = ()
    match: MatchEntry = MatchEntry()
    complete: tuple[Mapping[str, Any], ...] = ()
    elements: tuple[Text, ...] = ()
    where: Where = Where.SITE
    statement: StatementRule = StatementRule.ACCEPTED
    themes: tuple[Text, ...] = ()
    basis: tuple[BasisEntry, ...] = ()
    confidence: Literal["high", "medium", "low"] = "high"
    weight: Weight = 1
    waivable: bool = True


@shape
class LinkEntry:
    """关联: the second item must follow the first. With ``within`` it needs ``grounds``."""

    id: Code
    from_: Code
    to: Code
    key: tuple[Literal["doc_no", "title"], ...]
    column: OneOrMany = ()
    match: MatchEntry = MatchEntry()
    within: Days | None = None
    day_kind: DayKind = DayKind.WORKING
    grounds: Grounds | None = None
    effective_from: Day | None = None
    basis: tuple[BasisEntry, ...] = ()


@shape
class LayerHead:
    """分层的来历. ``accept_defaults``: the bureau accepts every clock that rests on practice."""

    name: Text
    by: Text
    on: Day
    accept_defaults: bool = False


@shape
class LayerColumn:
    """栏目 in a layer: a new id makes a column; a known one gains aliases and may be renamed."""

    id: Code
    reason: Text
    name: Text = ""
    aliases: tuple[Text, ...] = ()
    counted_only: bool | None = None
    retired_on: Day | None = None


@shape
class ChangeEntry:
    """修改: ``set`` replaces whole values of the named item."""

    id: Code
    reason: Text
    set: Mapping[str, Any] | None = None
    accept_defaults: bool = False


@shape
class OffEntry:
    """停用: an item not owed at all, or by these units, or a link; through ``until``."""

    id: Code
    reason: Text
    units: tuple[Code, ...] = ()
    until: Day | None = None


@shape
class WaiverEntry:
    """不涉及、暂缓."""

    unit: Code
    requirement: Code
    ground: Ground
    reason: Text
    proposed_by: Text
    approved_by: Text
    valid_until: Day | None = None
