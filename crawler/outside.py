"""本机网络: whether our own way out is open, told by addresses that are trusted to be up.

A night in which none of them answers says nothing of any site.
"""

from __future__ import annotations

from typing import Final

from crawler.run import Fetched, fetch_one
from monitor.model import Network, Outcome

#: no page came, but it was the address itself that withheld it
_ANSWERED: Final = frozenset({Outcome.ROBOTS, Outcome.TOO_LARGE})
#: said by what stands between us and the address: a proxy or a network that wants a login
_BY_THE_WAY: Final = frozenset({407, 511})


def is_cut_off(network: Network) -> bool:
    """Whether not one canary answers; False where none is set. Asks no more than it needs."""
    return bool(network.canaries) and not any(
        answers(address, network) for address in network.canaries
    )


def answers(address: str, network: Network) -> bool:
    """Whether a canary answers for itself: to be led to another site is no answer of its own."""
    return _is_answer(fetch_one(address, network))


def _is_answer(fetched: Fetched) -> bool:
    if fetched.outcome is not None:
        return fetched.outcome in _ANSWERED
    return fetched.status < 500 and fetched.status not in _BY_THE_WAY
