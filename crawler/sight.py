"""所见: an address opened the way a reader would → a page, or what stands in its way. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawler.ask import Answer, Ask, Walk
from crawler.outcome import Recognised, recognise, redirect_in
from crawler.pages.text import Page, open_page
from monitor.model import Outcome

_HOPS = 3  # redirects that a page itself makes, by meta refresh or script
_MAY_LEAD_ON = frozenset({Outcome.OPENED, Outcome.SHELL})
_REDIRECT_PAGE = 20_000  # bytes; what is longer says something of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """所见: the answer, and the page to read from it unless a ``barrier`` stands there."""

    answer: Answer
    page: Page | None = None
    barrier: Recognised | None = None

    @property
    def is_readable(self) -> bool:
        """Whether there is a page, or at least the shell of one, which may ask for its list."""
        return self.page is not None and self.outcome in _MAY_LEAD_ON

    @property
    def unchanged(self) -> bool:
        return self.answer.status == 304

    @property
    def outcome(self) -> Outcome:
        return self.barrier.outcome if self.barrier else Outcome.OPENED

    @property
    def phrase(self) -> str:
        return self.barrier.phrase if self.barrier else ""


def look(ask: Ask, unit_names: tuple[str, ...]) -> Walk[Sight]:
    """Open an address, go where the page itself sends its reader, and tell content from walls."""
    first = ask
    for _ in range(_HOPS + 1):
        answer = yield ask
        if answer.failure:
            return Sight(
                answer=answer, barrier=Recognised(outcome=answer.failure, phrase=answer.phrase)
            )
        if answer.status == 304:
            return Sight(answer=answer)
        page = open_page(answer.body, answer.url, answer.content_type)
        barrier = (
            Recognised(outcome=Outcome.TOO_LARGE)
            if page.vast
            else recognise(
                page,
                status=answer.status,
                asked=first.url,
                final=answer.url,
                headers=answer.headers,
                body=answer.body,
                unit_names=unit_names,
            )
        )
        seen = Sight(answer=answer, page=page, barrier=barrier)
        # a challenge also sends its reader on, once a script has solved it
        if len(answer.body) > _REDIRECT_PAGE or seen.outcome not in _MAY_LEAD_ON:
            return seen
        to = redirect_in(page)
        if not to or to == answer.url:
            return seen
        ask = replace(ask, url=to, referer=answer.url, etag="", last_modified="")
    return Sight(answer=answer, barrier=Recognised(outcome=Outcome.REDIRECTS))
