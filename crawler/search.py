"""找栏目的眼睛: ``SearchSpider`` looks for columns as a scan looks at them, and only for that."""

from __future__ import annotations

from crawler.ask import Answer
from crawler.discover import Search
from crawler.spider import DisclosureSpider
from crawler.unit import SharedLists
from monitor.model import Discovery, Target
from monitor.wording import Clue


class SearchSpider(DisclosureSpider):
    """找栏目: for each target an address is looked for, and nothing is read for the night."""

    name = "mingcha-search"

    async def _read_unit(self, targets: tuple[Target, ...], shared: SharedLists) -> None:
        """Look for a unit's columns; a link of its own pages may lead to another site."""
        budget = self._budget()
        search = Search(targets, rules=self._rules, network=self._network, seen_at=self.now())
        for target in targets:
            found = await self._drive(search.find(target), target, None, budget, _not_found)
            self._counts[found.spots[0].sureness.name if found.spots else "NONE"] += 1
            self._writer.discovery(found)


def _not_found(target: Target, answer: Answer | None) -> Discovery:
    """A target whose pages could not be read through."""
    address = answer.url if answer else target.home
    return Discovery(
        unit=target.unit,
        column=target.column.id,
        looked=(Clue.NOT_READ.tell(address=address),),
    )
