"""措辞: the sentences of reasons and of errors; logs use the name, people read the value."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@enum.unique
class Because(enum.Enum):
    """理由: the one reason behind a status, and the sentence that tells it."""

    # could not look, or not well enough
    NOT_LOOKED_YET = "尚未核查"
    NO_SITE = "该单位未登记网站，需人工核查"
    PAGE_NOT_OPENED = "未能打开页面（{outcome}），不计入问题"
    PAGE_NOT_READ = "页面已打开，但{outcome}，未能判断"
    SITE_GUARDED = "{outcome}，无法自动核查，请联系该单位放行监测地址；不计入问题"
    OLD_TLS = "网站仅支持过时的加密协议{phrase}，无法建立安全连接，本次未核查，不计入问题"
    SITE_IN_REPAIR = "网站显示“{phrase}”，本次未核查，不计入问题"
    FILLED_BY_SCRIPT = "栏目列表由脚本加载，无法自动判断是否为空"
    SIGNED_BY_SCRIPT = "栏目列表由脚本加载，须附脚本算出的签名（{phrase}），系统取不到，请人工核实"
    LIST_UNPLACED = "页面上的列表不在本栏目内容的位置，无法判断栏目是否为空，请人工核实"
    LIST_SHARED = "页面上的列表在“{phrase}”页面的同一位置也有，无法判断本栏目是否为空，请人工核实"
    LAYOUT_CHANGED = "网站疑似改版，本次不作判断，请核对栏目地址"
    READER_FAILED = "系统读取这类网站的自检样页有误，本次所读不作为依据，请人工核实"
    OTHER_UNIT = "页面显示的单位名称为“{phrase}”，与登记的单位不符"
    SIMILAR_COLUMN = "未找到“{column}”栏目，疑似对应栏目“{phrase}”，请确认"
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
    PAIR_DUE = "《{trigger}》（{published}）的对应信息最迟{due}公开，还剩{days}天"
    STATED = "已作情况说明：{title}（{published}）"
    # seen
    FOUND = "已公开：{title}（{published}）"
    FOUND_UNDATED = "已公开：{title}（未标日期）"
    FOUND_LATE = "已公开：{title}（{published}），比应公开日{due}晚{late_by}个{day_kind}"
    FOUND_UNSEEN = (
        "已公开：{title}（标注{published}，但{absent}列表中尚无），"
        "比应公开日{due}至少晚{late_by}个{day_kind}"
    )
    FRESH = "最新一条为{newest}，在{since}之后"
    ENOUGH = "{period}内有{count}条，应不少于{needed}条"
    ON_NOTICE = "公示中：{title}（{published}），应公示至{due}"
    NOTICE_OVER = "“{title}”（{published}）已公示满期，期满后撤下"
    TAKEN_DOWN = "“{title}”（{published}）已按规定撤下"
    OVERSTAYED = "已公开：{title}（{published}）；应于{due}前撤下，已超{overstay_by}个{day_kind}"
    OVERSTAY_OPEN = (
        "已公开：{title}（{published}）；应于{due}前撤下的是此前{count}条中的哪一条，请人工核对"
    )
    # gaps
    COLUMN_NOT_FOUND = "网站首页及菜单中未找到“{column}”栏目"
    COLUMN_GONE = "“{column}”栏目的原地址已失效（{answer}），网站首页及菜单中亦未找到"
    COLUMN_EMPTY = "“{column}”栏目显示“{phrase}”，没有内容"
    COLUMN_BROKEN = "“{column}”栏目在首页有链接，但打不开（{answer}）"
    ATTACHMENT_BROKEN = "“{title}”的附件打不开：{names}"
    NONE_IN_WINDOW = "“{column}”栏目已读到{since}，其中没有符合“{words}”的信息"
    EDITION_MISSING = "未见{period}的{name}，应于{due}前公开"
    NEWEST_TOO_OLD = "最新一条为{newest}，早于{since}"
    TOO_FEW = "{period}内有{count}条，少于{needed}条"
    REVIEW_PASSED = "最近更新为{newest}，超过复核周期（应在{since}之后）"
    ELEMENTS_MISSING = "“{title}”未见要素：{missing}{looked}"
    EVENT_OVERDUE = "“{event}”发生于{event_day}，应于{due}前公开，未见相应信息"
    OUTER_PASSED = "未见本期的{name}，最迟应于{due}前公开"
    NOT_AHEAD = "“{event}”为{event_day}，应于{due}前公开，未见相应信息"
    NOTICE_CUT_SHORT = (
        "“{title}”（{published}）应公示至{due}，{listed_on}还在栏目中，{missed_on}核查时已不见"
    )
    DOCUMENT_BROKEN = "“{title}”在栏目中有链接，但打不开"
    PAIR_MISSING = "应于{due}前公开对《{trigger}》的{name}，未见{others}"
    # the machine cannot decide
    NEAR_WORD = "“{title}”含近似词“{word}”，可能就是本事项，请人工确认"
    NOTHING_EXPECTED_KNOWN = "栏目内没有相应信息；是否发生过应公开的情况，机器无从得知"
    EVENT_UNKNOWN = "未登记“{event}”的日期，无法判断是否应已公开"
    EVENT_NOT_SEEN = "未见“{event}”的日期，无法判断是否应已公开"
    HOLIDAYS_UNKNOWN = "按周一至周五计，应于{due}前公开；放假安排尚未录入，不能断定已经超期"
    ANSWER_UNCLEAR = "“{event}”发生于{event_day}，“{title}”（{published}）是否与之对应，请人工确认"
    MAY_BE_TAKEN_DOWN = "本事项期满应当撤下，栏目中没有，不能断定没有公开过"
    PAIRS_NOT_READ = "需要对应公开的文件所在的栏目未能读出，没有比对"
    NO_PAIRS = "没有见到需要对应公开的文件，栏目内也没有相应信息"
    PAIR_UNCLEAR = (
        "《{trigger}》（{published}）的对应信息最迟{due}公开，“{title}”名称相近，请人工确认是否就是"
    )
    PAIR_PROVISIONAL = (
        "未见《{trigger}》（{published}）的对应信息；节假日数据暂缺，期限{due}不能确定，请人工核实"
    )
    NO_TIME_LIMIT = "法规未定时限（“{wording}”），需本局明确后判断"
    DEFAULT_NOT_ACCEPTED = "按常见做法应已公开，但本局尚未确认这一口径"
    ELEMENTS_UNREAD = "“{title}”含图片或未能读取的附件，要素无法判断：{missing}"
    FILES_UNREAD = "“{title}”的附件未能读全（{files}），要素无法判断：{missing}"
    STATEMENT_UNCLEAR = "有情况说明“{title}”，但{doubt}，请人工确认"
    ONLY_TEMPLATES = "“{title}”里还留着未填的“{left}”，疑似套用模板，请人工核实"
    NOT_MENDED = "疑似未真正整改：{why}，请人工核实"
    DECLARED_BUT_SEEN = "{declared}，但“{column}”栏目有“{title}”（{published}），请人工核实"
    FAR_FEWER = (
        "“{column}”栏目平时{of}有 {usual} 条，这次{of}只有 {now} 条（第 {nights} 晚），"
        "可能是读取有误；连续 {needed} 晚如此才作认定，请人工核实"
    )
    PLATFORM_UNKNOWN = "本事项在上级或统一平台公开，尚未登记平台地址"
    NOT_ON_THE_WEB = "本事项不在网站上公开，需人工核实"
    DATED_AHEAD = "“{title}”标注的日期{published}晚于今天，无法判断是否及时"
    REDATED = "“{title}”标注的日期为{published}，但内容自{since}起未变，仅日期更新，请人工核实"
    # a person looked
    VERIFIED_PUBLISHED = "人工核实：已公开（{address}），{by}，{day}"
    VERIFIED_OFFLINE = "人工核实：已在线下公开（{note}），{by}，{day}"
    VERIFIED_NOT_CONCERNED = "人工核实：不涉及（{note}），{by}，{day}"
    VERIFIED_ABSENT = "人工核实：未公开，{by}，{day}"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in; a fact that is not known is told as 不详.

        >>> Because.NOT_YET_DUE.tell(due="2026-01-31")
        '未到期，最迟2026-01-31'
        >>> Because.NOT_YET_DUE.tell()
        '未到期，最迟不详'
        """
        return self.value.format_map(_Known(facts))


@enum.unique
class SiteRemark(enum.Enum):
    """网站提示: what is worth telling a unit about its site; never a disclosure problem."""

    CERTIFICATE_EXPIRED = "网站安全证书已于{day}过期"
    CERTIFICATE_EARLY = "网站安全证书自{day}起才有效"
    CERTIFICATE_NAME = "网站安全证书不是为{host}签发的"
    CERTIFICATE_SELF_SIGNED = "网站安全证书为自行签发，浏览器会提示不安全"
    ROBOTS_UNREAD = "网站声明（robots.txt）暂时无法读取，按{day}读到的执行"
    OTHER_SCHEME = "登记的{asked}地址无法连接，改用{spoken}访问正常"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Sham(enum.Enum):
    """疑似未整改的情形: why what seems to mend a gap may not."""

    HOME = "“{column}”栏目现在打开的是网站首页"
    LEADS_HOME = "“{title}”打开的是网站首页"
    UNDATED = "“{title}”未标日期，看不出是不是事后发布的"
    OTHER_COLUMN = "“{column}”栏目现在打开的是“{other}”栏目"
    MOVED = "“{title}”在“{other}”栏目早已有（{first}已见），只是移了过来"
    REDATED = "“{title}”的内容自{since}起未变，只是日期由{before}改为{published}"
    RETITLED = "“{title}”与原有的“{before}”内容相同，只改了标题中的年份"
    REPOSTED = "“{title}”与原有的“{before}”内容相同，只是又发了一次"
    TEMPLATE = "“{title}”里还留着未填的“{left}”"
    THIN = "“{title}”没有实际内容，也没有附件"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Noticed(enum.Enum):
    """所见: the sentence of a remark; a remark is no gap."""

    PLATFORM_FAULT = (
        "“{platform}”上当晚看过的{total}个单位中，{count}个都是同一情况（{trouble}），"
        "疑似平台整体的问题，宜直接找平台：{names}"
    )
    PLATFORM_UNREAD = (
        "“{platform}”上当晚看过的{total}个单位中，{count}个的页面都打开了而没有读成（{trouble}），"
        "疑似平台改版，或本系统不认得它的版式，不是各单位的问题：{names}"
    )
    SITE = "{remark}"
    FENCED = "{column}栏目打开前要求访问验证，公众和巡查程序都不能直接查看"
    UNDATED = "“{column}”栏目有{count}条信息未标日期，如“{title}”{shown}"
    FUTURE_DATED = (
        "“{column}”栏目有{count}条信息标注的日期晚于看到它的当天（{night}）：{shown}；"
        "这样的日期不用来判断是否及时"
    )
    HIDDEN_LINKS = (
        "“{column}”栏目的页面{others}里有{count}个读者看不见的外站链接（{how}），文字属于赌博、色情一类，"
        "指向{hosts}，疑似网站被入侵、植入暗链；请网站管理员处理，不要点开"
    )
    MISFILED = (
        "“{title}”（{published}）放在“{column}”栏目，符合“{item}”的要求；该事项应在“{own}”栏目公开，"
        "那里的核查结论是{status}，请核对是否放错了栏目"
    )
    UNANSWERED = (
        "“{column}”栏目的页面上有{count}封来信超过{months}个月仍未答复，"
        "最早的一封是{sent}的，写着“{state}”"
    )
    # what must not be shown, or not any more: for the officer alone
    EXPOSED = "“{title}”疑似含有{what}，如{example}（{places}）"
    OVERSTAYED = "“{title}”应于{due}前撤下，已超{overstay_by}个{day_kind}"
    NOTICE_OVERSTAYED = "“{title}”的公示期到{due}为止，已超{days}天仍未撤下"
    TOTALS_DIFFER = "“{title}”的{first}与{second}不相等"
    YEARS_DIFFER = "“{title}”标题写{year}年，{where}写的是{other}年"
    LIKE_NEWS = "“{title}”像是活动报道（{signs}），不像{name}本身"
    PERHAPS_LACKING = "{name}中未见：{missing}（最新一条为“{title}”）"
    # texts that tell nothing of the unit's own
    LEFT_OPEN = "“{title}”里还留着未填的“{left}”，疑似套用模板"
    SPUN = "“{title}”里有“{words}”等被替换的词，疑似由程序改写"
    THIN = "“{title}”正文只有{count}个字，没有附件"
    REPOSTED = "“{title}”与{before}发布的内容相同，{published}又发了一次"
    OF_LAST_YEAR = "“{title}”与“{before}”除数字外几乎相同"
    COPY_OF_OTHERS = "“{title}”与{names}等{count}个单位的文字几乎相同"
    # what was there and is not
    VANISHED = (
        "“{title}”（{published}）{listed}还在“{column}”栏目，{missed}、{again}两晚把列表读全都没有见到，"
        "本单位其他栏目也没有；对应事项：{items}，没有到期撤下的规定"
    )
    # days that earlier nights speak against
    BACKDATED = "“{column}”栏目{first}首次见到{count}条标着较早日期的信息：{entries}"
    REDATED = "“{column}”栏目有{count}条信息内容未变，标注日期改成了{day}：{entries}"
    BURST = (
        "“{column}”栏目自{first}起三天内首次见到{count}条信息，此前在{quiet_since}以后"
        "没有新增过，{read}读列表时这些都还没有{near}"
    )
    # a report of the year against itself
    PARTS_FALL_SHORT = "《{title}》写“{name}”{total}{unit}，所列{count}项相加为{sum}（{cited}）"
    PARTS_EXCEED = "《{title}》写“{name}”{total}{unit}，其中{count}项相加已有{sum}（{cited}）"
    HALVES_DISAGREE = "《{title}》前写“{name}”{value}{unit}，后写{first}、{second}，相加为{sum}"
    SAME_COUNT_TWICE = "《{title}》“{name}”一处写{value}{unit}，另一处写{other}{unit}（{cited}）"
    NUMBERS_BROKEN = "《{title}》“{level}”这一层的序号不连续：{seen}（自“{cited}”起）"
    PARTS_ABSENT = "《{title}》开头说有{count}个部分，正文只有{there}个，未见：{absent}"
    COUNTED_OTHERWISE = "《{title}》写“{name}”{value}条，该栏目{year}年的信息系统统计为{counted}条"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Dated(enum.Enum):
    """日期佐证: what is told of one entry whose day is in doubt, or of when many came at once."""

    LATE = "“{title}”标{day}，{absent}读到这里时列表中尚无，至少晚{late}"
    WORKDAYS = "{count}个工作日"
    DAYS = "{count}天"
    WAS = "“{title}”原标{before}（{since}所见）"
    MORE = "另有{count}条"
    NEAR_QUARTER = "，在季末（{day}）前后10个工作日内"
    NEAR_INSPECTION = "，在上级检查（{day}）前后10个工作日内"

    def tell(self, **facts: object) -> str:
        """Fill the words in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Stopped(enum.Enum):
    """停止原因: why the reading of a list ended before it reached what was asked."""

    PAGE_FAILED = "第{page}页未能打开（{outcome}）"
    SAME_PAGE = "翻页后内容不变，未能读到后面的页"
    PAGES_SPENT = "已达每个栏目的页数上限（{pages}页）"
    TOO_MANY_ENTRIES = "列表过长，只读了前{entries}条"
    PAGER_UNKNOWN = "列表有翻页，但未能识别下一页的地址"
    OUT_OF_ORDER = "列表不按日期排列，未读到末页"
    CHILD_UNREAD = "下级栏目“{column}”未能读完"
    OWNER_UNCLEAR = "栏目由多个单位共用，有{count}条未能确定属于哪个单位"
    SHOWN_BY_SCRIPT = "内容由网页脚本填充，看到的算有，没看到的不能断定"
    LOOSE_ROWS = "条目是单独的文件或没有链接的文字行，看到的算有，没看到的不能断定"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Clue(enum.Enum):
    """依据: what speaks for an address proposed for a column, or where was looked in vain."""

    # the link
    SAME_NAME = "{where}上有入口“{label}”，是栏目的名称或别名"
    LONGER_NAME = "{where}上有入口“{label}”，含有栏目的名称或别名"
    NEAR_NAME = "{where}上有入口“{label}”，只是名称相近"
    ON_HOME = "首页"
    ON_UNIT = "本单位的页面"
    ON_LIST = "多个单位的总表中本单位名下"
    ON_PAGE = "“{trail}”页"
    CHOSEN_ON_PAGE = "在栏目页上选本单位名称后的网址"
    OTHER_SITE = "在别的网站（{site}）上"
    # the page behind it
    SAYS_COLUMN = "页面自己写着“{words}”"
    SAYS_NO_COLUMN = "页面没有写明是这个栏目"
    SAYS_UNIT = "写明是本单位的"
    LINKED_BY_UNIT = "没有写单位，由本单位网站链接"
    BELOW_UNIT = "没有写单位，网址与本单位的页面同属一处"
    UNDER_NAME = "没有写单位，入口在本单位名下"
    SAYS_NO_UNIT = "没有见到本单位的名称"
    SHARED_LIST = (
        "多个单位共用的列表，看了{seen}条，有{own}条是本单位的；采用时请给共用的各单位都登记"
    )
    ENTRIES = "第一页{count}条，最新{newest}"
    UNDATED_ENTRIES = "第一页{count}条，都没有标日期"
    SAYS_EMPTY = "目前没有内容（“{phrase}”）"
    ONE_TEXT = "是一页正文，约{count}字"
    NO_ENTRIES = "读不到条目：{outcome}"
    NOT_OPENED = "没有打开：{outcome}"
    ALSO_AT = "另一处也像：{address}"
    PROPOSED_TWICE = "本表中另有一行也是这个网址"
    KNOWN_ALREADY = "单位清单中已是这个网址"
    KNOWN_OTHERWISE = "单位清单中现为{address}"
    # in vain
    LOOKED_FROM = "从 {home} 起看了{pages}个页面，没有这个栏目的入口"
    FOUND_NO_GOOD = "从 {home} 起看了{pages}个页面"
    NOT_ALL_SEEN = "有的菜单由脚本生成、是图片或没有打开，没有看全"
    ONLY_NEAR = "只有名称相近的“{label}”，打开不是栏目，或没有网址"
    ENTRY_GONE = "入口“{label}”点开后页面不存在（{address}）"
    ENTRY_LEADS_BACK = "入口“{label}”点开还是原来的页面（{address}）"
    ENTRY_OF_OTHER = "入口“{label}”打开的是“{other}”的页面（{address}）"
    NO_PAGE_OF_UNIT = "没有找到写明是本单位的页面"
    HOME_NOT_OPENED = "{home} {outcome}，什么也没有看到"
    NOT_REACHED = "这次没有轮到，请再找一次"
    NOT_READ = "读到{address}时中断，没能看完"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


ILLEGAL_MOVE = (
    "E2701",
    "问题目前是“{state}”，不能“{move}”",
    "问题没有变动。",
    "请刷新后查看它现在的环节。",
)


@enum.unique
class Flag(enum.Enum):
    """标注: what is printed beside a verdict."""

    OWN_RULE = "按本局口径"  # the gap rests on clocks with grounds: default alone
    PROVISIONAL = "节假日数据暂缺（按周一至周五计）"
    VERIFIED = "人工核实"  # the verdict is a person's answer
    RECOGNISED = "部分内容由图片识别得出"  # it rests on characters read off a picture
    BACKDATED = "标注日期{published}，首次发现{first}（{absent}列表中尚无），请核实"
    REDATED = "内容自{since}起未变，仅日期更新"

    def tell(self, **facts: object) -> str:
        """Fill the words in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class RowRemark(enum.Enum):
    """备注: what the ledger itself writes there, beside the flags of a verdict."""

    SUSPENDED = "暂缓至{day}"
    NOT_SEEN = "最近一次巡查未能核查"


#: where was looked in vain, behind what was not seen
LOOKED_AT = "，已查看{looked}"
#: behind the place of a table that has no numbers, where nothing says why
EMPTY_TABLE = "为空表，未见说明"
#: added to the one document a gap of linked duties names
MORE_PAIRS = "，另有{count}份文件的也未见"
#: stands for the files of a document that nobody has opened yet
ATTACHMENTS = "附件"
#: what days off are that are no holiday, and those whose holiday nobody named
WEEKEND = "周末"
OFF_DAY = "放假"
#: what a vacation or exam is called that nobody named
AWAY = "寒暑假"
#: stands for "since when" where a list was read to its end
WHOLE_LIST = "最后一页"
#: stands for "since when" where a list must be read to its end
FIRST_ENTRY = "第一条"


@enum.unique
class Doubt(enum.Enum):
    """疑点 of a 情况说明: why a person must look at it."""

    NO_UNIT = "未见本单位名称"
    NO_MATTER = "未写明所指事项"
    NO_DAY = "未标日期"
    NOT_READ = "正文未能读全"


@enum.unique
class Step(enum.Enum):
    """算法: one line of how a time limit was counted, for 说明."""

    TODAY = "今天 {today}"
    IN_FORCE = "自 {day} 起适用"
    GRACE = "宽限 {grace} 天"
    GRACE_TO = "宽限 {grace} 天，至 {last}"
    EVENT = "“{event}”发生于 {day}"
    NO_EVENT = "未登记“{event}”的日期"
    EVENT_NOT_SEEN = "栏目中未见“{event}”的日期"
    COUNT_WORKING = "自次日起第 {days} 个工作日 → {due}"
    COUNT_SKIPPING = "自次日起第 {days} 个工作日，跳过{skipped} → {due}"
    COUNT_CALENDAR = "自次日起第 {days} 个自然日 → {due}"
    MADE_UP = "调休上班的 {days} 计入工作日"
    LEAD = "应提前 {lead} 公开，最迟 {due}"
    AHEAD = "应在此之前公开，最迟 {due}"
    NOTICE_FROM = "“{title}”自 {day} 起公示"
    WRITTEN = "“{title}”成文于 {day}"
    ON_ITS_OWN = "“{title}”公开于 {day}"
    NOTICE_DAYS = "公示不少于 {days} 个{day_kind}"
    NOTICE_OPEN = "公示期没有规定天数"
    TAKE_DOWN = "公开后第 {days} 个{day_kind}之前撤下"
    OUTER = "按惯例每年最迟 {due}"
    EDITION = "本期为{period}，{opens}起公开的算本期，最迟 {due}"
    RUNNING = "本期为{period}（{first} 至 {last}），应不少于 {needed} 条"
    NEWEST = "最新一条“{title}”公开于 {day}，每 {age} 至少更新一次，最迟 {due}"
    CLOSED = "最近结束的一期为{period}（{first} 至 {last}），应不少于 {needed} 条"
    MAX_AGE = "最新一条不得超过 {age}，即不早于 {since}"
    AWAY = "其间{spans}不计"
    IDLE = "{period}多为假期，不计"
    STANDING = "应当长期公开"
    REVIEW = "每 {age} 复核一次，最近更新不早于 {since}"
    ON_OCCURRENCE = "发生时才需要公开"
    NO_TIME_LIMIT = "法规未定具体时限（“{wording}”）"
    PAIRED = "{of} 的每份信息公开后 {days} 个{kind}内，逐份计算"
    PAIR = "{day} 公开"
    PAIR_OVERDUE = "已过 {days} 天"
    PAIR_LEFT = "还剩 {days} 天"
    PAIR_NO_DAY = "没有规定期限，只列出，不据此认定"
    PAIR_NEAR = "最接近：{title}（{day}），由人确认"
    PAIR_NOTHING_NEAR = "没有相近的"
    PAIR_ALL = "{name}：{count} 份，都已对应"
    PAIR_NONE = "{name}：没有需要对应的"
    PAIR_MORE = "{name}：另有 {count} 份未见对应"
    PAIR_UNREAD = "{name}：所在栏目未能读出，没有比对"

    def tell(self, **facts: object) -> str:
        """Fill the line in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Risk(enum.Enum):
    """风险原因: why a duty ahead may be missed, as told beside its day."""

    LATE_BEFORE = "以往{period}晚了 {days} 个{day_kind}"
    FOUND_BEFORE = "以往{period}曾列为问题（{status}）"
    OFTEN_LATE = "本单位以往 {turns} 期中 {late} 期没有按时"
    IN_CLOSURE = "到期日在长假（{first} 至 {last}）之中"
    AFTER_CLOSURE = "到期日紧接长假（{first} 至 {last}）之后"
    AWAY = "到期日在寒暑假或考试期间"
    DAY_OFF = "到期日不上班，此前最后一个工作日是 {day}"
    UNCLEAR = "栏目里的信息不能确定是否就是这一项，请核对"
    CUSTOM = "时限是惯例，法规没有写明"

    def tell(self, **facts: object) -> str:
        """Fill the words in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class ScoreTerm(enum.Enum):
    """评分口径: one rule of the score in words, for 统计口径说明."""

    WEIGHTS = "每个单位已核查的应公开事项按权重折合成 100 分；不涉及、依法不予公开的不算"
    CREDITS = (
        "各项得分的比例：正常 {credit_ok}，已作情况说明 {credit_statement}，"
        "临期 {credit_due_soon}，更新不及时 {credit_stale}，要素不全 {credit_partial}，"
        "链接失效 {credit_broken}，应公开未公开 {credit_missing}，未设栏目 {credit_nocol}，"
        "空白栏目 {credit_empty}，其他问题 {credit_other}；超时公开按正常计"
    )
    PROBLEMS = "只有经人确认的问题扣分；未能核查、待人工核实的既不得分也不失分"
    UNKNOWN = (
        "未能核查、待人工核实的超过应公开事项 {unknown_percent}% 的单位，核查不足，"
        "不评分、不参与排序"
    )
    CONTESTED = "申请复核还没有结果的问题不计入"
    OVERDUE = "整改逾期每项减 {overdue} 分，最多减 {overdue_most} 分"
    RELAPSE = "问题反弹每项减 {relapse} 分，最多减 {relapse_most} 分"
    PROMPT = "本期应整改的全部按期完成，加 {prompt} 分"
    LIMITS = "得分保留一位小数，不低于 0，不高于 100"
    GRADES = "等次：{excellent} 分以上优秀，{good} 分以上良好，{passed} 分以上合格，其余待改进"
    VETO = "一票否决只由人提出并写明理由；等次为待改进，不排位次"
    FULL = "按类别排位次，得分相同位次相同，同分的按单位编码排列"
    GRADES_ONLY = "只评等次，不列得分和位次，按单位编码排列"
    NONE = "不评等次，不排位次，按单位编码排列"

    def tell(self, **facts: object) -> str:
        """Fill the constants in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class VetoNote(enum.Enum):
    """预演的说明: what was seen of a single-veto fault, where it begins, what speaks for care."""

    FAILED = "{made} 次访问中 {failed} 次打不开，占 {percent}%"
    FAILED_LIMIT = "{percent}% 及以上"
    NO_VISITS = "最近 {days} 天没有访问"
    FEW_VISITS = "检查标准是一周至少 {needed} 次访问，每次等 15 秒；系统每晚只访问一次，次数不足"
    NEWEST = "最新一条 {day}，距今 {days} 天"
    HOME_LIMIT = "超过 {days} 天没有更新"
    HOME_NOT_READ = "没有读首页本身，用各栏目最新一条代替；未标日期的不算更新"
    COLUMNS = "{count} 个"
    COLUMNS_LIMIT = "{count} 个及以上"
    STALE_SINCE = "{name}（最新 {day}）"
    STALE_UNDATED = "{name}（未标日期，按没有更新计）"
    MORE = "等 {count} 个"
    LEFT = "再有 {count} 个即达到"
    UNREAD = "另有 {count} 个没有读到，不知是否如此"
    LETTER = "最早一封 {day} 收到，已 {days} 天"
    LETTER_LIMIT = "超过 {months} 个月没有答复"
    LETTER_LEFT = "最迟 {day} 答复"
    LETTERS_UNSEEN = "系统看不到来信，请用 --letter 告知最早一封未答复的收到日期"
    ENTRIES = "{count} 条"
    FAKED_LIMIT = "查实 1 条"
    FAKED_NOTE = "标注日期早于列表里还没有它的那一晚；只是线索，是否伪造由人判断"
    BACKDATED = "“{title}”标注 {day}，{absent} 列表中尚无"

    def tell(self, **facts: object) -> str:
        """Fill the words in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class FieldFlaw(enum.Enum):
    """字段有误: what is wrong with one field of a time limit or a completeness check."""

    UNKNOWN_KIND = "没有类型“{given}”，可用：{known}"
    UNKNOWN_KIND_NEAR = "没有类型“{given}”，是否为“{near}”"
    UNKNOWN = "没有这个字段，可用：{known}"
    UNKNOWN_NEAR = "没有这个字段，是否为“{near}”"
    MISSING = "没有填写"
    NO_CHOICE = "没有“{given}”这个选项，可选：{known}"
    NO_COUNT = "应为不小于0的整数，实际为{given}"
    NO_TEXT = "应为文字，实际为{given}"
    NO_TEXTS = "应为文字的列表，实际为{given}"
    NO_TRUTH = "应为 true 或 false，实际为{given}"
    NO_DATE = "应为日期，如 2026-03-02，实际为{given}"
    NO_MONTH_DAY = "应为月日，如 01-31，实际为{given}"
    NO_AGE = "应为时长，如 2w、6m、1y，实际为{given}"
    NO_SUCH_DAY = "没有{given}这一天；指月末的写当月最后一天，二月写 02-29（平年按 02-28 计）"
    NO_EVENT = "应为事件名称，或 {{of: 事项编号, day: published 或 written}}，实际为{given}"
    NOT_ZERO = "不能为0"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Breach(enum.Enum):
    """校验不符: what of the chain, or of what it holds, is not as it was written."""

    LINK_CHANGED = "校验链第 {seq} 条校验不符：这一条被改动过（{what}第 {entry} 条）"
    LINK_LOST = "校验链缺第 {seq} 条"
    END_CUT = "校验链应有 {links} 条，现有 {found} 条：末尾被截去或另加过"
    NO_END = "校验链没有链尾，不能断定末尾是否完整"
    NOT_ON_CHAIN = "记下的校验值 {sha256} 不在校验链上：链被截短或重写过"
    ROW_CHANGED = "{what}第 {entry} 条与入链时不一致：内容被改动过"
    ROW_LOST = "{what}第 {entry} 条入链后不见了"
    ROW_ADDED = "{what}第 {entry} 条没有入链：不是由本程序写入的"
    FINDINGS_CHANGED = "问题清单与最近一次入链时不一致：有问题被改动、增加或删去"
    STATE_CHANGED = "问题 {number} 现为“{state}”，处理记录的最后一步却是“{last}”"
    SNAPSHOT_CHANGED = "数据快照 {entry} 的内容与冻结时不一致"
    BASIS_CHANGED = "判断所据的一份文本（{sha256}）与留存时不一致"
    PAGE_DAMAGED = "留存页面不见了或被改动过：{path}（{behind}）"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


class Alert(enum.Enum):
    """告警: what is wrong with the system itself, told to whoever runs it."""

    READERS_FAILED = (
        "告警：自检样页读取有误（{platforms}）。这些平台上的单位本次一律待人工核实，不认定问题；"
        "请联系系统维护人员。"
    )

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Timed(enum.Enum):
    """定时: what the timetable says of itself."""

    STARTED = "时区 {zone}，{times}"
    NEXT = "下次{job} {at}"
    DAY_MISSED = "{first} 无扫描数据。"
    DAYS_MISSED = "{first}–{last} 无扫描数据。"
    STILL_RUNNING = "上一次{job}尚未结束，跳过本次。"
    NOTHING_DUE = "没有到时间的{job}，没有执行。下次{job} {at}"
    TAKEN_AGAIN = "上一次中途停止，重新执行。"
    BROKE_OFF = "{job}没有做完，程序内部出错，详情已写入运行记录。"
    STOPPED = "定时程序已停止。"
    SCANNED = "巡查 {scan} 完成，应查 {planned} 个栏目。"
    NEVER_RUN = "{job}还没有按时间执行过。"
    LAST = "上次{job}：应于 {due} 执行，{at} 开始。{said}"
    NOT_FINISHED = "没有做完，或正在进行。"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
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
    BUG = 7  # a mistake of ours; told whole in the log
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


@enum.unique
class Trouble(enum.Enum):
    """故障: mistakes of files and surroundings; each code, what happened, effect, remedy."""

    PLAN_UNREADABLE = (
        "E2601",
        "巡查计划文件 {path} 缺失或已损坏",
        "这一批没有读入，其他批次不受影响。",
        "请重新执行巡查，程序会生成新的计划。",
    )
    LINES_TOO_NEW = (
        "E2602",
        "文件 {path} 的格式版本为 {version}，本程序只认识到 {known}",
        "这一批没有读入。",
        "请升级程序后再执行。",
    )
    SCAN_UNREADABLE = (
        "E2603",
        "文件 {path} 第 {line} 行的内容不符合约定",
        "这一批没有读入。",
        "请确认巡查程序与本程序是同一版本，然后重新巡查。",
    )
    SCAN_NOT_OF_PLAN = (
        "E2604",
        "巡查文件 {path} 与同批的计划文件不是一次巡查",
        "这一批没有读入。",
        "请把同一次巡查的 plan 与 scan 文件放在同一文件夹。",
    )
    SNAPSHOT_THERE = (
        "E2606",
        "数据快照 {name} 已经有了",
        "没有改动；冻结过的数据不再变。",
        "直接用它生成报告；确需重做的，用 --name 另起一个名称。",
    )
    NO_SUCH_SNAPSHOT = (
        "E2607",
        "没有名为 {name} 的数据快照",
        "没有生成任何文件。",
        "已有的快照见 mingcha snapshot list；还没有的先 mingcha snapshot freeze。",
    )
    SNAPSHOT_DAMAGED = (
        "E5109",
        "数据快照 {name} 的内容与冻结时不一致",
        "没有用它生成报告，数据库没有改动。",
        "请从备份恢复数据库，或重新冻结一份。",
    )
    BASIS_LOST = (
        "E5110",
        "{night} 那一晚判断所据的{parts}缺失或被改动过",
        "不能复判，没有改动任何记录。",
        "请用备份恢复数据库后再复判；先执行 mingcha verify-log 查看还有哪些不符。",
    )
    NO_SUCH_SCAN = (
        "E2605",
        "没有编号为 {scan} 的巡查",
        "没有读取或改动数据。",
        "请用 mingcha status 查看已有的巡查。",
    )
    DATABASE_ADDRESS = (
        "E3501",
        "数据库地址无法识别",  # not repeated: it may hold a password
        "程序没有启动。",
        "请检查 settings.yaml 的 database，例如 sqlite:///mingcha.db。",
    )
    DATABASE_DRIVER = (
        "E3502",
        "没有安装连接 {address} 所需的组件",
        "程序没有启动。",
        "使用 PostgreSQL 时请安装附加组件 mingcha[postgres]。",
    )
    DATABASE_NEWER = (
        "E5101",
        "数据库版本 {found} 高于程序支持的 {known}",
        "没有改动任何数据。",
        "请升级程序。",
    )
    DATABASE_BUSY = (
        "E5102",
        "数据库被其他程序占用，等待后仍无法写入",
        "本次写入没有生效，已有数据不受影响。",
        "请等待另一任务结束，或关闭打开该数据库的程序后重试。",
    )
    DATABASE_READ_ONLY = (
        "E5103",
        "无法写入数据库 {place}：只读",
        "本次写入没有生效。",
        "请检查文件和文件夹的权限。",
    )
    DISK_FULL = (
        "E5104",
        "磁盘空间不足，数据库 {place} 无法写入",
        "本次写入已整体撤回，已有数据完好。",
        "请清理磁盘后重新执行，已完成的部分不会重复。",
    )
    DATABASE_DAMAGED = (
        "E5105",
        "数据库文件 {place} 损坏，或不是数据库文件",
        "没有改动该文件。",
        "请用最近的备份恢复。",
    )
    DATABASE_ABSENT = (
        "E5106",
        "无法打开数据库 {place}",
        "程序没有启动。",
        "请检查路径是否正确、文件夹是否可写。",
    )
    DATABASE_LOST = (
        "E5107",
        "数据库 {place} 连接不上，或连接中断",
        "本次写入没有生效，已有数据不受影响。",
        "请确认数据库服务正在运行后重试，重复执行不会产生重复数据。",
    )
    DATABASE_FOREIGN = (
        "E5108",
        "数据库 {place} 中已有其他程序的同名数据表",
        "没有改动任何数据。",
        "请换一个数据库地址，或新建一个空数据库。",
    )
    TIE_OUT = (
        "E6101",
        "报告中的两个数对不上：“{left}”为{one}，“{right}”为{other}",
        "报告没有生成，数据没有变动。",
        "请重新固定本期数据后再生成；仍对不上的，请把本条信息转给维护人员。",
    )
    MAIL_OFF = (
        "E3801",
        "发信没有启用",
        "没有连接邮件服务器，邮件留在待发。",
        "请核对预览后把 mail.live 改为 true，或填写 mail.test_recipient 先行试发。",
    )
    MAIL_UNSET = (
        "E3802",
        "没有填写邮件服务器（mail.host）或发件人（mail.sender）",
        "没有发信，邮件留在待发。",
        "请在 settings.yaml 的 mail 一节填写。",
    )
    MAIL_PLAIN_LOGIN = (
        "E3803",
        "连接没有加密（mail.security: none），不能发送密码",
        "没有连接邮件服务器，密码没有发出，邮件留在待发。",
        "请把 mail.security 改为 tls 或 starttls；服务器不需要登录的，请清空 mail.user。",
    )
    MAIL_LOGIN = (
        "E3804",
        "邮件服务器 {host} 拒绝登录：{answer}",
        "已停止发信，邮件留在待发。",
        "请核对 mail.user 和密码（许多邮箱要用授权码代替密码）。",
    )
    MAIL_NO_ENCRYPTION = (
        "E3805",
        "邮件服务器 {host} 不支持加密",
        "已停止发信，密码没有发出，邮件留在待发。",
        "请核对 mail.port 和 mail.security，或询问邮件服务器的管理员。",
    )
    MAIL_CERTIFICATE = (
        "E4801",
        "邮件服务器 {host} 的安全证书无效：{answer}",
        "已停止发信，密码没有发出，邮件留在待发。",
        "请核对 mail.host；单位自建服务器的证书可用环境变量 SSL_CERT_FILE 指明。",
    )
    MAIL_SENDER = (
        "E3806",
        "邮件服务器 {host} 不接受发件人 {sender}：{answer}",
        "已停止发信，邮件留在待发。",
        "请核对 mail.sender，通常应与登录的邮箱相同。",
    )
    MAIL_UNREACHABLE = (
        "E4802",
        "邮件服务器 {host} 无法连接：{answer}",
        "邮件留在待发，稍后自动重试。",
        "请核对 mail.host 和 mail.port，并检查网络。",
    )
    MAIL_BUSY = (
        "E4803",
        "邮件服务器 {host} 暂不接收：{answer}",
        "邮件留在待发，稍后自动重试。",
        "请等待；持续不接收的，请询问邮件服务器的管理员。",
    )
    MAIL_ALL_REFUSED = (
        "E4804",
        "邮件服务器接连退回了{count}封邮件，没有收下一封",
        "已停止发信，其余邮件留在待发。",
        "请查看退信的原因：多半是发件人或登录设置有误。改正后，退信可以重发。",
    )
    MAIL_ADDRESS = (
        "E2801",
        "联系人邮箱无效：{value}",
        "这封邮件没有生成。",
        "请在单位清单中只写一个地址，如 name@example.cn。",
    )
    MAIL_TOO_LARGE = (
        "E2802",
        "邮件“{subject}”正文超过{limit}MB",
        "这封邮件没有生成。",
        "请减少每封邮件所列的事项。",
    )
    LETTER_ABSENT = (
        "E2803",
        "没有编号为 {number} 的邮件",
        "没有改动任何邮件。",
        "请用 mingcha mail outbox 查看编号。",
    )
    LETTER_MOVE = (
        "E2804",
        "第{number}号邮件目前是“{state}”，不能“{move}”",
        "邮件没有变动。",
        "请刷新后查看它现在的状态。",
    )
    LETTER_NOBODY = (
        "E2805",
        "第{number}号邮件没有收件人",
        "邮件没有变动，仍在待审。",
        "请在单位清单补上邮箱，次日改写给新的邮箱；或告知对方后用 mingcha mail by-hand 登记。",
    )

    def error(self, *, details: tuple[str, ...] = (), **facts: object) -> MonitorError:
        """The error to raise, its sentences filled in."""
        code, *sentences = self.value
        what, effect, remedy = (text.format_map(_Known(facts)) for text in sentences)
        return MonitorError(code, what, effect, remedy, details=details)


@enum.unique
class MailNote(enum.Enum):
    """邮件说明: what became of a letter, and what the sender writes into one."""

    REFUSED = "{address} 被拒收：{answer}。请更新联系人邮箱。"
    UNCLEAR = "投递结果不明：{address}（{time}）。请核实后选择“重发”或“已送达”。"
    DEFERRED = "服务器暂未接收：{answer}"
    CUT = "连接中断"
    NO_NAME = "域名无法解析"
    NOBODY_THERE = "对方拒绝连接"
    NO_ANSWER = "对方没有回应"
    LOGIN_UNFIT = "服务器不提供登录，或密码含有不能发送的字符"
    GIVEN_UP = "{address} 自 {time} 起多次未能送达，最后一次：{answer}"
    INTERRUPTED = "上次发送中断，服务器没有收下，已重新排队"
    OVERTAKEN = "发送前问题已整改或正在复核，不再发送"
    SUPERSEDED = "内容已有变化或已过时，不再发送；还有要说的，另写了一封"
    ONE_A_DAY = "今天已给该单位发过一封，这一封改在次日"
    NOBODY = "无有效联系人，通知未发出"
    BY_HAND = "已{way}通知"
    DELIVERED = "已发"
    DELIVERED_IN_TEST = "测试发送：已改发至 {address}，没有发给收件人，仍在待审"
    IN_TEST = "【测试邮件】本应发给：{address}"
    LEFT_OUT = "以下附件因邮件过大没有随信发送，需要时请与联系人联系：{names}"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class NightDoubt(enum.Enum):
    """巡查存疑: why nobody is written to after a night."""

    SILENT = "{sites} 个网站中有 {silent} 个未能打开，本次巡查结果异常"
    MANY_WORSE = "{total} 个单位中有 {count} 个同时变差，疑似本系统读取有误"
    PLATFORM_WORSE = "“{platform}”的 {total} 个单位中有 {count} 个同时变差，疑似平台故障或读取有误"
    MANY_NEW = "一晚新发现 {new} 项问题，平时一般 {usual} 项，本次巡查结果异常"
    NIGHT_NOT_FRESH = (
        "本机日期是 {today}，最近一次有效巡查在 {last}，相差太远（本机时间有误，或多日没有巡查）"
    )
    CUT_OFF = (
        "本次巡查作废：监测服务器自身网络异常（{count} 个对照网址全部打不开），原有结论和问题都不变"
    )
    CUT_OFF_NOW = "监测服务器自身网络异常（{count} 个对照网址全部打不开）"
    CLOCK_JUMPED = (
        "本次巡查作废：系统时钟异常（巡查途中跳变，{by}），本次结果未采用，原有结论和问题都不变"
    )
    CLOCK_AND_SERVERS = (
        "本次巡查作废：系统时钟异常（与 {count} 台网站服务器的时间相比，本机{by}），"
        "本次结果未采用，原有结论和问题都不变"
    )
    CLOCK_BEFORE_LAST = (
        "本次巡查作废：系统时钟异常（本机日期是 {today}，上一次巡查却在 {last}），"
        "本次结果未采用，原有结论和问题都不变"
    )

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


class _Known(dict[str, object]):
    """Facts for a sentence, with 不详 for what nobody knows."""

    def __missing__(self, key: str) -> str:
        return "不详"


def nearest(given: str, known: Collection[str]) -> str:
    """The known word that ``given`` probably meant, or "".

    >>> nearest("freqency", ["frequency", "period"])
    'frequency'
    """
    close = difflib.get_close_matches(given[:80], known, n=1, cutoff=0.6)
    return close[0] if close else ""


@enum.unique
class Slip(enum.Enum):
    """笔误: one mistake in a file or sheet a person wrote: what is wrong, what would be right."""

    # any YAML file
    NO_FILE = ("找不到文件", "请核对文件名和所在文件夹")
    UNREADABLE = ("文件无法读取（{reason}）", "请检查权限后重试")
    STILL_CHANGING = ("文件正在被改写", "请等保存或复制完成后重试")
    FILE_TOO_LARGE = ("文件超过{limit}MB", "请确认选对了文件")
    NOT_UTF8 = ("文件不是UTF-8编码", "请用编辑器另存为UTF-8")
    CONTROL_CHARACTER = ("含有不可见的控制字符（{code}）", "请删去该字符")
    EMPTY_FILE = ("文件没有内容", "请核对文件，或重新生成")
    LINE_TOO_LONG = ("一行超过{limit}个字", "请确认选对了文件，或换行书写")
    TAB = ("缩进用了制表符", "请改用空格缩进")
    SYNTAX = ("格式有误", "请检查缩进、冒号后的空格，以及引号、括号是否成对")
    SECOND_DOCUMENT = ("一个文件只能有一份内容", "请删去“---”以及其后的内容")
    ANCHOR = ("不支持YAML锚点与别名（{name}）", "请把内容直接写出来")
    TAG = ("不允许的标签{tag}", "请删去标签，只写内容")
    TOO_DEEP = ("嵌套过深（超过{limit}层）", "请检查括号和缩进")
    TOO_MANY = ("内容过多（超过{limit}项）", "请确认选对了文件")
    KEY_NOT_TEXT = ("键必须是文字", "请写成“键: 值”")
    DUPLICATE_KEY = ("键“{key}”重复（首次出现在第{first}行）", "请只保留一处")
    UNKNOWN_KEY = ("未知字段“{key}”", "可用的字段：{known}")
    UNKNOWN_KEY_NEAR = ("未知字段“{key}”", "是否为“{near}”？")
    MISSING_KEY = ("缺少“{key}”", "请补上“{key}: ”")
    BLANK = ("“{key}”没有填写", "请填写，或删去这一行")
    WRONG_TYPE = ("“{key}”应为{wanted}，实际为{given}", "请改为{wanted}")
    BARE_NUMBER = ("“{key}”写成了数字{given}", '请加引号："{given}"')
    NOT_A_WHOLE_NUMBER = ("“{key}”不是整数：{given}", "请写整数")
    NOT_A_NUMBER = ("“{key}”不是数字：{given}", "请写数字")
    TOO_SMALL = ("“{key}”太小：{given}", "应{bound}")
    TOO_BIG = ("“{key}”太大：{given}", "应{bound}")
    TOO_LONG = ("“{key}”太长", "请不超过{limit}个字")
    NO_SUCH_CHOICE = ("“{key}”没有“{given}”这个选项", "可选：{known}")
    NO_SUCH_CHOICE_NEAR = ("“{key}”没有“{given}”这个选项", "是否为“{near}”？")
    BAD_CODE = ("“{key}”含有不能用于编号的字符：{given}", "请只用字母、数字、汉字和 - _ .")
    NOT_A_DAY = ("“{key}”不是日期：{given}", "请写成 2026-03-02 这样")
    NO_SUCH_DAY = ("“{key}”没有这一天：{given}", "请核对月份和日期")
    NOT_A_CLOCK = ("“{key}”不是时刻：{given}", '请写成 "23:00" 这样')
    GRADES_TURNED = ("“{key}”是 {given}，高于上一等的 {above}", "等次的分数线应由高到低")
    NOT_A_WINDOW = ("“{key}”不是时段：{given}", '请写成 "23:00-06:00" 这样')
    # the catalog
    NOT_A_CATALOG = ("不是目录文件", "最外层应有 columns、requirements 或 layer")
    LAYER_IN_FIRST = ("第一个文件应是完整目录，不能有“{key}”", "请把它放到本局的分层文件中")
    BASE_IN_LAYER = ("分层文件不能有“{key}”", "新增事项请写在 add 下，修改写在 change 下")
    DUPLICATE_ID = ("编号“{id}”重复（首次出现在{first}）", "请改用其他编号")
    UNKNOWN_COLUMN = ("没有栏目“{given}”", "可在 columns 中新增")
    UNKNOWN_COLUMN_NEAR = ("没有栏目“{given}”", "是否为“{near}”？")
    UNKNOWN_REQUIREMENT = ("没有事项“{given}”", "请核对编号")
    UNKNOWN_REQUIREMENT_NEAR = ("没有事项“{given}”", "是否为“{near}”？")
    UNKNOWN_TRAIT = ("不认识的适用条件“{given}”", "可用：{known}，前面可加“非”")
    UNKNOWN_TRAIT_NEAR = ("不认识的适用条件“{given}”", "是否为“{near}”？")
    OPPOSED_NEEDS = ("适用条件互相矛盾：既要“{trait}”又要“非{trait}”", "请保留其一")
    UNKNOWN_UNIT = ("没有单位“{given}”", "请按单位清单中的编码填写")
    UNKNOWN_UNIT_NEAR = ("没有单位“{given}”", "是否为“{near}”？")
    NO_KIND = ("没有写 kind", "请补上，例如 kind: yearly_by")
    FIELD = ("“{key}”{problem}", "请改正")
    SWAPPED = (
        "“to”{to}早于“from”{given}，跨年计算长达{days}天",
        "请核对两个日期；跨年时段不应超过半年",
    )
    NO_LIMITS = ("没有写公开时限", "请补上 limits；不清楚的写 kind: unspecified")
    NO_COLUMN = ("网上公开的事项没有写栏目", "请补上 column，或改 where 为 input、offline")
    NO_BASIS = ("没有写公开依据", "请补上 basis")
    DEAD_WORD = ("“{word}”含有排除词“{none}”，永远对应不上", "请改写其中一个词")
    LINK_OFF_FOR_UNITS = (
        "关联“{id}”不能只对部分单位停用",
        "请删去 units；部分单位不涉及的，请停用它的后一事项",
    )
    SELF_LINK = ("事项“{id}”指向自身", "请改为另一事项")
    GONE_TOO_EARLY = (
        "同一事项要求公示不少于{days}日，又要求公开后{gone}日内撤下",
        "请改其中一处：撤下的期限不能短于公示期",
    )
    CYCLE = ("循环引用：{chain}", "请去掉其中一处")
    SET_ID = ("编号不能修改", "请用 off 停用原事项，再用 add 新增")
    EMPTY_CHANGE = ("没有写要改什么", "请写 set 或 accept_defaults: true")
    SWITCHED_OFF = ("事项“{id}”已在{first}停用", "请先删去那一处停用")
    WRITTEN = "“{title}”成文于 {day}"
    ON_ITS_OWN = ("提出人与核准人相同：{name}", "请由另一人核准")
    NOT_WAIVABLE = ("事项“{id}”不允许核准为不涉及", "请改用整改，或修改该事项的 waivable")
    UNTIL_BEFORE_LAYER = ("“{key}”{given}早于本层日期{day}", "请核对日期")
    # returned sheets
    UNKNOWN_ANSWER = ("不认识的处理意见“{given}”", "请填{known}之一，或留空表示以后再定")
    UNKNOWN_FINDING = ("没有编号为“{given}”的问题", "请勿改动编号；重新导出可得到现有编号")
    MOVED_ON = ("问题“{given}”现在是“{state}”，已不待审核", "未作改动；要改请用 mingcha findings")
    ACCEPTED_TWICE = ("这个栏目在第{first}行采用了另一个网址", "两行都没有采用，请只留一行")
    OTHER_UNIT_NAME = ("编码“{code}”是{known}，表中写的是“{given}”", "这一行没有采用，请核对")
    ANSWERED_TWICE = ("问题“{number}”在第{first}行已经填过意见", "这一行没有采用，请只留一行")
    NO_SUCH_NUMBER = ("没有编号为“{given}”的待整改问题", "这一行没有采用，请用最近发出的反馈表填写")
    NO_NUMBER = ("没有问题编号", "这一行没有采用，请勿删改隐藏的编号列")
    OTHER_ITEM = (
        "编号“{number}”对应的事项是“{item}”，表中写的是“{given}”",
        "这一行没有采用；排序时请连同隐藏的编号列一起排",
    )
    REPLIES_DIFFER = ("问题“{number}”在第{others}行另有不同的填写", "都没有采用，请只保留一行")
    DATE_AHEAD = ("日期{day}晚于今天", "请核对日期")
    # the ledger, edited by an officer
    ROW_WITHOUT_NUMBER = ("没有问题编号", "这一行没有采用；问题编号请勿删改")
    OTHER_PROBLEM = (
        "编号“{number}”对应的是“{now}”，表中是“{given}”",
        "整行没有采用；排序时请连同问题编号一起排，"
        "责任单位有误的请用 mingcha findings contest {number} --ground C8",
    )
    LEDGER_MOVED_ON = (
        "问题“{number}”在台账写出之后又有变动（{day}{move}，{by}），现在是“{state}”",
        "这一行没有采用；请重新导出台账再填",
    )
    HIDDEN_ADDRESS = ("只读得到显示的文字“{given}”", "这一行没有采用；请写出网址全文")
    ACTION_MISSING = (
        "填了“待复核”，但没有写整改情况，也没有写整改后链接",
        "这一行没有采用；请补上其中一项",
    )
    RETURN_WITHOUT_REASON = (
        "填了“未通过”，但没有写原因",
        "这一行没有采用；请在“备注”写明还缺什么",
    )
    NOT_ANSWERED_YET = (
        "问题“{number}”目前是“{state}”，还没有反馈，不能填“{given}”",
        "这一行没有采用；请先只填整改情况或整改后链接，导入后再复核",
    )
    ALREADY_ANSWERED = (
        "问题“{number}”目前是“{state}”，不能再填“{given}”",
        "这一行没有采用；请在“复核结果”选通过或未通过，要补充的写在“备注”",
    )
    REQUEST_WAITS = (
        "问题“{number}”目前是“{state}”，不能填“{given}”",
        "这一行没有采用；答复申请请用 mingcha findings uphold {number} 或 reject {number}",
    )
    CLOCK_STANDS = (
        "问题“{number}”目前是“{state}”，不能填“{given}”",
        "这一行没有采用；请先恢复计时：mingcha findings resume {number}",
    )
    NOTHING_OPEN = (
        "问题“{number}”目前是“{state}”，不能填“{given}”",
        "这一行没有采用；处理经过见 mingcha findings show {number}",
    )
    NOTE_NOT_KEPT = (
        "“{given}”没有保存",
        "备注只在填了通过或未通过时作为理由保存；要保存请与复核结果一起填",
    )
    ACTION_NOT_KEPT = ("“{given}”没有保存", "这一行作为理由保存的是备注；要保存请一并写在备注中")
    CLEARED = ("原为“{now}”，表中已清空", "没有采用，已有的记录不删除")
    DEADLINE_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用；要改请用 mingcha findings assign {number} --deadline 日期 --reason 理由",
    )
    SECTION_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用；局机关科室请用 mingcha findings assign {number} --section 科室 --reason 理由，"
        "其他单位请改单位清单后用 mingcha units import 导入",
    )
    UNIT_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用；请改单位清单后用 mingcha units import 导入",
    )
    CATALOG_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用；请改本局的目录文件，再用 mingcha catalog check 核对",
    )
    DAY_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用，这个日期随处理记下；处理经过见 mingcha findings show {number}",
    )
    SEEN_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用，这一列由巡查写出；依据见 mingcha findings show {number}",
    )
    SEEN_SINCE = ("第{rows}行与现在的记录不同", "没有采用，这一列由巡查写出，以后导出的为准")
    STATE_TYPED = (
        "表中是“{given}”，记录是“{now}”",
        "没有采用；要改请用 mingcha findings {verb} {number}",
    )
    STATE_OUT_OF_REACH = (
        "表中是“{given}”，记录是“{now}”，不能一步改到",
        "没有采用；处理经过见 mingcha findings show {number}",
    )
    DATE_WITHOUT_YEAR = ("日期“{given}”没有写年份，已按 {read} 理解", "请确认")
    # settings
    UNKNOWN_SETTING = ("没有设置项“{key}”", "可用的设置项：{known}")
    UNKNOWN_SETTING_NEAR = ("没有设置项“{key}”", "是否为“{near}”？")
    NOT_AN_OVERRIDE = ("“--set {given}”写法有误", "请写成 --set network.delay=0")
    NOT_LOOPBACK = (
        "“{given}”不是本机地址",
        "test_targets 只能写 127.0.0.1:端口 或 127.0.0.1:端口-端口",
    )
    TEST_AND_LIVE = (
        "测试地址（test_targets）与正式发信（mail.live）不能同时使用",
        "请清空 test_targets，或把 mail.live 改为 false",
    )
    LIVE_WITHOUT_HOST = (
        "mail.live 为 true，但没有填写“{key}”",
        "请填写，或把 mail.live 改为 false",
    )
    BAD_MAIL = ("“{key}”不是有效的邮箱地址：{given}", "请只写一个地址，如 name@example.cn")
    BAD_ZONE = ("没有时区“{given}”", "请写 Asia/Shanghai")
    BAD_NETWORK = ("“{given}”不是主机名、地址或网段", "请写成 10.20.0.0/16 或 host.example.cn")
    BAD_DATABASE = ("数据库地址写法有误", "请写成 sqlite:///mingcha.db 或 postgresql://主机/库名")
    SECRET_IN_DATABASE = ("数据库地址里写了密码", "请去掉密码，改用环境变量 {variable}")
    # sheets
    NO_HEADER = ("没有找到表头", "表头应含：{wanted}")
    MISSING_HEADER = ("表头缺少“{name}”", "请补上这一列")
    DUPLICATE_HEADER = ("表头“{name}”出现两次（第{first}列、第{second}列）", "请只保留一列")
    EMPTY_CELL = ("没有填写", "请补上")
    ERROR_CELL = ("单元格是公式错误{given}", "请改为文字")
    NOT_YES_NO = ("“{given}”看不出是或否", "请填 是 或 否，不清楚请留空")
    NO_SUCH_WORD = ("不认识“{given}”", "可填：{known}")
    NO_SUCH_WORD_NEAR = ("不认识“{given}”", "是否为“{near}”？")
    BAD_ADDRESS = ("“{given}”不是网址", "请写成 http://www.example.cn/")
    BAD_MAIL_CELL = ("邮箱无效：{given}", "请只写一个地址，如 name@example.cn")
    BAD_UNIT_CODE = ("编码“{given}”含有不能使用的字符", "请只用字母、数字、汉字和 - _ .")
    DUPLICATE_CODE = ("编码“{given}”与第{first}行重复", "请改为各不相同的编码")
    DUPLICATE_NAME = ("名称“{given}”与第{first}行重复", "请用全称区分，或删去一行")
    NO_ROWS = ("表头以下没有内容", "请填写后再导入")
    NO_SUCH_COLUMN = ("目录中没有栏目“{given}”", "请按目录中的栏目名称填写")
    NO_SUCH_COLUMN_NEAR = ("目录中没有栏目“{given}”", "是否为“{near}”？")
    AMBIGUOUS_COLUMN = ("“{given}”同时是栏目“{first}”和“{second}”的名称", "请改用栏目全称")
    NO_PARENT = ("没有编码或名称为“{given}”的单位", "请核对主管单位")
    TWO_LEADS = ("牵头科室写了两个：{given}", "请只写一个，其余写在“配合科室”")
    DUPLICATE_SUBJECT = ("“{given}”已在第{first}行分给“{section}”", "请只保留一行")
    UNKNOWN_SUBJECT = ("目录中没有事项或栏目“{given}”", "请按目录中的编号或名称填写")
    UNKNOWN_SUBJECT_NEAR = ("目录中没有事项或栏目“{given}”", "是否为“{near}”？")
    DATE_UNCLEAR = ("日期“{given}”看不出是哪一天", "请写成 2026-03-02 这样，年月日齐全")
    DATE_IMPOSSIBLE = ("没有“{given}”这一天", "请核对日期")
    UNKNOWN_EVENT = ("目录中没有用到事件“{given}”", "可填：{known}")
    UNKNOWN_EVENT_NEAR = ("目录中没有用到事件“{given}”", "是否为“{near}”？")
    DUPLICATE_EVENT = ("与第{first}行相同", "请删去一行")
    # answers of 人工核实
    ANSWER_NOT_OWED = ("{unit}没有应公开的“{item}”", "请核对单位和事项")
    ANSWER_NOT_LOOKED = (
        "“{item}”目前是“{status}”，没有看到页面，不能以人工核实代替",
        "请等下一次巡查；网站长期打不开的，请与该单位联系",
    )
    ANSWER_DECIDED = (
        "“{item}”目前是“{status}”，机器已有结论，人工核实只用于“待人工核实”",
        "结论有误的，请在问题中处理",
    )
    ANSWER_GIVEN = (
        "“{item}”已有回答“{answer}”（{by}，{day}），没有改动",
        "确要更改，请加 --replace",
    )
    ANSWER_OLD_PERIOD = ("“{given}”的期次已变，现为{period}", "请重新导出后再填")
    ANSWER_NO_ADDRESS = ("答“已公开”没有写地址", "请写公开所在的网址")
    ANSWER_NO_NOTE = ("答“{answer}”没有写说明", "请写明公开在哪里，或为什么不涉及")
    ANSWER_NOBODY = ("没有写是谁核实的", "请填“核实人”，或加 --by 姓名")
    ANSWER_UNTIL_PAST = ("有效期{given}早于今天", "请写今天或以后的日期")
    ANSWER_UNTIL_FAR = ("答“{answer}”最长管到{last}", "请改写日期，到期再看一次")
    ANSWER_TWICE = ("“{item}”已在第{first}行回答", "请只保留一行")
    # what was understood all the same, shown back
    ADDRESS_REPAIRED = ("地址写成了 {given}，已按 {read} 理解", "请确认")
    NO_SITE = ("没有网站首页，将列入人工核查", "如有网站请补上")
    NO_MAIL = ("没有邮箱，通知将转给本局经办人", "请补上")
    EXTRA_COLUMN = ("表头“{name}”没有用到", "如应使用，请核对写法")
    CARRIED_DOWN = ("空白，已按上一行的“{given}”理解", "请确认")
    DAY_READ = ("日期写成了数字{given}，已按 {read} 理解", "请确认")
    # the calendar
    DAY_TWICE = ("{day}已在第{first}行写过", "请只保留一处")
    DAY_OUTSIDE_YEAR = ("{day}不在{year}年内", "请核对日期")
    SPAN_BACKWARDS = ("结束日{to}早于开始日{given}", "请核对日期")

    def tell(self, **facts: object) -> tuple[str, str]:
        """Return what is wrong and what would be right, with ``facts`` filled in.

        >>> Slip.MISSING_KEY.tell(key="id")
        ('缺少“id”', '请补上“id: ”')
        """
        known = _Known(facts)
        what, remedy = self.value
        return what.format_map(known), remedy.format_map(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """一处错误: where it stands, what is wrong, what would be right; printed as one line."""

    path: str  # the file as the person named it
    line: int = 0  # 0: the whole file
    column: int | str = 0  # of the text, or the name of the sheet's column
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f" 第{self.line}行" if self.line else ""
        if isinstance(self.column, str):
            where += f"“{self.column}”" if self.column else ""
        elif self.column:
            where += f"第{self.column}列"
        return f"{self.path}{where}：{self.what}，{self.remedy}"


@enum.unique
class CatalogDoubt(enum.Enum):
    """目录提示: what works as written and is probably not what was meant."""

    ALIAS_TWICE = (
        "“{alias}”同时是栏目“{first}”和“{second}”的名称，两栏都适用于{types}，可能认错栏目"
    )
    NO_WORDS = "{id}“{name}”没有写对应词，栏目里任何一条信息都会算作已公开"
    COUNTED_ONLY = "{id}“{name}”用到了只作统计的栏目“{column}”"
    RETIRED = "{id}“{name}”所在的栏目“{column}”已于{day}停用"
    NO_BASIS = "{id}“{name}”没有写公开依据"
    EVENT_NOT_SEEN = (
        "{id}“{name}”从{of}的公开起算，但{of}不在网上核查，或没有同类单位应公开，起算日无从得知"
    )
    UNUSED = "栏目“{column}”没有事项用到，也没有标明只作统计（counted_only）"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


class FormWords:
    """标准目录导入: what the made layer file says beside its entries."""

    REASON = "导入自《{title}》第{row}行"
    HEADING = (
        "由《{title}》导入，共{count}项；请逐项核对对应词、时限、栏目后使用。\n"
        "以下行的公开时限未能识别，已按“时限不明”（unspecified）处理，只会得出“待人工核实”：{unread}"
    )
    HEADING_READ = "由《{title}》导入，共{count}项；请逐项核对对应词、时限、栏目后使用。"


@enum.unique
class NoGap(enum.Enum):
    """为何判不出“应公开未公开”: why an item can never end as a gap by looking at sites."""

    INPUT = "由表格登记"
    OFFLINE = "线下公开"
    DEFAULT = "只有常见做法，本局尚未确认"
    UNDECIDED = "没有可自动判断的时限"


@enum.unique
class BadSheet(enum.Enum):
    """读不了的表格: why a file gives no rows at all."""

    NO_FILE = "找不到文件"
    NO_ACCESS = "没有读取权限"
    BLANK = "文件没有内容"
    TOO_LARGE = "文件超过{limit}MB"
    BOMB = "解压后超过{limit}MB"
    TOO_LONG = "有内容的行超过{limit}行"
    TOO_WIDE = "有内容的列超过{limit}列"
    PASSWORD = "文件有打开密码"
    DAMAGED = "文件已损坏"
    NO_SHEET = "文件已损坏，或不是表格"
    WEB_PAGE = "内容是网页，不是表格"
    QUOTES = "引号不成对，或单元格过长"
    CHARSET = "文字编码既不是UTF-8也不是GBK"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Objection(enum.Enum):
    """不能照办: why a decision about a finding is not taken: code, what, effect, what to do."""

    NOBODY = (
        "E2711",
        "没有写明是谁作的决定（问题 {number}）",
        "问题没有变动。",
        "请加 --by 姓名，或在 settings.yaml 的 office.officer 中登记经办人。",
    )
    NO_REASON = (
        "E2712",
        "没有写明理由（问题 {number}）",
        "问题没有变动。",
        "请加 --reason 说明理由；理由会随记录保存。",
    )
    NO_GROUND = (
        "E2713",
        "申请复核要选一条理由（问题 {number}）",
        "问题没有变动。",
        "请加 --ground C1 至 C10，各条含义见 mingcha findings contest --help。",
    )
    DEADLINE_PASSED = (
        "E2714",
        "整改期限早于今天（问题 {number}）",
        "问题没有变动。",
        "请写今天或以后的日期。",
    )
    SUSPENDED_TOO_LONG = (
        "E2715",
        "暂缓的截止日期应在明天起的30天以内（问题 {number}）",
        "问题没有变动。",
        "请改写日期；到期仍未恢复的，可以再次暂缓。",
    )
    NOT_ASSIGNED_YET = (
        "E2716",
        "这个问题暂缓前还没有交办（问题 {number}）",
        "问题没有变动。",
        "恢复后它回到待审核，请再确认并交办。",
    )
    OWN_REQUEST = (
        "E2717",
        "提出申请的人不能自己作决定（问题 {number}）",
        "问题没有变动。",
        "请由另一位经办人处理。",
    )
    NO_SUCH_FINDING = (
        "E2718",
        "没有编号为 {number} 的问题",
        "没有执行任何操作。",
        "全部编号见 mingcha findings list --all。",
    )

    def error(self, **facts: object) -> MonitorError:
        """Return the error to raise."""
        code, *told = self.value
        what, effect, remedy = (text.format(**facts) for text in told)
        return MonitorError(code, what, effect, remedy)


@enum.unique
class WaiverFault(enum.Enum):
    """不能核准: why a request of 不涉及 is not taken: code, what, effect, what to do."""

    NOT_OWED = (
        "E2851",
        "{unit}没有应公开的“{item}”",
        "没有登记。",
        "请核对单位和事项；属性填错的，请改单位清单。",
    )
    NOT_WAIVABLE = (
        "E2852",
        "“{item}”是必须公开的事项，不允许核准为不涉及",
        "没有登记。",
        "请督促公开；目录中 waivable: false 的事项都是这样。",
    )
    NO_PROPOSER = (
        "E2853",
        "没有写是谁提出的",
        "没有登记。",
        "请加 --proposed-by 姓名（单位清单里有联络员的可以不写）。",
    )
    NO_REASON = (
        "E2867",
        "没有写为什么不涉及",
        "没有登记。",
        "请加 --reason 说明。",
    )
    NOBODY = (
        "E2854",
        "没有写是谁办理的",
        "没有写入。",
        "请加 --by 姓名，或在 settings.yaml 的 office.officer 中登记经办人。",
    )
    NO_PROOF = (
        "E2855",
        "依法不予公开或暂缓（C6）没有写审查记录的编号",
        "没有登记。",
        "请加 --proof 编号；只写编号，不写内容。",
    )
    UNTIL_PAST = (
        "E2856",
        "有效期{until}早于今天",
        "没有登记。",
        "请写今天或以后的日期。",
    )
    ALREADY = (
        "E2857",
        "{unit}的“{item}”已有第 {number} 号申请（{state}）",
        "没有重复登记。",
        "待核准的请用 mingcha waive approve {number}；要改的请先用 mingcha waive expire {number}。",
    )
    NO_SUCH_NUMBER = (
        "E2858",
        "没有第 {number} 号申请",
        "没有写入。",
        "全部编号见 mingcha waive list --all。",
    )
    OWN_REQUEST = (
        "E2859",
        "第 {number} 号由{name}提出，提出人不能自己核准",
        "没有核准。",
        "请由另一人核准。",
    )
    SECOND_OFFICER = (
        "E2860",
        "第 {number} 号是依法不予公开或暂缓（C6），由{name}登记，须由第二人核准",
        "没有核准。",
        "请由分管领导核准；在纸质文件上批准的，加 --paper 文号、--approved-by 姓名和 --on 日期。",
    )
    ENDED = (
        "E2861",
        "第 {number} 号已由{name}终止",
        "没有写入。",
        "仍需要的，请用 mingcha waive add 重新提出。",
    )
    EXPIRED = (
        "E2866",
        "第 {number} 号要的有效期{until}已过",
        "没有核准。",
        "仍需要的，请用 mingcha waive add 重新提出。",
    )
    NOT_FOR_LONG = (
        "E2862",
        "第 {number} 号已经核准到{until}，不是长期的，不能续期",
        "没有写入。",
        "到期后仍不涉及的，请用 mingcha waive add 重新提出。",
    )
    TOO_EARLY = (
        "E2865",
        "第 {number} 号已经核准到{until}",
        "没有重复核准。",
        "长期的在到期前 {days} 天以内再确认。",
    )
    HALF_A_PAPER = (
        "E2863",
        "纸质文件上的决定要写全文号、核准人和日期",
        "没有核准。",
        "请同时写 --paper 文号、--approved-by 姓名、--on 日期；当面核准的只写 --by 姓名。",
    )
    PAPER_AHEAD = (
        "E2864",
        "批准日期{day}晚于今天",
        "没有核准。",
        "请核对日期。",
    )

    def error(self, **facts: object) -> MonitorError:
        """Return the error to raise."""
        code, *told = self.value
        what, effect, remedy = (text.format_map(_Known(facts)) for text in told)
        return MonitorError(code, what, effect, remedy)


@enum.unique
class Caution(enum.Enum):
    """提醒: what speaks against a waiver; told to the officer, never in the way."""

    MANY = "{unit}的 {owed} 个事项中，连同本项有 {waived} 个不涉及，超过 15%"
    OTHERS_PUBLISH = "同类单位 {others} 家中有 {published} 家已公开“{item}”"
    ON_ITS_SITE = "该单位网站上有“{title}”（{day}），与“不涉及”不符"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
        return self.value.format_map(_Known(facts))


@enum.unique
class Refusal(enum.Enum):
    """拒收: why a whole file is not taken: code, what happened, effect, what to do."""

    RULES = (
        "E2101",
        "目录文件有{count}处需要改正",
        "目录没有变动，仍按原来的目录巡查。",
        "请按所列位置改正，再用 mingcha catalog check 核对。",
    )
    FORM = (
        "E2102",
        "未能从《{title}》读出公开事项",
        "没有导入任何事项。",
        "请确认表头含“公开事项”或“公开内容”，并与“公开时限”在同一张表中。",
    )
    UNITS = (
        "E2201",
        "单位清单有{count}处需要改正",
        "没有导入任何单位，原清单不变。",
        "请在表中改正后重新导入。",
    )
    DUTIES = (
        "E2202",
        "任务分解表有{count}处需要改正",
        "没有导入，原来的分工不变。",
        "请在表中改正后重新导入。",
    )
    EVENTS = (
        "E2203",
        "事件登记表有{count}处需要改正",
        "没有导入任何事件。",
        "请在表中改正后重新导入。",
    )
    ANSWERS = (
        "E2205",
        "人工核实表有{count}处需要改正",
        "没有导入任何回答。",
        "请在表中改正后重新导入。",
    )
    RETURNED = (
        "E2206",
        "交回的表格有{count}处需要改正",
        "没有导入任何内容。",
        "请确认选的是台账或整改反馈表，在表中改正后重新导入。",
    )
    PROPOSALS = (
        "E2207",
        "栏目地址表有{count}处需要改正",
        "单位清单没有变动。",
        "请用 mingcha discover 写出的表，在“采用”列填写后再读入。",
    )
    SHEET = (
        "E2204",
        "表格无法读取：{path}（{reason}）",
        "没有导入任何内容。",
        "请用 WPS 或 Excel 打开后另存为 .xlsx，再试一次。",
    )
    CALENDAR = (
        "E2301",
        "日历文件有{count}处需要改正",
        "日历没有变动。",
        "请按所列位置改正后再试。",
    )
    SETTINGS = (
        "E3101",
        "设置文件有{count}处需要改正",
        "程序没有启动，任何数据都没有变动。",
        "请按所列位置改正；各项说明见设置文件中的注释。",
    )
    NO_SETTINGS = (
        "E3105",
        "文件夹 {folder} 中没有设置文件 settings.yaml",
        "程序没有启动。",
        "请先运行 mingcha init，或用 --dir 指明工作文件夹。",
    )
    SECRET_OPEN = (
        "E3102",
        "密码文件 {path} 权限过宽（应为600）",
        "程序没有启动，密码没有使用。",
        "请执行 chmod 600 {path}，只允许本人读写。",
    )
    SECRET_MISSING = (
        "E3106",
        "没有提供密码 {variable}",
        "需要该密码的操作没有执行。",
        "请设置环境变量 {variable}，或用 {variable}_FILE 指明权限为600的文件。",
    )
    SECRET_EXAMPLE = (
        "E3104",
        "密码 {variable} 还是示例值",
        "需要该密码的操作没有执行。",
        "请改为实际密码。",
    )

    def error(self, *, details: tuple[str, ...] = (), **facts: object) -> MonitorError:
        """The error to raise, with ``facts`` filled in."""
        code, *sentences = self.value
        what, effect, remedy = (sentence.format_map(_Known(facts)) for sentence in sentences)
        return MonitorError(code, what, effect, remedy, details=details)

    def listing(self, mistakes: Sequence[Mistake], **facts: object) -> Mistakes:
        """The error to raise for ``mistakes``: all are kept, the first ten are shown."""
        code, *sentences = self.value
        known = _Known(facts, count=len(mistakes))
        what, effect, remedy = (sentence.format_map(known) for sentence in sentences)
        return Mistakes(code, what, effect, remedy, mistakes=tuple(mistakes))


class Mistakes(MonitorError):
    """All mistakes of a file at once; ``details`` shows the first ten and counts the rest."""

    SHOWN = 10

    def __init__(
        self, code: str, what: str, effect: str, remedy: str, *, mistakes: tuple[Mistake, ...]
    ) -> None:
        shown = tuple(str(mistake) for mistake in mistakes[: self.SHOWN])
        rest = len(mistakes) - len(shown)
        details = (*shown, f"其余{rest}处，改正后会继续列出") if rest else shown
        super().__init__(code, what, effect, remedy, details=details)
        self.mistakes = mistakes
