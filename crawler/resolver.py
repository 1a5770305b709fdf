"""域名解析的关口: the address that is tested is the address that is connected to.

A name may answer with a public address when it is checked and with an inner one when it is used, so
the check sits where the connection takes its address from. IPv4 only: many portals publish IPv6
records that do not work from everywhere.
"""

from __future__ import annotations

from typing import Any, Self, cast

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from crawler.addresses import AddressRules
from monitor.model import Network

#: Twisted's resolvers, receivers and addresses: zope interfaces, which mean nothing to mypy
Provider = Any


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, with the guard in front of it."""

    rules: AddressRules

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build it as Scrapy does; ``MINGCHA_NETWORK`` holds our own settings."""
        made = super().from_crawler(crawler, reactor)
        made.rules = AddressRules.of(cast(Network, crawler.settings["MINGCHA_NETWORK"]))
        return made

    def install_on_reactor(self) -> None:
        super().install_on_reactor()
        guard: Provider = Guard(self.reactor.nameResolver, self.rules)
        self.reactor.installNameResolver(guard)


@implementer(IHostnameResolver)
class Guard:
    """关口: passes on only addresses that may be connected to; remembers what it held back."""

    def __init__(self, behind: Provider, rules: AddressRules) -> None:
        self._behind = behind
        self._rules = rules
        self.held_back: dict[tuple[str, int], str] = {}

    def resolveHostName(  # Twisted's name
        self,
        receiver: Provider,
        host: str,
        portNumber: int = 0,
        *rest: object,
        **more: object,
    ) -> Provider:
        """Resolve ``host`` for a connection to that port."""
        sieve = _Sieve(receiver, self, host, portNumber)
        return self._behind.resolveHostName(sieve, host, portNumber, *rest, **more)

    def passes(self, host: str, port: int, address: str) -> bool:
        """Whether a connection to ``host`` may go to ``address``."""
        if self._rules.forbids(host.rstrip(".").lower(), port, address):
            self.held_back[host, port] = address
            return False
        return True


@implementer(IResolutionReceiver)
class _Sieve:
    """Stands before the receiver of a resolution and takes out what is forbidden."""

    def __init__(self, behind: Provider, guard: Guard, host: str, port: int) -> None:
        self._behind, self._guard, self._host, self._port = behind, guard, host, port

    def resolutionBegan(self, resolution: Provider) -> None:
        self._behind.resolutionBegan(resolution)

    def addressResolved(self, address: Provider) -> None:
        if self._guard.passes(self._host, self._port, address.host):
            self._behind.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._behind.resolutionComplete()
