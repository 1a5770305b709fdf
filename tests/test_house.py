"""The walls no linter checks: one library one home, no forbidden word, the house's own names."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
ROOMS = ("commands", "crawler", "monitor", "reports")
SOURCES = sorted(
    path for room in ROOMS for path in (HERE / room).rglob("*.py") if "migrations" not in path.parts
)

#: where each third-party library may be imported; a folder stands for the files in it
HOMES = {
    "alembic": ("monitor/store",),
    "bs4": ("crawler/pages/text.py",),
    "charset_normalizer": ("crawler/pages/text.py",),
    "chinese_calendar": ("monitor/holidays.py",),
    "click": ("commands",),
    "dateparser": ("crawler/pages/dates.py",),
    "docx": ("crawler/pages/formats/docx.py",),
    "jinja2": ("reports/formats/html.py",),
    "lxml": ("crawler",),
    "opencc": ("monitor/textform.py",),
    "pydantic": ("monitor/yamlfile.py",),
    "pypdf": ("crawler/pages/formats/pdf.py",),
    # sheets of the office, and sheets hung on a page: neither room may import the other's reader
    "python_calamine": ("monitor/sheets.py", "crawler/pages/formats/sheet.py"),
    "rich": ("reports/formats/terminal.py",),
    "ruamel": ("monitor/yamlfile.py",),
    "scrapy": ("crawler",),
    "sqlalchemy": ("monitor/store", "monitor/ledger"),
    "structlog": ("commands/logs.py",),
    "twisted": ("crawler",),
    "w3lib": ("crawler/pages/text.py",),
    "xlsxwriter": ("reports/formats/xlsx.py",),
}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def third_party(path: Path) -> set[str]:
    return imports_of(path) - set(sys.stdlib_module_names) - set(ROOMS) - {"builders"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_each_library_is_imported_at_home_only(path):
    place = path.relative_to(HERE).as_posix()

    strangers = {
        name
        for name in third_party(path)
        if not any(place == home or place.startswith(f"{home}/") for home in HOMES.get(name, ()))
    }

    assert strangers == set()


def test_no_home_is_empty():
    used = defaultdict(set)
    for path in SOURCES:
        for name in third_party(path):
            used[name].add(path.relative_to(HERE).as_posix())

    assert set(HOMES) == set(used)


FORBIDDEN = re.compile(
    r"爬虫|抓取失败|XPath|selector|\bcron\b|\bnull\b|exception|阈值|！|您必须|哦|呀"
)


def texts_of(path: Path) -> list[tuple[int, str]]:
    """Return the Chinese string literals of a module that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
        and re.search(r"[一-鿿]{2}", node.value)
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.relative_to(HERE).parts[0] != "crawler"],
    ids=lambda path: path.relative_to(HERE).as_posix(),
)
def test_no_forbidden_word_reaches_a_reader(path):
    found = [(line, text) for line, text in texts_of(path) if FORBIDDEN.search(text)]

    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_names_and_annotations_are_of_the_house(path):
    source = path.read_text("utf-8")

    assert "from __future__ import annotations" in source or not re.search(
        r"^(def|class) ", source, re.M
    )
    assert not re.search(
        r"(^|/)(utils|misc|common|base|manager|handler|helpers)(/|\.py)", str(path)
    )
    assert "html.parser" not in source
