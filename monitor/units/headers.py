"""表头与用语: the columns of the 单位清单 and the words its cells may hold."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import Trait, UnitType

#: what the sheet says → the types of a unit; the first word of each set is the one written back
TYPE_WORDS: Mapping[str, frozenset[UnitType]] = {
    "教育局": frozenset({UnitType.BUREAU}),
    "机关科室": frozenset({UnitType.SECTION}),
    "幼儿园": frozenset({UnitType.KINDERGARTEN}),
    "小学": frozenset({UnitType.PRIMARY}),
    "初中": frozenset({UnitType.JUNIOR_HIGH}),
    "九年一贯制": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
    "高中": frozenset({UnitType.SENIOR_HIGH}),
    "完全中学": frozenset({UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "十二年一贯制": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "中职": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "特教": frozenset({UnitType.SPECIAL}),
    "高校": frozenset({UnitType.UNIVERSITY}),
    # also understood
    "教体局": frozenset({UnitType.BUREAU}),
    "教育体育局": frozenset({UnitType.BUREAU}),
    "科室": frozenset({UnitType.SECTION}),
    "完小": frozenset({UnitType.PRIMARY}),
    "中心小学": frozenset({UnitType.PRIMARY}),
    "初级中学": frozenset({UnitType.JUNIOR_HIGH}),
    "九年一贯制学校": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
    "普通高中": frozenset({UnitType.SENIOR_HIGH}),
    "高级中学": frozenset({UnitType.SENIOR_HIGH}),
    "完中": frozenset({UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "十二年一贯制学校": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "职高": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "职业高中": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "中等职业学校": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "中专": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "特殊教育": frozenset({UnitType.SPECIAL}),
    "特殊教育学校": frozenset({UnitType.SPECIAL}),
    "高等学校": frozenset({UnitType.UNIVERSITY}),
    "大学": frozenset({UnitType.UNIVERSITY}),
}
#: the words offered and written back
TYPE_CHOICES = tuple(list(TYPE_WORDS)[: list(TYPE_WORDS).index("教体局")])

TRAIT_HEADERS: Mapping[str, Trait] = {
    "公办/民办": Trait.PRIVATE,
    "是否寄宿": Trait.BOARDING,
    "食堂": Trait.CANTEEN,
    "校车": Trait.SCHOOL_BUS,
    "独立预算": Trait.OWN_BUDGET,
    "事业单位法人": Trait.LEGAL_PERSON,
    "政府网站": Trait.GOVERNMENT_SITE,
}
#: the sheet's three columns of a person: name, phone, mail → the field of the unit
PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "contact": ("联络员", "联系电话", "邮箱"),
    "responsible": ("负责人", "负责人电话", "负责人邮箱"),
    "reviewer": ("审核责任人", "审核责任人电话", "审核责任人邮箱"),
    "publisher": ("信息发布员", "信息发布员电话", "信息发布员邮箱"),
}
HEADERS = (
    "单位编码",
    "单位名称",
    "简称",
    "单位类别",
    "公办/民办",
    "网站首页",
    "信息公开栏目地址",
    "是否寄宿",
    "食堂",
    "校车",
    "独立预算",
    "事业单位法人",
    "政府网站",
    "主管单位",
    "责任科室",
    *(name for names in PEOPLE.values() for name in names),
    "启用",
    "备注",
)
REQUIRED = ("单位编码", "单位名称", "单位类别", "网站首页", "邮箱")
OTHER_NAMES = {
    "第一责任人": "负责人",
    "第一责任人电话": "负责人电话",
    "第一责任人邮箱": "负责人邮箱",
    "寄宿": "是否寄宿",
}
ENTRANCE = "栏目："
