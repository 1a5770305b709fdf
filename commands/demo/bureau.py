"""示例县教育局的栏目: what stands in its part of the county portal, and what each deserves."""

from __future__ import annotations

from commands.demo.budgets import accounts_rows, accounts_text, budget_rows, budget_text
from commands.demo.records import Dates, Entry, Leaflet, Plot, Section, Shape, steady

NAME = "青禾县教育局"
PHONE = "0550-0000110"
PLACE = "青禾县府前路1号"


def plots() -> tuple[Plot, ...]:
    """Return the columns of the bureau in the order of its menu."""
    return (
        _guide(),
        _catalog(),
        _on_request(),
        _report(),
        _no_system(),
        _organization(),
        _leaders(),
        _normative(),
        _interpretation(),
        _decisions(),
        _plans(),
        _statistics(),
        _implementation(),
        _finance(),
        _powers(),
        _administration(),
        _services(),
        _random(),
        _proposals(),
        _responses(),
        _supervision(),
        _personnel(),
    )


def entry(
    title: str, day: str, *body: str, files: tuple[Leaflet, ...] = (), doc_no: str = ""
) -> Entry:
    """Return an entry of the bureau: every text ends with its telephone."""
    closing = f"联系电话：{PHONE}。"
    return Entry(
        title=title, day=day, body=(*body, closing), files=files, doc_no=doc_no, written=day
    )


def _guide() -> Plot:
    only = entry(
        f"{NAME}政府信息公开指南",
        "2026-03-20",
        "为便于公民、法人和其他组织获取政府信息，编制本指南。",
        "一、信息分类与编排体系：按机构信息、政策文件、规划计划、财政资金和重点领域分类编排。",
        "二、获取方式：主动公开的信息在县政府门户网站公布；需要其他信息的可以提出申请。",
        f"三、公开工作机构名称：{NAME}办公室。办公地址：{PLACE}。办公时间：工作日8:00—12:00，14:30—17:30。",
        f"四、联系电话：{PHONE}，传真：0550-0000109，互联网联系方式：县政府门户网站互动交流栏目。",
    )
    return Plot(
        section=Section(slug="xxgkzn", name="政府信息公开指南", entries=(only,), shape=Shape.TEXT),
        claims=(steady("B-01", "OK", "栏目为一页正文，办公地址、办公时间、联系电话俱全"),),
    )


def _catalog() -> Plot:
    entries = tuple(
        entry(
            f"{NAME}政府信息主动公开目录（{year}年版）",
            f"{year}-04-10",
            "目录含索引、名称、内容概述和生成日期。",
        )
        for year in (2026, 2025)
    )
    return Plot(
        section=Section(slug="xxgkml", name="政府信息公开目录", entries=entries),
        claims=(steady("B-02", "OK", "2026年4月10日公开了2026年版主动公开目录"),),
    )


_REPORT_PARTS = (
    "一、总体情况。全年主动公开政府信息{count}条，办结依申请公开{asked}件。",
    "二、主动公开政府信息情况。规章0件，行政规范性文件2件，行政许可14件。",
    "三、收到和处理政府信息公开申请情况。全年收到申请{asked}件，均在期限内答复。",
    "四、政府信息公开行政复议、行政诉讼情况。全年没有发生行政复议和行政诉讼。",
    "五、存在的主要问题及改进情况。政策解读形式单一，下一年将增加图解和问答。",
    "六、其他需要报告的事项。本年度未收取信息处理费。",
)


def _report_of(year: int, day: str, parts: tuple[str, ...]) -> Entry:
    told = tuple(part.format(count=380 + year % 100 * 7, asked=year % 10) for part in parts)
    return entry(f"{NAME}{year}年政府信息公开工作年度报告", day, "现公布本机关年度报告。", *told)


def _report() -> Plot:
    whole, lacking = _REPORT_PARTS, (*_REPORT_PARTS[:4], _REPORT_PARTS[5].replace("六", "五"))
    entries = (
        _report_of(2025, "2026-01-23", lacking),
        _report_of(2024, "2025-01-20", whole),
        _report_of(2023, "2024-01-25", whole),
    )
    return Plot(
        section=Section(slug="xxgknb", name="政府信息公开年报", entries=entries),
        claims=(
            steady(
                "B-03", "PARTIAL", "2025年度报告按时公开，但没有“存在的主要问题及改进情况”这一部分"
            ),
        ),
    )


def _no_system() -> Plot:
    return Plot(
        section=None,
        claims=(steady("B-45", "NOCOL", "教育局的公开目录里没有信息公开制度栏目"),),
    )


def _organization() -> Plot:
    entries = (
        entry(
            f"{NAME}机构职能",
            "2026-03-05",
            "主要职责：贯彻教育方针，统筹全县教育工作，指导学校改革与发展。",
            "内设机构：办公室、基础教育股、职业教育与民办教育股、人事股、财务股、督导室、安全管理股。",
            f"办公地址：{PLACE}。办公时间：工作日8:00—12:00，14:30—17:30。",
        ),
        entry(
            "教育局内设机构与直属单位名录",
            "2025-08-12",
            "直属单位：教学研究室、学生资助管理中心、招生考试中心。",
        ),
    )
    return Plot(
        section=Section(slug="jgsz", name="机构设置", entries=entries),
        claims=(steady("B-06", "OK", "机构职能一文有职责、地址和电话"),),
    )


def _leaders() -> Plot:
    entries = tuple(
        entry(
            f"{title}：{duty}",
            day,
            f"姓名：{name}老师。职务：{title}。工作分工：{duty}。简历：长期从事教育工作。",
        )
        for title, name, duty, day in (
            ("局长", "宋", "主持全面工作", "2026-05-11"),
            ("副局长", "沈", "分管基础教育、督导", "2026-05-11"),
            ("副局长", "蒋", "分管人事、财务", "2025-10-20"),
        )
    )
    return Plot(
        section=Section(slug="jgld", name="机构领导", entries=entries),
        claims=(steady("B-07", "OK", "公布了现任领导及分工"),),
    )


def _normative() -> Plot:
    texts = (
        ("关于印发青禾县义务教育学校作业管理办法的通知", "2026-09-11", "青教〔2026〕31号"),
        ("关于印发青禾县中小学校外供餐管理规定的通知", "2026-04-22", "青教〔2026〕12号"),
        ("关于公布规范性文件清理结果及废止目录的通知", "2025-12-18", "青教〔2025〕44号"),
        ("关于印发青禾县公办幼儿园收费管理细则的通知", "2025-06-27", "青教〔2025〕20号"),
    )
    entries = tuple(
        entry(
            title,
            day,
            "各学校、幼儿园：",
            f"现将《{title.removeprefix('关于印发').removesuffix('的通知')}》印发给你们，请认真贯彻执行。",
            "第一条　为规范管理，依据有关法律法规，结合本县实际制定。",
            "第二条　本文件自公布之日起施行，有效期五年。",
            files=(Leaflet(name=f"{number}.docx", rows=((title,), ("正文文字版",))),),
            doc_no=number,
        )
        for title, day, number in texts
    )
    return Plot(
        section=Section(slug="gfxwj", name="规范性文件", entries=entries),
        claims=(steady("B-08", "OK", "最近一件2026年9月11日公开，附件可打开"),),
    )


def _interpretation() -> Plot:
    entries = (
        entry(
            "《青禾县义务教育学校作业管理办法》政策解读",
            "2026-09-14",
            "解读对象：《青禾县义务教育学校作业管理办法》（青教〔2026〕31号）。",
            "起草背景与依据：落实减轻学生作业负担的要求。主要内容：作业总量、批改和公示。举措：每周公示一次作业时长。",
        ),
        entry(
            "一图读懂《青禾县中小学校外供餐管理规定》", "2026-04-24", "解读对象：青教〔2026〕12号。"
        ),
    )
    return Plot(
        section=Section(slug="zcjd", name="政策解读", entries=entries),
        claims=(steady("B-10", "OK", "两件文件都有解读，最近一件2026年9月14日"),),
    )


def _decisions() -> Plot:
    entries = (
        entry(
            "关于公开征求《青禾县义务教育学区调整方案（草案）》意见的公告",
            "2026-10-12",
            "现将决策草案和起草说明公布，公开征求意见。时间：2026年10月12日至11月12日。方式：来电、来信。",
        ),
    )
    return Plot(
        section=Section(slug="yjzj", name="意见征集", entries=entries),
        claims=(
            steady("B-11", "OK", "2026年10月12日公开征求学区调整方案意见，期限三十日以上"),
            steady(
                "B-12",
                "UNSURE",
                "只见征求意见公告，标题里“征求”“意见”近似而不是反馈；是否应已反馈要问承办股室",
            ),
        ),
    )


def _plans() -> Plot:
    entries = (
        entry(
            "青禾县教育局2026年工作要点",
            "2026-02-26",
            "一、促进义务教育优质均衡。二、加强教师队伍建设。三、守牢校园安全底线。",
        ),
        entry("青禾县教育局2025年工作总结", "2026-01-08", "全年新建改建校舍3处，新增学位1200个。"),
        entry(
            "青禾县教育局2025年工作计划",
            "2025-02-20",
            "一、扩大普惠学前教育资源。二、推进课后服务。",
        ),
        entry(
            "青禾县“十五五”教育发展规划", "2026-06-30", "到2030年，学前三年毛入园率稳定在97%以上。"
        ),
    )
    return Plot(
        section=Section(slug="ghjh", name="规划计划", entries=entries, dates=Dates.MONTH_DAY),
        claims=(steady("B-15", "OK", "列表只写月日，正文有完整日期；最近一年内有规划和要点"),),
    )


def _statistics() -> Plot:
    entries = tuple(
        entry(
            f"青禾县{year - 1}年教育事业统计数据",
            f"{year}-03-18",
            "全县学校数41所，在校生21360人，专任教师1602人，办学条件数据见附件。",
            files=(
                Leaflet(
                    name=f"{year - 1}年教育统计表.xlsx",
                    rows=(("学段", "学校数", "在校生"), ("小学", "24", "9860")),
                ),
            ),
        )
        for year in (2026, 2025, 2024)
    )
    return Plot(
        section=Section(slug="tjxx", name="统计信息", entries=entries),
    )


def _implementation() -> Plot:
    return Plot(
        section=Section(
            slug="jcbs", name="决策部署落实情况", shape=Shape.EMPTY, says="该栏目暂无内容"
        ),
        claims=(steady("B-42", "EMPTY", "栏目里写着“该栏目暂无内容”，右侧推荐的是别的栏目的信息"),),
    )


def _finance() -> Plot:
    def budget(year: int, day: str) -> Entry:
        name = f"{NAME}{year}年部门预算"
        return entry(
            name,
            day,
            *budget_text(NAME, str(year)),
            files=(Leaflet(name=f"{name}.xlsx", rows=budget_rows(41230)),),
        )

    def accounts(year: int, day: str, *, lost: bool = False) -> Entry:
        name = f"{NAME}{year}年部门决算"
        leaflet = Leaflet(name=f"{name}.pdf", rows=accounts_rows(40875), lost=lost)
        return entry(name, day, *accounts_text(NAME, str(year)), files=(leaflet,))

    entries = (
        accounts(2025, "2026-09-22", lost=True),
        budget(2026, "2026-02-25"),
        accounts(2024, "2025-09-24"),
        budget(2025, "2025-02-24"),
    )
    return Plot(
        section=Section(slug="czzj", name="财政预决算", entries=entries),
        claims=(
            steady("B-20", "OK", "2026年2月25日公开2026年部门预算，各部分俱全，附件可打开"),
            steady("B-21", "BROKEN", "2025年部门决算已列出，但附件地址返回404，决算表打不开"),
        ),
    )


def _powers() -> Plot:
    entries = (
        entry("行政审批窗口值班安排（2026年第四季度）", "2026-10-09", "窗口值班人员按周轮换。"),
        entry("便民窗口周六延时办理安排", "2026-04-03", "周六上午安排人员值守。"),
    )
    return Plot(
        section=Section(slug="qzqd", name="权责清单和动态调整情况", entries=entries),
        claims=(
            steady("B-29", "MISSING", "权责清单栏目和行政权力运行栏目都读到底，没有一条是清单本身"),
        ),
    )


def _administration() -> Plot:
    entries = (
        entry("关于同意设立青禾县小禾苗托管点的批复", "2026-07-15", "经审查，同意设立。"),
        entry("关于同意变更青禾县某民办幼儿园举办者的批复", "2026-03-27", "经审查，同意变更。"),
    )
    return Plot(
        section=Section(slug="xzql", name="行政权力运行", entries=entries),
        claims=(steady("B-33", "EXEMPT", "涉及未成年人的处罚决定依法不予公开，已按C6核准"),),
    )


def _services() -> Plot:
    services = (
        "教师资格认定",
        "义务教育阶段学生转学",
        "民办学校设立审批",
        "学生休学复学",
        "中小学学籍信息变更",
    )
    entries = tuple(
        entry(
            f"{service}办事指南",
            f"2026-0{month}-16",
            "设定依据：有关法律法规。申请条件：符合规定的申请人。办理材料：申请表、身份证明。",
            "办理流程：申请、受理、审核、办结。办理地点：县政务服务大厅教育窗口。办理时限：15个工作日。收费标准：不收费。",
            files=(Leaflet(name=f"{service}申请表.docx", rows=(("申请表",), (service,))),),
        )
        for month, service in enumerate(services, start=2)
    )
    return Plot(
        section=Section(slug="bszn", name="办事指南", entries=entries),
        claims=(steady("B-31", "OK", "五个事项的办事指南齐备，申请表可打开"),),
    )


def _random() -> Plot:
    entries = (
        entry(
            "青禾县教育局2026年“双随机、一公开”抽查计划",
            "2026-03-12",
            "抽查事项：校外培训机构、民办学校办学行为。",
        ),
        entry(
            "2026年上半年双随机抽查结果公示", "2026-07-09", "共抽查6家，发现问题2处，均已查处整改。"
        ),
        entry(
            "青禾县教育局随机抽查事项清单（2026年版）", "2026-03-12", "列明依据、主体、内容和方式。"
        ),
    )
    return Plot(
        section=Section(slug="ssj", name="双随机一公开", entries=entries),
        claims=(steady("B-35", "OK", "计划、清单、结果都已公开"),),
    )


def _proposals() -> Plot:
    replies = (
        entry(
            f"对县{body}第{number}号{kind}的答复",
            day,
            f"您提出的关于{topic}的{kind}收悉，现答复如下：已列入2026年重点工作。",
        )
        for body, number, kind, topic, day in (
            ("十八届人大五次会议", 23, "建议", "增加城区学位", "2026-08-06"),
            ("十八届人大五次会议", 41, "建议", "改善乡村学校供暖", "2026-08-06"),
            ("政协十一届五次会议", 12, "提案", "加强心理健康教育", "2026-08-13"),
            ("政协十一届五次会议", 57, "提案", "优化校车线路", "2026-08-13"),
        )
    )
    summary = entry(
        "青禾县教育局2026年建议提案办理总体情况",
        "2026-10-27",
        "全年承办建议9件、提案7件，全部办结。",
    )
    return Plot(
        section=Section(slug="jyta", name="建议提案办理", entries=(*replies, summary)),
        claims=(steady("B-36", "OK", "答复和总体情况均已公开"),),
    )


def _responses() -> Plot:
    topics = (
        "小学入学登记材料",
        "课后服务退费",
        "校车站点增设",
        "教师资格证领取",
        "中考报名",
        "随迁子女转学",
    )
    days = ("2026-11-10", "2026-10-13", "2026-09-08", "2026-08-11", "2026-06-16", "2026-04-14")
    entries = tuple(
        entry(
            f"关于{topic}的留言答复",
            day,
            f"网友您好，您反映的{topic}问题已转有关股室核实，答复单位：{NAME}。",
        )
        for topic, day in zip(topics, days, strict=True)
    )
    return Plot(
        section=Section(slug="hygq", name="回应关切", entries=entries),
    )


def _supervision() -> Plot:
    entries = (
        entry(
            "青禾县教育局召开政务公开工作推进会", "2026-05-19", "会议部署年度任务，明确责任股室。"
        ),
        entry("青禾县教育局2026年政务公开工作要点", "2026-03-30", "列出年度任务分解和完成时限。"),
        entry("青禾县教育局开展政务公开业务培训", "2025-11-06", "各学校信息员参加培训。"),
    )
    return Plot(
        section=Section(slug="jdbz", name="监督保障", entries=entries),
        claims=(
            steady("B-40", "STALE", "最近一条是2026年5月19日，第三季度一条也没有，应每季度至少1条"),
        ),
    )


def _personnel() -> Plot:
    entries = (
        entry(
            "关于部分学校负责人任免的通知",
            "2026-08-20",
            "经研究决定，任免部分学校负责人。",
            doc_no="青教人〔2026〕9号",
        ),
        entry("2026年全县优秀教师表彰决定", "2026-09-07", "决定对60名教师予以表彰。"),
        entry(
            "2026年教育系统公开招聘教师公告",
            "2026-03-25",
            "计划招聘中小学教师45名，岗位和资格条件见附件。",
        ),
    )
    return Plot(
        section=Section(slug="rsxx", name="人事信息", entries=entries),
        claims=(
            steady("B-41", "OK", "近一年有任免、表彰和招聘信息"),
            steady("E-13", "OK", "2026年3月25日公开了教师招聘公告"),
        ),
    )


def _on_request() -> Plot:
    only = entry(
        f"向{NAME}申请公开政府信息的流程",
        "2026-03-20",
        f"申请方式：当面、邮寄。受理机构：{NAME}办公室。办理流程：登记、审核、答复。",
        "收费标准：按国家规定。监督救济：可以向县政务公开工作主管部门投诉。",
        files=(Leaflet(name="信息公开申请表.docx", rows=(("信息公开申请表",), ("申请人",))),),
    )
    return Plot(
        section=Section(slug="ysqgk", name="依申请公开", entries=(only,)),
        claims=(steady("B-43", "OK", "有申请流程、受理机构和申请表"),),
    )
