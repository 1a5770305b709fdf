"""示例县的单位清单: the rows of the sheet, for the addresses at hand."""

from __future__ import annotations

from collections.abc import Mapping

from commands.demo.county import MEMBERS, SITES, Member
from commands.demo.skins import home_path

HEADER = (
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
    "责任科室",
    "联络员",
    "联系电话",
    "邮箱",
    "负责人",
    "负责人邮箱",
    "启用",
    "备注",
    "栏目：教育收费",
)
_SITES = {site.host: site for site in SITES}
#: one unit's fees stand where the menu would not lead: the sheet gives the address itself
_FEES = {"QH002": "/col/col1229005/index.html"}


def sheet_rows(addresses: Mapping[str, str], *, with_late: bool = False) -> list[list[str]]:
    """Return the sheet, header first; ``with_late`` adds the unit that joins after night 3."""
    members = (member for member in MEMBERS if with_late or not member.joins_late)
    return [list(HEADER), *(_row(member, addresses) for member in members)]


def _row(member: Member, addresses: Mapping[str, str]) -> list[str]:
    home = fees = ""
    if member.host:
        base = addresses[member.host]
        home = base + home_path(_SITES[member.host], member.tenant)
        fees = base + _FEES[member.code] if member.code in _FEES else ""
    mail = f"{member.code.lower()}@qinghe.example"
    shared = member.host and len(_SITES[member.host].tenants) > 1
    return [
        member.code,
        member.name,
        member.short,
        member.kind,
        "民办" if member.private else "公办",
        home,
        home if shared else "",
        _yes(member.boarding),
        _yes(member.canteen),
        "否",
        _yes(member.budget),
        "办公室" if member.kind == "教育局" else "基础教育股",
        "陈老师",
        member.phone,
        mail,
        "林老师",
        f"head.{mail}",
        "是",
        "" if member.host else "无网站，人工核查",
        fees,
    ]


def _yes(told: bool) -> str:
    return "是" if told else "否"
