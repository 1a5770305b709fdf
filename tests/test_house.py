"""The walls no linter checks: one library one home, no forbidden word, the house's own names."""

from __future__ import annotations

import ast
import enum
import re
import string
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor import wording
from monitor.findings import GOOD
from monitor.model import (
    DOUBTFUL,
    GAPS,
    JUDGED,
    UNKNOWN,
    UNOPENED,
    DateSource,
    FileState,
    Move,
    Outcome,
    Reading,
    State,
    Status,
    Trait,
)
from monitor.wording import Because, Exit

HERE = Path(__file__).resolve().parent.parent
ROOMS = ("commands", "crawler", "monitor", "reports")
ARCHITECTURE = HERE / "docs" / "architecture.md"
MODULES = sorted(path for room in ROOMS for path in (HERE / room).rglob("*.py"))
SOURCES = [
    *(path for path in MODULES if "migrations" not in path.parts),
    *HERE.glob("scheduler.py"),
]


def place_of(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


each_source = pytest.mark.parametrize("path", SOURCES, ids=place_of)

# --- one library, one home -------------------------------------------------------------

#: where each third-party library may be imported; a folder stands for the files in it
HOMES = {
    "apscheduler": "scheduler.py",
    "bs4": "crawler/pages/fragments.py",
    "charset_normalizer": "crawler/pages/charsets.py",
    "chinese_calendar": "monitor/holidays.py",
    "click": "commands",
    "cryptography": "crawler/certificate.py",
    "dateparser": "crawler/pages/dates.py",
    "jinja2": "reports/formats/html.py",
    "olefile": "crawler/pages/formats/doc.py",
    "opencc": "monitor/textform.py",
    "protego": "crawler/robots.py",
    "pydantic": "monitor/yamlfile/shapes.py",
    "pydantic_core": "monitor/yamlfile/shapes.py",
    "pypdf": "crawler/pages/formats/pdf.py",
    "rapidocr": "crawler/pages/formats/scan.py",
    "rapidfuzz": "monitor/judgements/likeness.py",
    "rich": "reports/formats/terminal.py",
    "ruamel": "monitor/yamlfile/tree.py",
    "scrapy_playwright": "crawler/browser.py",
    "stdnum": "monitor/personal.py",
    "structlog": "commands/logs.py",
    "tldextract": "monitor/hosts.py",
    "w3lib": "crawler/pages/charsets.py",
    "xlsxwriter": "reports/formats/xlsx.py",
    "zope": "crawler/resolver.py",
}


class Shared(NamedTuple):
    places: tuple[str, ...]
    why: str


#: the libraries that have more than one home
SHARED = {
    "alembic": Shared(
        ("monitor/store/schema.py", "monitor/store/migrations"),
        "the steps are written in it, and one file runs them",
    ),
    "docx": Shared(
        ("crawler/pages/formats/docx.py", "reports/formats/docx.py"),
        "files hung on a page are read, papers are written: neither room may know the other",
    ),
    "lxml": Shared(
        ("crawler",),
        "the page is one tree, and XPath is how the eyes speak of it",
    ),
    "python_calamine": Shared(
        ("monitor/sheets.py", "crawler/pages/formats/sheet.py"),
        "sheets of the office, and sheets hung on a page: neither room may know the other",
    ),
    "scrapy": Shared(
        (
            "crawler/browser.py",
            "crawler/fetch.py",
            "crawler/network.py",
            "crawler/one.py",
            "crawler/resolver.py",
            "crawler/spider.py",
        ),
        "its engine calls the spiders and the resolver, and is called by the fetcher",
    ),
    "sqlalchemy": Shared(
        ("monitor/store", "monitor/ledger"),
        "the memory is read in one folder and changed in the other",
    ),
    "twisted": Shared(
        ("crawler/certificate.py", "crawler/network.py", "crawler/resolver.py"),
        "what Scrapy stands on: its certificates, its reactor, its resolver",
    ),
}


def homes_of(library: str) -> tuple[str, ...]:
    if library in HOMES:
        return (HOMES[library],)
    return SHARED[library].places if library in SHARED else ()


def imports_of(path: Path) -> set[str]:
    """Return the top names a module needs when it runs; what only types need is not there then."""
    names = set()
    typing_only = {
        id(node)
        for test in ast.walk(tree_of(path))
        if isinstance(test, ast.If)
        and isinstance(test.test, ast.Name)
        and test.test.id == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    for node in ast.walk(tree_of(path)):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def third_party(path: Path) -> set[str]:
    return imports_of(path) - set(sys.stdlib_module_names) - set(ROOMS)


def is_in(place: str, homes: tuple[str, ...]) -> bool:
    return any(place == home or place.startswith(f"{home}/") for home in homes)


@each_source
def test_each_library_is_imported_at_home_only(path):
    strangers = {name for name in third_party(path) if not is_in(place_of(path), homes_of(name))}

    assert strangers == set()


def test_no_home_is_empty():
    used = defaultdict(set)
    for path in {*MODULES, *SOURCES}:
        for name in third_party(path):
            used[name].add(place_of(path))

    empty = {
        (library, home)
        for library in (*HOMES, *SHARED)
        for home in homes_of(library)
        if not any(is_in(place, (home,)) for place in used[library])
    }

    assert empty == set()


def test_a_library_has_one_entry():
    assert not HOMES.keys() & SHARED.keys()
    assert all(shared.why for shared in SHARED.values())


# --- who may know whom -----------------------------------------------------------------

#: all that the eyes may know of the rules
OPEN_TO_THE_EYES = {
    "monitor.hosts",
    "monitor.model",
    "monitor.personal",
    "monitor.textform",
    "monitor.wire",
    "monitor.wording",
}


def modules_used(path: Path) -> set[str]:
    """Return the modules of the house that a module names in its imports."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inside if node.module in ROOMS else {node.module}
    return {name for name in found if name.split(".")[0] in ROOMS}


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if is_in(place_of(path), ("crawler",))], ids=place_of
)
def test_the_eyes_know_words_and_files_of_the_rules_and_nothing_else(path):
    of_monitor = {name for name in modules_used(path) if name.startswith("monitor")}

    assert of_monitor <= OPEN_TO_THE_EYES


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if not is_in(place_of(path), ("monitor/store", "monitor/ledger"))],
    ids=place_of,
)
def test_only_the_ledger_changes_the_memory(path):
    writers = {
        alias.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("monitor.store")
        for alias in node.names
    } & {"writing", "tables", "proofs", "rows", "schema"}

    assert writers == set()


#: what reaches outside: files, network, other processes, the clock, chance
OUTSIDE = {
    "asyncio",
    "logging",
    "os",
    "pathlib",
    "random",
    "scrapy",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}


def calls_itself_pure(path: Path) -> bool:
    told = ast.get_docstring(tree_of(path)) or ""
    return "Pure." in told.partition("\n\n")[0]


@pytest.mark.parametrize("path", list(filter(calls_itself_pure, SOURCES)), ids=place_of)
def test_what_calls_itself_pure_opens_nothing(path):
    assert not imports_of(path) & OUTSIDE


# --- words -----------------------------------------------------------------------------

FORBIDDEN = re.compile(
    r"爬虫|抓取失败|XPath|selector|\bcron\b|\bnull\b|exception|阈值|！|您必须|哦|呀", re.IGNORECASE
)
#: texts that no reader of ours is told: the pages of invented sites, and the words that pages are
#: recognised by
NOT_TOLD = ("commands/demo", "crawler/pages")
#: what is not Python and is read by an officer or a clerk
PROSE = [
    HERE / "CHANGELOG.md",
    HERE / "rules.yaml",
    HERE / "docs" / "rules.md",
    *sorted(HERE.glob("*.zh-CN.md")),
    *sorted((HERE / "monitor" / "data").glob("*.yaml")),
    *sorted((HERE / "reports" / "templates").iterdir()),
]
_CHINESE = re.compile(r"[一-鿿]")


def strings_of(path: Path) -> list[tuple[int, str]]:
    """Return the string literals of a module that are not docstrings.

    The docstring of a verb is one of them: it is the help page a person reads.
    """
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and not (path.parent.name == "commands" and getattr(node, "decorator_list", ()))
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    ]


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if not is_in(place_of(path), NOT_TOLD)], ids=place_of
)
def test_no_forbidden_word_reaches_a_reader(path):
    found = [
        (line, text)
        for line, text in strings_of(path)
        if _CHINESE.search(text) and FORBIDDEN.search(text)
    ]

    assert found == []


@pytest.mark.parametrize("path", PROSE, ids=place_of)
def test_no_forbidden_word_stands_in_prose(path):
    lines = path.read_text("utf-8").splitlines()

    found = [line for line in lines if _CHINESE.search(line) and FORBIDDEN.search(line)]

    assert found == []


#: the enums whose value is what people read
TOLD = (Status, Outcome, Because, State, Move, DateSource, FileState, Reading, Trait)


@pytest.mark.parametrize("words", TOLD, ids=lambda words: words.__name__)
def test_every_member_has_its_word(words):
    assert [member.name for member in words if not _CHINESE.search(member.value)] == []
    assert len({member.value for member in words}) == len(words)


def sentences() -> list[tuple[str, str]]:
    """Every sentence of the glossary with the name of its member."""
    return [
        (f"{kind.__name__}.{member.name}", text)
        for kind in vars(wording).values()
        if isinstance(kind, enum.EnumType) and not issubclass(kind, Exit)
        for member in kind
        for text in (member.value if isinstance(member.value, tuple) else (member.value,))
    ]


def test_every_sentence_can_be_filled_in():
    unnamed = [
        name
        for name, text in sentences()
        for _, field, *_ in string.Formatter().parse(text)
        if field is not None and not field.isidentifier()
    ]

    assert unnamed == []


def test_every_status_has_a_symbol_and_a_place_in_the_order():
    assert len({status.symbol for status in Status}) == len(Status)
    assert sorted(status.severity for status in Status) == list(range(len(Status)))


def test_every_status_is_a_gap_or_good_or_unknown_or_not_looked_at():
    kinds = Counter(status for kind in (GAPS, GOOD, UNKNOWN, {Status.NEW}) for status in kind)

    assert kinds == Counter(Status)


def test_every_outcome_is_judged_or_doubtful_or_unopened():
    kinds = Counter(outcome for kind in (JUDGED, DOUBTFUL, UNOPENED) for outcome in kind)

    assert kinds == Counter(Outcome)


_CODE = re.compile(r"E\d{4}\Z|(?<=〔)E\d{4}(?=〕)")


def test_every_code_of_a_mistake_has_one_sentence():
    codes: Counter[str] = Counter()
    for path in SOURCES:
        if not is_in(place_of(path), NOT_TOLD):
            codes.update(code for _, text in strings_of(path) for code in _CODE.findall(text))

    assert {code for code, times in codes.items() if times > 1} == set()
    assert {code for code in codes if int(code[1]) not in set(Exit)} == set()


# --- how a module looks ----------------------------------------------------------------

#: modules that may be longer than 500 lines, and why
LONG = {
    "monitor/model.py": "the glossary of records: one place to look a word up",
    "monitor/wording.py": "the glossary of sentences: read from top to bottom by who edits them",
}
LONGEST = 500


@each_source
def test_a_module_has_the_annotations_of_tomorrow(path):
    tree = tree_of(path)
    defines = any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign)
        for node in ast.walk(tree)
    )
    imports = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}

    assert "__future__" in imports or not defines


@each_source
def test_a_module_says_its_subject_first(path):
    assert ast.get_docstring(tree_of(path))


@each_source
def test_a_module_is_named_after_its_subject(path):
    forbidden = {"utils", "misc", "common", "base", "manager", "handler", "helpers"}

    assert not forbidden & {*path.relative_to(HERE).parts, path.stem}


@each_source
def test_no_page_is_read_by_the_slow_parser(path):
    assert "html.parser" not in path.read_text("utf-8")


@each_source
def test_a_module_is_not_too_long(path):
    lines = len(path.read_text("utf-8").splitlines())

    assert (lines > LONGEST) == (place_of(path) in LONG)


def written() -> list[Path]:
    """Everything a person wrote for this project that is text."""
    folders = (*ROOMS, "tests", "docs", "benchmarks", ".ci")
    found = [path for folder in folders for path in (HERE / folder).rglob("*") if path.is_file()]
    kinds = {".py", ".md", ".yaml", ".html", ".mako", ".cfg", ".toml", ".txt", ".csv", ""}
    return [
        path
        for path in (*found, *(path for path in HERE.iterdir() if path.is_file()))
        if path.suffix in kinds and "__pycache__" not in path.parts
    ]


def test_no_text_holds_a_place_of_one_machine():
    # put together here, so that this file does not hold one itself
    own = re.compile(
        "|".join(rf"(?<![\w.\]])/{name}/" for name in ("work", "home", "root", "Users"))
    )

    found = [
        (place_of(path), line.strip())
        for path in written()
        if path.name != ".gitignore"  # its paths begin at the project
        for line in path.read_text("utf-8", "replace").splitlines()
        if own.search(line)
    ]

    assert found == []


# --- the architecture document ---------------------------------------------------------

_QUOTED = re.compile(r"`([^`]+)`")


def listed() -> set[str]:
    """The files and folders that the tables of "Rooms and files" name."""
    text = ARCHITECTURE.read_text("utf-8")
    part = text.split("## 4. Rooms and files")[1].split("\n## ")[0]
    found = set()
    folder = ""
    for line in part.splitlines():
        if line.startswith("### `"):
            folder, *others = (name.removesuffix("/") for name in _QUOTED.findall(line))
            # under a heading of several folders, rows begin with the folder's own name
            folder = folder.rpartition("/")[0] if others else folder
        elif line.startswith("| `"):
            cell = line.split(" | ")[0]
            found |= {f"{folder}/{name}" for name in _QUOTED.findall(cell)}
    return found


def test_the_architecture_names_every_module():
    folders = tuple(name for name in listed() if name.endswith("/"))
    modules = {place_of(path) for path in MODULES if path.name != "__init__.py"}

    unnamed = {module for module in modules - listed() if not module.startswith(folders)}

    assert unnamed == set()


def test_the_architecture_names_nothing_that_is_not_there():
    assert {name for name in listed() if not (HERE / name).exists()} == set()


def test_the_architecture_names_every_outcome_once():
    text = ARCHITECTURE.read_text("utf-8")
    part = text.split("## 7. Outcomes")[1].split("\n## ")[0]
    cells = [line.split(" | ")[0] for line in part.splitlines() if line.startswith("| ")]

    named = Counter(word for cell in cells for word in re.findall(r"[A-Z][A-Z_]+", cell))

    assert named == Counter(outcome.name for outcome in Outcome)


@pytest.mark.parametrize("path", sorted((HERE / "docs").rglob("*.md")), ids=place_of)
def test_no_link_of_a_document_leads_nowhere(path):
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_gap():
    names = sorted(path.name for path in (HERE / "docs" / "decisions").glob("*.md"))

    assert [int(name[:3]) for name in names] == list(range(1, len(names) + 1))
