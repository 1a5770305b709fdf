"""来信未答复: letters that a column's page shows as waiting for longer than the limit. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.judgements.case import Case
from monitor.model import Moment, Remark, RemarkKind
from monitor.periods import months_later
from monitor.wording import Noticed

#: 政府网站与政务新媒体检查指标 (国办秘函〔2019〕19号), 单项否决: 超过3个月未回应有效留言
_MONTHS: Final = 3


def letters_waiting(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield each column that shows letters which wait for more than three months."""
    for column, look in case.read:
        late = [one for one in look.waiting if on.today > months_later(one.sent_on, _MONTHS)]
        if late:
            oldest = min(late, key=lambda one: one.sent_on)
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.UNANSWERED,
                because=Noticed.UNANSWERED,
                facts={
                    "column": case.name_of(column),
                    "count": len(late),
                    "months": _MONTHS,
                    "sent": oldest.sent_on,
                    "state": oldest.state,
                },
                column=column,
                page=look.address,
                evidence=look.evidence,
            )
