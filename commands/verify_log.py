"""验链: whether what was recorded is what is there: the chain, what is on it, the stored pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from commands.folder import Folder, opened
from commands.words import ChineseCommand
from crawler import evidence
from monitor.store import checked
from monitor.wording import Breach, Exit

#: breaches that are told one by one
_SHOWN = 20


@click.command("verify-log", cls=ChineseCommand)
@click.option(
    "--expect", default="", metavar="校验值", help="上次记下的校验值，核对它是否仍在校验链上"
)
@click.option("--all", "everything", is_flag=True, help="核对全部留存页面，不只是未了结问题的")
@opened
def verify_log_verb(folder: Folder, expect: str, everything: bool) -> None:
    """处理记录、人工核实、不涉及、看法、快照、判断记录和留存页面，是否与写入时一致。

    例：mingcha verify-log
    """
    folder.leaves_no_trace = True
    chain = checked.check_chain(folder.store, expected=expect.strip().lower())
    pages: Mapping[str, str] = checked.pages_of_open_findings(folder.store)
    if everything:
        pages = dict.fromkeys(checked.all_pages(folder.store), "") | dict(pages)
    damaged = tuple(_damaged(folder, pages))
    click.echo(f"校验链 {chain.links} 条" + (f"，校验值 {chain.sha256}" if chain.links else ""))
    click.echo("　" + "，".join(f"{name} {count} 条" for name, count in chain.rows.items()))
    whose = "全部留存页面" if everything else "未了结问题的留存页面"
    click.echo(f"{whose} {len(pages)} 份")
    breaches = [told.tell(**facts) for told, facts in chain.breaches] + list(damaged)
    if not breaches:
        click.echo("逐条核对，与写入时一致。")
        return
    click.echo(f"有 {len(breaches)} 处与写入时不一致：")
    for line in breaches[:_SHOWN]:
        click.echo(f"　{line}")
    if len(breaches) > _SHOWN:
        click.echo(f"　其余 {len(breaches) - _SHOWN} 处从略，请先恢复备份再核对。")
    click.echo("请保留现状，用最近的备份核对；没有查清以前，不要据此出具报告。")
    raise click.exceptions.Exit(Exit.FINDINGS)


def _damaged(folder: Folder, pages: Mapping[str, str]) -> Iterator[str]:
    for sha256, number in sorted(pages.items(), key=lambda page: (page[1], page[0])):
        try:
            evidence.load(folder.evidence, sha256)
        except evidence.DamagedEvidence:
            path = f"evidence/{evidence.place(sha256)}"
            behind = f"问题 {number}" if number else "不是未了结问题的"
            yield Breach.PAGE_DAMAGED.tell(path=path, behind=behind)
