"""留存页面: what was on a stored page, as text, so that anyone can read it without its scripts."""

from __future__ import annotations

from datetime import datetime

from reports.manuscript import Manuscript, Section


def compose(*, url: str, fetched_at: datetime, sha256: str, file: str, text: str) -> Manuscript:
    """Write the proof sheet of one stored page; ``fetched_at`` in Beijing time."""
    return Manuscript(
        title="留存页面",
        subtitle=f"{fetched_at:%Y-%m-%d %H:%M} 访问",
        summary=(f"地址：{url}", f"原始文件：{file}", f"校验值（SHA-256）：{sha256}"),
        sections=(Section(heading="当时页面上的文字", quotation=text),),
        foot="原始文件未作任何改动；此处只列出文字，不含图片和脚本。",
    )
