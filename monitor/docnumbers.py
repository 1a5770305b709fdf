"""发文字号: document numbers in texts, and when two are one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.textform import normal_form

_SHORTEST_AGENCY = 2
_DOC_NO = re.compile(
    r"[(（]?(?P<agency>[\u4e00-\u9fff]{0,12})[〔\[(【<](?P<year>(?:19|20)\d\d)[〕\])】>]"
    r"第?(?P<number>\d{1,4})号[)）]?"
)


@dataclass(frozen=True, slots=True)
class DocNo:
    """发文字号: the agency's short name as far as it was told, the year, the number."""

    agency: str
    year: int
    number: int

    def is_same(self, other: DocNo) -> bool:
        """Whether both are one number; an agency may carry words that stood before it.

        >>> five = DocNo("青教", 2024, 5)
        >>> five.is_same(DocNo("解读青教", 2024, 5)), five.is_same(DocNo("青教办", 2024, 5))
        (True, False)
        """
        shorter, longer = sorted((self.agency, other.agency), key=len)
        same = (self.year, self.number) == (other.year, other.number)
        return same and len(shorter) >= _SHORTEST_AGENCY and longer.endswith(shorter)

    def is_next_to(self, other: DocNo) -> bool:
        """Whether it is another number of the same agency: another document for certain."""
        shorter, longer = sorted((self.agency, other.agency), key=len)
        alike = len(shorter) >= _SHORTEST_AGENCY and longer.endswith(shorter)
        return alike and (self.year, self.number) != (other.year, other.number)


def doc_numbers(text: str) -> Iterator[DocNo]:
    """Yield the document numbers in a text, whatever its brackets and blanks.

    >>> next(doc_numbers("青教〔2024〕5号")) == next(doc_numbers("青教 [2024] 05 号"))
    True
    """
    for found in _DOC_NO.finditer(normal_form(text)):
        yield DocNo(found["agency"], int(found["year"]), int(found["number"]))
