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
    SITE_IN_REPAIR = "网站显示“{phrase}”，本次未核查，不计入问题"
    FILLED_BY_SCRIPT = "栏目列表由脚本加载，无法自动判断是否为空"
    LAYOUT_CHANGED = "网站疑似改版，本次不作判断，请核对栏目地址"
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
    STATED = "已作情况说明：{title}（{published}）"
    # seen
    FOUND = "已公开：{title}（{published}）"
    FOUND_UNDATED = "已公开：{title}（未标日期）"
    FOUND_LATE = "已公开：{title}（{published}），比应公开日{due}晚{late_by}个{day_kind}"
    FRESH = "最新一条为{newest}，在{since}之后"
    ENOUGH = "{period}内有{count}条，应不少于{needed}条"
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
    ELEMENTS_MISSING = "“{title}”未见要素：{missing}"
    EVENT_OVERDUE = "“{event}”发生于{event_day}，应于{due}前公开，未见相应信息"
    OUTER_PASSED = "未见本期的{name}，最迟应于{due}前公开"
    DOCUMENT_BROKEN = "“{title}”在栏目中有链接，但打不开"
    # the machine cannot decide
    NEAR_WORD = "“{title}”含近似词“{word}”，可能就是本事项，请人工确认"
    NOTHING_EXPECTED_KNOWN = "栏目内没有相应信息；是否发生过应公开的情况，机器无从得知"
    EVENT_UNKNOWN = "未登记“{event}”的日期，无法判断是否应已公开"
    KIND_NOT_JUDGED = "“{kind}”类时限尚不自动判断，请人工核实"
    NO_TIME_LIMIT = "法规未定时限（“{wording}”），需本局明确后判断"
    DEFAULT_NOT_ACCEPTED = "按常见做法应已公开，但本局尚未确认这一口径"
    ELEMENTS_UNREAD = "“{title}”含图片或未能读取的附件，要素无法判断：{missing}"
    STATEMENT_UNCLEAR = "有情况说明“{title}”，但{doubt}，请人工确认"
    PLATFORM_UNKNOWN = "本事项在上级或统一平台公开，尚未登记平台地址"
    NOT_ON_THE_WEB = "本事项不在网站上公开，需人工核实"
    DATED_AHEAD = "“{title}”标注的日期{published}晚于今天，无法判断是否及时"

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
    OTHER_SCHEME = "登记的{asked}地址无法连接，改用{spoken}访问正常"

    def tell(self, **facts: object) -> str:
        """Fill the sentence in."""
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


#: stands for the files of a document that nobody has opened yet
ATTACHMENTS = "附件"
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
    EVENT = "“{event}”发生于 {day}"
    NO_EVENT = "未登记“{event}”的日期"
    COUNT_WORKING = "自次日起第 {days} 个工作日（跳过非工作日 {skipped} 天）→ {due}"
    COUNT_CALENDAR = "自次日起第 {days} 个自然日 → {due}"
    OUTER = "按惯例每年最迟 {due}"
    EDITION = "本期为{period}，{opens}起公开的算本期，最迟 {due}"
    CLOSED = "最近结束的一期为{period}（{first} 至 {last}），应不少于 {needed} 条"
    MAX_AGE = "最新一条不得超过 {age}，即不早于 {since}"
    VACATION = "其间寒暑假 {days} 天不计"
    STANDING = "应当长期公开"
    REVIEW = "每 {age} 复核一次，最近更新不早于 {since}"
    ON_OCCURRENCE = "发生时才需要公开"
    NO_TIME_LIMIT = "法规未定具体时限（“{wording}”）"
    NOT_JUDGED = "“{kind}”尚不自动判断"

    def tell(self, **facts: object) -> str:
        """Fill the line in."""
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
    NO_SUCH_DAY = "没有{given}这一天"
    NOT_ZERO = "不能为0"

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

    def error(self, *, details: tuple[str, ...] = (), **facts: object) -> MonitorError:
        """The error to raise, its sentences filled in."""
        code, *sentences = self.value
        what, effect, remedy = (text.format_map(_Known(facts)) for text in sentences)
        return MonitorError(code, what, effect, remedy, details=details)


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
    SELF_LINK = ("事项“{id}”指向自身", "请改为另一事项")
    CYCLE = ("循环引用：{chain}", "请去掉其中一处")
    SET_ID = ("编号不能修改", "请用 off 停用原事项，再用 add 新增")
    EMPTY_CHANGE = ("没有写要改什么", "请写 set 或 accept_defaults: true")
    SWITCHED_OFF = ("事项“{id}”已在{first}停用", "请先删去那一处停用")
    ON_ITS_OWN = ("提出人与核准人相同：{name}", "请由另一人核准")
    NOT_WAIVABLE = ("事项“{id}”不允许核准为不涉及", "请改用整改，或修改该事项的 waivable")
    UNTIL_BEFORE_LAYER = ("“{key}”{given}早于本层日期{day}", "请核对日期")
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
