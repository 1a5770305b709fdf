"""The manual does what it says: its commands are typed in order, its examples of rules are loaded.

The sample school of the manual is served here on loopback; where the manual writes its address,
the address of that server is typed. All commands are given on one day, so that what they print
can be compared with what the manual says they print.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pytest
from schoolpages import article, home, listing, page
from siteserver import Site, SiteServer, serving
from test_house import FORBIDDEN, HERE

from commands import VERBS, cli, main
from commands.words import explain_usage
from monitor import completeness, settings, timelimits
from monitor.catalog import load
from monitor.holidays import calendar
from monitor.model import Outcome, Status
from monitor.units import DUTY_HEADERS, EVENT_HEADERS
from monitor.units.answers import ANSWER_HEADERS
from monitor.units.headers import HEADERS, TYPE_CHOICES
from reports.formats.xlsx import Sheet, write_table

MANUAL = HERE / "docs" / "manual.zh-CN.md"
RULES = HERE / "docs" / "rules.md"
READMES = sorted(HERE.glob("README*.md"))
#: the day on which everything in the manual is done
DAY = "2026-11-23"
#: the sample school's address, as the manual writes it
SCHOOL = "http://yixiao.example.cn"
UNIT = "示例县第一小学"


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced part of a document: what its fence says, and its text."""

    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}"


def blocks_of(path: Path, *kinds: str) -> list[Block]:
    text = path.read_text("utf-8")
    return [
        Block(line=text[: found.start()].count("\n") + 1, kind=found[1].strip(), text=found[2])
        for found in re.finditer(r"^```(.+)\n((?:.*\n)*?)```$", text, re.MULTILINE)
        if found[1].strip() in kinds
    ]


def name_of(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


# --- the commands ------------------------------------------------------------------------

_INLINE = re.compile(r"`(mingcha [^`]+)`")
_TYPED = re.compile(r"^\s*(?:\$ )?(?:\S*bin/)?(mingcha(?: .*)?)$")


_FENCED = re.compile(r"^```.*\n((?:.*\n)*?)```$", re.MULTILINE)


def typed_commands(path: Path) -> list[str]:
    """The command lines that stand by themselves, to be typed."""
    lines = "".join(_FENCED.findall(path.read_text("utf-8"))).splitlines()
    found = [match[1] for line in lines if (match := _TYPED.match(line))]
    return list(dict.fromkeys(line.partition("#")[0].strip() for line in found))


def named_commands(path: Path) -> list[str]:
    """The commands that sentences speak of; a sentence may leave their arguments out."""
    found = _INLINE.findall(_FENCED.sub("", path.read_text("utf-8")))
    return [line for line in dict.fromkeys(found) if "动作" not in line]  # 动作: any verb


DOCUMENTS = (MANUAL, RULES, *READMES)
ALL_TYPED_COMMANDS = [
    pytest.param(line, id=f"{name_of(path)}: {line}")
    for path in DOCUMENTS
    for line in typed_commands(path)
]
ALL_NAMED_COMMANDS = [
    pytest.param(line, id=f"{name_of(path)}: {line}")
    for path in DOCUMENTS
    for line in named_commands(path)
]


def parsed(line: str, *, whole: bool = True) -> tuple[str, ...]:
    """The verb (and the verb below it) that ``line`` asks for; fails as the program would."""
    command: click.Command = cli
    words = shlex.split(line)[1:]
    context = click.Context(cli, info_name="mingcha")
    path: list[str] = []
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None, f"no verb {name}"
        command = found
        path.append(command.name or name)
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=name, parent=context)
    if "--help" not in words and path:
        try:
            command.make_context(path[-1], words, parent=context).close()
        except click.UsageError as mistake:
            if whole or not isinstance(mistake, click.MissingParameter):
                pytest.fail(explain_usage(mistake))
    return tuple(path)


@pytest.mark.parametrize("line", ALL_TYPED_COMMANDS)
def test_a_command_can_be_typed_as_it_stands(line: str) -> None:
    parsed(line)


@pytest.mark.parametrize("line", ALL_NAMED_COMMANDS)
def test_a_command_that_a_sentence_names_is_there(line: str) -> None:
    parsed(line, whole=False)


def leaves() -> dict[tuple[str, ...], click.Command]:
    """Every command a person can give."""
    found: dict[tuple[str, ...], click.Command] = {}
    context = click.Context(cli)
    for verb in VERBS:
        command = cli.get_command(context, verb)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {(verb, name): below for name, below in command.commands.items()}
        else:
            found[verb,] = command
    return found


def test_every_verb_is_shown_at_work_and_no_other() -> None:
    shown = [
        line.removeprefix("$ ")
        for block in blocks_of(MANUAL, "console", "console run")
        for line in block.text.splitlines()
        if line.startswith("$ mingcha ")
    ]

    assert {parsed(line) for line in shown if "--" not in line.split()[1]} == set(leaves())


def test_every_verb_has_its_heading_with_its_chinese_name() -> None:
    headings = re.findall(r"^### .*`([\w-]+)`（(\S+?)）", MANUAL.read_text("utf-8"), re.MULTILINE)

    assert headings == [(verb, alias) for verb, (_, alias, _) in VERBS.items()]


def test_every_option_is_told() -> None:
    text = MANUAL.read_text("utf-8")
    options = {
        option
        for command in leaves().values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }

    assert {option for option in options if f"`{option}" not in text} == set()


# --- the commands that are typed -----------------------------------------------------------

RUN = blocks_of(MANUAL, "console run")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One command of a block, and what the manual says it prints."""

    line: str
    told: str


def typed_in(block: Block) -> list[Typed]:
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
    return [
        Typed(line=line, told=told) for line, _, told in (part.partition("\n") for part in parts)
    ]


FEES = [
    ("2026年春季学期教育收费公示", "/jysf/3.html", date(2026, 2, 27)),
    ("2025年秋季学期教育收费公示", "/jysf/2.html", date(2025, 9, 1)),
    ("2025年春季学期教育收费公示", "/jysf/1.html", date(2025, 2, 20)),
]
LISTS = {
    "机构领导": ("/jgld/", [("校长：主持学校全面工作", "/jgld/1.html", date(2026, 9, 1))]),
    "招生考试": ("/zsks/", [("2026年秋季招生公告", "/zsks/1.html", date(2026, 6, 8))]),
    "教育收费": ("/jysf/", FEES),
    "规章制度": (
        "/gzzd/",
        [
            ("教师考核办法", "/gzzd/3.html", date(2025, 9, 10)),
            ("财务管理制度", "/gzzd/2.html", date(2025, 3, 12)),
            ("学校章程", "/gzzd/1.html", date(2025, 3, 3)),
            ("考勤管理办法", "/gzzd/4.html", "2025-02"),  # a day half told is none
        ],
    ),
    "通知公告": ("/tzgg/", [("关于秋季运动会的通知", "/tzgg/1.html", date(2026, 10, 12))]),
}
PARAGRAPH = "学校现有教学班24个，在校学生1080人，教职工62人。\n" * 6


def school(server: SiteServer) -> Site:
    """The site of the sample school: five lists, one page of text, and one empty column."""
    places = {name: address for name, (address, _) in LISTS.items()}
    routes: dict[str, str] = {
        "/": home({**places, "学校概况": "/xxgk/", "校园安全": "/xyaq/"}, unit=UNIT),
        "/xxgk/": article("学校简介", date(2026, 3, 2), PARAGRAPH, unit=UNIT),
        "/xyaq/": page(
            "校园安全", "<h3>校园安全</h3><p>暂无内容</p>", unit=UNIT, crumbs="校园安全"
        ),
    }
    for name, (address, rows) in LISTS.items():
        routes[address] = listing(name, rows, unit=UNIT)
        routes |= {url: article(title, day, PARAGRAPH, unit=UNIT) for title, url, day in rows}
    return server.site(dict(routes))


def fill_in(folder: Path, site: Site) -> None:
    """Do by hand what the manual asks for between two commands, as soon as it can be done."""
    file = folder / settings.FILE
    if file.exists() and site.netloc not in (text := file.read_text("utf-8")):
        for key, value in (
            ("name", "示例县教育局"),
            ("phone", "0550-1234567"),
            ("delay", "0"),
            ("test_targets", f'["{site.netloc}"]'),
        ):
            text = re.sub(rf"^(  {key}:) .*$", rf"\1 {value}", text, count=1, flags=re.MULTILINE)
        file.write_text(text, "utf-8")
    if file.exists():
        for name, (header, *rows) in {**SHEETS, "单位清单": units(site)}.items():
            place = folder / f"{name}.xlsx"
            if place.exists() or name not in TEMPLATES:  # an empty sheet comes from its verb
                write_table(place, [Sheet(name=name, header=header, rows=rows)])
        (folder / "页面.html").write_text(listing("教育收费", FEES, unit=UNIT), "utf-8")
        (folder / "本局目录.yaml").write_text(first_layer().text, "utf-8")


def units(site: Site) -> list[Sequence[str]]:
    first = {"单位编码": "SL001", "单位名称": UNIT, "单位类别": "小学", "网站首页": f"{site.url}/"}
    first |= {"公办/民办": "公办", "食堂": "有", "独立预算": "是", "邮箱": "yixiao@example.cn"}
    second = {"单位编码": "SL002", "单位名称": "示例县实验学校", "单位类别": "九年一贯制"}
    second |= {"公办/民办": "民办"}
    return [HEADERS, *([row.get(name, "") for name in HEADERS] for row in (first, second))]


TEMPLATES = ("单位清单", "事件登记")
SHEETS: Mapping[str, Sequence[Sequence[str]]] = {
    "事件登记": [EVENT_HEADERS, (UNIT, "预算批复", "2026-02-03", "张三", "示财教〔2026〕5号")],
    "任务分解": [DUTY_HEADERS, ("部门预算", "财务股", "", "王五", "赵六", "")],
    "标准目录": [
        ("一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限"),
        ("学生管理", "学生资助", "资助政策；资助标准", "国发〔2015〕67号", "20个工作日内"),
        ("教育督导", "督学责任区", "责任督学姓名；电话", "教督〔2013〕3号", "长期公开"),
        ("重要政策", "政策解读", "解读材料", "国办发〔2016〕80号", "另行通知"),
    ],
}


def first_layer() -> Block:
    return next(block for block in blocks_of(MANUAL, "yaml") if block.text.startswith("layer:"))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What every typed command of the manual printed, in one work folder, in order."""
    folder = tmp_path_factory.mktemp("manual") / "用户 资料"
    folder.mkdir()
    seen: dict[str, str] = {}
    with serving() as server, contextlib.ExitStack() as moves, pytest.MonkeyPatch.context() as here:
        here.delenv("MINGCHA_DIR", raising=False)
        moves.enter_context(contextlib.chdir(folder))
        site = school(server)
        for block in RUN:
            for typed in typed_in(block):
                if typed.line.startswith("cd "):
                    moves.enter_context(contextlib.chdir(typed.line.removeprefix("cd ")))
                else:
                    seen[typed.line] = run(typed.line, site)
                fill_in(Path.cwd(), site)
    return seen


def run(line: str, site: Site) -> str:
    """Give one command, on the manual's day; return what a person sees."""
    words = shlex.split(line.replace(SCHOOL, site.url))[1:]
    if any("--today" in one.opts for one in leaves()[parsed(line)].params):
        words += ["--today", DAY]
    screen = io.StringIO()
    with (
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
        pytest.raises(SystemExit),
    ):
        main(words)
    return "".join(told(screen.getvalue().replace(site.url, SCHOOL)))


#: what differs from one machine, or one moment, to another
_VARIES = re.compile(r"(?<=Python )[\d.]+|(?<=可用 )[\d.]+(?= GB)|[\d.]+(?= 秒)")


def told(text: str) -> Iterator[str]:
    """Without what is only said because the school is on this machine, or the clock elsewhere."""
    for line in text.splitlines(keepends=True):
        if "network.test_targets" not in line and "本机时区" not in line:
            yield _VARIES.sub("…", line)


ALL_TYPED = [
    pytest.param(typed, id=f"line {block.line}: {typed.line}")
    for block in RUN
    for typed in typed_in(block)
    if not typed.line.startswith("cd ")
]


@pytest.mark.parametrize("typed", ALL_TYPED)
def test_a_command_prints_what_the_manual_says(typed: Typed, printed: Mapping[str, str]) -> None:
    """A line of … alone stands for any lines, inside a line for anything."""
    pattern = "".join(
        "(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in _VARIES.sub("…", typed.told).rstrip("\n").splitlines()
    )

    found = re.fullmatch(pattern, printed[typed.line].rstrip("\n") + "\n")

    assert found, f"{typed.line} printed\n{printed[typed.line]}"


def test_no_command_that_is_typed_fails_unexpectedly(printed: Mapping[str, str]) -> None:
    assert {line for line, text in printed.items() if "Traceback" in text} == set()


# --- the examples of rules -----------------------------------------------------------------

HEAD = "layer: {name: 示例, by: 示例, on: 2026-03-01}\n"
#: a catalog of two items; the limits and checks of an example are put into the second
SMALL = """\
columns: [{id: fees, name: 教育收费}]
requirements:
  - id: B-08
    name: 规范性文件
    applies_to: [bureau]
    column: fees
    match: {any: [通知]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 示例}]
  - id: S-11
    name: 教育收费公示
    applies_to: [primary]
    column: fees
    match: {any: [收费]}
    basis: [{title: 示例}]
"""
YAML = [
    pytest.param(block, id=f"{name_of(path)} {block}")
    for path in (MANUAL, RULES)
    for block in blocks_of(path, "yaml")
]


def keys_of(text: str) -> set[str]:
    return set(re.findall(r"^(\w+):", text, re.MULTILINE))


def load_rules(text: str, folder: Path) -> None:
    """Load an example as what it is: a catalog, parts of an item, a layer or a part of one."""
    keys = keys_of(text)
    rules, layer = folder / "rules.yaml", folder / "本局目录.yaml"
    if "requirements" in keys:
        rules.write_text(text, "utf-8")
        load([rules])
    elif keys <= {"limits", "complete"}:
        text += "" if "limits" in keys else "limits: [{kind: standing, grounds: law}]\n"
        rules.write_text(SMALL + re.sub("^(?=.)", "    ", text, flags=re.MULTILINE), "utf-8")
        load([rules])
    else:
        layer.write_text(text if "layer" in keys else HEAD + text, "utf-8")
        load([settings.shipped_rules(), layer])


@pytest.mark.parametrize("block", YAML)
def test_an_example_is_taken_as_it_stands(block: Block, tmp_path: Path) -> None:
    if keys_of(block.text) & {"office", "network", "rules"}:
        (tmp_path / settings.FILE).write_text(block.text, "utf-8")
        settings.load(tmp_path)
    else:
        load_rules(block.text, tmp_path)


@pytest.mark.parametrize("kinds", [timelimits.KINDS, completeness.KINDS], ids=["limits", "checks"])
def test_every_kind_has_an_example(kinds: Mapping[str, object]) -> None:
    text = "".join(block.text for block in blocks_of(MANUAL, "yaml"))

    assert {kind for kind in kinds if f"kind: {kind}" not in text} == set()


@pytest.mark.parametrize("block", blocks_of(MANUAL, "yaml calendar"), ids=str)
def test_a_calendar_is_taken_as_it_stands(block: Block, tmp_path: Path) -> None:
    (tmp_path / "calendar.yaml").write_text(block.text, "utf-8")

    calendar(2027, 2027, extra=tmp_path / "calendar.yaml")


def setting_names(text: str) -> Iterator[str]:
    group = ""
    for line in text.splitlines():
        if found := re.match(r"(  )?(\w+):\s*([^#\s]*)", line):
            name = found[2]
            if found[1]:
                yield f"{group}.{name}"
            elif found[3]:
                yield name
            else:
                group = name


def test_every_setting_is_told() -> None:
    text = MANUAL.read_text("utf-8")

    assert {name for name in setting_names(settings.default_text()) if f"`{name}`" not in text} == (
        set()
    )


# --- the words -----------------------------------------------------------------------------


def rows_of(heading: str) -> set[str]:
    """The first cells of the tables below a heading of the manual."""
    part = MANUAL.read_text("utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    return {line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")}


def test_every_status_is_told_with_its_symbol() -> None:
    shown = {f"{status.symbol} {status.value}" for status in Status}

    assert shown - rows_of("6 ") == set()


def test_every_outcome_is_told() -> None:
    shown = {outcome.value for outcome in Outcome}

    assert shown - rows_of("7 ") == set()


@pytest.mark.parametrize(
    "name", [*HEADERS, *TYPE_CHOICES, *EVENT_HEADERS, *DUTY_HEADERS, *ANSWER_HEADERS]
)
def test_what_a_sheet_takes_is_told(name: str) -> None:
    assert name in MANUAL.read_text("utf-8").split("## 5 ")[1].split("\n## ")[0]


def test_the_manual_holds_no_forbidden_word() -> None:
    lines = MANUAL.read_text("utf-8").splitlines()

    assert [line for line in lines if FORBIDDEN.search(line)] == []
