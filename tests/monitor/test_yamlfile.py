from __future__ import annotations

import enum
import random
import threading
import time
from collections.abc import Mapping
from datetime import date

import pytest

from monitor.yamlfile import (
    Code,
    Count,
    Day,
    OneOrMany,
    Text,
    Weight,
    check,
    dump,
    parse,
    read,
    shape,
)


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


@shape
class Inner:
    from_: Day
    count: Count = 1
    colour: Colour = Colour.RED


@shape
class Outer:
    id: Code
    name: Text
    words: tuple[Text, ...] = ()
    inner: tuple[Inner, ...] = ()
    is_on: bool = False
    weight: Weight = 1
    column: OneOrMany = ()
    days: Mapping[Day, Text] | None = None


def told(text: str) -> list[str]:
    """Every mistake of the text, without the name of the file."""
    parsed = parse(text, path="rules.yaml")
    mistakes = list(parsed.mistakes)
    if parsed.root is not None:
        mistakes += check(parsed.root, Outer)[1]
    return [str(mistake).removeprefix("rules.yaml ") for mistake in mistakes]


GOOD = "id: a-1\nname: 收费\n"


def test_values_come_out_as_they_were_written():
    text = "at: 22:30\ncode: 010\nversion: 3.10\nno: no\non: NO\nday: 2024-02-30\nq: '7'\nn: 7\n"

    assert parse(text, path="x").root.plain == {
        "at": "22:30",
        "code": "010",
        "version": "3.10",
        "no": "no",
        "on": "NO",
        "day": "2024-02-30",
        "q": "7",
        "n": 7,
    }


def test_every_value_and_key_knows_its_line_and_column():
    root = parse("a:\n  - {b: 1,\n     c: 2}\n", path="x").root

    inner = root.get("a").items[0]

    assert (inner.line, inner.column) == (2, 5)
    assert inner.keys == {"b": ("x", 2, 6), "c": ("x", 3, 6)}
    assert (inner.get("c").line, inner.get("c").column) == (3, 9)


def test_a_whole_record_is_filled():
    text = GOOD + "inner: [{from: 2026-03-02, count: 3, colour: green}]\ncolumn: fees\nis_on: yes\n"

    made, mistakes = check(parse(text, path="x").root, Outer)

    assert mistakes == ()
    assert made == Outer(
        id="a-1",
        name="收费",
        inner=(Inner(from_=date(2026, 3, 2), count=3, colour=Colour.GREEN),),
        column=("fees",),
        is_on=True,
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("id: a\nnmae: b\nname: c\n", "第2行第1列：未知字段“nmae”，是否为“name”？"),
        ("id: a\nname: b\nzzz: 1\n", "第3行第1列：未知字段“zzz”，可用的字段：id、name、words"),
        ("name: b\n", "第1行第1列：缺少“id”，请补上“id: ”"),
        ("id: 11\nname: b\n", '第1行第5列：“id”写成了数字11，请加引号："11"'),
        ("id: a b\nname: b\n", "第1行第5列：“id”含有不能用于编号的字符：a b"),
        ("id: a\nname:\n", "“name”没有填写，请填写，或删去这一行"),
        ("id: a\nname: ''\n", "第2行第7列：“name”没有填写"),
        ("id: a\nname: [b]\n", "第2行第7列：“name”应为文本，实际为列表"),
        ("id: a\nname: {b: c}\n", "“name”应为文本，实际为一组“键: 值”"),
        ("id: a\nname: true\n", "“name”应为文本，实际为true 或 false"),
        (GOOD + "words: 收费\n", "第3行第8列：“words”应为列表，实际为文本，请改为列表"),
        (GOOD + "words: [收费, 3]\n", "第3行第13列：“words”写成了数字3"),
        (GOOD + "inner: {}\n", "“inner”应为列表，实际为一组“键: 值”"),
        (GOOD + "inner: [a]\n", "第3行第9列：“inner”应为一组“键: 值”，实际为文本"),
        (GOOD + "inner: [{from: 2026-02-30}]\n", "“from”没有这一天：2026-02-30"),
        (GOOD + "inner: [{from: 2026-2-3}]\n", "“from”不是日期：2026-2-3，请写成 2026-03-02 这样"),
        (GOOD + "inner: [{from: 1}]\n", "“from”不是日期：1"),
        (GOOD + "inner: [{form: 2026-02-03}]\n", "第3行第10列：未知字段“form”，是否为“from”？"),
        (GOOD + "inner: [{from: 2026-01-01, count: 0}]\n", "“count”太小：0，应不小于1"),
        (GOOD + "inner: [{from: 2026-01-01, count: 两}]\n", "“count”不是整数：两，请写整数"),
        (GOOD + "inner: [{from: 2026-01-01, count: 1.5}]\n", "“count”不是整数：1.5"),
        (
            GOOD + "inner: [{from: 2026-01-01, colour: gren}]\n",
            "没有“gren”这个选项，是否为“green”？",
        ),
        (GOOD + "inner: [{from: 2026-01-01, colour: x}]\n", "没有“x”这个选项，可选：red、green"),
        (GOOD + "weight: 多\n", "第3行第9列：“weight”不是数字：多，请写数字"),
        (GOOD + "weight: 1001\n", "“weight”太大：1001，应不大于1000"),
        (GOOD + "is_on: 也许\n", "“is_on”应为true 或 false，实际为文本"),
        (GOOD + "days: {2026-13-01: a}\n", "第3行第8列：“2026-13-01”没有这一天：2026-13-01"),
        (GOOD + f"name: {'字' * 10}\n", "第3行第1列：键“name”重复（首次出现在第2行）"),
        ("- a\n", "“文件内容”应为一组“键: 值”，实际为列表"),
        ("只有一句话\n", "“文件内容”应为一组“键: 值”，实际为文本"),
    ],
)
def test_each_mistake_tells_its_place_and_what_would_be_right(text, wanted):
    assert any(wanted in line for line in told(text)), told(text)


def test_all_mistakes_come_at_once():
    lines = told("id: 11\nname: \nwords: x\ninner: [{from: 2026-02-30, count: 0}]\nfreq: 1\n")

    assert len(lines) == 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "文件没有内容"),
        ("# 只有说明\n\n", "文件没有内容"),
        ("---\n", "文件没有内容"),
        ("a: 1\n---\nb: 2\n", "第2行第1列：一个文件只能有一份内容"),
        ("a:\n\t- b\n", "第2行第1列：缩进用了制表符，请改用空格缩进"),
        ("a: &x 1\n", "不支持YAML锚点与别名（&x）"),
        ("a: *x\n", "不支持YAML锚点与别名（*x）"),
        ("a: &x [*x]\n", "不支持YAML锚点与别名（*x）"),
        ("*x : 1\n", "不支持YAML锚点与别名（*x）"),
        ("a: !!python/object:os.system x\n", "不允许的标签"),
        ("a: !secret x\n", "不允许的标签!secret"),
        ("a: b: c\n", "第1行第5列：格式有误"),
        ("a: 'b\n", "格式有误"),
        ("a: [1, 2\n", "格式有误"),
        ("? [a]\n: b\n", "键必须是文字"),
        (": b\n", "键必须是文字"),
        ("a: \x00b\n", "第1行第4列：含有不可见的控制字符（U+0000）"),
        ("%YAML 9.9\n---\na: 1\n", "格式有误"),
        ('a: "\\q"\n', "格式有误"),
        ("a: " + "x" * 20_001, "第1行：一行超过20000个字"),
        ("- x\n" * 100_001, "内容过多（超过100000项）"),
    ],
    ids=lambda text: repr(text[:18]),
)
def test_what_is_no_plain_yaml_is_refused_with_a_reason(text, wanted):
    assert any(wanted in line for line in told(text)), told(text)


def lol(levels: int) -> str:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def merge_bomb(levels: int) -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        lol(9),
        merge_bomb(7),
        "[" * 10_000,
        "{" * 10_000,
        "{a: " * 5_000,
        "- " * 10_000,
        "? " * 10_000,
        "\n".join("  " * n + "a:" for n in range(10_000))[:1_000_000],
        "a: " + "!" * 19_000,
        "a: " + "&" * 19_000,
        "a: '" + "x " * 9_000,
        "k: v\n" * 200_000,
        "\n" * 1_000_000,
        "a: |\n" + " x\n" * 300_000,
        "a" * 50_000_000,
    ],
    ids=lambda text: f"{text[:9]!r} {len(text)}",
)
def test_hostile_text_gets_an_answer_soon(text):
    begin = time.process_time()

    parsed = parse(text, path="x")

    assert parsed.mistakes or parsed.root is not None
    assert time.process_time() - begin < 5


def test_depth_is_told_in_words():
    assert any("嵌套过深（超过32层）" in line for line in told("[" * 40 + "]" * 40))


def test_random_damage_never_raises_and_never_takes_long():
    good = "columns:\n  - {id: fees, name: 收费}\nrequirements:\n  - id: S-01\n    name: 收费公示\n"
    random.seed(7)

    begin = time.process_time()
    for _ in range(600):
        text = list(good)
        for _ in range(random.randint(1, 8)):
            at = random.randrange(len(text))
            text[at] = random.choice("\t\n\0:-[]{}&*!|>'\"%@`#,?~收 \ufeff\ud800")
        told("".join(text))

    assert time.process_time() - begin < 10


# --- files -------------------------------------------------------------------------------


def file_mistakes(path) -> list[str]:
    return [str(mistake) for mistake in read(path).mistakes]


def test_a_file_is_named_as_the_person_knows_it(tmp_path):
    folder = tmp_path / "信息 公开"
    folder.mkdir()
    path = folder / "本局 目录.yaml"
    path.write_text("a: 1\na: 2\n", "utf-8")

    assert file_mistakes(path) == [
        "本局 目录.yaml 第2行第1列：键“a”重复（首次出现在第1行），请只保留一处"
    ]


def test_a_mark_and_windows_line_ends_are_taken(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xe6\x94\xb6\r\n")

    assert read(path).root.plain == {"a": 1, "b": "收"}


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("a: 1\nb: 2\nc: 收费\n".encode("gbk"), "第3行：文件不是UTF-8编码，请用编辑器另存为UTF-8"),
        ("a: 1\n".encode("utf-16"), "文件不是UTF-8编码"),
        (b"a: \x001\n", "控制字符（U+0000）"),
        (b"x" * 2_000_001, "文件超过2MB"),
        (b"", "文件没有内容"),
    ],
    ids=["GBK", "UTF-16", "NUL", "too large", "empty"],
)
def test_bytes_that_are_no_text_are_refused(tmp_path, raw, wanted):
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)

    assert wanted in file_mistakes(path)[0]


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    assert "找不到文件" in file_mistakes(tmp_path / "没有.yaml")[0]
    assert "文件无法读取" in file_mistakes(tmp_path)[0]


def test_a_file_that_is_being_written_is_never_read_as_a_different_one(tmp_path):
    path = tmp_path / "a.yaml"
    whole = "items:\n" + "".join(f"  - {{id: i{n}, last: {n == 400}}}\n" for n in range(401))
    whole = whole.replace("True", "true").replace("False", "false")
    path.write_text(whole, "utf-8")
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            path.write_text(whole, "utf-8")

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        found = [read(path) for _ in range(40)]
    finally:
        stop.set()
        writer.join()

    for parsed in found:
        assert parsed.root is None or parsed.root.get("items") is not None
        assert parsed.root is not None or parsed.mistakes


# --- writing -----------------------------------------------------------------------------

AWKWARD = [
    "010",
    "7",
    "yes",
    "null",
    "a: b",
    "# x",
    "'q'",
    '"q"',
    "- x",
    "{a}",
    "2026-03-02",
    "*a",
    "&a",
    "!x",
    "@x",
    "%x",
    " x ",
    "多\n行",
    "《文件》（文号）",
    "",
    "…",
    "true",
    "~",
]


def test_what_is_written_is_read_back_the_same():
    data = {
        "layer": {"name": "示例", "on": "2026-11-23"},
        "add": [{"id": word or "x", "name": word, "list": AWKWARD} for word in AWKWARD],
    }

    text = dump(data, heading="第一行\n第二行")

    assert text.startswith("# 第一行\n# 第二行\n")
    assert parse(text, path="x").root.plain == data
