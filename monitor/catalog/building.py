"""一条事项: an entry of the catalog → a :class:`Requirement`, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from monitor import completeness, timelimits
from monitor.catalog.entries import ColumnEntry, RequirementEntry
from monitor.kinds import BadFields
from monitor.model import (
    Basis,
    Column,
    Completeness,
    Match,
    Need,
    Requirement,
    TimeLimit,
    Trait,
    Where,
)
from monitor.textform import normal_form
from monitor.timelimits import NoticePeriod, TakedownAfter
from monitor.timelimits.notices import OWN_PUBLICATION
from monitor.wording import Mistake, Slip, nearest
from monitor.yamlfile import Node

LONGEST_CROSSING = 184  # days: a season over the new year; longer is from and to swapped


def build_column(entry: ColumnEntry) -> Column:
    """The column of an entry."""
    return Column(
        id=entry.id,
        name=entry.name,
        aliases=entry.aliases,
        counted_only=entry.counted_only,
        retired_on=entry.retired_on,
    )


def build_requirement(
    node: Node,
    entry: RequirementEntry | None,
    columns: Mapping[str, Column],
    items: Collection[str],
) -> tuple[Requirement | None, tuple[Mistake, ...]]:
    """Build what ``entry`` says; ``node`` is where it says so, for the mistakes.

    What the nodes say is looked at even when the entry has no shape, so that all mistakes come
    at once.
    """
    limits, bad_limits = _limits(node, items)
    checks, bad_checks = _checks(node)
    needs, bad_needs = _needs(node)
    mistakes = (
        *bad_limits,
        *bad_checks,
        *bad_needs,
        *_bad_columns(node, columns),
        *dead_words(node),
        *_no_types(node),
    )
    if entry is None or mistakes:
        return None, mistakes
    return (
        Requirement(
            id=entry.id,
            name=entry.name,
            applies_to=entry.applies_to,
            needs=needs,
            columns=entry.column,
            match=Match(
                any=entry.match.any,
                all=entry.match.all,
                none=entry.match.none,
                near=entry.match.near,
            ),
            limits=limits,
            complete=checks,
            elements=entry.elements,
            unchecked=unchecked(entry.elements, checks),
            where=entry.where,
            statement=entry.statement,
            themes=entry.themes,
            basis=tuple(
                Basis(title=one.title, doc_no=one.doc_no, article=one.article)
                for one in entry.basis
            ),
            confidence=entry.confidence,
            weight=entry.weight,
            waivable=entry.waivable,
        ),
        (),
    )


def unchecked(elements: Collection[str], checks: Collection[Completeness]) -> tuple[str, ...]:
    """The elements the law names and no check looks for.

    A word covers an element when they are the same, when it says more, or when it is a good part
    of it: 行政复议 covers 行政复议和行政诉讼情况, 电话 does not cover 监督举报电话.
    """
    words = [
        normal_form(alternative)
        for check in checks
        for word in check.names
        for alternative in word.split("|")
    ]

    def is_covered(element: str) -> bool:
        form = normal_form(element)
        return any(form in word or (len(word) >= 4 and word in form) for word in words)

    return tuple(element for element in elements if not is_covered(element))


def _limits(
    node: Node, items: Collection[str]
) -> tuple[tuple[TimeLimit, ...], tuple[Mistake, ...]]:
    made: list[TimeLimit] = []
    mistakes: list[Mistake] = []
    listed = node.get("limits")
    if listed is not None and isinstance(listed.value, tuple) and not listed.items:
        mistakes.append(listed.mistake(Slip.NO_LIMITS))
    for inner in listed.items if listed else ():
        if not isinstance(inner.value, Mapping):
            continue  # told by the shape
        kind, fields, wrong = _kind(inner)
        mistakes += wrong
        if wrong:
            continue
        try:
            limit = timelimits.from_fields(kind, fields)
        except BadFields as bad:
            mistakes += _told(inner, bad)
            continue
        mistakes += _swapped(inner)
        mistakes += _unknown_other(inner, items)
        event = inner.get("event")
        if event and isinstance(event.value, Mapping):
            mistakes += _unknown_other(event, items)
        made.append(limit)
    if listed is not None:
        mistakes += _opposed(listed, made)
    return tuple(made), tuple(mistakes)


def _unknown_other(node: Node, items: Collection[str]) -> Iterator[Mistake]:
    """Another item a clock starts at must be one of the catalog."""
    other = node.get("of")
    if other and other.plain not in items:
        given = str(other.plain)
        near = nearest(given, items)
        slip = Slip.UNKNOWN_REQUIREMENT_NEAR if near else Slip.UNKNOWN_REQUIREMENT
        yield node.mistake(slip, key="of", given=given, near=near)


def _opposed(listed: Node, limits: Collection[TimeLimit]) -> Iterator[Mistake]:
    """What must be gone a number of days after it was published cannot have to stay longer."""
    stays = [one for one in limits if isinstance(one, NoticePeriod) and one.days is not None]
    goes = [one for one in limits if isinstance(one, TakedownAfter)]
    for stay in stays:
        for gone in goes:
            is_own = gone.event in OWN_PUBLICATION and gone.day_kind is stay.day_kind
            if is_own and stay.days is not None and gone.days < stay.days:
                yield listed.mistake(Slip.GONE_TOO_EARLY, days=stay.days, gone=gone.days)


def _checks(node: Node) -> tuple[tuple[Completeness, ...], tuple[Mistake, ...]]:
    made: list[Completeness] = []
    mistakes: list[Mistake] = []
    listed = node.get("complete")
    for inner in listed.items if listed else ():
        if not isinstance(inner.value, Mapping):
            continue
        kind, fields, wrong = _kind(inner)
        mistakes += wrong
        if wrong:
            continue
        try:
            made.append(completeness.from_fields(kind, fields))
        except BadFields as bad:
            mistakes += _told(inner, bad)
    return tuple(made), tuple(mistakes)


def _kind(node: Node) -> tuple[str, dict[str, object], tuple[Mistake, ...]]:
    fields = node.plain
    kind = fields.pop("kind", None)
    if not isinstance(kind, str) or not kind:
        return "", fields, (node.mistake(Slip.NO_KIND, key="kind"),)
    return kind, fields, ()


def _told(node: Node, bad: BadFields) -> Iterator[Mistake]:
    for key, problem in bad.problems:
        yield node.mistake(Slip.FIELD, key=key, problem=problem)


def _swapped(node: Node) -> Iterator[Mistake]:
    """A span may run over the new year, if it is short enough to be meant so."""
    first, last = node.get("from"), node.get("to")
    if not first or not last or str(first.plain) <= str(last.plain):
        return
    start, end = (date.fromisoformat(f"2024-{one.plain}") for one in (first, last))
    days = (end.replace(year=2025) - start).days if (end.month, end.day) != (2, 29) else 366
    if days > LONGEST_CROSSING:
        yield node.mistake(Slip.SWAPPED, key="to", to=last.plain, given=first.plain, days=days)


def _needs(node: Node) -> tuple[tuple[Need, ...], tuple[Mistake, ...]]:
    known = {trait.value: trait for trait in Trait}
    needs: list[Need] = []
    mistakes: list[Mistake] = []
    for place, word in _texts(node, "needs"):
        bare = word.removeprefix("非")
        trait = known.get(word) or known.get(bare)
        if trait is None:
            near = nearest(bare, known)
            slip = Slip.UNKNOWN_TRAIT_NEAR if near else Slip.UNKNOWN_TRAIT
            mistakes.append(place.mistake(slip, given=word, near=near, known="、".join(known)))
            continue
        wanted = word in known
        if Need(trait=trait, wanted=not wanted) in needs:
            mistakes.append(place.mistake(Slip.OPPOSED_NEEDS, trait=trait.value))
        needs.append(Need(trait=trait, wanted=wanted))
    return tuple(needs), tuple(mistakes)


def _bad_columns(node: Node, columns: Mapping[str, Column]) -> Iterator[Mistake]:
    where = node.get("where")
    given = _texts(node, "column")
    if not given and (where is None or where.value in (Where.SITE.value, Where.PLATFORM.value)):
        yield node.mistake(Slip.NO_COLUMN, key="column")
    yield from unknown_columns(node, columns)


def unknown_columns(node: Node, columns: Mapping[str, Column]) -> Iterator[Mistake]:
    """Columns an entry names that are not there."""
    given = _texts(node, "column")
    names = {column.name: column.id for column in columns.values()}
    for place, name in given:
        if name not in columns:
            near = names.get(name) or nearest(name, columns.keys())
            slip = Slip.UNKNOWN_COLUMN_NEAR if near else Slip.UNKNOWN_COLUMN
            yield place.mistake(slip, given=name, near=near)


def dead_words(node: Node) -> Iterator[Mistake]:
    """A word that holds a forbidden word can never be found."""
    match = node.get("match")
    if match is None:
        return
    forbidden = [word for _, word in _texts(match, "none")]
    for place, word in (*_texts(match, "any"), *_texts(match, "all")):
        for none in forbidden:
            if normal_form(none) in normal_form(word):
                yield place.mistake(Slip.DEAD_WORD, word=word, none=none)


def _no_types(node: Node) -> Iterator[Mistake]:
    listed = node.get("applies_to")
    if listed is not None and listed.value == ():
        yield node.mistake(Slip.BLANK, key="applies_to")


def _texts(node: Node, key: str) -> tuple[tuple[Node, str], ...]:
    """The texts under ``key``, one or a list, each with its place."""
    found = node.get(key)
    if found is None:
        return ()
    places = found.items or (found,)
    return tuple((place, place.value) for place in places if isinstance(place.value, str))
