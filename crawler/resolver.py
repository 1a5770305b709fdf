"""域名解析的关口: the address that is tested is the address that is connected to.

A name may answer with a public address when it is checked and with an inner one when it is used, so
the check sits where the connection takes its address from. IPv4 only: many portals publish IPv6
records that do not work from everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer

from crawler.addresses import AddressRules
from monitor.model import Network


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, with the guard in front of it."""

    rules: AddressRules

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        made = super().from_crawler(crawler, reactor)
        made.rules = AddressRules.of(cast(Network, crawler.settings["MINGCHA_NETWORK"]))
        return made

    def install_on_reactor(self) -> None:
        super().install_on_reactor()
        self.reactor.installNameResolver(Guard(self.reactor.nameResolver, self.rules))


@implementer(IHostnameResolver)
class Guard:
    """Passes on only addresses that may be connected to; remembers what it held back."""

    def __init__(self, behind: IHostnameResolver, rules: AddressRules) -> None:
        self._behind = behind
        self._rules = rules
        self.held_back: dict[tuple[str, int], str] = {}

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        receiver = _Sieve(resolutionReceiver, self, hostName, portNumber)
        return self._behind.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )

    def passes(self, host: str, port: int, address: str) -> bool:
        if self._rules.forbids(host.rstrip(".").lower(), port, address):
            self.held_back[host, port] = address
            return False
        return True


@implementer(IResolutionReceiver)
class _Sieve:
    def __init__(self, behind: IResolutionReceiver, guard: Guard, host: str, port: int) -> None:
        self._behind, self._guard, self._host, self._port = behind, guard, host, port

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self._behind.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if self._guard.passes(self._host, self._port, address.host):
            self._behind.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._behind.resolutionComplete()
