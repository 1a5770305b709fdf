"""信息的正文: what the page of an entry says, the same in a scan file and over HTTP.

An entry keeps its words under another day or title: they go by its number, and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.fleet.duties import Duty
from benchmarks.fleet.world import Entry, Place, World

#: 正文的句子; each entry draws some, with numbers of its own
_SENTENCES = (
    "{month}月{day}日，学校召开第{number}次专题会议，研究{topic}，明确责任人和完成时间。",
    "本期共收到意见{number}条，其中{fewer}条已经采纳，其余的向提出人作了说明。",
    "{topic}由{office}牵头，{other}配合，每周五下午检查一次，检查情况当场记录。",
    "全校{number}名师生参加了{topic}，活动分{fewer}个小组进行，历时{day}天。",
    "与上年同期相比，{topic}增加{fewer}项，减少{day}项，原因是项目安排有所调整。",
    "请各年级于{month}月{day}日前把{topic}材料送到{office}，逾期不再受理。",
    "经核对，第{number}号至第{later}号材料齐全，第{more}号材料退回补正。",
    "{office}设在教学楼{fewer}楼，工作日上午{day}时起接待，节假日不接待。",
    "家长对{topic}有不同看法的，可以向{office}书面提出，{fewer}个工作日内答复。",
    "下一步将继续推进{topic}，力争在{month}月底前完成{number}项任务。",
)
_TOPICS = (
    "食堂管理", "课后服务", "校园安全", "教师研训", "图书借阅", "体育锻炼", "艺术展演", "劳动实践",
    "卫生保健", "校舍维修", "设备采购", "学籍核对", "家校联系", "心理辅导",
)  # fmt: skip
_OFFICES = ("总务处", "教导处", "政教处", "办公室", "教科室", "工会", "少先队大队部")
_HOLLOW = "XX学校20××年工作情况如下：（此处填写正文）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """正文: its paragraphs, then its tables by rows of cells."""

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


def words_of(world: World, place: Place, entry: Entry) -> Words:
    """What an entry's page says; one that leads home has none of its own."""
    if (listed := world.persons.get(entry.serial)) is not None:
        return Words(paragraphs=listed.paragraphs, tables=listed.tables)
    duty = _home_of(world, place, entry)
    if entry.sham == "placeholder" and not duty.fields:
        return Words(paragraphs=(_HOLLOW,))
    rng = Random(f"words of {entry.serial}")
    told = [_filled(sentence, rng) for sentence in rng.sample(_SENTENCES, 4)]
    if entry.is_statement:
        told.append("特此说明。")
    if not entry.lacks:
        told += [f"{word}：见下文所述内容。" for word in duty.fields]
    return Words(paragraphs=tuple(told))


def home_words(world: World, place: Place, night: int) -> Words:
    """What the home page of a unit says: the names of its columns."""
    named = [
        duty.name
        for number, duty in enumerate(world.duties)
        if world.columns[place[0], number].fault(night) != "removed"
    ]
    return Words(paragraphs=tuple(named))


def _home_of(world: World, place: Place, entry: Entry) -> Duty:
    """The column in which the entry's own page stands."""
    if not entry.from_column:
        return world.duties[place[1]]
    return next(duty for duty in world.duties if duty.column == entry.from_column)


def _filled(sentence: str, rng: Random) -> str:
    number = rng.randint(21, 980)
    office, other = rng.sample(_OFFICES, 2)
    return sentence.format(
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
        number=number,
        later=number + rng.randint(3, 20),
        more=number + rng.randint(21, 40),
        fewer=rng.randint(2, 9),
        topic=rng.choice(_TOPICS),
        office=office,
        other=other,
    )
