"""请代转: to the officer, what units were to be told and nobody there can be written to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from monitor.model import LetterKind, LetterState, Posting
from reports.mail import Letter

_HOW = (
    "请用电话、微信或 OA 转告，可直接粘贴下面的文字；转告后用 mingcha mail by-hand 登记"
    "（序号见 mingcha mail outbox），或在单位清单补上邮箱，次日改发。"
)


def pass_on(
    letters: Iterable[Letter],
    postings: Sequence[Posting],
    names: Mapping[str, str],
    *,
    to: str,
    on: date,
) -> Letter | None:
    """Tell the officer of the ``letters`` that have nobody to go to; None when all were told of.

    ``names``: of the units, by code. A letter is told of once, by its event.
    """
    known = {
        event
        for one in postings
        if one.kind is LetterKind.PASS_ON and one.state is not LetterState.CANCELLED
        for event in one.findings
    }
    new = [one for one in letters if not one.recipients and one.event not in known]
    if not new:
        return None
    events = tuple(one.event for one in new)
    told = (f"{names[one.unit]}无有效联系人，通知未发出。\n{one.short}" for one in new)
    return Letter(
        event=f"pass-on:{hashlib.sha256(chr(10).join(events).encode()).hexdigest()[:24]}",
        kind=LetterKind.PASS_ON,
        day=on,
        recipients=(to,),
        subject=f"【请代转】{len(new)}个单位无有效联系人，通知未发出",
        text="\n\n".join((_HOW, *told)) + "\n",
        findings=events,
        reply_to=to,
    )
