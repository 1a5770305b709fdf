"""How well the elements of budgets are found: documents with planted omissions, in nine formats.

    python benchmarks/elements.py [--seed 5] [--show]

A seeded program writes budgets of bureaus as pages, PDF, DOCX, DOC, XLSX, XLS and OFD, leaves out
parts, tables and explanations or empties tables without a word, and lets others stay empty with a
sentence that says so. Some are archives or pictures, of which nothing can be said. LibreOffice
turns DOCX into PDF and DOC, XLSX into XLS. Each is opened by the eyes and checked as 部门预算 of
the shipped catalog. Measured: precision, recall and F1 of "missing" by element; accusations where
nothing could be read; hints of years and totals that differ; what has no page or cell. The last
line is one JSON object; exits with 1 below the bar.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import docx
import xlsxwriter
from PIL import Image, ImageDraw

from crawler.ask import Answer, Ask
from crawler.details import document as as_document
from crawler.details import open_entry
from crawler.pages.attachments import read_file
from crawler.pages.rows import Entry
from crawler.reading import Row
from monitor.catalog import load
from monitor.completeness import element_of
from monitor.inside import Examined, examined
from monitor.matching import look_for
from monitor.model import Beside, Document, Moment, RemarkKind, Requirement, Unit
from monitor.workdays import WorkCalendar

RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
WANTED_F1 = 0.93
SEEN_AT = datetime(2026, 11, 20, tzinfo=UTC)
ON = Moment(today=date(2026, 11, 20), calendar=WorkCalendar())
NAME = "青禾县教育局"
SITE = "http://edu.example"

Rows = tuple[tuple[str, ...], ...]

#: format → how many; what needs LibreOffice stands apart
PLAIN = {"html": 10, "docx": 10, "xlsx": 8, "ofd": 8, "zip": 2, "scan": 4, "pictured": 2}
CONVERTED = {"pdf": 10, "doc": 8, "xls": 6}

#: each table: its element, how offices call it, its rows for given amounts
_CALLED = {
    "部门收支总表": ("部门收支总体情况表", "部门收支总表", "收支总表", "收支预算总表"),
    "部门收入总表": ("部门收入总体情况表", "部门收入总表", "收入总表", "收入预算表"),
    "部门支出总表": ("部门支出总体情况表", "部门支出总表", "支出总表", "支出预算表"),
    "财政拨款收支总表": ("财政拨款收支总体情况表", "财政拨款收支总表", "财政拨款收支预算总表"),
    "一般公共预算支出表": (
        "一般公共预算支出情况表",
        "一般公共预算支出表",
        "一般公共预算财政拨款支出预算表",
    ),
    "一般公共预算基本支出表": ("一般公共预算基本支出情况表", "一般公共预算基本支出表"),
    "三公经费支出表": (
        "一般公共预算“三公”经费支出情况表",
        "一般公共预算“三公”经费支出表",
        "财政拨款“三公”经费、会议费、培训费支出预算表",
    ),
    "政府性基金预算支出表": ("政府性基金预算支出情况表", "政府性基金预算支出表"),
}
#: these may be empty, with a sentence
_MAY_BE_EMPTY = ("政府性基金预算支出表", "三公经费支出表")
_PARTS = {
    "主要职责": ("主要职责", "贯彻执行国家教育方针，拟订全县教育改革与发展规划并组织实施。"),
    "机构设置与单位构成": ("机构设置", "内设办公室、人事股、计财股等8个股室，下属预算单位41家。"),
    "预算情况说明": ("", ""),
    "机关运行经费": ("机关运行经费", "本年度安排机关运行经费62.40万元，用于办公和差旅。"),
    "政府采购": ("政府采购", "本年度采购总额318.00万元，其中货物200.00万元、服务118.00万元。"),
    "国有资产占用": ("国有资产占用", "截至上年末共有车辆1辆，没有单价百万元以上的设备。"),
    "名词解释": ("名词解释", "财政拨款：指由财政当年拨付的资金。基本支出：指保障机构运转的支出。"),
}
_DROPPED_PARTS = ("主要职责", "机构设置与单位构成", "机关运行经费", "国有资产占用", "名词解释")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a budget as it is written."""

    element: str
    caption: str
    rows: Rows
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A budget as it is written, and the elements that were left out on purpose."""

    number: int
    form: str
    title: str
    cover: str
    contents: tuple[str, ...]
    tables: tuple[Table, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # heading and paragraphs
    missing: frozenset[str] = frozenset()
    differing: frozenset[str] = frozenset()  # 年份, 合计
    is_readable: bool = True

    @property
    def blocks(self) -> Iterator[tuple[str, str | Rows]]:
        """The paper in order: what each block is, and its words or rows."""
        yield "line", self.cover
        for line in self.contents:
            yield "line", line
        for heading, paragraphs in self.parts[:2]:
            yield from _part(heading, paragraphs)
        yield "line", "第二部分 部门预算表"
        for table in self.tables:
            yield "line", table.caption
            yield "line", "单位：万元"
            yield "rows", table.rows
            if table.note:
                yield "line", table.note
        yield "line", "第三部分 部门预算情况说明"
        for heading, paragraphs in self.parts[2:]:
            yield from _part(heading, paragraphs)


def _part(heading: str, paragraphs: Sequence[str]) -> Iterator[tuple[str, str]]:
    if heading:
        yield "line", heading
    for paragraph in paragraphs:
        yield "line", paragraph


# --- writing a budget --------------------------------------------------------------------


def papers(seed: int, forms: dict[str, int]) -> list[Paper]:
    """The budgets of one seed, so many of each format."""
    dice = random.Random(seed)
    wanted = [form for form, count in forms.items() for _ in range(count)]
    return [_paper(dice, number, form) for number, form in enumerate(wanted, 1)]


def _paper(dice: random.Random, number: int, form: str) -> Paper:
    missing: set[str] = set()
    differing: set[str] = set()
    year = 2026
    gone_tables = dice.sample(sorted(_CALLED), dice.choice((0, 0, 1, 1, 2)))
    gone_parts = dice.sample(_DROPPED_PARTS, dice.choice((0, 0, 1, 1, 2)))
    blank = dice.choice((*_MAY_BE_EMPTY, "一般公共预算基本支出表")) if dice.random() < 0.3 else ""
    unsplit, silent = dice.random() < 0.2, dice.random() < 0.2
    total = round(dice.uniform(900, 40000), 2)
    if wrong_total := dice.random() < 0.15:
        differing.add("合计")
    tables = []
    style = dice.randrange(4)
    for place, element in enumerate(_CALLED, 1):
        if element in gone_tables:
            missing.add(element)
            continue
        name = dice.choice(_CALLED[element])
        rows, note = _rows(dice, element, total, wrong_total=wrong_total, unsplit=unsplit), ""
        if element == blank:
            rows = _zeroed(dice, rows)
            missing.add(element)
        elif element in _MAY_BE_EMPTY and dice.random() < 0.5:
            rows = _zeroed(dice, rows)
            topic = "“三公”经费" if element == "三公经费支出表" else "政府性基金预算"
            note = dice.choice(
                (
                    f"注：本单位无{topic}支出，故此表为空。",
                    f"说明：{year}年没有安排{topic}支出，公开空表。",
                    f"本部门{year}年无{topic}拨款收支。",
                )
            )
        elif element == "三公经费支出表" and unsplit:
            missing.add("公务用车购置费")
        caption = (
            f"表{place} {name}",
            f"{NAME}{year}年{name}",
            f"{_NUMERALS[place - 1]}、{name}",
            name if form != "ofd" else f"附表{place} {name}",
        )[style]
        tables.append(Table(element=element, caption=caption, rows=rows, note=note))
    if "部门收支总表" in missing:
        differing.discard("合计")
    cover = f"{NAME}{year}年部门预算"
    if dice.random() < 0.12 and form not in {"xlsx", "xls"}:  # a workbook has no cover
        cover = f"{NAME}{year - 1}年部门预算"
        differing.add("年份")
    parts = list(_parts(gone_parts, year, total, silent=silent))
    missing.update(gone_parts)
    if silent:
        missing.update(("三公经费增减说明", "收支增减变化说明"))
    contents: tuple[str, ...] = ()
    if dice.random() < 0.5:
        dots = dice.choice(("………………", "..............", " "))
        listed = ["第一部分 部门概况", "一、主要职责", "二、机构设置", "第二部分 部门预算表"]
        listed += [
            f"{_NUMERALS[at]}、{names[0]}"
            for at, names in enumerate(_CALLED.values())
            if list(_CALLED)[at] not in gone_tables or dice.random() < 0.5
        ]
        listed += ["第三部分 部门预算情况说明", "一、机关运行经费", "二、国有资产占用"]
        listed += ["第四部分 名词解释"]
        contents = ("目录", *(f"{line}{dots}{at}" for at, line in enumerate(listed, 1)))
    is_readable = form not in {"zip", "scan", "pictured"}
    return Paper(
        number=number,
        form=form,
        title=f"{NAME}{year}年部门预算公开",
        cover=cover,
        contents=contents,
        tables=tuple(tables),
        parts=tuple(parts),
        missing=frozenset(missing) if is_readable else frozenset(),
        differing=frozenset(differing) if is_readable or form == "pictured" else frozenset(),
        is_readable=is_readable,
    )


def _rows(
    dice: random.Random, element: str, total: float, *, wrong_total: bool, unsplit: bool
) -> Rows:
    def money(share: float) -> str:
        return f"{total * share:.2f}"

    if element in {"部门收支总表", "财政拨款收支总表"}:
        spent = total - 12.34 if wrong_total and element == "部门收支总表" else total
        return (
            ("收入项目", "预算数", "支出项目", "预算数"),
            ("一、一般公共预算拨款收入", money(0.9), "一、教育支出", money(0.8)),
            ("二、事业收入", money(0.1), "二、社会保障和就业支出", money(0.2)),
            ("收入总计", f"{total:.2f}", "支出总计", f"{spent:.2f}"),
        )
    if element == "三公经费支出表":
        use = dice.choice(("公务用车运行维护费", "公务用车运行费"))
        cars = (
            (("公务用车购置及运行费", "3.20"),)
            if unsplit
            else (
                ("公务用车购置及运行费", "3.20"),
                ("其中：公务用车购置费", "0.00"),
                (use, "3.20"),
            )
        )
        return (
            ("项目", "2026年预算数"),
            ("因公出国（境）费", "0.00"),
            *cars,
            ("公务接待费", "1.10"),
            ("合计", "4.30"),
        )
    if element == "一般公共预算基本支出表":
        return (
            ("科目编码", "科目名称", "合计"),
            ("301", "工资福利支出", money(0.7)),
            ("30101", "基本工资", money(0.4)),
            ("302", "商品和服务支出", money(0.1)),
        )
    if element == "政府性基金预算支出表":
        return (("科目编码", "科目名称", "合计"), ("22960", "彩票公益金安排的支出", "15.00"))
    return (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("205", "教育支出", money(0.8), money(0.6), money(0.2)),
        ("2050202", "小学教育", money(0.5), money(0.4), money(0.1)),
        ("合计", "", f"{total:.2f}", money(0.7), money(0.3)),
    )


def _zeroed(dice: random.Random, rows: Rows) -> Rows:
    """The same table without amounts: zeros, nothing, or nothing but its head."""
    way = dice.randrange(3)
    if way == 2:
        return rows[:1]
    zero = ("0.00", "")[way]
    return (
        rows[0],
        *(
            tuple(zero if cell.replace(".", "").isdigit() and "." in cell else cell for cell in row)
            for row in rows[1:]
        ),
    )


def _parts(
    gone: Sequence[str], year: int, total: float, *, silent: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, element in enumerate(("主要职责", "机构设置与单位构成")):
        heading, text = _PARTS[element]
        yield ("", ()) if element in gone else (f"{_NUMERALS[number]}、{heading}", (text,))
    change = "" if silent else "，比上年增加120.00万元，增长2.1%，主要是新建学校投入使用"
    yield (
        "一、收支总体情况说明",
        (f"{year}年收入总预算{total:.2f}万元，其中财政拨款{total * 0.9:.2f}万元{change}。",),
    )
    cars = "" if silent else "，与上年持平"
    yield "二、“三公”经费情况说明", (f"“三公”经费预算4.30万元{cars}。",)
    for number, element in enumerate(("机关运行经费", "政府采购", "国有资产占用"), 2):
        if element not in gone:
            heading, text = _PARTS[element]
            yield f"{_NUMERALS[number]}、{heading}情况", (text,)
    yield "六、绩效目标情况", ("对2个项目实行绩效目标管理，涉及资金800.00万元。",)
    if "名词解释" not in gone:
        yield "第四部分 名词解释", (_PARTS["名词解释"][1],)


# --- formats -----------------------------------------------------------------------------


def word(paper: Paper, *, picture: bytes = b"") -> bytes:
    made = docx.Document()
    for _, content in paper.blocks:
        if isinstance(content, str):
            made.add_paragraph(content)
            continue
        table = made.add_table(rows=0, cols=max(map(len, content)))
        table.style = "Table Grid"
        for row in content:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                cell.text = text
    if picture:
        made.add_picture(io.BytesIO(picture))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def workbook(paper: Paper) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        if paper.contents:
            sheet = book.add_worksheet("目录")
            for number, line in enumerate(paper.contents):
                sheet.write_row(number, 0, line.split("…")[0].split("..")[0].split(" "))
        for number, table in enumerate(paper.tables, 1):
            sheet = book.add_worksheet(f"表{number}" if paper.number % 2 else f"Sheet{number}")
            sheet.merge_range(0, 0, 0, 3, table.caption)
            sheet.write(1, 3, "单位：万元")
            for place, row in enumerate(table.rows, 2):
                for cell, text in enumerate(row):
                    is_money = text.replace(".", "").isdigit() and "." in text
                    sheet.write(place, cell, float(text) if is_money else text)
            if table.note:
                sheet.write(len(table.rows) + 3, 0, table.note)
    return kept.getvalue()


def ofd(paper: Paper) -> bytes:
    """A package of pages; a line of a table is one code, its cells parted by blanks."""
    lines = [
        text
        for _, content in paper.blocks
        for text in ([content] if isinstance(content, str) else ["  ".join(r) for r in content])
    ]
    pages = [lines[start : start + 30] for start in range(0, len(lines), 30)]
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>"
        + "".join(f'<ofd:Page BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        codes = "".join(
            f"<ofd:TextObject><ofd:TextCode>{escape(line)}</ofd:TextCode></ofd:TextObject>"
            for line in page
        )
        parts[f"Doc_0/Pages/{number}.xml"] = f"<ofd:Page {space}>{codes}</ofd:Page>"
    return _zipped({name: text.encode() for name, text in parts.items()})


def scan(paper: Paper) -> bytes:
    """A PDF that is nothing but a picture."""
    kept = io.BytesIO()
    _picture(paper.title).save(kept, "PDF")
    return kept.getvalue()


def _picture(title: str) -> Image.Image:
    made = Image.new("L", (900, 1200), 255)
    ImageDraw.Draw(made).rectangle((80, 80, 80 + len(title) * 20, 140), outline=0)
    return made


def _zipped(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def page(paper: Paper, *, file: str, whole: bool) -> bytes:
    """The page of a budget: all of it, its text beside a workbook, or a sentence and a file."""
    if whole:
        body = "".join(_markup(paper.blocks))
    elif file.endswith(("xlsx", "xls")):
        text = [block for part in paper.parts for block in _part(*part)]
        body = "".join(_markup(text))
    else:
        body = f"<p>现将{NAME}2026年部门预算予以公开，详见附件。</p>"
    link = (
        f'<p>附件：<a href="/files/{file}">{escape(paper.title)}.{file.rpartition(".")[2]}</a></p>'
    )
    return (
        f"<html><head><meta charset=utf-8><title>{paper.title}</title></head><body>"
        f"<h1>{paper.title}</h1><div>发布时间：2026-02-25　来源：{NAME}</div>"
        f"<div class=TRS_Editor>{body}{link if file else ''}</div></body></html>"
    ).encode()


def _markup(blocks: Iterator[tuple[str, str | Rows]] | Sequence[tuple[str, str]]) -> Iterator[str]:
    for _, content in blocks:
        if isinstance(content, str):
            yield f"<p>{escape(content)}</p>"
        else:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in content)
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


_SOURCE = {"pdf": "docx", "doc": "docx", "xls": "xlsx"}


def files_of(made: Sequence[Paper]) -> dict[int, bytes]:
    """The file of each paper; of pages there is none."""
    written: dict[int, bytes] = {}
    for paper in made:
        form = _SOURCE.get(paper.form, paper.form)
        if form == "docx":
            written[paper.number] = word(paper)
        elif form == "pictured":
            kept = io.BytesIO()
            _picture(paper.title).save(kept, "PNG")
            written[paper.number] = word(paper, picture=kept.getvalue())
        elif form == "xlsx":
            written[paper.number] = workbook(paper)
        elif form == "ofd":
            written[paper.number] = ofd(paper)
        elif form == "scan":
            written[paper.number] = scan(paper)
        elif form == "zip":
            written[paper.number] = _zipped({f"{paper.title}.docx": word(paper)})
    for form, source in _SOURCE.items():
        wanted = {p.number: written[p.number] for p in made if p.form == form}
        written.update(_converted(wanted, source, form))
    return written


def _converted(bodies: dict[int, bytes], source: str, form: str) -> dict[int, bytes]:
    """Let LibreOffice turn files of one format into another."""
    if not bodies:
        return {}
    with tempfile.TemporaryDirectory(prefix="mingcha-elements-") as place:
        for number, body in bodies.items():
            (Path(place) / f"{number}.{source}").write_bytes(body)
        own = f"-env:UserInstallation=file://{place}/profile"
        names = [f"{place}/{number}.{source}" for number in bodies]
        command = ["soffice", own, "--headless", "--convert-to", form, "--outdir", place, *names]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return {number: (Path(place) / f"{number}.{form}").read_bytes() for number in bodies}


# --- opening and checking ----------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Score:
    """What came of all papers."""

    counts: Counter[str] = field(default_factory=Counter)
    by_form: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        right = 2 * self.counts["right"]
        return right / max(1, right + self.counts["false"] + self.counts["missed"])


def measured(seed: int, *, converted: bool) -> Score:
    """Write, open and check the papers of one seed."""
    requirement = load([RULES]).requirements["B-20"]
    made = papers(seed, PLAIN | (CONVERTED if converted else {}))
    bodies = files_of(made)
    score = Score()
    for paper in made:
        opened = _opened(paper, bodies.get(paper.number, b""), requirement)
        texts = {opened.digest: opened.extracts}
        seen = examined(requirement, [opened], Beside(texts=texts, on=ON))
        _count(score, paper, seen, requirement)
    return score


def _opened(paper: Paper, body: bytes, requirement: Requirement) -> Document:
    """The document as the eyes read it."""
    suffix = {"scan": "pdf", "pictured": "docx"}.get(paper.form, paper.form)
    file = f"{paper.number}.{suffix}" if body else ""
    wants = look_for(requirement, Unit(code="1", name=NAME))
    row = Row(entry=Entry(title=paper.title, url=f"{SITE}/{paper.number}.html"), page=SITE)
    words = tuple(dict.fromkeys(word for want in wants for word in want.words))
    walk = open_entry(row, files=True, names=(NAME,), seen_at=SEEN_AT, words=words)
    answer: Answer | None = None
    try:
        while True:
            ask: Ask = next(walk) if answer is None else walk.send(answer)
            plain = Answer(asked=ask.url, url=ask.url, status=200, fetched_at=SEEN_AT)
            if ask.scan:
                answer = plain  # nothing is read off pictures here
            elif ask.file:
                answer = Answer(
                    asked=ask.url,
                    url=ask.url,
                    status=200,
                    file=read_file(body),
                    fetched_at=SEEN_AT,
                )
            else:
                answer = Answer(
                    asked=ask.url,
                    url=ask.url,
                    status=200,
                    body=page(paper, file=file, whole=paper.form == "html"),
                    fetched_at=SEEN_AT,
                )
    except StopIteration as done:
        return as_document(row, done.value, wants)


def _count(score: Score, paper: Paper, seen: Examined, requirement: Requirement) -> None:
    found = {element_of(word, requirement.elements) for word in seen.missing}
    here = Counter(
        right=len(found & paper.missing),
        false=len(found - paper.missing),
        missed=len(paper.missing - found),
        papers=1,
    )
    told = {
        "年份" if "标题写" in hint.sentence else "合计"
        for hint in seen.hints
        if hint.kind is RemarkKind.DIFFERING
    }
    here["hints_right"] = len(told & paper.differing)
    here["hints_false"] = len(told - paper.differing)
    here["hints_missed"] = len(paper.differing - told)
    if not paper.is_readable:
        here["accused_unread"] = len(found)
    here["no_place"] = sum(not place.where for place in seen.places)
    here["no_place"] += bool(seen.missing) and not seen.looked
    score.counts += here
    score.by_form.setdefault(paper.form, Counter()).update(here)
    for what, which in (("accused", found - paper.missing), ("missed", paper.missing - found)):
        if which:
            score.wrong.append(f"{paper.form} {paper.number}: {what} {'、'.join(sorted(which))}")
    for what, which in (("hint", told - paper.differing), ("no hint", paper.differing - told)):
        if which:
            score.wrong.append(f"{paper.form} {paper.number}: {what} {'、'.join(sorted(which))}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", action="store_true", help="every element that was judged wrong")
    said = parser.parse_args()
    converted = shutil.which("soffice") is not None
    if not converted:
        print("LibreOffice is not installed: no PDF, DOC or XLS")
    score = measured(said.seed, converted=converted)
    for form, here in score.by_form.items():
        print(
            f"{form:9}{here['papers']:>4} papers: {here['right']:>3} right, "
            f"{here['false']:>3} false, {here['missed']:>3} missed"
        )
    for line in score.wrong if said.show else ():
        print(line)
    told = {
        "papers": score.counts["papers"],
        "formats": len(score.by_form),
        "f1": round(score.f1, 4),
        "wanted_f1": WANTED_F1,
        **{
            name: score.counts[name]
            for name in ("right", "false", "missed", "accused_unread", "no_place")
        },
        **{f"hints_{name}": score.counts[f"hints_{name}"] for name in ("right", "false", "missed")},
    }
    print(json.dumps(told))
    is_good = score.f1 >= WANTED_F1 and not told["accused_unread"] and not told["no_place"]
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
