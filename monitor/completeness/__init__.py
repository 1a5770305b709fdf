"""公开要素: the kinds of completeness check. Pure.

Some look for words the eyes were asked for (``Completeness.words``) and reported; others read the
kept words of a document themselves, or look at the list it stands in. What is not there is missing
only when all there is was read. ``KINDS`` is the one list of kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.completeness.files import AttachmentOpens
from monitor.completeness.metadata import MetadataPresent
from monitor.completeness.originals import DocumentItself
from monitor.completeness.parts import ChangeExplained, PartsPresent
from monitor.completeness.periods import PeriodNamed, YearsAgree, YearSeries
from monitor.completeness.roster import RosterCoverage
from monitor.completeness.tables import RowsPresent, TablesPresent, TotalsAgree
from monitor.completeness.words import FieldsPresent, SectionsPresent
from monitor.kinds import build, kind_named
from monitor.model import Completeness

__all__ = [
    "KINDS",
    "AttachmentOpens",
    "ChangeExplained",
    "DocumentItself",
    "FieldsPresent",
    "MetadataPresent",
    "PartsPresent",
    "PeriodNamed",
    "RosterCoverage",
    "RowsPresent",
    "SectionsPresent",
    "TablesPresent",
    "TotalsAgree",
    "YearSeries",
    "YearsAgree",
    "element_of",
    "from_fields",
]

KINDS: dict[str, type[Completeness]] = {
    check.kind: check
    for check in (
        FieldsPresent,
        SectionsPresent,
        PartsPresent,
        TablesPresent,
        RowsPresent,
        ChangeExplained,
        TotalsAgree,
        YearsAgree,
        YearSeries,
        PeriodNamed,
        RosterCoverage,
        MetadataPresent,
        DocumentItself,
        AttachmentOpens,
    )
}


def from_fields(kind: str, fields: Mapping[str, object]) -> Completeness:
    """Return the check of ``kind`` with the fields of rules.yaml, or raise BadFields."""
    return build(kind_named(kind, KINDS), fields)


def element_of(word: str, elements: Sequence[str]) -> str:
    """A word that is looked for, as readers are told it: the element of the law that it stands for.

    What finds an element may be a stump of its name; where no element holds one of the
    alternatives (举报电话|监督电话) the first of them is told.

    >>> element_of("收支总|收支预算", ["部门收支总表"]), element_of("电话|联系方式", ["地址"])
    ('部门收支总表', '电话')
    """
    alternatives = word.split("|")
    named = (one for part in alternatives for one in elements if part in one)
    return next(named, alternatives[0])
