"""措辞: the sentences of reasons and of errors; logs use the name, people read the value."""

from __future__ import annotations

import enum


@enum.unique
class Because(enum.Enum):
    """理由: the one reason behind a status, and the sentence that tells it."""

    # could not look, or not well enough
    NOT_LOOKED_YET = "尚未核查"
    NO_SITE = "该单位未登记网站，需人工核查"
    PAGE_NOT_OPENED = "未能打开页面（{outcome}），不计入问题"
    PAGE_NOT_READ = "页面已打开，但{outcome}，未能判断"
    NOT_READ_FAR_ENOUGH = "只读到{since}，未读满应查范围（应自{needed}起）"
    IDENTITY_NOT_SEEN = "页面上未见本单位名称，不能确认是本单位的栏目"
    ENTRIES_UNDATED = "栏目内有{count}条信息未标日期，无法判断是否及时"
    ENTRIES_NOT_RECOGNISED = "页面有内容，但未能识别出信息条目"
    TRAIT_UNKNOWN = "单位清单未填“{trait}”，无法确定是否应公开"
    # nothing is owed, or not now
    NOT_YET_DUE = "未到期，最迟{due}"
    DUE_SOON = "最迟{due}，还剩{days}天"
    NOT_CONCERNED = "不涉及：{reason}"
    EXEMPTED = "依法不予公开或暂缓：{reason}"
    STATED = "已作情况说明：{title}（{published}）"
    # seen
    FOUND = "已公开：{title}（{published}）"
    FOUND_UNDATED = "已公开：{title}（未标日期）"
    FOUND_LATE = "已公开：{title}（{published}），比应公开日{due}晚{late_by}个{day_kind}"
    FRESH = "最新一条为{newest}，在{since}之后"
    ENOUGH = "{period}内有{count}条，应不少于{needed}条"
    # gaps
    COLUMN_NOT_FOUND = "网站首页及菜单中未找到“{column}”栏目"
    COLUMN_EMPTY = "“{column}”栏目显示“{phrase}”，没有内容"
    COLUMN_BROKEN = "“{column}”栏目在首页有链接，但打不开（{http_status}）"
    ATTACHMENT_BROKEN = "“{title}”的附件打不开：{names}"
    NONE_IN_WINDOW = "“{column}”栏目已读到{since}，其中没有符合“{words}”的信息"
    EDITION_MISSING = "未见{period}的{name}，应于{due}前公开"
    NEWEST_TOO_OLD = "最新一条为{newest}，早于{since}"
    TOO_FEW = "{period}内有{count}条，少于{needed}条"
    REVIEW_PASSED = "最近更新为{newest}，超过复核周期（应在{since}之后）"
    ELEMENTS_MISSING = "“{title}”未见要素：{missing}"
    # the machine cannot decide
    NEAR_WORD = "“{title}”含近似词“{word}”，可能就是本事项，请人工确认"
    NOTHING_EXPECTED_KNOWN = "栏目内没有相应信息；是否发生过应公开的情况，机器无从得知"
    EVENT_UNKNOWN = "未登记“{event}”的日期，无法判断是否应已公开"
    KIND_NOT_JUDGED = "“{kind}”类时限尚不自动判断，请人工核实"
    NO_TIME_LIMIT = "法规未定时限（“{wording}”），需本局明确后判断"
    DEFAULT_NOT_ACCEPTED = "按常见做法应已公开，但本局尚未确认这一口径"
    ELEMENTS_UNREAD = "“{title}”含图片或未能读取的附件，要素无法判断：{missing}"
    STATEMENT_UNCLEAR = "有情况说明“{title}”，但{doubt}，请人工确认"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in; a fact that is not known is told as 不详.

        >>> Because.NOT_YET_DUE.tell(due="2026-01-31")
        '未到期，最迟2026-01-31'
        >>> Because.NOT_YET_DUE.tell()
        '未到期，最迟不详'
        """
        return self.value.format_map(_Known(facts))


@enum.unique
class Exit(enum.IntEnum):
    """退出码 of the command line."""

    DONE = 0
    FINDINGS = 1
    INPUT = 2
    SETTINGS = 3
    NETWORK = 4
    DATABASE = 5
    TIE_OUT = 6
    INTERRUPTED = 130


class MonitorError(Exception):
    """A mistake of input or surroundings, told in Chinese: what happened, effect, remedy.

    ``code`` is stable (〔E2103〕: the first digit is the exit code); ``what``, ``effect`` and
    ``remedy`` are whole sentences. It is shown as a message; any other exception is our bug.
    """

    def __init__(
        self,
        code: str,
        what: str,
        effect: str,
        remedy: str,
        *,
        details: tuple[str, ...] = (),
    ) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.effect = effect
        self.remedy = remedy
        self.details = details

    @property
    def exit_code(self) -> Exit:
        """The process's exit code: the first digit after the E."""
        return Exit(int(self.code[1]))

    def __str__(self) -> str:
        lines = [f"{self.what}〔{self.code}〕"]
        lines += [f"  {detail}" for detail in self.details]
        lines += [self.effect, self.remedy]
        return "\n".join(line for line in lines if line)


class _Known(dict[str, object]):
    """Facts for a sentence, with 不详 for what nobody knows."""

    def __missing__(self, key: str) -> str:
        return "不详"
