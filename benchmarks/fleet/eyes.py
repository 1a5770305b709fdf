"""眼睛: what a crawl does with the pages it opened, done to a scan file that was written for it.

In: a scan file of the simulated county and what the opened pages say. Out: the same file as
``crawler.spider`` writes it: numbers of persons found by ``crawler.exposed`` and starred out, the
words of opened entries kept beside the pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from benchmarks.fleet.sites import Sites
from benchmarks.fleet.truth import Truth
from crawler.evidence import keep_text
from crawler.exposed import looked_through
from crawler.flat import flat
from crawler.pages.lists import read_list
from monitor.model import Document, Extract
from monitor.wire import ScanWriter
from monitor.wire.lines import lines
from monitor.wire.seen import read_observation

#: stands in every line that tells of an opened entry
_OPENED = b'"WHOLE"'

#: of an entry: its paragraphs, and its tables by rows of cells
Page = tuple[Sequence[str], Sequence[Sequence[Sequence[str]]]]


@dataclass(kw_only=True)
class Eyes:
    """Looks through one file after the other; words are kept once in a run."""

    key: bytes  # under which numbers are known again
    _kept: set[str] = field(default_factory=set)

    def look_through(
        self, path: Path, pages: Mapping[str, Page], evidence: Path, *, on: date
    ) -> None:
        """Rewrite a scan file; new words of entries go into the folder ``evidence``."""
        written = path.rename(path.with_suffix(".written"))
        with ScanWriter(path) as writer, path.open("ab", 0) as as_it_is:
            for line in lines(written):
                if line.kind != "observation" or _OPENED not in line.text:
                    as_it_is.write(line.text)
                    continue
                seen = line.read(read_observation, path)
                documents = tuple(self._seen(one, pages, on) for one in seen.documents)
                for one in documents:
                    self._keep(one, evidence)
                writer.observation(replace(seen, documents=documents))
        written.unlink()

    def _seen(self, document: Document, pages: Mapping[str, Page], on: date) -> Document:
        page = pages.get(document.url)
        if page is None:
            return document
        extracts = tuple(_extracts(page))
        digest = hashlib.sha256(flat(extracts[0].text).encode()).hexdigest()
        return looked_through(replace(document, extracts=extracts, digest=digest), self.key, on)

    def _keep(self, document: Document, evidence: Path) -> None:
        if document.extracts and document.digest not in self._kept:
            self._kept.add(document.digest)
            keep_text(evidence, document.digest, document.extracts)


def _extracts(page: Page) -> Iterator[Extract]:
    """The words of a page, a line a line, then the rows of its tables."""
    paragraphs, tables = page
    cells = (cell for table in tables for row in table for cell in row)
    yield Extract(text="\n".join((*paragraphs, *cells)))
    for number, table in enumerate(tables, 1):
        for place, row in enumerate(table, 1):
            yield Extract(text="\t".join(row), where=f"表{number}", row=place)


def layouts_of(sites: Sites, truth: Truth) -> tuple[str, str]:
    """How the crawl names the place of a list: on sites as they were, and on those made anew."""
    found = ["", ""]
    world, damage = truth.world, truth.damage
    for (unit, duty), column in world.columns.items():
        for night in (world.first, world.last):
            era = damage.era(unit, night)
            if found[era % 2] or column.fault(night) or not truth.is_clear(unit, duty, night):
                continue
            sites.turn_to(night)
            path = f"/v{era}/" if era else "/"
            page = sites.page(unit, f"{path}{world.duties[duty].column}/")
            if page is not None:
                listing = read_list(page.body.encode(), f"{sites.bases[unit]}{path}")
                found[era % 2] = listing.signature
    return found[0], found[1]
