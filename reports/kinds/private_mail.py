"""个人信息提醒: to the officer alone, what pages tell of persons. Masked, as it was kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from monitor.model import KeptRemark, LetterKind, LetterState, Posting, RemarkKind
from reports.mail import Letter

_WHAT = (
    "以下页面或附件疑似含有个人信息。请尽快以电话等非公开方式通知单位撤下，或遮盖后重新发布；"
    "不要转发本邮件，也不要在群里贴出网址。号码已遮盖，系统不保存原号码。"
)
_THEN = (
    "看过以后，用 mingcha remarks say 编号 --as 属实（或 --as 不属实）记下；"
    "单位改好后，下一次巡查自己会发现。"
)


def private_mail(
    remarks: Sequence[KeptRemark],
    postings: Sequence[Posting],
    names: Mapping[str, str],
    *,
    to: str,
    on: date,
) -> Letter | None:
    """Tell the officer of what stands there and was not told yet; None when there is nothing.

    ``names``: of the units, by code. A remark is told once, by its number.
    """
    known = {
        number
        for one in postings
        if one.kind is LetterKind.PRIVATE and one.state is not LetterState.CANCELLED
        for number in one.findings
    }
    new = [
        one
        for one in remarks
        if one.remark.kind is RemarkKind.EXPOSED
        and one.ended_on is None
        and one.opinion is None
        and str(one.number) not in known
    ]
    if not new:
        return None
    told = (
        f"{one.number} 号　{names.get(one.remark.unit, one.remark.unit)}\n"
        f"{one.remark.sentence}\n{one.remark.page}"
        for one in new
    )
    units = len({one.remark.unit for one in new})
    return Letter(
        event=f"private:{new[0].number}-{new[-1].number}:{len(new)}",
        kind=LetterKind.PRIVATE,
        day=on,
        recipients=(to,),
        subject=f"【个人信息提醒】（仅经办人）{units}个单位的{len(new)}条信息疑似泄露个人信息",
        text="\n\n".join((_WHAT, *told, _THEN)) + "\n",
        findings=tuple(str(one.number) for one in new),
        reply_to=to,
    )
