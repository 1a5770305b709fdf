"""Scrapy 的设置: one mapping, with a reason beside each choice."""

from __future__ import annotations

from monitor.model import Network

PAGE_BYTES = 10 * 2**20
FILE_BYTES = 64 * 2**20
REDIRECTS = 10
#: seconds a name may take to be resolved
NAME_SECONDS = 10
#: names looked up at once for each host read at once: a lookup nobody answers holds its thread for
#: up to a minute after we have given it up, and the names behind it must not wait
_LOOKUPS = 6

#: what every request says; a page in Chinese is what we read
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}


def scrapy_settings(network: Network) -> dict[str, object]:
    """Return the settings of one crawl child."""
    strict = network.tls == "strict"
    return {
        "BOT_NAME": "mingcha",
        "USER_AGENT": network.user_agent,
        # Redirects, robots.txt, retries, pace and unpacking are decided in fetch.py, per hop and
        # per host: Scrapy's own versions follow a redirect before anyone can refuse it, allow
        # everything when robots.txt answers 500, and hand over the half of a cut gzip stream.
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        # none is used here, and only to import them takes as long as reading a hundred pages
        "EXTENSIONS_BASE": {},
        # nobody but http: a link or redirect to file:, ftp: or data: has no way to be opened
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
        "MINGCHA_NETWORK": network,  # for the resolver
        "DNS_TIMEOUT": NAME_SECONDS,
        "REACTOR_THREADPOOL_MAXSIZE": _LOOKUPS * max(1, network.ceiling),
        "CONCURRENT_REQUESTS": 0,  # no second limit: fetch.py counts per host and in all
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # also what the connection pool keeps open per host
        "CONCURRENT_ITEMS": 4,  # the default of 100 starts 100 tasks per response
        "DOWNLOAD_DELAY": 0,  # the pace is kept per address, with robots.txt's word: fetch.py
        "DOWNLOAD_TIMEOUT": network.timeout,
        "DOWNLOAD_MAXSIZE": PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,  # a cut page is no page
        "DOWNLOAD_VERIFY_CERTIFICATES": strict,
        # lenient: old servers of schools still need weak keys to be talked to at all
        "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT" if strict else "DEFAULT@SECLEVEL=0",
        "COOKIES_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # robots.py does, and does not take an error for permission
        "HTTPERROR_ALLOW_ALL": True,  # every status goes to outcome.py
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve names behind the guard's back
        "HTTPCACHE_ENABLED": False,  # its heuristic freshness answers without asking
        "REMOTE_CONTROL_ENABLED": False,  # both would open a door on this machine
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,  # crawl_process sets up what is told to whom
        "LOGSTATS_INTERVAL": 0,
        "STATS_DUMP": False,
    }
