"""说明: why a verdict is what it is, from what was stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import click

from commands.folder import BEIJING, Folder, opened, silent_since
from commands.judge import versions
from commands.judging import given_now
from commands.texts import Texts
from commands.words import ChineseCommand
from monitor.completeness import element_of
from monitor.dating import is_backdated
from monitor.inside import documents_read, examined, narrowest
from monitor.linked import links_to, pairs_of
from monitor.matching import answering
from monitor.model import (
    Assessment,
    Attachment,
    Beside,
    Coverage,
    Document,
    Given,
    Observation,
    Outcome,
    Pair,
    Requirement,
    Status,
    Unit,
)
from monitor.obligations import NOT_ON_THE_WEB, members_of, owed, publication_days, triggers
from monitor.store import records
from monitor.timelimits import PairedAfter, arithmetic
from monitor.verified import day_of, is_answered
from monitor.wording import Because, MonitorError, NoGap, Step

#: documents that are listed, the newest first
_LISTED = 5
#: stored pages, and grounds, that are named before the rest is only counted
_SHOWN = 3
#: scans that are searched for the last look at a unit
_LOOKED_BACK = 30


@click.command("explain", cls=ChineseCommand)
@click.argument("unit", metavar="单位")
@click.argument("item", metavar="事项")
@opened
def explain_verb(folder: Folder, unit: str, item: str) -> None:
    """一条结论为什么是这样：栏目怎么打开的、读到了什么、时限怎么算、凭哪个页面。

    例：mingcha explain 青禾县实验小学 教育收费公示
    """
    whose, what = folder.unit(unit), folder.requirement(item)
    for line in explained(folder, whose, what):
        click.echo(line)


def explained(folder: Folder, unit: Unit, requirement: Requirement) -> Iterator[str]:
    """Yield the lines of an explanation; raises when the unit does not owe the item."""
    one = _standing(folder, unit, requirement)
    looks = _looks(folder, unit, requirement)
    period = f"　{one.period}" if one.period else ""
    flags = "".join(f"（{flag}）" for flag in one.flags)
    yield f"说明　{unit.name} · {requirement.name}（{requirement.id}）{period}"
    judged = f"　{one.assessed_on} 判断" if one.status is not Status.NEW else ""
    yield f"  结论　　{one.status.symbol} {one.status.value}{flags}{judged}"
    yield f"  理由　　{one.sentence}"
    yield from _labelled("核实", _said(folder, one))
    yield from _labelled("核准", _waived(folder, one))
    if one.last_verified_on and one.last_verified_on < one.assessed_on:
        yield f"  　　　　上次成功核查：{one.last_verified_on}"
    if one.status is Status.UNREACH:
        yield from _silence(folder, unit)
    yield from _labelled("栏目", _seen(folder, looks))
    listed = tuple(_as_seen(one.documents[:_LISTED], looks)) or _newest(looks)
    yield from _labelled("对应" if one.documents else "最新", map(_entry, listed))
    if one.nearest and one.nearest.url not in {document.url for document in listed}:
        yield from _labelled("最接近", [_entry(one.nearest)])
    yield from _labelled("要素", _elements(folder, unit, requirement, one, looks))
    yield from _labelled("提示", filter(None, str(one.facts.get("hint", "")).split("；")))
    yield from _labelled("时限", _clocks(folder, unit, requirement, one, looks))
    yield from _labelled("关联", _linked(folder, unit, requirement, one.assessed_on))
    yield from _labelled(
        "依据",
        (f"《{one.title}》{one.doc_no}{one.article}" for one in requirement.basis[:_SHOWN]),
    )
    if one.unchecked:
        yield from _labelled("未核对", ["、".join(one.unchecked)])
    yield from _labelled("佐证", _proofs(one))
    if one.status is not Status.NEW:
        told = versions(one.catalog_digest, one.calendar_digest, one.reader)
        yield from _labelled("版本", [told])
    yield from _labelled("问题", _findings(folder, one))


def _standing(folder: Folder, unit: Unit, requirement: Requirement) -> Assessment:
    key = (unit.code, requirement.id)
    found = [one for one in folder.standing() if (one.unit, one.requirement) == key]
    if found:
        return max(found, key=lambda one: (one.assessed_on, one.period))
    if requirement.where in NOT_ON_THE_WEB:
        why = f"“{requirement.name}”{NoGap[requirement.where.name].value}，不在网上核查"
    elif not unit.active:
        why = f"{unit.name}已停用，不再核查"
    else:
        why = f"{unit.name}没有“{requirement.name}”这一项（类别不适用、属性不符或已停用）"
    raise MonitorError(
        "E2404",
        why,
        "没有可说明的结论。",
        f"这一项的规则见 mingcha catalog show {requirement.id}。",
    )


def _labelled(label: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines under one label of four characters; nothing when there are none."""
    for line in lines:
        yield f"  {label:　<4}{line}"
        label = ""


def _said(folder: Folder, one: Assessment) -> Iterator[str]:
    """The person's answer behind a verdict, and what the machine left open."""
    said = records.verifications(folder.store).get(one.key)
    if said is None or not is_answered(one):
        return
    note = f"，{said.note}" if said.note else ""
    until = f"，有效至 {said.valid_until}" if said.valid_until else ""
    yield f"{day_of(said)} {said.by} 答“{said.answer.value}”{note}{until}；栏目内容变动即失效"
    yield f"机器未能断定：{one.facts.get('unsure', '')}"


def _waived(folder: Folder, one: Assessment) -> Iterator[str]:
    """The approval behind 不涉及; one of a layer file stands there with its names."""
    if one.because not in {Because.NOT_CONCERNED, Because.EXEMPTED}:
        return
    key = (one.unit, one.requirement)
    approved = [
        asked
        for asked in records.waiver_requests(folder.store)
        if (asked.waiver.unit, asked.waiver.requirement) == key and asked.approved_at is not None
    ]
    for asked in approved[-1:]:
        assert asked.approved_at is not None
        day = asked.approved_at.astimezone(BEIJING).date()
        paper = f"（{asked.paper}）" if asked.paper else ""
        until = f"，有效至 {asked.waiver.valid_until}" if asked.waiver.valid_until else ""
        yield (
            f"第 {asked.number} 号：{asked.waiver.proposed_by} 提出，"
            f"{asked.waiver.approved_by} {day} 核准{paper}{until}"
        )


def _silence(folder: Folder, unit: Unit) -> Iterator[str]:
    for silence in records.nights_unreachable(folder.store):
        if silence.unit == unit.code:
            yield f"  　　　　网站{silent_since(silence)}，公开情况未知"


def _looks(folder: Folder, unit: Unit, requirement: Requirement) -> tuple[Observation, ...]:
    """The newest looks at the columns of the item; a night may have left this unit out."""
    seen = _looks_at_unit(folder, unit, columns=requirement.columns)
    return tuple(seen[column] for column in requirement.columns if column in seen)


def _looks_at_unit(
    folder: Folder, unit: Unit, *, columns: Sequence[str] = ()
) -> Mapping[str, Observation]:
    """The looks of the newest night that saw the unit, or any of these columns of it."""
    for scan in records.scans(folder.store, newest=_LOOKED_BACK):
        if scan.void:
            continue
        for code, looks in records.looks(folder.store, scan.id):
            if code < unit.code:
                continue
            if code == unit.code and (not columns or looks.keys() & set(columns)):
                return looks
            break
    return {}


def _seen(folder: Folder, looks: Sequence[Observation]) -> Iterator[str]:
    """What was met in each column; columns that met the same are told in one line."""
    same: dict[tuple[str, ...], list[str]] = {}
    for look in looks:
        column = folder.catalog.columns.get(look.column)
        phrase = f"（“{look.phrase}”）" if look.phrase else ""
        told = (f"{look.outcome.value}{phrase}　{look.address}".rstrip("　"), *read_of(look))
        same.setdefault(told, []).append(column.name if column else look.column)
    for (met, *details), names in same.items():
        yield f"{'、'.join(names)}：{met}"
        yield from details


def read_of(look: Observation) -> Iterator[str]:
    """How much of a column was read, why reading stopped, and what is remarked of it."""
    covered = look.coverage
    if covered.pages:
        told = [f"读 {covered.pages} 页 {covered.entries} 条，{_reach(covered)}"]
        told += ["与上次相同"] if look.unchanged else []
        told += ["已见本单位名称" if look.identity_seen else "未见本单位名称"]
        yield "，".join(told)
    if covered.stopped_by:
        yield covered.stopped_by
    yield from look.remarks


def _reach(covered: Coverage) -> str:
    if covered.to_end:
        return "读到末页"
    return f"读满 {covered.since} 以来的" if covered.since else "没有读到末页"


def _entry(document: Document) -> str:
    dated = document.published
    day = f"{dated.day}（取自{dated.source.value}）" if dated else "未标日期"
    files = "".join(f"；附件 {_file(one)}" for one in document.attachments)
    return f"{document.title}　{day}　{document.url}{_before(document)}{files}"


def _before(document: Document) -> str:
    """What earlier nights saw of its day, where that is not what the page says of itself."""
    told = ""
    if document.redated_from is not None:
        told += f"；原标 {document.redated_from}，内容自 {document.unchanged_since} 起未变"
    if is_backdated(document):
        told += f"；首次发现 {document.first_seen_on}，{document.last_absent_on} 列表中尚无"
    return told


def _file(one: Attachment) -> str:
    """A file, its state, and where in it the words that were asked for stand."""
    places = "，".join(
        f"“{place.word}”见{place.where}{'（识别）' if place.recognised else ''}"
        for place in one.places
    )
    return f"{one.name}：{one.state.value}" + (f"，{places}" if places else "")


def _as_seen(judged: Iterable[Document], looks: Iterable[Observation]) -> Iterator[Document]:
    """The documents of a verdict with all that was seen of them: a verdict keeps less."""
    by_address = {document.url: document for look in looks for document in look.documents}
    return (by_address.get(document.url, document) for document in judged)


def _elements(
    folder: Folder,
    unit: Unit,
    requirement: Requirement,
    one: Assessment,
    looks: Sequence[Observation],
) -> Iterator[str]:
    """Where each element stands, as far as the words of the documents were kept."""
    documents = list(_as_seen(one.documents, looks))
    if not documents:
        return
    beside = Beside(
        texts=Texts(folder.evidence),
        listed=answering(
            [document for look in looks for document in look.documents], requirement.match
        ),
        coverage=narrowest([look for look in looks if look.outcome is Outcome.OPENED]),
        members=members_of(folder.units).get(unit.code, ()),
        on=replace(folder.moment, today=one.assessed_on),
    )
    seen = examined(requirement, documents_read(documents), beside)
    places = [place for place in seen.places if place.word not in seen.missing]
    by_element = {
        element_of(place.word, requirement.elements): place.where for place in reversed(places)
    }
    same: dict[tuple[str, str], list[str]] = {}
    for element, where in reversed(by_element.items()):
        place, mark, spot = where.partition("”")
        same.setdefault((place + mark, spot), []).append(element)
    for place, there in groupby(same.items(), key=lambda one: one[0][0]):
        told = (f"{'、'.join(elements)} {spot}".rstrip() for (_, spot), elements in there)
        yield f"见{place}：{'，'.join(told)}"


def _newest(looks: Iterable[Observation]) -> tuple[Document, ...]:
    """What stands in the columns, the newest first: what a reader compares a gap with."""
    by_address = {document.url: document for look in looks for document in look.documents}
    in_order = sorted(by_address.values(), key=lambda one: str(one.day or ""), reverse=True)
    return tuple(in_order[:_LISTED])


def _clocks(
    folder: Folder,
    unit: Unit,
    requirement: Requirement,
    one: Assessment,
    looks: Sequence[Observation],
) -> Iterator[str]:
    """How the days were counted on the day of the verdict."""
    on = one.assessed_on
    given = replace(given_now(folder), moment=replace(folder.moment, today=on))
    seen = _looks_at_unit(folder, unit) if triggers(folder.catalog) else {}
    listed = [document for look in looks for document in look.documents]
    if one.nearest and one.nearest.url not in {document.url for document in listed}:
        listed.append(one.nearest)  # a notice that is not there any more
    yield from counted(given, unit, requirement, seen, listed)


def counted(
    given: Given,
    unit: Unit,
    requirement: Requirement,
    seen: Mapping[str, Observation],
    listed: Iterable[Document],
) -> Iterator[str]:
    """How the days of an item are counted, from ``seen`` of its unit; said alike is said once."""
    days: dict[str, tuple[date, ...]] = {}
    for obligation in owed(given.catalog, (unit,), given.events, given.moment):
        if obligation.requirement.id == requirement.id:
            days = dict(obligation.events)
    if publications := triggers(given.catalog):
        days |= publication_days(given.catalog, publications, seen)
    documents = answering(listed, requirement.match)
    told = [
        line
        for limit in requirement.limits
        for line in arithmetic(limit, days, given.moment, documents)
    ]
    today = Step.TODAY.tell(today=given.moment.today)
    yield from dict.fromkeys(line for line in told if line != today)
    yield f"按 {given.moment.today} 计算"


def _linked(folder: Folder, unit: Unit, requirement: Requirement, on: date) -> Iterator[str]:
    """Each document that waits for this item, how its due day was counted, and what is nearest."""
    links = tuple(links_to(requirement, folder.catalog, judged_only=False))
    looks = _looks_at_unit(folder, unit, columns=requirement.columns) if links else {}
    then = replace(folder.moment, today=on)
    clocks = {one.of: one for one in requirement.limits if isinstance(one, PairedAfter)}
    for link in links:
        owing = folder.catalog.requirements[link.trigger]
        catalog = replace(folder.catalog, links=(link,))
        pairs = pairs_of(requirement, catalog, looks, unit, then, judged_only=False)
        clock = clocks.get(link.trigger)
        waiting = [
            pair
            for pair in pairs or ()
            if not pair.partners and (clock is None or clock.asks_for(pair, then))
        ]
        if pairs is None:
            yield Step.PAIR_UNREAD.tell(name=owing.name)
        elif not waiting:
            step = Step.PAIR_ALL if pairs else Step.PAIR_NONE
            yield step.tell(name=owing.name, count=len(pairs))
        for pair in waiting[:_LISTED]:
            counted = clock.tells(pair, then) if clock else (Step.PAIR_NO_DAY.tell(),)
            yield f"{pair.trigger.title}：{'，'.join((*counted, _nearest_of(pair)))}"
        if len(waiting) > _LISTED:
            yield Step.PAIR_MORE.tell(name=owing.name, count=len(waiting) - _LISTED)


def _nearest_of(pair: Pair) -> str:
    if pair.near is None:
        return Step.PAIR_NOTHING_NEAR.tell()
    day = pair.near.day or "未标日期"
    return Step.PAIR_NEAR.tell(title=pair.near.title, day=day)


def _proofs(one: Assessment) -> Iterator[str]:
    kept = list({(proof.url, proof.sha256): proof for proof in one.evidence}.values())
    for proof in kept[:_SHOWN]:
        at = proof.fetched_at.astimezone(BEIJING)
        yield f"{at:%Y-%m-%d} 访问 {proof.url}（{proof.http_status}）"
        yield f"  留存于 evidence/{proof.path}"
    if len(kept) > _SHOWN:
        yield f"另有 {len(kept) - _SHOWN} 份留存页面，见 mingcha export assessments --json"


def _findings(folder: Folder, one: Assessment) -> Iterator[str]:
    for finding in records.findings(folder.store):
        if (finding.unit, finding.requirement) == (one.unit, one.requirement):
            times = f"，至少 {finding.sightings} 次巡查见到" if finding.sightings > 1 else ""
            yield (
                f"{finding.number}　{finding.state.value}"
                f"（首次 {finding.first_seen_on}，最近 {finding.last_seen_on}{times}）"
            )
