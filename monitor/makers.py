"""制发单位: whose paper a title says it is: one's own, another body's, or handed on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.textform import normal_form
from monitor.titles import NOTE, ORGAN, read

#: of a name that is known to begin with one
_OWN_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,6}?(?:省|自治区|自治州|[市县区旗]))+")


@lru_cache(maxsize=4096)
def places_in(name: str) -> tuple[str, ...]:
    """The names of the place a unit's name begins with, whole and in parts.

    >>> places_in("青禾县教育局"), places_in("云州市临江区教育体育局")
    (('青禾县',), ('云州市临江区', '云州市', '临江区'))
    """
    found = _OWN_PLACE.match(normal_form(name))
    if not found:
        return ()
    parts = re.findall(r".{1,6}?(?:自治区|自治州|[省市县区旗])", found[0])
    return tuple(dict.fromkeys((found[0], *parts)))


def is_of_others(title: str, own_names: Iterable[str], own_places: tuple[str, ...]) -> bool:
    """Whether a title says that it is another body's, or hands one on."""
    text = normal_form(title)
    if _HANDED_ON.search(text):
        return True
    names = [normal_form(name) for name in own_names]
    maker = _MAKER.match(text)
    if maker:
        said = maker["maker"]
        if any(name in said or name.endswith(said) for name in names):
            return False
        is_near = any(said.startswith(place) for place in own_places)
        return not (is_near and _EDUCATION in said)  # 县教体局 for 县教育和体育局
    if any(place in text for place in (*names, *own_places)):
        return False
    for subject in read(title, own_places).subjects:
        if subject.places or _HIGHER.match(subject.core):
            return True
    return False


def is_bare(title: str, own_names: Iterable[str], own_places: tuple[str, ...]) -> bool:
    """Whether a title is the name of a regulation and nothing more: these are mostly of a higher
    body, put beside one's own.
    """
    text = normal_form(title)
    if "关于" in text or any(name in text for name in (*own_names, *own_places)):
        return False
    return _REGULATION.search(NOTE.sub("", text)) is not None


_EDUCATION = "教"
_HANDED_ON = re.compile(r"转发|转载")
_MAKER = re.compile(
    rf"^(?:【[^】]*】)?(?P<maker>[\u4e00-\u9fff、()·]{{2,40}}?{ORGAN})"
    r"(?:等[一二三四五六七八九十\d]+部门)?(?:有关负责人|负责人)?(?:关于|就|印发|转发|令|答)"
)
_HIGHER = re.compile(r"中华人民共和国|国家|国务院|教育部|全国|中共中央|中央")
_REGULATION = re.compile(r"(?:法|条例|规定|办法|规则|细则|标准|纲要|规程|准则)$")
