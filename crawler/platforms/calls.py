"""页面自己的请求: the address a page's script asks for its list, told from the script's text. Pure.

Nothing is run. A request is only taken over when every value it sends is written out in the page,
and when one of them says which column it is of: an answer without that is the whole site's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.addresses import posted, posted_json
from crawler.pages.text import Page
from crawler.platforms.replies import PAGE_KEYS

_CALL = re.compile(
    r"(?P<how>\$\s*\.\s*(?:ajax|post|get|getJSON)|axios(?:\s*\.\s*(?:get|post))?|\bfetch|\.\s*load"
    r"|\b(?:[A-Z]\w{0,20}\.)?ajax)\s*\(",
)
_ADDRESS = re.compile(
    r"""(?:(?<![\w-])url\s*:\s*|^\s*)(?P<quote>['"])(?P<url>[^'"\s<>]{2,300})(?P=quote)(?P<rest>(?:\s*\+\s*[\w.'"&=?/-]{1,80}){0,6})"""
)
_POST = re.compile(r"""(?:type|method)\s*:\s*['"]post['"]""", re.IGNORECASE)
_JSON = re.compile(r"application/json|JSON\s*\.\s*stringify")
_SENT = re.compile(
    r"""(?:data|params|body)\s*:\s*(?:JSON\s*\.\s*stringify\s*\(\s*)?\{([^{}]{0,1500})\}"""
    r"""|,\s*(?:JSON\s*\.\s*stringify\s*\(\s*)?\{([^{}]{0,1500})\}"""
)
_PAIR = re.compile(
    r"""['"]?([\w.\[\]-]{1,40})['"]?\s*:\s*(?:'([^'\n]{0,300})'|"([^"\n]{0,300})"|(-?\d{1,12}|true|false)\b|([A-Za-z_$][\w$.]{0,40}))\s*(?:,|$|\n)"""
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
#: a field or header by which a server knows that its own page asks
_SIGNED = re.compile(
    r"""(?<![A-Za-z])((?:[\w-]{1,20}[-_])?(?:[Ss]ign|SIGN|[Ss]ignature|[Tt]oken|TOKEN|[Nn]once|[Hh]mac)"""
    r"""|[a-z]{1,12}(?:Sign|Signature|Token|Nonce))['"]?\s*(?:\]\s*=|:)\s*([\w$.]{1,60})\s*(\(?)"""
)
_LENGTH = 2500  # characters of a script that a call may take
_INTERCEPTOR = re.compile(r"interceptors\s*\.\s*request\s*\.\s*use\s*\(|ajaxSetup\s*\(")
_MOST_CALLS = 40
#: what a script writes out: a text, or a number or truth without quotes
_Written: TypeAlias = str | int | bool
#: what a list is asked for by, and what else a page asks for
_LIST = re.compile(
    r"list|quer(?:y|ies)|search|column|channel|article|content|news|page|catalog|lanmu|data|json",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"count|hits?\b|click|visit|login|logout|captcha|token|weather|share|comment|message|submit"
    r"|save|insert|add\b|update|delete|remove|vote|survey|feedback|upload|menu|tree|nav|user"
    r"|suggest|hotword|config|lang|dict",
    re.IGNORECASE,
)
_TELLS_COLUMN = re.compile(r"\d{2,}|[0-9a-f]{8,}|[A-Z]\d+", re.IGNORECASE)


def list_address(page: Page) -> str:
    """The first request in the page's scripts that may be the one for its list; "" if none."""
    if page.tree is None:
        return ""
    calls = (call for script in page.tree.iter("script") for call in _calls(script.text or ""))
    addresses = (_asked_by(call, page) for call in islice(calls, _MOST_CALLS))
    return next(filter(None, addresses), "")


def signed_by(page: Page) -> str:
    """The field or header that the page's request for its list bears and a script computes.

    "" where none does. A request without it would be refused, and what it is computed from is the
    site's own secret: it is told to whoever reads, and not worked around.
    """
    if page.tree is None:
        return ""
    scripts = (script.text or "" for script in page.tree.iter("script"))
    calls = (call for script in scripts for call in (*_calls(script), *_interceptors(script)))
    for call in islice(calls, _MOST_CALLS):
        inside = _until_closed(call.partition("(")[2])
        address = _ADDRESS.search(inside)
        if address and (_ASIDE.search(address["url"]) or not _LIST.search(address["url"])):
            continue
        for name, value, opens in _SIGNED.findall(inside):
            if "srf" in name.lower():
                continue  # against forgery by other sites: written in the page, not computed
            if opens or (_value(value, page.text) is None and not value[0].isdigit()):
                return str(name)
    return ""


def _interceptors(script: str) -> Iterator[str]:
    """What a page does with each of its requests before it is sent."""
    for found in _INTERCEPTOR.finditer(script):
        yield f"{found[0]}{script[found.end() : found.end() + _LENGTH]}"


def _calls(script: str) -> Iterator[str]:
    for found in _CALL.finditer(script):
        yield f"{found['how']}({script[found.end() : found.end() + _LENGTH]}"


def _asked_by(call: str, page: Page) -> str:
    """The address of one call, or "" if it is not for a list or not written out."""
    how, _, inside = call.partition("(")
    inside = _until_closed(inside)
    found = _ADDRESS.search(inside)
    if found is None:
        return ""
    joined = _joined(found["url"], found["rest"], page.text)
    if not joined or _ASIDE.search(urlsplit(joined).path) or not _LIST.search(joined):
        return ""
    address = urljoin(page.url, joined)
    path = urlsplit(address).path
    if urlsplit(address).netloc != urlsplit(page.url).netloc:
        return ""
    sent = _sent(inside, page.text)
    if sent is None:
        return ""
    query = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    fields = query | {name: _as_text(value) for name, value in sent.items()}
    told = [path, *(value for key, value in fields.items() if key.lower() not in PAGE_KEYS)]
    if not any(_TELLS_COLUMN.search(part) for part in told):
        return ""
    if not (_POST.search(inside) or how.rstrip().endswith("post")):
        whole = urlsplit(address)
        return whole._replace(query=urlencode(fields)).geturl() if sent else address
    if _JSON.search(inside):
        return posted_json(address, _with_numbers(sent))
    return posted(address, {name: _as_text(value) for name, value in sent.items()})


def _until_closed(text: str) -> str:
    """A call's arguments, up to the bracket that closes them."""
    depth, quote = 1, ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote and text[place - 1] != "\\" else quote
        elif character in "'\"`":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
            if not depth:
                return text[:place]
    return text


def _joined(url: str, rest: str, text: str) -> str:
    """An address put together from strings and names that the page gives values; "" if it fails."""
    for part in re.split(r"\s*\+\s*", rest)[1:]:
        value = part[1:-1] if part[:1] in "'\"" else _value(part, text)
        if value is None:
            return ""
        url += _as_text(value)
    return url


def _sent(call: str, text: str) -> dict[str, _Written] | None:
    """The fields that a call sends; None where one of them is not written out in the page."""
    found = _SENT.search(call)
    if found is None:
        return {}
    fields: dict[str, _Written] = {}
    inside = (found[1] or found[2] or "").strip()
    rest = inside
    for pair in _PAIR.finditer(inside):
        name, single, double, bare, variable = pair.groups()
        quoted = single if single is not None else double
        value = quoted if quoted is not None else _bare(bare) if bare else _value(variable, text)
        if value is None and name.lower() in PAGE_KEYS:
            value = "1"
        if value is None:
            return None
        fields[name] = value
        rest = rest.replace(pair[0], "", 1)
    return None if rest.strip(" ,\r\n\t") else fields


def _value(name: str, text: str) -> _Written | None:
    """What the page's scripts say a name stands for; None if that is not a plain value."""
    if not _NAME.fullmatch(name):
        return None
    found = re.search(
        rf"""(?:var|let|const|,|;|^)\s*{re.escape(name)}\s*=\s*(?:'([^'\n]{{0,200}})'|"([^"\n]{{0,200}})"|(\d{{1,20}}))\s*[;,\n]""",
        text,
        re.MULTILINE,
    )
    if found is None:
        return None
    single, double, number = found.groups()
    return _bare(number) if number else single if single is not None else double


def _bare(written: str) -> _Written:
    """What a word without quotes stands for in a script; a number too long for one stays text."""
    if written in ("true", "false"):
        return written == "true"
    return int(written) if str(int(written)) == written else written


def _as_text(value: _Written) -> str:
    """A value as a form or an address carries it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _with_numbers(fields: Mapping[str, _Written]) -> dict[str, _Written]:
    """Fields as a JSON value: page numbers as numbers, the rest as the page writes them."""
    return {
        name: int(value)
        if isinstance(value, str) and name.lower() in PAGE_KEYS and value.isdigit()
        else value
        for name, value in fields.items()
    }
