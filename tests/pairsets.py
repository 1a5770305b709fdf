"""A generated fleet of bureaus whose documents owe interpretations: planted pairs, gaps, decoys.

The titles are written as offices write them; which of them is answered, late, or never answered is
drawn by a seed, and so is what looks like an answer and is none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from builders import SPECIAL, document, observation, unit

from monitor.model import Document, Observation, Unit, UnitType

FIRST, LAST = date(2026, 1, 5), date(2026, 10, 30)
WITHIN = 3
PER_UNIT, MISSING, LATE, DECOYS = 25, 50, 30, 40

UNITS = (
    ("青禾县", "青禾县教育局", "青教"),
    ("白石县", "白石县教育体育局", "白教体"),
    ("临江市", "临江市教育局", "临教办"),
    ("南浦区", "南浦区教育局", "南教"),
    ("柳河县", "柳河县教育和体育局", "柳教体发"),
    ("沙洲县", "沙洲县教体局", "沙教体"),
    ("望山区", "望山区教育局", "望教发"),
    ("平津县", "平津县教育局", "平教"),
)

#: what offices make papers about, and the kind of paper
NAMES = (
    "中小学生校服选用采购管理办法",
    "校车安全管理实施细则",
    "义务教育学校作业管理办法",
    "中小学幼儿园食堂管理规定",
    "中小学校外供餐管理办法",
    "学前教育普及普惠督导评估实施方案",
    "义务教育优质均衡发展三年行动计划",
    "“十五五”教育事业发展规划",
    "公办幼儿园保教费收费管理细则",
    "普惠性民办幼儿园认定及管理办法",
    "校外培训机构预收费监管实施办法",
    "学科类校外培训隐形变异治理工作方案",
    "中小学教师县管校聘管理改革实施方案",
    "教师招聘工作实施办法",
    "中小学教师职称评审推荐办法",
    "名师工作室建设与管理办法",
    "乡村教师生活补助发放办法",
    "临聘教师管理暂行规定",
    "家庭经济困难学生认定工作实施办法",
    "学生资助资金管理实施细则",
    "义务教育阶段随迁子女入学实施办法",
    "中小学校学区划分调整方案",
    "初中学业水平考试体育与健康考试实施方案",
    "普通高中招生录取实施办法",
    "中小学生学籍管理实施细则",
    "特殊教育学校送教上门工作实施意见",
    "残疾儿童少年随班就读工作指导意见",
    "中小学课后服务收费管理办法",
    "中小学校服务性收费和代收费管理规定",
    "校园安全隐患排查整治工作方案",
    "防范中小学生溺水工作预案",
    "中小学生欺凌防治工作实施细则",
    "学校突发公共卫生事件应急预案",
    "中小学实验室危险化学品安全管理规定",
    "学校消防安全标准化管理规范",
    "中小学体育场馆向社会开放管理办法",
    "中小学生体质健康提升行动方案",
    "儿童青少年近视防控工作方案",
    "中小学劳动教育实践基地管理办法",
    "研学旅行工作管理办法",
    "中小学图书馆馆配图书管理办法",
    "教育系统内部审计工作规定",
    "教育专项资金使用管理办法",
    "中小学校财务报账工作规程",
    "学校基本建设项目管理办法",
    "中小学校舍维修改造项目管理办法",
    "农村义务教育学生营养改善计划实施方案",
    "教育督导问责办法",
    "责任督学挂牌督导工作规程",
    "中小学校长任期目标责任考核办法",
    "教育信息化设备采购与管理办法",
    "中小学人工智能教育推进计划",
    "智慧校园建设标准",
    "民办学校年度检查办法",
    "民办学校分类登记实施细则",
    "中等职业学校学生实习管理办法",
    "普通话水平测试管理规定",
    "青少年校园足球发展实施意见",
    "师德师风考核负面清单",
    "中小学教师违反职业道德行为处理办法",
)
#: papers that are letters: 关于…的通知
LETTERS = (
    "做好{year}年义务教育阶段招生入学工作",
    "进一步加强中小学生手机管理工作",
    "规范中小学教辅材料征订工作",
    "开展{year}年民办学校年度检查工作",
    "进一步减轻中小学教师非教学负担",
    "做好{year}年秋季学期教育收费工作",
    "加强中小学幼儿园食品安全管理",
    "调整幼儿园保教费收费标准",
    "做好{year}年中小学教师资格认定工作",
    "加强寒暑假期间校外托管服务管理",
    "组织开展{year}年中小学生艺术展演活动",
    "推进中小学幼儿园集团化办学",
)
#: what else stands in these columns
NOT_ASKED = (
    "转发省教育厅关于印发《中小学生校服管理实施办法》的通知",
    "教育部关于印发《中小学德育工作指南》的通知",
    "未成年人学校保护规定",
    "省教育厅等三部门关于印发《校外培训行政处罚暂行办法实施细则》的通知",
    "关于公布规范性文件清理结果的通知",
    "关于废止《{place}民办教育发展专项资金管理办法》的通知",
)
NOISE = (
    "教育部有关负责人就《中小学生校外研学指南》答记者问",
    "省教育厅解读《中小学校园周边秩序管理规定》",
    "{place}举办政务公开工作培训",
    "一图读懂国家学生资助政策体系",
    "政策问答：如何办理转学",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One document that owes an interpretation, and the truth about it."""

    title: str
    day: date
    due: date
    fate: str  # answered, late, missing
    late_by: int = 0
    answer: str = ""  # the title of its interpretation


@dataclass(slots=True, kw_only=True)
class Bureau:
    unit: Unit
    planted: list[Planted] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    partners: list[Document] = field(default_factory=list)

    @property
    def looks(self) -> dict[str, Observation]:
        return {
            "normative-documents": observation(
                *self.documents, unit=self.unit.code, column="normative-documents"
            ),
            "interpretation": observation(
                *self.partners, unit=self.unit.code, column="interpretation"
            ),
        }


def is_worked(day: date) -> bool:
    return SPECIAL.get(day, day.weekday() < 5)


def after(day: date, workdays: int) -> date:
    """Count day by day, as a clerk does with a calendar."""
    while workdays:
        day += timedelta(days=1)
        workdays -= is_worked(day)
    return day


def fleet(seed: int) -> list[Bureau]:
    """Eight bureaus with 25 documents each."""
    chance = random.Random(seed)
    fates = ["missing"] * MISSING + ["late"] * LATE
    fates += ["answered"] * (PER_UNIT * len(UNITS) - len(fates))
    chance.shuffle(fates)
    bureaus = [_bureau(number, fates, chance) for number in range(len(UNITS))]
    _add_decoys(bureaus, chance)
    for bureau in bureaus:
        chance.shuffle(bureau.partners)
        chance.shuffle(bureau.documents)
    return bureaus


def _bureau(number: int, fates: list[str], chance: random.Random) -> Bureau:
    place, name, agency = UNITS[number]
    types = frozenset({UnitType.BUREAU})
    made = Bureau(unit=unit(code=f"B-{number}", name=name, short_name="", types=types))
    subjects = [
        *chance.sample(NAMES, PER_UNIT - 6),
        *(text.format(year=2026) for text in chance.sample(LETTERS, 6)),
    ]
    for place_in_list, subject in enumerate(subjects):
        fate = fates[number * PER_UNIT + place_in_list]
        day = _workday(chance)
        number_told = f"{agency}〔2026〕{place_in_list + 1}号"
        title = _title(subject, place, name, number_told, chance)
        shows_number = chance.random() < 0.4
        made.documents.append(
            document(title, day, url=_url(), doc_no=number_told if shows_number else "")
        )
        due, late = after(day, WITHIN), chance.randint(1, 30) if fate == "late" else 0
        planted = Planted(title=title, day=day, due=due, fate=fate, late_by=late)
        if fate == "missing":
            made.planted.append(planted)
            continue
        answered = after(due, late) if late else after(day, chance.randint(0, WITHIN))
        has_number = shows_number or number_told in title
        said = _answer(subject, title, place, name, number_told if has_number else "", chance)
        made.planted.append(replace(planted, answer=said))
        made.partners.append(document(said, answered, url=_url()))
    _explain_two_at_once(made)
    for title in chance.sample(NOT_ASKED, 4):
        made.documents.append(document(title.format(place=place), _workday(chance), url=_url()))
    for title in chance.sample(NOISE, 3):
        made.partners.append(document(title.format(place=place), _workday(chance), url=_url()))
    return made


def _explain_two_at_once(made: Bureau) -> None:
    """One interpretation names two documents that were published within one day or two."""
    answered = sorted(
        (one for one in made.planted if one.fate == "answered"), key=lambda one: one.day
    )
    for one, other in pairwise(answered):
        if (other.day - one.day).days <= 1:
            both = f"《{one.title}》和《{other.title}》政策解读"
            spoken = {one.answer, other.answer}
            made.partners = [said for said in made.partners if said.title not in spoken]
            made.partners.append(document(both, other.day, url=_url()))
            renamed = {planted: replace(planted, answer=both) for planted in (one, other)}
            made.planted = [renamed.get(planted, planted) for planted in made.planted]
            return


def _workday(chance: random.Random) -> date:
    while True:
        day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        if is_worked(day):
            return day


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_COUNT = _numbers()


def _url() -> str:
    return f"http://bureau.example/{next(_COUNT)}.htm"


def _whole(subject: str, place: str) -> str:
    return f"{place}{subject}"


# --- how offices write ----------------------------------------------------------------------


def _title(subject: str, place: str, name: str, number: str, chance: random.Random) -> str:
    if subject not in NAMES:
        forms = (
            "关于{s}的通知",
            "{n}关于{s}的通知",
            "{n}关于{s}的通知（{no}）",
            "关于{s}的实施意见",
        )
    else:
        forms = (
            "关于印发《{p}{s}》的通知",
            "关于印发《{p}{s}（试行）》的通知",
            "{n}关于印发《{p}{s}》的通知",
            "{n}关于印发{p}{s}的通知",
            "关于印发{p}{s}的通知",
            "关于印发《{s}》的通知",
            "{n} {p}财政局关于印发《{p}{s}》的通知",
            "{n}等四部门关于印发《{p}{s}》的通知",
            "关于印发《{p}{s}》的通知（{no}）",
            "【规范性文件】{n}关于印发《{p}{s}》的通知",
            "{p}{s}",
            "关于修订印发《{p}{s}》的通知",
        )
    return chance.choice(forms).format(s=subject, p=place, n=name, no=number)


def _answer(
    subject: str, title: str, place: str, name: str, number: str, chance: random.Random
) -> str:
    forms = ["《{t}》政策解读", "关于《{t}》的解读", "《{t}》解读说明", "【政策解读】{t}"]
    if subject not in NAMES:
        forms += ["《关于{s}的通知》政策解读", "关于{s}政策解读", "{s}政策问答", "一图读懂 | {l}"]
        forms += ["{n}负责人就{s}答记者问"]
    else:
        forms += [
            "《{p}{s}》政策解读",
            "《{p}{s}》解读",
            "《{p}{s}（试行）》政策解读",
            "一图读懂《{p}{s}》",
            "一图读懂：{p}{s}",
            "一张图读懂｜{s}",
            "图解：《{s}》",
            "【图解】{p}{s}",
            "关于《{p}{s}》的政策解读",
            "{p}{s}解读",
            "{p}{s}政策解读（一）",
            "关于《关于印发〈{p}{s}〉的通知》的政策解读",
            "《{p}{s}》政策问答",
            "{n}主要负责人就《{p}{s}》答记者问",
            "《{p}{s}》起草说明",
            "文字解读丨《{p} {s}》",
            "《{l}》解读",
            "专家解读：{l}出台的背景和意义",
        ]
    if number:
        spelled = chance.choice(
            (
                number,
                number.replace("〔", "[").replace("〕", "]"),
                number.replace("〔", "（").replace("〕", "） "),
            )
        )
        forms += [f"《{{t}}》（{spelled}）解读", f"{spelled}文件政策解读"]
    return chance.choice(forms).format(
        s=subject, p=place, n=name, t=title, l=_shortened(subject, chance)
    )


def _shortened(subject: str, chance: random.Random) -> str:
    """As a headline writer shortens a name: leaving words out, never changing one."""
    text = subject
    for word in chance.sample(
        ("实施", "工作", "管理", "暂行", "阶段", "进一步", "做好", "义务教育"), 3
    ):
        text = text.replace(word, "")
    return text


# --- what looks like an answer and is none --------------------------------------------------


def _add_decoys(bureaus: list[Bureau], chance: random.Random) -> None:
    """Half of them beside documents nobody answered, where a wrong pair would hide a gap."""
    every = [(bureau, planted) for bureau in bureaus for planted in bureau.planted]
    missing = [one for one in every if one[1].fate == "missing"]
    answered = [one for one in every if one[1].fate != "missing"]
    for number in range(DECOYS):
        bureau, planted = chance.choice(missing if number % 2 else answered)
        title, day = _decoy(number // 2 % 8, bureau, planted, chance)
        bureau.partners.append(document(title, day, url=_url()))


def _decoy(kind: int, bureau: Bureau, planted: Planted, chance: random.Random) -> tuple[str, date]:
    place = bureau.unit.name[:3]
    name = next((one for one in NAMES if one in planted.title), "中小学生手机管理办法")
    later = after(planted.day, chance.randint(0, 15))
    if kind == 0:  # another year's
        return f"《{place}{name}（2023年修订）》政策解读", later - timedelta(days=400)
    if kind == 1:  # what belongs to the document is another document
        return f"《{place}{name.removesuffix('办法')}考核评分标准》解读", later
    if kind == 2:  # another place's
        return f"《云川县{name}》政策解读", later
    if kind == 3:  # a higher body's
        return f"《江南省{name}》解读", later
    if kind == 4:  # another matter of the same kind
        other = chance.choice([one for one in NAMES if one not in _titles(bureau)])
        return f"一图读懂《{place}{other}》", later
    if kind == 5:  # news
        return f"{place}召开{name}政策解读培训会", later
    if kind == 6:  # another kind of school
        return f"《{place}{_other_school(name)}》政策解读", later
    return f"《{place}{name}（征求意见稿）》起草说明", planted.day - timedelta(days=75)


def _titles(bureau: Bureau) -> str:
    return " ".join(planted.title for planted in bureau.planted)


def _other_school(name: str) -> str:
    for mine, other in (
        ("中小学", "中等职业学校"),
        ("义务教育", "普通高中"),
        ("幼儿园", "中小学"),
        ("初中", "高中"),
        ("普通高中", "中等职业学校"),
    ):
        if mine in name:
            return name.replace(mine, other, 1)
    return f"民办学校{name}"
