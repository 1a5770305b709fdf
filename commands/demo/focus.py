"""示例县教育局的重点领域: the columns of education proper, and the news of the home page."""

from __future__ import annotations

from commands.demo.bureau import entry
from commands.demo.news import stream
from commands.demo.records import Entry, Plot, Section, steady


def plots() -> tuple[Plot, ...]:
    """Return the columns that follow the bureau's general ones in its menu, news last."""
    return (
        _roster(),
        _admissions(),
        _private(),
        _tutoring(),
        _aid(),
        _fees(),
        _inspection(),
        _safety(),
        _schools(),
        _news(),
    )


def _roster() -> Plot:
    roster = (
        ("学校名称", "学校地址", "办学层次", "办学类型", "办公电话"),
        ("青禾县实验小学", "文昌路18号", "小学", "公办", "0550-0000205"),
        ("青禾县河湾小学", "河湾村", "小学", "公办", "0550-0000206"),
        ("青禾县实验初级中学", "学苑路6号", "初中", "公办", "0550-0000204"),
    )
    only = Entry(
        title="青禾县义务教育学校名录（2026年）",
        day="2026-09-15",
        body=("全县义务教育学校名录如下。",),
        rows=roster,
    )
    return Plot(
        section=Section(slug="ywjy", name="义务教育", entries=(only,)),
        claims=(steady("B-18", "OK", "2026年9月15日公开了学校名录，地址、电话俱全"),),
    )


def _admissions() -> Plot:
    entries = (
        entry(
            "青禾县2026年义务教育学校招生入学工作实施方案",
            "2026-05-12",
            "随迁子女凭居住证入学。咨询与举报电话：0550-0000112。",
        ),
        entry("青禾县2026年高中阶段学校招生工作日程", "2026-05-26", "报名、考试和录取时间如下。"),
        entry("青禾县2025年义务教育学校招生入学工作实施方案", "2025-05-14", "报名时间为6月下旬。"),
    )
    return Plot(
        section=Section(slug="zsks", name="招生考试", entries=entries),
        claims=(steady("E-01", "OK", "2026年5月12日公布了当年招生入学实施方案"),),
    )


def _private() -> Plot:
    only = entry(
        "青禾县民办学校名录（2026年）",
        "2026-04-16",
        "学校名称、办学许可证、举办者和联系方式见正文。",
    )
    return Plot(section=Section(slug="mbjy", name="民办教育", entries=(only,)))


def _tutoring() -> Plot:
    entries = (
        entry(
            "青禾县校外培训机构白名单（2026年第一批）",
            "2026-06-18",
            "机构名称、许可证号、地址和年检结论见正文。",
        ),
        entry(
            "青禾县校外培训机构白名单（2025年第二批）",
            "2025-12-04",
            "机构名称、许可证号和地址见正文。",
        ),
    )
    return Plot(
        section=Section(slug="xwpx", name="校外培训", entries=entries),
        claims=(steady("E-10", "OK", "上半年（6月18日）公布过一批白名单"),),
    )


def _aid() -> Plot:
    entries = tuple(
        entry(
            f"青禾县{year}年秋季学期学生资助政策",
            f"{year}-08-28",
            "资助项目、对象、标准和申请程序如下。统一城乡义务教育学生“两免一补”。监督电话：0550-0000112。",
        )
        for year in (2026, 2025)
    )
    return Plot(
        section=Section(slug="xszz", name="学生资助", entries=entries),
        claims=(steady("E-11", "OK", "2026年8月28日公布了秋季学期资助政策"),),
    )


def _fees() -> Plot:
    entries = (
        entry(
            "青禾县2026年秋季学期中小学教育收费目录",
            "2026-08-25",
            "列明收费项目、依据、标准、范围。监督举报电话：0550-0000112。",
        ),
        entry(
            "青禾县2026年春季学期中小学教育收费目录",
            "2026-02-20",
            "列明收费项目、依据、标准、范围。",
        ),
    )
    return Plot(
        section=Section(slug="jysf", name="教育收费", entries=entries),
        claims=(steady("B-23", "OK", "2026年8月25日公开了秋季学期收费目录"),),
    )


def _inspection() -> Plot:
    only = entry(
        "青禾县中小学校责任督学名单和督学责任区（2026年）",
        "2026-09-10",
        "每所学校确定一名责任督学，督导室电话0550-0000114，督导事项为办学行为和校园安全。",
    )
    return Plot(
        section=Section(slug="jydd", name="教育督导", entries=(only,)),
        claims=(steady("E-19", "OK", "2026年9月10日公布了责任督学名单和电话"),),
    )


def _safety() -> Plot:
    entries = (
        entry(
            "关于开展秋季校园消防安全检查的通知",
            "2026-10-15",
            "对41所学校逐一检查，发现隐患12处，已整改10处。",
        ),
        entry("青禾县中小学校突发事件应急预案", "2025-11-20", "明确组织体系、预警、处置和恢复。"),
    )
    return Plot(
        section=Section(slug="xyaq", name="校园安全", entries=entries),
        claims=(steady("E-23", "OK", "最近一条是2026年10月15日的消防检查"),),
    )


def _schools() -> Plot:
    entries = (
        entry(
            "关于开展学校信息公开工作检查的通报",
            "2026-08-19",
            "对各学校公开栏目逐项检查，列出问题和整改要求。",
        ),
        entry(
            "青禾县公共企事业单位（学校）信息公开主体清单",
            "2026-04-08",
            "列入41所学校，公布申诉受理渠道。",
        ),
    )
    return Plot(
        section=Section(slug="xxxxgk", name="学校信息公开", entries=entries),
        claims=(steady("E-27", "OK", "第三季度（8月19日）通报过一次学校信息公开检查"),),
    )


def _news() -> Plot:
    """工作动态 of the bureau: not in the catalog; it fills the home page and the sidebar."""
    topics = (
        "县教育局召开重点工作调度会",
        "县教育局到乡镇学校调研",
        "全县中小学教学研讨活动举行",
        "全县校园文化展示活动举行",
        "县教育局组织志愿服务活动",
        "全县中小学生运动会举行",
    )
    return Plot(
        section=Section(slug="gzdt", name="教育要闻", entries=stream(topics, 66, "2026-11-18", 5))
    )
