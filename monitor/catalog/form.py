"""标准目录: the national form as an office keeps it in a sheet → a layer file to look through.

In: the sheet. Out: the text of a layer file, one entry a row, and the rows whose time limit was
not understood; those become ``unspecified``, which can only ever end in UNSURE.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from monitor.catalog.phrases import Limit, read_limits
from monitor.model import Catalog, UnitType
from monitor.sheets import Grid, Value, read_grids, text_of
from monitor.textform import normal_form
from monitor.wording import FormWords, Refusal
from monitor.yamlfile import dump

HEADER_WITHIN = 20
MAX_ELEMENTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLimit:
    """读不懂的时限: row of the sheet, the item, and what stands there."""

    row: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormImport:
    """导入结果: the layer file, how many items it holds, and the limits nobody understood."""

    text: str
    count: int
    unread: tuple[UnreadLimit, ...]


@dataclass(slots=True)
class _Item:
    """One item as it grows: rows that repeat its name add elements."""

    row: int
    group: str
    name: str
    cells: dict[str, str]
    elements: list[str] = field(default_factory=list)


def import_form(
    path: Path,
    catalog: Catalog,
    *,
    by: str,
    on: date,
    applies_to: Collection[UnitType] = frozenset({UnitType.BUREAU}),
    prefix: str = "L",
) -> FormImport:
    """Turn the form into a layer over ``catalog``; ``by`` and ``on`` sign it.

    Raises when no sheet of the file has the form's header.
    """
    for grid in read_grids(path):
        if items := _items(grid):
            title = _title(grid) or path.stem
            return _layer(items, catalog, title, by, on, applies_to, prefix)
    raise Refusal.FORM.error(title=path.stem)


# --- the sheet --------------------------------------------------------------------------

#: what a header's two lines say together → the field
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^序号")),
    ("group", re.compile(r"一级事项|一级目录")),
    ("name", re.compile(r"二级事项|二级目录|三级事项|事项名称|^公开事项$|^事项$")),
    ("content", re.compile(r"公开内容|公开要素|内容\(要素\)|^内容$")),
    ("basis", re.compile(r"依据")),
    ("limit", re.compile(r"时限|期限")),
    ("owner", re.compile(r"主体|责任单位|责任部门")),
    ("channel", re.compile(r"渠道|载体")),
    ("on_request", re.compile(r"依申请")),
    ("active", re.compile(r"公开方式.*主动|^主动")),
)
_SECOND_LINE = re.compile(
    r"^(?:[一二三]级事项|全社会|特定群体.*|主动|主动公开|依申请.*|[省市县乡区].*级)$"
)
#: merged over several rows and so blank in most of them when pasted
_CARRIED = ("group", "basis", "limit", "owner", "channel")


def _items(grid: Grid) -> list[_Item]:
    header = _header(grid)
    if header is None:
        return []
    start, places = header
    items: list[_Item] = []
    above: dict[str, str] = {}
    for at in range(start, len(grid.rows)):
        cells = {name: _cell(grid.rows[at], column) for name, column in places.items()}
        if not cells.get("name") and not cells.get("content"):
            if cells.get("group"):
                above["group"] = cells["group"]
            continue
        for name in _CARRIED:
            cells[name] = above[name] = cells.get(name) or above.get(name, "")
        elements = _elements(cells.get("content", ""))
        name = next(
            filter(None, (_tidy(cells.get("name", "")), _tidy(cells["group"]), *elements)), ""
        )
        if not name:
            continue
        last = items[-1] if items else None
        if last and (not cells.get("name") or (last.name, last.group) == (name, cells["group"])):
            last.elements += [one for one in elements if one not in last.elements]
            continue
        items.append(_Item(at + 1, _tidy(cells["group"]), name, cells, elements))
    return items


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The first row below the header, and the column of each field."""
    for at, row in enumerate(grid.rows[:HEADER_WITHIN]):
        names = [normal_form(text_of(cell)) for cell in row]
        if not any("时限" in name for name in names):
            continue
        start = at + 1
        if start < len(grid.rows):
            below = [normal_form(text_of(cell)) for cell in grid.rows[start]]
            if any(_SECOND_LINE.match(name) for name in below):
                names = _joined(names, below)
                start += 1
        places: dict[str, int] = {}
        for column, name in enumerate(names):
            for key, pattern in _FIELDS:
                if name and pattern.search(name):
                    places.setdefault(key, column)
                    break
        if "limit" in places and places.keys() & {"name", "content"}:
            return start, places
    return None


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two header lines as one; a blank upper cell goes on with the one to its left."""
    joined, last = [], ""
    for column in range(max(len(upper), len(lower))):
        top = upper[column] if column < len(upper) else ""
        low = lower[column] if column < len(lower) else ""
        last = top or (last if low else "")
        joined.append(last if low == last else last + low)
    return joined


def _cell(row: tuple[Value, ...], column: int) -> str:
    return text_of(row[column]) if column < len(row) else ""


def _title(grid: Grid) -> str:
    """The heading of the sheet: the first long text above the header."""
    for row in grid.rows[:3]:
        for cell in row:
            text = _tidy(text_of(cell))
            if len(text) > 6 and "目录" in text:
                return text
    return ""


def _tidy(text: str) -> str:
    """A name on one line, without the number before it."""
    flat = re.sub(r"\s+", " ", text.strip())
    return _NUMBERED.sub("", _BESIDE_CHINESE.sub("", flat))


_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_NUMBERED = re.compile(r"^[(（]?[\d一二三四五六七八九十]{1,3}[)）]?[.、．]")
_POINT = re.compile(
    r"[\n;；●•◆▪※]|(?<!\d)\d{1,2}[.、．](?!\d)|[①-⑳]|[(（][一二三四五六七八九十\d]{1,2}[)）]"
)


def _elements(content: str) -> list[str]:
    """The points of 公开内容, one each."""
    points = [_tidy(point).strip("。,，、:：") for point in _POINT.split(content)]
    points = [point for point in points if point]
    if len(points) == 1 and "、" in points[0]:
        points = [part for part in points[0].split("、") if part]
    return list(dict.fromkeys(point[:60] for point in points))[:MAX_ELEMENTS]


# --- the layer --------------------------------------------------------------------------


def _layer(
    items: list[_Item],
    catalog: Catalog,
    title: str,
    by: str,
    on: date,
    applies_to: Collection[UnitType],
    prefix: str,
) -> FormImport:
    columns = _Columns(catalog, prefix, title)
    unread = []
    add = []
    for number, item in enumerate(items, start=1):
        limits = read_limits(item.cells["limit"])
        if not limits:
            text = " ".join(item.cells["limit"].split())
            unread.append(UnreadLimit(row=item.row, name=item.name, text=text))
            wording: Limit = {"kind": "unspecified"}
            limits = (wording | {"wording": text[:60]} if text else wording,)
        entry: dict[str, object] = {
            "id": _free_id(prefix, number, catalog.requirements),
            "reason": FormWords.REASON.format(title=title, row=item.row),
            "name": item.name,
            "applies_to": sorted(kind.value for kind in applies_to),
            "column": columns.of(item),
            "match": _match(item.name),
            "limits": [{**limit, "grounds": "local"} for limit in limits],
        }
        if item.elements:
            entry["elements"] = item.elements[:MAX_ELEMENTS]
        if _is_offline(item.cells):
            entry["where"] = "offline"
        if basis := list(_basis(item.cells["basis"])):
            entry["basis"] = basis
        entry["confidence"] = "medium"
        add.append(entry)
    layer: dict[str, object] = {"layer": {"name": title, "by": by, "on": on.isoformat()}}
    if columns.made:
        layer["columns"] = columns.made
    layer["add"] = add
    rows = "、".join(str(limit.row) for limit in unread)
    heading = (FormWords.HEADING if unread else FormWords.HEADING_READ).format(
        title=title, count=len(add), unread=rows
    )
    return FormImport(text=dump(layer, heading=heading), count=len(add), unread=tuple(unread))


def _free_id(prefix: str, number: int, taken: Collection[str]) -> str:
    while (name := f"{prefix}-{number:03}") in taken:
        number += 500
    return name


class _Columns:
    """Where items are looked for: known columns by name or alias, else new ones."""

    def __init__(self, catalog: Catalog, prefix: str, title: str) -> None:
        self.prefix = prefix
        self.title = title
        self.made: list[dict[str, object]] = []
        self.ids: dict[str, str] = {}
        for column in catalog.columns.values():
            for name in (column.name, *column.aliases):
                self.ids.setdefault(normal_form(name), column.id)

    def of(self, item: _Item) -> list[str]:
        known = [self.ids.get(normal_form(name)) for name in (item.name, item.group) if name]
        found = list(dict.fromkeys(one for one in known if one))
        return found or [self._new(item.group or item.name, item.row)]

    def _new(self, name: str, row: int) -> str:
        made = f"{self.prefix}-column-{len(self.made) + 1:02}"
        reason = FormWords.REASON.format(title=self.title, row=row)
        self.made.append({"id": made, "name": name, "reason": reason})
        self.ids[normal_form(name)] = made
        return made


_PART = re.compile(r"[、,，/()（）]|以及|(?<!普)及(?![时格])|和(?!谐)|与(?!会)")


def _match(name: str) -> Mapping[str, object]:
    """Words from the item's name; looser ones raise doubt, so a gap is never a slip of ours."""
    words = [word for word in _PART.split(name) if len(word) >= 2]
    words = list(dict.fromkeys(words)) or [name]
    near = [part for word in words if len(word) > 3 for part in (word[:2], word[-2:])]
    near = [part for part in dict.fromkeys(near) if part not in ("信息", "情况", "工作")]
    return {"any": words, "near": near} if near else {"any": words}


_SITE = re.compile(r"网站|网址|门户|平台|公众号|两微|新媒体|网页|专栏|互联网")
_BOX = re.compile(r"([■☑√✓✔●]|[□☐○])\s*([^■☑√✓✔●□☐○\s]+)")
_TICKED = frozenset("■☑√✓✔●")


def _is_offline(cells: Mapping[str, str]) -> bool:
    """Whether the form sends the item to no site, or to applicants only."""
    if _is_ticked(cells.get("on_request", "")) and not _is_ticked(cells.get("active", "")):
        return True
    channel = cells["channel"]
    boxes = _BOX.findall(channel)
    if any(mark in _TICKED for mark, _ in boxes):
        channel = " ".join(words for mark, words in boxes if mark in _TICKED)
    return bool(channel) and not _SITE.search(channel)


def _is_ticked(cell: str) -> bool:
    return cell.strip() not in ("", "否", "×", "□", "☐", "/", "-", "—")


_TITLE = re.compile(r"《(?P<title>[^《》]{2,80})》(?:[(（](?P<doc_no>[^()（）]{2,40})[)）])?")
_ARTICLE = re.compile(
    r"^[,，]?(第[一二三四五六七八九十百零\d]+条(?:[、至和第款项一二三四五六七八九十（）()\d]*))"
)


def _basis(text: str) -> Iterator[dict[str, str]]:
    """Each document the cell names in 《》; a cell without any is taken whole."""
    flat = " ".join(text.split())
    found = list(_TITLE.finditer(flat))
    if not found and flat:
        yield {"title": flat[:200]}
    for one in found:
        basis = {"title": one["title"]}
        if one["doc_no"]:
            basis["doc_no"] = one["doc_no"].strip()
        if article := _ARTICLE.match(flat[one.end() :]):
            basis["article"] = article.group(1)
        yield basis
