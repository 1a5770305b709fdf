"""共用平台: the same trouble of most units of one platform, told once and of the platform. Pure.

A host, sites under one domain, or a family of publishing systems that is not read. What a platform
is told of is not told of its units as well, and is over with a night that looked at them again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final
from urllib.parse import urlsplit

from monitor.hosts import above
from monitor.judgements.case import Case
from monitor.model import Evidence, Observation, Outcome, Remark, RemarkKind
from monitor.wording import Noticed

#: of the units that were looked at: so many at least, and more than half
_UNITS_AT_LEAST: Final = 3
#: what is opened and not read: our reader's trouble, or a new layout of the system
_NOT_READ: Final = frozenset(
    {
        Outcome.UNREAD,
        Outcome.LAYOUT_CHANGED,
        Outcome.SHELL,
        Outcome.CHARSET,
        Outcome.PARSER_KILLED,
        Outcome.TOO_LARGE,
    }
)
_NAMES_OF_NOT_READ: Final = frozenset(outcome.name for outcome in _NOT_READ)
#: troubles a platform may have as a whole
_FAULTS: Final = _NOT_READ | {
    Outcome.TAKEN_OVER,
    Outcome.REFUSED,
    Outcome.TIMED_OUT,
    Outcome.NO_NAME,
    Outcome.CERTIFICATE,
    Outcome.OLD_TLS,
    Outcome.CHALLENGED,
    Outcome.BLOCKED,
    Outcome.LOGIN,
    Outcome.MAINTENANCE,
    Outcome.OFFSITE,
    Outcome.ROBOTS,
    Outcome.ROBOTS_UNREAD,
    Outcome.PROTOCOL,
    Outcome.SERVER_ERROR,
    Outcome.TRUNCATED,
    Outcome.REDIRECTS,
    Outcome.ASKED_TO_WAIT,
}
#: nobody looked, for reasons of our own
_NOT_LOOKED: Final = frozenset({Outcome.NOT_REACHED, Outcome.BUDGET, Outcome.FORBIDDEN_ADDRESS})
_NO_FAMILY: Final = frozenset({"", "generic"})

#: of a unit's remark: its code, the host of its page, an outcome's name or what was said
Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """一个单位在一个网站上所遇: what most of its columns there came to tonight, if a fault."""

    unit: str
    name: str
    host: str
    family: str  # of publishing systems, "" where it is not known
    troubles: tuple[tuple[str, str], ...]  # an outcome's name or what was said of the site; words
    page: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """各平台的一晚: what is remarked on them, which were seen, what else need not be told."""

    remarks: tuple[Remark, ...]
    seen: frozenset[str]  # names of platforms of which enough units were looked at
    told: frozenset[Told]

    def tell(self, remark: Remark) -> bool:
        """Whether the remark on a unit is told of its platform already."""
        trouble = {
            RemarkKind.SITE: remark.subject,
            RemarkKind.FENCED: Outcome.CHALLENGED.name,
        }.get(remark.kind)
        return trouble is not None and (remark.unit, _host(remark.page), trouble) in self.told


def met(case: Case) -> Iterator[Met]:
    """Yield what one unit met on each host that its columns stand on."""
    by_host: defaultdict[str, list[Observation]] = defaultdict(list)
    for look in case.looks.values():
        if look.outcome not in _NOT_LOOKED and (host := _host(look.address or case.unit.home)):
            by_host[host].append(look)
    for host, looks in by_host.items():
        faults = Counter(look.outcome for look in looks if _is_fault(look))
        outcome, count = max(faults.items(), key=itemgetter(1), default=(Outcome.OPENED, 0))
        is_fault = count * 2 > len(looks)
        shown = next(look for look in looks if look.outcome is outcome) if is_fault else looks[0]
        said = dict.fromkeys(text for look in looks for text in look.remarks)
        yield Met(
            unit=case.unit.code,
            name=case.unit.short_name or case.unit.name,
            host=host,
            family=next((one.platform for one in looks if one.platform not in _NO_FAMILY), ""),
            troubles=(
                *(((outcome.name, outcome.value),) if is_fault else ()),
                *((text, text) for text in said),
            ),
            page=shown.address,
            evidence=shown.evidence,
        )


def _is_fault(look: Observation) -> bool:
    """Whether a page failed, or was not read; not that no way was found to a column's page."""
    is_lost = look.outcome is Outcome.UNREAD and not look.coverage.pages
    return look.outcome in _FAULTS and not is_lost


def of_platforms(found: Iterable[Met], label: Callable[[str], str]) -> Platforms:
    """Tell the troubles that most units of a platform met; ``label``: what a family is called.

    The widest platform that explains a trouble is the one that is told.
    """
    remarks: list[Remark] = []
    seen: set[str] = set()
    told: set[Told] = set()
    for name, members, may_be in _platforms(list(found), label):
        total = len({one.unit for one in members})
        if total < _UNITS_AT_LEAST:
            continue
        seen.add(name)
        for (trouble, words), hit in _by_trouble(members).items():
            names = dict(sorted((one.unit, one.name) for one in hit))
            places = {(one.unit, one.host, trouble) for one in hit}
            if len(names) < _UNITS_AT_LEAST or len(names) * 2 <= total:
                continue
            if places <= told or not may_be(trouble, hit):
                continue
            told |= places
            remarks.append(
                Remark(
                    unit=name,
                    kind=RemarkKind.PLATFORM,
                    because=Noticed.PLATFORM_UNREAD
                    if trouble in _NAMES_OF_NOT_READ
                    else Noticed.PLATFORM_FAULT,
                    facts={
                        "platform": name,
                        "total": total,
                        "count": len(names),
                        "trouble": words,
                        "names": "、".join(names.values()),
                    },
                    subject=trouble,
                    page=hit[0].page,
                    evidence=hit[0].evidence,
                )
            )
    return Platforms(remarks=tuple(remarks), seen=frozenset(seen), told=frozenset(told))


#: whether a trouble that these met may be the platform's
_MayBe = Callable[[str, Sequence[Met]], bool]


def _platforms(
    found: Sequence[Met], label: Callable[[str], str]
) -> Iterator[tuple[str, list[Met], _MayBe]]:
    """Each platform by its name, with what its units met; the widest first."""
    by_domain: defaultdict[str, list[Met]] = defaultdict(list)
    by_family: defaultdict[str, list[Met]] = defaultdict(list)
    by_host: defaultdict[str, list[Met]] = defaultdict(list)
    for one in found:
        by_host[one.host].append(one)
        if domain := above(one.host.partition(":")[0]):
            by_domain[f"*.{domain}"].append(one)
        if one.family:
            by_family[label(one.family)].append(one)
    for groups, may_be in (
        (by_domain, _is_on_many_hosts),
        (by_family, _is_not_read_on_many_hosts),
        (by_host, _is_on_it),
    ):
        yield from ((name, members, may_be) for name, members in sorted(groups.items()))


def _by_trouble(members: Iterable[Met]) -> dict[tuple[str, str], list[Met]]:
    found: defaultdict[tuple[str, str], list[Met]] = defaultdict(list)
    for one in members:
        for trouble in one.troubles:
            found[trouble].append(one)
    return found


def _is_on_it(trouble: str, hit: Sequence[Met]) -> bool:
    return True


def _is_on_many_hosts(trouble: str, hit: Sequence[Met]) -> bool:
    """What several sites have in common must have met several: one is told by its own name."""
    return len({one.host for one in hit}) >= _UNITS_AT_LEAST


def _is_not_read_on_many_hosts(trouble: str, hit: Sequence[Met]) -> bool:
    """Sites of a family stand on machines of their own: together they are only not read."""
    return trouble in _NAMES_OF_NOT_READ and _is_on_many_hosts(trouble, hit)


def _host(url: str) -> str:
    """The site an address is on; two spellings of one count as one."""
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""
