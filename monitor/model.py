"""用语: the words of the house as enums and frozen records; no behaviour beyond properties."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Protocol

from monitor.wording import Because, Noticed
from monitor.workdays import WorkCalendar


class Word(enum.Enum):
    """词: an enum whose members are told apart as what they are, each there once.

    Enum's own hash is Python code, and a night asks for it a hundred million times.
    """

    __hash__ = object.__hash__


# --- units -----------------------------------------------------------------------------


@enum.unique
class UnitType(Word):
    """单位类别. The value is the key used in rules.yaml."""

    BUREAU = "bureau"
    SECTION = "section"
    UNIVERSITY = "university"
    SENIOR_HIGH = "senior_high"
    JUNIOR_HIGH = "junior_high"
    PRIMARY = "primary"
    KINDERGARTEN = "kindergarten"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    SPECIAL = "special"


@enum.unique
class Trait(Word):
    """单位属性: what decides whether an item concerns a unit; the value is the sheet's word."""

    PRIVATE = "民办"
    BOARDING = "寄宿"
    CANTEEN = "食堂"
    SCHOOL_BUS = "校车"
    OWN_BUDGET = "独立预算"
    LEGAL_PERSON = "事业单位法人"
    GOVERNMENT_SITE = "政府网站"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """适用条件: a trait a unit must have (``wanted``) or must not have (``非民办``)."""

    trait: Trait
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """联系人: a person of a unit, as the sheet gives them."""

    name: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位: a school, section or bureau that owes disclosure; one site can carry hundreds."""

    code: str
    name: str
    short_name: str = ""
    types: frozenset[UnitType] = frozenset()
    parent: str = ""
    traits: Mapping[Trait, bool | None] = field(default_factory=dict)
    home: str = ""
    entrances: Mapping[str, str] = field(default_factory=dict)  # column id → address
    disclosure_home: str = ""  # 信息公开栏目地址
    contact: Person = Person()
    responsible: Person = Person()  # 第一责任人
    reviewer: Person = Person()  # 审核责任人
    publisher: Person = Person()  # 信息发布员
    section: str = ""  # 责任科室
    active: bool = True
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names a page may carry for this unit, fullest first."""
        return tuple(name for name in (self.name, self.short_name) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """任务分解: who in the bureau leads on a requirement or a column."""

    subject: str  # requirement id or column id
    section: str
    co_sections: tuple[str, ...] = ()
    person: str = ""
    reviewer: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """事件: a day on which something happened that starts a clock, from the sheet 事件登记."""

    unit: str  # unit code; "" for all units
    event: str
    day: date
    by: str = ""
    doc_no: str = ""


# --- the catalog -----------------------------------------------------------------------


@enum.unique
class Where(Word):
    """公开渠道: only what is on a site or a platform can end in a gap."""

    SITE = "site"
    PLATFORM = "platform"
    INPUT = "input"
    OFFLINE = "offline"


@enum.unique
class StatementRule(Word):
    """情况说明 of an item: accepted, required, or refused."""

    ACCEPTED = "accepted"
    REQUIRED = "required"
    REFUSED = "refused"


@enum.unique
class Grounds(Word):
    """时限依据: what a clock rests on. A gap by DEFAULT alone is printed 按本局口径."""

    LAW = "law"
    LOCAL = "local"
    DEFAULT = "default"


@enum.unique
class DayKind(Word):
    """日的算法. The value is the key in rules.yaml."""

    WORKING = "working"
    CALENDAR = "calendar"

    @property
    def label(self) -> str:
        return "工作日" if self is DayKind.WORKING else "自然日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """对应: words a title must, may, must not hold; a near word makes UNSURE, never MISSING."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """栏目: a place on a site, with its known other names."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    counted_only: bool = False
    retired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """公开依据."""

    title: str
    doc_no: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """公开事项（目录项）: what, by whom, where, when, how complete, on what basis."""

    id: str
    name: str
    applies_to: frozenset[UnitType]
    needs: tuple[Need, ...] = ()
    columns: tuple[str, ...] = ()  # column ids; any will do
    match: Match = Match()
    limits: tuple[TimeLimit, ...] = ()
    complete: tuple[Completeness, ...] = ()
    elements: tuple[str, ...] = ()  # those the law names, in its words
    unchecked: tuple[str, ...] = ()  # elements the law names and no built check covers
    where: Where = Where.SITE
    statement: StatementRule = StatementRule.ACCEPTED
    themes: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    confidence: str = "high"
    weight: float = 1
    waivable: bool = True
    accept_defaults: bool = False  # the bureau's layer accepted the clocks with grounds: default
    switched_off: Mapping[str, str] = field(default_factory=dict)  # unit code → reason: NA for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """不涉及／暂缓（已核准）: an approved reason why an obligation does not count."""

    unit: str
    requirement: str
    ground: str  # C1…C10 of the fixed list; C6 makes EXEMPT, the others NA
    reason: str
    proposed_by: str
    approved_by: str
    approved_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRequest:
    """不涉及申请: a waiver as it was asked for, with who approved and who ended it."""

    number: int
    waiver: Waiver
    added_by: str  # who entered it
    proposed_at: datetime
    proof: str = ""  # what it rests on; of C6 the number of the review, never its content
    paper: str = ""  # number of the paper it was decided on
    approved_at: datetime | None = None  # the day of the paper, when there is one
    recorded_by: str = ""  # who entered the approval
    ended_by: str = ""
    ended_at: datetime | None = None


@enum.unique
class LinkKey(Word):
    """对应依据 of a link. The value is the word in rules.yaml."""

    DOC_NO = "doc_no"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """关联: a document of one requirement (``trigger``) owes one of another (``partner``).

    With ``within`` the partner's requirement carries a ``paired_after`` clock, which judges.
    """

    id: str
    trigger: str  # requirement ids
    partner: str
    keys: tuple[LinkKey, ...] = tuple(LinkKey)
    columns: tuple[str, ...] = ()  # only what stands in these asks for a partner; (): anywhere
    match: Match = Match()  # only titles that also answer this ask for a partner
    within: int | None = None  # days after the trigger's publication; None: no day is fixed
    day_kind: DayKind = DayKind.WORKING
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """应公开目录: the columns and requirements that hold after all layers."""

    columns: Mapping[str, Column]
    requirements: Mapping[str, Requirement]
    waivers: tuple[Waiver, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # name and text of all layers
    digest: str = ""  # sha256 of the text of all layers; stored with every assessment


# --- time ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """此刻: everything a judgement may know about time."""

    today: date
    calendar: WorkCalendar
    soon_days: int = 7  # calendar days: DUE_SOON while due - today <= soon_days


# --- seeing ----------------------------------------------------------------------------


@enum.unique
class Outcome(Word):
    """访问结果: what opening and recognising a column came to. The value is what people read."""

    OPENED = "已打开"
    SAYS_EMPTY = "栏目自称没有内容"
    NO_COLUMN = "首页及菜单中没有该栏目"
    GONE = "原地址已失效"
    UNREAD = "未能识别页面版式"
    SHELL = "内容由脚本加载"
    UNPLACED = "看到的列表不能确定属于本栏目"
    CHARSET = "文字编码无法确定"
    OTHER_UNIT = "页面显示的是其他单位"
    LAYOUT_CHANGED = "网站疑似改版"
    UNSTABLE = "两次所见不一致"
    SIMILAR = "只见到名称相近的栏目"
    TAKEN_OVER = "域名疑似已被他人使用"
    REFUSED = "对方拒绝连接"
    TIMED_OUT = "对方网站没有回应"
    NO_NAME = "域名无法解析"
    CERTIFICATE = "安全连接失败"
    OLD_TLS = "网站只支持过时的加密协议"
    CHALLENGED = "网站有访问验证"
    BLOCKED = "被网站防护拦截"
    LOGIN = "需要登录"
    MAINTENANCE = "网站显示系统维护"
    OFFSITE = "跳转到了其他网站"
    ROBOTS = "网站声明不允许自动访问"
    ROBOTS_UNREAD = "网站声明（robots.txt）暂时无法读取，按规范不访问"
    FORBIDDEN_ADDRESS = "地址指向内部网络"
    PROTOCOL = "网站应答不符合协议"
    SERVER_ERROR = "对方网站内部出错"
    TRUNCATED = "页面没有传完"
    TOO_LARGE = "页面过大"
    REDIRECTS = "跳转次数过多"
    ASKED_TO_WAIT = "网站要求稍后再来"
    BUDGET = "本次巡查时间已用完"
    PARSER_KILLED = "页面读取超时"
    NOT_REACHED = "本次未轮到"


#: read whole enough to be judged
JUDGED = frozenset({Outcome.OPENED, Outcome.SAYS_EMPTY, Outcome.NO_COLUMN, Outcome.GONE})
#: opened, but nothing may be concluded: UNSURE
DOUBTFUL = frozenset(
    {
        Outcome.UNREAD,
        Outcome.SHELL,
        Outcome.UNPLACED,
        Outcome.CHARSET,
        Outcome.OTHER_UNIT,
        Outcome.LAYOUT_CHANGED,
        Outcome.UNSTABLE,
        Outcome.SIMILAR,
        Outcome.TAKEN_OVER,
    }
)
#: not opened: UNREACH
UNOPENED = frozenset(Outcome) - JUDGED - DOUBTFUL


@enum.unique
class DateSource(Word):
    """日期取自: where a publish date was read. The value is what people read."""

    META = "页面元数据"
    LABEL = "“发布时间”标注"
    TABLE = "信息公开目录表"
    DATELINE = "标题下方"
    LIST = "列表"
    URL = "网址"
    RELATIVE = "相对时间"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDate:
    """发布日期: a day, where it was read, and the characters it was read from; never a guess."""

    day: date
    source: DateSource
    text: str


@enum.unique
class NoDay(Word):
    """缺日原因: why what is shown is no day of publication. The value is what people read."""

    NOT_SHOWN = "未标注发布日期"
    INCOMPLETE = "发布日期不完整"
    AMBIGUOUS = "发布日期可作两种理解"
    IMPOSSIBLE = "不是有效日期"
    DEFAULT = "发布日期明显有误"  # what a system fills in where nobody did
    FUTURE = "发布日期晚于当前时间"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misdated:
    """错标的日期: what an entry shows where its day of publication would be, and why it is none."""

    why: NoDay
    text: str  # as it is printed
    day: date | None = None  # FUTURE: the day it says


@enum.unique
class FileState(Word):
    """附件状态."""

    NOT_TRIED = "未检查"
    OPENS = "可打开"
    BLANK = "可打开，其中没有文字"
    SCANNED = "扫描件或图片，未能读取文字"
    RECOGNISED = "扫描件或图片，文字由识别得出"  # may prove that something is there, no more
    PACKED = "压缩包，未检查其中内容"
    BROKEN = "打不开"  # 404/410, or no bytes, asked twice
    GATED = "需验证后下载"  # an HTML page instead of the file
    ENCRYPTED = "已加密，未能读取"
    DAMAGED = "内容不完整，未能读取"
    OVERSIZED = "过大，未检查内容"
    COMPLEX = "内容过于复杂，未检查内容"  # its reader ran out of time or memory, or crashed
    UNREADABLE = "格式不能识别，未能读取"
    UNREACHED = "未能连接"  # says nothing about the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """出处: where in a file a word that was asked for stands first."""

    word: str
    where: str  # 第3页, 收费!B12
    recognised: bool = False  # read off a picture, so perhaps not letter by letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """附件: a file linked from a document."""

    name: str
    url: str
    state: FileState = FileState.NOT_TRIED
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """文段: the words of a page, or of one page, paragraph or row of a file; tabs part cells."""

    text: str
    file: str = ""  # the name of the file, "" for the page itself
    where: str = ""  # 第3页, 表2, the name of a sheet
    row: int = 0  # its number, 0 for what is no row


@enum.unique
class Personal(Word):
    """个人信息的种类 (教育部办公厅关于全面清理和规范学生资助公示信息的紧急通知)."""

    ID_NUMBER = "身份证号"
    BANK_CARD = "银行卡号"
    MOBILE = "手机号码"
    BIRTH_DATE = "出生日期"
    ADDRESS = "家庭住址"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """一处个人信息 that a document shows: never the number itself, which is kept nowhere.

    ``mark``: a keyed hash, so that the same number is known again, by nobody without the key.
    """

    kind: Personal
    masked: str
    where: str  # 名单.xlsx 第3行C列
    mark: str


@enum.unique
class Reading(Word):
    """阅读程度 of a document's own page."""

    LISTED = "只见于列表"  # not opened
    WHOLE = "已读全文"
    PARTLY = "含图片或未读附件"  # words not found may still be there
    RECOGNISED = "部分内容由图片识别得出"  # PARTLY, and some of its elements were read so
    UNOPENED = "未能打开"
    BROKEN = "链接失效"  # 404/410, asked twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """信息条目: one published entry of a column; not an attachment."""

    url: str
    title: str
    published: PublishDate | None = None
    written_on: date | None = None  # 成文日期
    publisher: str = ""
    doc_no: str = ""
    index_no: str = ""
    first_seen_on: date | None = None
    #: the last night whose list, read as far as its day, did not hold it
    last_absent_on: date | None = None
    redated_from: date | None = None  # the day the same words bore when they were first seen
    unchanged_since: date | None = None  # and the night of that
    attachments: tuple[Attachment, ...] = ()
    elements: frozenset[str] = frozenset()  # words asked for (LookFor.words) and seen inside
    reading: Reading = Reading.LISTED
    digest: str = ""  # sha256 of the text read, "" when not opened
    exposed: tuple[Exposed, ...] = ()  # what it tells of persons and must not
    misdated: Misdated | None = None  # what it shows instead of a day, if it has none
    # what was read tonight; kept beside the pages under ``digest``, in no record of the memory
    extracts: tuple[Extract, ...] = field(default=(), compare=False, repr=False)

    @property
    def day(self) -> date | None:
        """The day of publication, when one was read."""
        return self.published.day if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """撤下: an entry that a column listed and, read as far back again, did not list any more."""

    document: Document
    column: str
    listed_on: date  # the last night it was listed
    missed_on: date  # the first night its part of the list was read whole without it
    missed_again_on: date | None = None  # the last such night, when there was another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """列表条数: how much one look read in the list of a column, and where."""

    night: date
    entries: int  # the unit's own
    pages: int  # of an unchanged list only those that were opened to see that
    to_end: bool
    unchanged: bool = False
    address: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPast:
    """栏目此前: what the nights up to one saw of a column; those that do not count left out."""

    nights: tuple[date, ...] = ()  # that could judge it, the first one first
    #: the first from which on it was found at one address, made by one system
    same_since: date | None = None
    arrivals: tuple[date, ...] = ()  # nights on which entries were first seen, also of gone ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """早先所见: what the columns of a unit showed up to some night, by column id."""

    listed: tuple[tuple[str, Document], ...] = ()  # each title an entry bore
    addresses: Mapping[str, str] = field(default_factory=dict)  # where each column stood last


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """佐证、页面留存: address, time, hash and place of the stored page."""

    url: str
    fetched_at: datetime
    http_status: int
    sha256: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """读取范围: how much of a column was read."""

    pages: int = 0
    entries: int = 0
    since: date | None = None  # every entry from this day on was read
    to_end: bool = False  # the list was read to its last page
    stopped_by: str = ""  # why reading stopped, in Chinese; "" when it reached what was asked

    def reaches(self, needed: date) -> bool:
        """Whether the days from ``needed`` on were read whole."""
        return self.to_end or (self.since is not None and self.since <= needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """上次所见 of a column: what lets the next night ask conditionally and notice a new layout."""

    address: str = ""
    etag: str = ""
    last_modified: str = ""
    list_digest: str = ""
    signature: str = ""  # of the list block
    newest: date | None = None
    since: date | None = None  # the coverage the digest stands for
    to_end: bool = False
    identity_seen: bool = False  # the page that gave the digest was the unit's


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """网站声明 as a site gave it: for the night on which it cannot be read."""

    address: str  # of the robots.txt
    text: str
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFor:
    """要找的内容: titles to look for, and what to look for inside those documents.

    A word may hold alternatives: ``举报电话|监督电话`` is seen when either is; it comes back
    whole in ``Document.elements``.
    """

    match: Match
    words: tuple[str, ...] = ()
    attachments: bool = False  # open the files and read them too
    opened: bool = False  # open the documents though nothing is looked for inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """巡查对象: an address to read for one unit and column."""

    unit: str
    unit_names: tuple[str, ...]
    column: Column
    home: str  # the unit's home page, "" if it has none
    disclosure_home: str = ""  # the page that holds its disclosure columns, if the sheet names it
    address: str = ""  # of the column; "" when it must be found from ``home``
    group: str = ""  # politeness group: scheme-less host[:port]
    since: date
    look_for: tuple[LookFor, ...] = ()
    shared: bool = False  # the list carries several units: keep what names this one
    remembered: Remembered = Remembered()
    again: tuple[Document, ...] = ()  # entries to open even where the list is the same

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.column.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """网络设置 a crawl needs."""

    delay: float = 2.0
    timeout: float = 30
    tries: int = 3
    pauses: tuple[float, ...] = (2, 8, 30)
    ceiling: int = 16
    tls: str = "lenient"
    allow_private: tuple[str, ...] = ()
    test_targets: tuple[str, ...] = ()
    canaries: tuple[str, ...] = ()
    browser: str = ""  # the program that shows pages their scripts fill; "": none
    user_agent: str = "mingcha"
    robots_overrides: tuple[
        str, ...
    ] = ()  # hosts read in spite of robots.txt, for a recorded reason
    pages_per_column: int = 60
    pages_per_unit: int = 300
    depth: int = 6
    minutes_per_unit: float = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """巡查计划: all targets of one batch, grouped by politeness group."""

    scan: str
    batch: int
    night: date
    catalog_digest: str
    clock_offset: float  # seconds to add to the real clock: --today
    network: Network
    targets: tuple[Target, ...]
    robots: tuple[RobotsFile, ...] = ()  # the last good ones of the batch's hosts
    reader: str = ""  # the version of the eyes that read it; told by them, in the scan file


@enum.unique
class Hiding(Word):
    """隐藏方式 of a link. The value is what people read."""

    NOT_SHOWN = "设为不显示"
    OFF_SCREEN = "移到屏幕之外"
    TINY = "缩到看不见"
    COLOURLESS = "文字与底色相同"


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLink:
    """暗链: planted links of a page to one foreign host, which its readers do not see."""

    host: str
    how: Hiding
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLetter:
    """未答复的来信: a letter that a page lists as waiting; its title is kept nowhere."""

    sent_on: date
    state: str  # as it is printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """核查记录: what one scan saw in one column of one unit."""

    unit: str
    column: str
    outcome: Outcome
    address: str = ""  # where it ended up
    documents: tuple[Document, ...] = ()
    coverage: Coverage = Coverage()
    #: 304 or an equal list digest: the documents are those of the night before, and of
    #: ``documents`` what was opened again
    unchanged: bool = False
    identity_seen: bool = False  # the page is this unit's
    platform: str = ""
    phrase: str = ""  # what the page says: the empty phrase, the other unit's name …
    http_status: int = 0
    still_linked: bool = False  # GONE, but the home page still links it
    remarks: tuple[str, ...] = ()  # site remarks, in Chinese: certificate, other scheme …
    hidden: tuple[HiddenLink, ...] = ()  # planted on the column's first page
    waiting: tuple[WaitingLetter, ...] = ()  # listed on it
    evidence: tuple[Evidence, ...] = ()
    remember: Remembered = Remembered()
    seen_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.column}"


@enum.unique
class Sureness(Word):
    """把握: how sure the eyes are of an address they propose; a person decides."""

    CERTAIN = "确定"
    LIKELY = "较有把握"
    DOUBTFUL = "存疑"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """一处栏目网址: where a column may be, and in words what speaks for it."""

    address: str
    sureness: Sureness
    grounds: tuple[str, ...] = ()
    newest: date | None = None  # of its first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """找栏目的结果 for one column of one unit; without ``spots`` it was not found.

    Never a finding: ``looked`` says where was looked, not that the column is missing.
    """

    unit: str
    column: str
    opened: bool = True  # False: no page of the unit could be looked at
    spots: tuple[Spot, ...] = ()  # as sure as each other
    looked: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """巡查（一次）: one run of a plan."""

    id: str
    night: date
    started_at: datetime
    finished_at: datetime | None = None
    catalog_digest: str = ""
    planned: int = 0
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    void: str = ""  # 作废: why nothing of it counts
    reader: str = ""  # the version of the eyes that read it

    @property
    def is_valid(self) -> bool:
        """有效巡查: read to its end, and nothing spoke against believing it."""
        return self.finished_at is not None and not self.void


# --- judging ---------------------------------------------------------------------------


@enum.unique
class Status(Word):
    """核查结论. The value is the word people read; the name is the code of exports."""

    MISSING = "应公开未公开"
    NOCOL = "未设栏目"
    EMPTY = "空白栏目"
    BROKEN = "链接失效"
    STALE = "更新不及时"
    PARTIAL = "要素不全"
    DUE_SOON = "临期"
    UNSURE = "待人工核实"
    UNREACH = "未能核查"
    STMT = "已作情况说明"
    OK = "正常"
    NA = "不涉及"
    EXEMPT = "依法不予公开/暂缓"
    NEW = "尚未核查"

    @property
    def severity(self) -> int:
        """0 for the worst; the order for sorting."""
        return _SEVERITY[self]

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self]


_SEVERITY = {status: place for place, status in enumerate(Status)}
_SYMBOLS = dict(zip(Status, "×无空断旧缺!?～说✓—密·", strict=True))

#: the statuses that can open a finding
GAPS = frozenset(
    {
        Status.MISSING,
        Status.NOCOL,
        Status.EMPTY,
        Status.BROKEN,
        Status.STALE,
        Status.PARTIAL,
    }
)
#: these can neither open nor close one
UNKNOWN = frozenset({Status.UNSURE, Status.UNREACH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """应公开项: a requirement × a unit × a period; not a promise that it was looked at."""

    unit: Unit
    requirement: Requirement
    period: str  # 期次 label, e.g. 2025年度; "" for what has none
    events: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # event name → days
    waiver: Waiver | None = None
    unknown_trait: Trait | None = None  # a trait it needs and the sheet does not tell
    columns: tuple[Column, ...] = ()  # those of the requirement that count today, with names

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.unit.code, self.requirement.id, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """关联的一对: a document that owes a partner, and what was found to answer it.

    Without ``partners`` it is open; ``near`` may then be the partner, for a person to say.
    """

    of: str  # id of the trigger's requirement
    trigger: Document
    since: date  # how far back partners must be read before one may be missed
    partners: tuple[Document, ...] = ()  # the first published first, undated last
    near: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """一个时限能看到的一切: the matching documents, events, coverage and period a clock judges.

    ``pairs`` are those of linked duties; None: what owes a partner was not read.
    """

    documents: tuple[Document, ...] = ()
    removed: tuple[Removal, ...] = ()  # matching ones that were listed and stand nowhere now
    events: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    coverage: Coverage = Coverage()
    period: str = ""
    pairs: tuple[Pair, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """一个时限的判断. ``weak``: an UNSURE that gives way to any other clock of the same item."""

    status: Status
    because: Because
    facts: Mapping[str, object] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    nearest: Document | None = None
    weak: bool = False
    grounds: Grounds | None = None  # what it rests on, when that is not the clock's own grounds
    since: date | None = None  # how far back a gap needs the list read; None: TimeLimit.since
    flags: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()  # elements that could not be checked this time


class TimeLimit(Protocol):
    """公开时限: by when or how often something must be public. Pure; ``on`` is the day."""

    kind: ClassVar[str]

    @property
    def grounds(self) -> Grounds: ...

    def judge(self, seen: Seen, on: Moment) -> Verdict: ...

    def due(
        self, period: str, events: Mapping[str, tuple[date, ...]], on: Moment
    ) -> date | None: ...

    def since(self, on: Moment) -> date: ...

    def asks(self, on: Moment) -> bool: ...

    def period(self, on: Moment) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """一处提示: what a check saw that is no shortfall and worth telling, with its sentence."""

    kind: RemarkKind
    because: Noticed
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return self.because.tell(**self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """要素检查的结果 of one document; nothing missing, unread or broken: complete."""

    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # not seen, but the document was not read whole
    broken: tuple[str, ...] = ()  # attachments that do not open
    untold: tuple[str, ...] = ()  # nobody could check: the words of the document were not kept
    places: tuple[Place, ...] = ()  # where what was seen stands; of what is missing, where it lacks
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """旁证: what a check may look at beside the document itself."""

    texts: Mapping[str, tuple[Extract, ...]] = field(default_factory=dict)  # by Document.digest
    listed: tuple[Document, ...] = ()  # every document of the columns that answers the item
    coverage: Coverage = Coverage()  # of the list they stand in
    members: tuple[Unit, ...] = ()  # 名录: the units under this one
    on: Moment | None = None  # None: no day is known, so nothing that hangs on it is said


#: for checks that need nothing but the document
ALONE = Beside()


class Completeness(Protocol):
    """公开要素: what a document must hold to count as whole. Pure."""

    kind: ClassVar[str]

    @property
    def grounds(self) -> Grounds:
        """What it rests on; what is ``default`` only remarks and accuses nobody."""

    @property
    def words(self) -> tuple[str, ...]:
        """What the eyes are to look for inside (``LookFor.words``)."""

    @property
    def names(self) -> tuple[str, ...]:
        """The elements it can tell of, as readers know them; words for the eyes are among them."""

    @property
    def attachments(self) -> bool:
        """Whether the files must be opened."""

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """核查结论 of one obligation: computed, and computable again."""

    unit: str
    requirement: str
    period: str
    status: Status
    because: Because
    facts: Mapping[str, object] = field(default_factory=dict)
    late_by: int | None = None  # working or calendar days, as the limit counts
    documents: tuple[Document, ...] = ()
    nearest: Document | None = None
    page: str = ""  # the column's address
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = ()  # 按本局口径, 节假日数据暂缺 …
    unchecked: tuple[str, ...] = ()
    assessed_on: date
    last_verified_on: date | None = None  # of the last complete look, when this one was not
    catalog_digest: str = ""
    calendar_digest: str = ""
    reader: str = ""  # the version of the eyes that read the pages

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.unit, self.requirement, self.period)

    @property
    def sentence(self) -> str:
        return self.because.tell(**self.facts)

    @property
    def newest_on(self) -> date | None:
        """The newest dated document it rests on."""
        days = [document.day for document in self.documents if document.day]
        return max(days, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """不作数的核查: looks that prove nothing: of whole scans, or of some units at one."""

    scans: tuple[str, ...] = ()
    units: tuple[tuple[str, tuple[str, ...]], ...] = ()  # scan, unit codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """查证所凭: what a finding says that a person confirmed and that is not settled."""

    number: str
    unit: str
    requirement: str
    period: str
    status: Status
    first_seen_on: date

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the obligation it is about, as ``Assessment.key`` does."""
        return (self.unit, self.requirement, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """判断所据: all that judging a scan takes beside its looks, as it stood when it was judged."""

    moment: Moment
    catalog: Catalog
    units: tuple[Unit, ...]
    events: tuple[Event, ...] = ()
    waivers: tuple[Waiver, ...] = ()  # beside those of the catalog's layers
    answers: tuple[tuple[Verification, str], ...] = ()  # each with what its columns list
    scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # see commands/scope.py
    without: frozenset[str] = frozenset()  # units whose verdicts wait for an officer
    failing: frozenset[str] = frozenset()  # families that failed their known pages
    uncounted: Uncounted = Uncounted()
    claims: tuple[Claim, ...] = ()
    reader: str = ""  # the version of the eyes
    program: str = ""  # the version that judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """判断记录 of one scan: when it was judged, and the digest of its verdicts."""

    number: int
    scan: str
    at: datetime
    verdicts: int
    sha256: str
    calendar: str = ""  # the digest of the one it was judged by
    is_late: bool = False  # a newer scan had been judged before: its verdicts stand
    missing: tuple[str, ...] = ()  # parts of what it was judged by that are lost or changed


# --- remarks ---------------------------------------------------------------------------


@enum.unique
class RemarkKind(Word):
    """提示类别: what is worth a look beside the gaps; no gap, in no rate and in no score."""

    PLATFORM = "共用平台故障"
    SITE = "网站可及性"
    FENCED = "公开栏目设访问验证"
    UNDATED = "信息未标日期"
    FUTURE = "日期晚于当天"
    PLANTED = "疑似被植入暗链"
    MISFILED = "疑似放错栏目"
    UNANSWERED = "来信超期未答复"
    DIFFERING = "前后不一致"
    NEWS = "疑似以新闻代信息"
    LACKING = "内容或有欠缺"
    REPORT = "年报数字或篇章存疑"
    TEMPLATE = "疑似套用模板"
    THIN = "正文过少"
    REPOSTED = "重复发布"
    COPIED = "内容雷同"
    REMOVED = "静默撤稿"
    EXPOSED = "疑似泄露个人信息"
    OVERSTAY = "超期未撤"
    BACKDATED = "标注日期存疑"
    REDATED = "标注日期改动"
    BURST = "集中补发"


#: these last while they are seen; the others tell of what happened once
LASTING = frozenset(
    {
        RemarkKind.PLATFORM,
        RemarkKind.SITE,
        RemarkKind.FENCED,
        RemarkKind.UNDATED,
        RemarkKind.FUTURE,
        RemarkKind.PLANTED,
        RemarkKind.MISFILED,
        RemarkKind.UNANSWERED,
        RemarkKind.DIFFERING,
        RemarkKind.NEWS,
        RemarkKind.LACKING,
        RemarkKind.REPORT,
        RemarkKind.TEMPLATE,
        RemarkKind.THIN,
        RemarkKind.EXPOSED,
        RemarkKind.OVERSTAY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """提示: something that a person should look at, with the sentence that tells it.

    With ``unit``, ``kind``, ``column``, ``requirement`` and ``subject`` (an address, a host, a
    number: what it is about there) it is the same one tomorrow.
    """

    unit: str  # its code; of a platform that many units share, the platform's name
    kind: RemarkKind
    because: Noticed
    facts: Mapping[str, object] = field(default_factory=dict)
    column: str = ""
    requirement: str = ""
    subject: str = ""
    page: str = ""  # the address a person should open
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> tuple[str, RemarkKind, str, str, str]:
        return (self.unit, self.kind, self.column, self.requirement, self.subject)

    @property
    def sentence(self) -> str:
        return self.because.tell(**self.facts)


@enum.unique
class Opinion(Word):
    """看法: what a person who looked says of a remark."""

    FOUNDED = "属实"
    UNFOUNDED = "不属实"  # the same remark is not made again


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRemark:
    """提示 as the memory keeps it; ``ended_on``: the night that no longer saw it."""

    number: int
    remark: Remark
    first_seen_on: date
    last_seen_on: date
    ended_on: date | None = None
    opinion: Opinion | None = None
    by: str = ""
    at: datetime | None = None
    note: str = ""


@enum.unique
class Ruling(Word):
    """对暂缓一晚的决定."""

    RELEASED = "放行"
    DISCARDED = "作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNight:
    """暂缓的一晚: a night whose verdicts wait for an officer, of all units or of some."""

    number: int
    scan: str
    night: date
    reason: str
    units: frozenset[str] = frozenset()  # codes; none: all of them
    held_at: datetime
    ruling: Ruling | None = None
    by: str = ""
    at: datetime | None = None
    note: str = ""


# --- findings --------------------------------------------------------------------------


@enum.unique
class State(Word):
    """环节 of a finding. DROPPED: gone before anyone confirmed it."""

    DETECTED = "待确认"
    TO_REVIEW = "待审核"
    ASSIGNED = "待整改"
    RESPONDED = "已反馈待复核"
    CONTESTED = "申请复核"
    CLOSED = "已销号"
    WITHDRAWN = "误报撤销"
    WAIVED = "不涉及（已核准）"
    SUSPENDED = "暂缓计时"
    REOPENED = "问题反弹"
    DROPPED = "已自行消失"


@enum.unique
class Move(Word):
    """流转: what can happen to a finding."""

    # by itself, when a night is judged
    DETECT = "发现"
    SEEN_AGAIN = "再次发现"
    SEEN_GOOD = "核查正常"
    # by the officer
    CONFIRM = "确认并交办"
    CHANGE = "调整交办"
    WITHDRAW = "撤销误报"
    CLOSE = "销号"
    SEND_BACK = "退回整改"
    UPHOLD = "采纳复核申请"
    WAIVE = "核定为不涉及"
    REJECT = "驳回复核申请"
    SUSPEND = "暂缓计时"
    RESUME = "恢复计时"
    REVIEW_ON = "恢复审核"
    STILL_MENDED = "回头看属实"
    NOT_MENDED = "回头看不属实"
    # by the unit, or told by the officer for it
    RESPOND = "反馈整改"
    CONTEST = "申请复核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """问题: one problem's life, from detected to closed; not an assessment."""

    number: str
    unit: str
    requirement: str
    period: str
    status: Status
    state: State
    first_seen_on: date
    last_seen_on: date
    last_verified_on: date | None = None
    sightings: int = 1  # looks that count towards confirmation, far enough apart
    sighted_at: datetime | None = None  # of the last of them
    assigned_on: date | None = None
    deadline: date | None = None  # 整改期限
    good_on: date | None = None  # the first good look since it was assigned
    paused_on: date | None = None  # since when its clock stands still
    resume_on: date | None = None  # 暂缓计时: the last day of it
    closed_on: date | None = None  # closed, withdrawn, waived or dropped
    section: str = ""  # 责任科室 of a bureau's own item
    #: of what was taken for a gap by mistake: the same opens no finding again; while it is open, of
    #: what was taken for its mending by mistake: the same mends it no more
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEvent:
    """流转记录: who moved a finding, when, why, on what evidence. Append only."""

    finding: str
    move: Move
    from_state: State | None
    to_state: State
    by: str
    at: datetime
    reason: str = ""
    evidence: str = ""  # sha256 of the page behind it
    address: str = ""  # 整改后链接, or where it is said to stand
    ground: str = ""  # C1…C10 of the fixed list


# --- what people say -------------------------------------------------------------------


@enum.unique
class Answer(Word):
    """人工核实的结论."""

    PUBLISHED = "已公开"
    NOT_PUBLISHED = "未公开"
    OFFLINE = "线下公开"
    NOT_CONCERNED = "不涉及"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """人工核实: a person's answer where the machine cannot decide.

    It holds for its period, until what the columns list changes, and to ``valid_until``.
    """

    unit: str
    requirement: str
    period: str
    answer: Answer
    by: str
    at: datetime
    address: str = ""
    note: str = ""
    digest: str = ""  # of what the columns listed then
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """可参考: where a unit shows an item as the officer wants others of its class to do it."""

    unit: str
    requirement: str
    address: str
    by: str
    at: datetime


# --- what reports are built from ---------------------------------------------------------


#: Monday to Friday, for what was counted before anyone gave a calendar
_PLAIN = WorkCalendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """数据快照: everything a period's reports are built from, as it stood at the cut-off."""

    id: str  # 2026-10
    starts_on: date
    ends_on: date
    cut_off_at: datetime
    made_by: str
    nights: int  # valid ones in the period
    catalog: Catalog
    units: tuple[Unit, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    events: tuple[FindingEvent, ...]  # of these findings, oldest first
    silent: Mapping[str, tuple[int, date | None]] = field(default_factory=dict)
    # unit code → nights without an answer in a row, day of the last answer
    calendar: WorkCalendar = _PLAIN  # the office's: working days are counted by it


# --- letters ---------------------------------------------------------------------------


@enum.unique
class LetterKind(Word):
    """邮件类别: the steps of the ladder, and what is for the office itself."""

    LAPSE = "临期提醒"
    HOLIDAY = "节前提醒"
    MEND = "整改提醒"
    DEADLINE = "期限提醒"
    OVERDUE = "催办"
    THANKS = "整改确认"
    DECIDED = "复核结果"
    MONTH = "月度小结"
    DIGEST = "工作摘要"
    ALARM = "巡查异常"
    PRIVATE = "个人信息提醒"
    PASS_ON = "请代转"


#: these wait for the officer, in the first month and ever after
OFFICER_FIRST = frozenset({LetterKind.OVERDUE, LetterKind.DECIDED})
#: these stay in the office: no first month, no hours of sending
TO_THE_OFFICE = frozenset(
    {LetterKind.DIGEST, LetterKind.ALARM, LetterKind.PRIVATE, LetterKind.PASS_ON}
)
#: these ask for what a mended finding no longer needs
ASKS_TO_MEND = frozenset({LetterKind.MEND, LetterKind.DEADLINE, LetterKind.OVERDUE})


@enum.unique
class LetterState(Word):
    """邮件状态. From HANDING_OVER on nothing is sent again but by a person."""

    HELD = "待审"
    QUEUED = "待发"
    SENDING = "发送中"
    HANDING_OVER = "交付中"  # written before the server may take it; left so: UNCLEAR
    SENT = "已发"
    REFUSED = "退信"
    UNCLEAR = "投递结果不明"
    CANCELLED = "已取消"
    BY_HAND = "改由人工通知"


@enum.unique
class LetterMove(Word):
    """邮件处理: what a person can do with a letter."""

    RELEASE = "放行"
    HOLD = "暂缓发送"
    CANCEL = "取消"
    BY_HAND = "人工通知"
    RESEND = "重发"
    DELIVERED = "已送达"
    BOUNCED = "退信"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """一封邮件: one message for one recipient. ``content`` lacks only sender and date."""

    event: str  # what it tells, once for all; with the recipient its identity
    kind: LetterKind
    unit: str = ""
    day: date
    recipient: str
    findings: tuple[str, ...] = ()
    subject: str
    message_id: str
    content: bytes
    short: str = ""  # the same in a few lines, to be pasted into a chat group


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """发件记录: how a letter stands in the outbox."""

    number: int
    event: str
    kind: LetterKind
    unit: str
    day: date
    recipient: str
    findings: tuple[str, ...]
    subject: str
    message_id: str
    state: LetterState
    tries: int
    next_at: datetime | None
    failing_since: datetime | None
    told: str  # what the server, or a person, said last
    made_at: datetime
    settled_at: datetime | None
    settled_by: str  # the person; "" when it settled itself
