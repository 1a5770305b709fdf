"""可参考: the good examples an officer marks, shown to units of their class that lack the item."""

from __future__ import annotations

import click

from commands.folder import Folder, opened
from commands.words import ChineseGroup, dry_run
from monitor.cells import BadCell, read_address
from monitor.ledger import examples as ledger
from monitor.model import Example
from monitor.store import records
from monitor.wording import MonitorError
from reports.examples import IN_ORDER

_BY = click.option("--by", metavar="姓名", help="谁标记的；默认是设置中的经办人")


@click.group("examples", cls=ChineseGroup)
def examples_verb() -> None:
    """可参考：标记做得好的单位，整改通知和邮件里给同类单位附上网址。

    例：mingcha examples list
    """


@examples_verb.command("add")
@click.argument("unit", metavar="单位")
@click.argument("item", metavar="事项")
@click.option(
    "--address", default="", metavar="网址", help="给别的单位看的网址，默认是核查时的页面"
)
@_BY
@dry_run
@opened
def examples_add(
    folder: Folder, unit: str, item: str, address: str, by: str | None, dry_run: bool
) -> None:
    """标记一个单位的一个事项可供参考；它自己出了问题时不再给别人看。

    例：mingcha examples add 实验小学 S-11
    """
    whose, what = folder.unit(unit), folder.requirement(item)
    key = (whose.code, what.id)
    judged = next((one for one in folder.standing() if (one.unit, one.requirement) == key), None)
    if judged is None or judged.status not in IN_ORDER:
        told = judged.status.value if judged else "没有这项义务"
        raise MonitorError(
            "E2431",
            f"{whose.name}的“{what.name}”现在是“{told}”，不能作为参考",
            "没有标记。",
            "请选一个核查正常的单位；可用 mingcha export overview 查看。",
        )
    example = Example(
        unit=whose.code,
        requirement=what.id,
        address=_address(address) or judged.page,
        by=by or folder.settings.office.officer,
        at=folder.now,
    )
    click.echo(f"{whose.name}　{what.name}　{example.address}")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    ledger.mark(folder.store, example)
    click.echo("已标记，同类单位缺这一项时附上这个网址。")


@examples_verb.command("list")
@opened
def examples_list(folder: Folder) -> None:
    """列出标记过的，以及现在是否还给别的单位看。

    例：mingcha examples list
    """
    marked = records.examples(folder.store)
    if not marked:
        click.echo("还没有标记。")
        return
    standing = {(one.unit, one.requirement): one.status for one in folder.standing()}
    names = {unit.code: unit.name for unit in folder.units}
    items = folder.catalog.requirements
    for one in marked:
        status = standing.get((one.unit, one.requirement))
        shown = (
            ""
            if status in IN_ORDER
            else f"　现在是“{status.value if status else '未列入'}”，暂不附上"
        )
        item = items[one.requirement].name if one.requirement in items else one.requirement
        click.echo(
            f"{names.get(one.unit, one.unit)}　{item}　{one.address}　"
            f"{one.at:%Y-%m-%d} {one.by}{shown}"
        )


@examples_verb.command("remove")
@click.argument("unit", metavar="单位")
@click.argument("item", metavar="事项")
@_BY
@opened
def examples_remove(folder: Folder, unit: str, item: str, by: str | None) -> None:
    """撤回标记。

    例：mingcha examples remove 实验小学 S-11
    """
    whose, what = folder.unit(unit), folder.requirement(item)
    signed = by or folder.settings.office.officer
    if not ledger.unmark(folder.store, whose.code, what.id, by=signed, at=folder.now):
        raise MonitorError(
            "E2432",
            f"{whose.name}的“{what.name}”没有标记过",
            "没有改动。",
            "已标记的见 mingcha examples list。",
        )
    click.echo(f"已撤回：{whose.name}　{what.name}")


def _address(text: str) -> str:
    """The address as it can be opened, "" for none."""
    try:
        return read_address(text)[0] if text else ""
    except BadCell as bad:
        raise MonitorError(
            "E2433",
            f"“{text}”不是网址",
            "没有标记。",
            "请写 http:// 或 https:// 开头的网址。",
        ) from bad
