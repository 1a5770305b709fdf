"""编码: bytes → text, whatever a page declares. The home of w3lib and charset-normalizer.

What was damaged before a page was stored is turned back where only one reading is possible: text of
UTF-8 that somebody read as Latin 1 or GBK, and GBK read as Latin 1. Any other damage makes a page
doubtful: a word that is not found in it may be there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

#: what a page may be in; gb2312 and gbk are read as gb18030, their superset
_CHARSETS = ("utf-8", "gb18030", "big5")
#: texts in these decode as GB 18030 too, and no Chinese page declares them
_NEIGHBOURS = ("cp949", "cp932", "euc_jp", "cp1251", "koi8-r")
_ALPHABETS = ("cp125", "iso8859", "koi8")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NARROW = 6  # of so many bytes less than one is 0, unless characters take two bytes each
_CHINESE = re.compile("[\u3400-\u9fff]+")
#: below this share of GB 2312 characters a text that decodes as GB 18030 is hardly meant to be
_PLAIN_SHARE = 0.8
_SAMPLE = 200_000  # bytes or characters that tell a charset
_LOST_AT_MOST = 2  # replacement characters; a broken byte or two hides no word list
#: bytes beyond ASCII stand alone in words of most alphabets, and in rows in Chinese
_IN_ROWS = re.compile(rb"[\x80-\xff]{4}")
_ROWS_AT_MOST = 2

#: what the second and third byte of a character became, read as Latin 1 or Windows 1252
_AFTER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TO_LATIN = {ord(sign): sign.encode("cp1252")[0] for sign in _AFTER[3:]}
#: UTF-8 of Chinese read as Latin 1; two characters in a row, which no language writes
_AS_LATIN = re.compile(f"(?:[âãäåæçèéï][{_AFTER}]{{2}}){{2,}}")
#: GBK of Chinese read as Latin 1
_GBK_AS_LATIN = re.compile("[\xa1-\xfe]{6,}")
_LATIN_LEAD, _LATIN_PAIRS = b"\xc3", 4  # leads half of these characters in UTF-8
#: what 的，。、 in UTF-8 begin with when they are read as GBK
_GBK_SIGNS = ("锛", "銆", "鐨", "鍏", "浜", "瀛")
_SIGNS = 3
_BEYOND_ASCII = re.compile("[^\x00-\x7f]{3,}")
_SURE = 2  # characters, of which less than half may be lost
#: such remains after mending, of characters of which a part was lost
_LATIN = "äåæçèé"
_LATIN_AT_MOST = 30  # names of visitors and of songs have some


class Decoded(NamedTuple):
    """文本: what bytes say, in which charset; whether that is in doubt, whether it was mended."""

    text: str
    encoding: str
    doubtful: bool
    mended: bool = False


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page by trying.

    Strict UTF-8 wins, then strict GB 18030; the header and the page's own declaration are hints
    only (pages declared gb2312 hold GBK, converted pages keep their old declaration).
    """
    text, encoding = _decoded(body, content_type)
    whole = text
    # here and below: one character is looked for many times faster than it is counted
    may_be_latin = encoding == "utf-8" and _LATIN_LEAD in body
    if may_be_latin and body.count(_LATIN_LEAD) >= _LATIN_PAIRS:
        whole = _from_latin(whole)
    if _has_gbk_signs(whole, _GBK_SIGNS):
        whole = _BEYOND_ASCII.sub(lambda found: _of_gbk(found[0]), whole)
    return Decoded(whole, encoding, _is_lossy(whole) or _is_wrong(whole), whole != text)


def _decoded(body: bytes, content_type: str | None) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace"), encoding
    if 0 in body and body.count(0) * _NARROW > len(body):
        return _decode_wide(body)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_other(body, http_content_type_encoding(content_type) or "")


def _decode_other(body: bytes, served: str) -> tuple[str, str]:
    """Decode what is not UTF-8; of what a server says of all its pages the less is believed."""
    declared = html_body_declared_encoding(body) or ""
    tries = ["gb18030", "big5"]
    if declared in _NEIGHBOURS or (declared or served).startswith("big5"):
        tries.insert(0, declared or served)
    elif (declared or served).startswith(_ALPHABETS) and _is_alphabetic(body):
        tries.append(declared or served)
    for encoding in tries:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _plain_share(text) >= _PLAIN_SHARE:
            return text, encoding
    best = from_bytes(body[:_SAMPLE], cp_isolation=list(_CHARSETS)).best()
    guesses = dict.fromkeys(
        guess for guess in (best and best.encoding, "gb18030", "utf-8") if guess
    )
    sample = body[:_SAMPLE]
    encoding = min(guesses, key=lambda guess: sample.decode(guess, "replace").count("\ufffd"))
    return body.decode(encoding, "replace"), encoding


def _decode_wide(body: bytes) -> tuple[str, str]:
    """Decode UTF-16 without its mark: every other byte of its markup is 0."""
    encoding = "utf-16-le" if body[1::2].count(0) >= body[::2].count(0) else "utf-16-be"
    return body.decode(encoding, "replace"), encoding


def _is_alphabetic(body: bytes) -> bool:
    return len(_IN_ROWS.findall(body[:_SAMPLE])) <= _ROWS_AT_MOST


def _plain_share(text: str) -> float:
    """Return how much of the Chinese in ``text`` is everyday GB 2312."""
    chinese = "".join(_CHINESE.findall(text[:_SAMPLE]))
    return len(chinese.encode("gb2312", "ignore")) / 2 / len(chinese) if chinese else 1.0


def _from_latin(text: str) -> str:
    """Turn back what was read as Latin 1."""
    text = _AS_LATIN.sub(lambda found: _reread(found[0], "utf-8"), text)
    return _GBK_AS_LATIN.sub(lambda found: _reread(found[0], "gb18030"), text)


def _reread(wrong: str, encoding: str) -> str:
    """``wrong`` in the charset it was written in, if nothing of it is lost in between."""
    try:
        right = wrong.translate(_TO_LATIN).encode("latin-1").decode(encoding)
    except UnicodeError:
        return wrong
    return right if encoding == "utf-8" or _plain_share(right) == 1 else wrong


def _has_gbk_signs(text: str, signs: tuple[str, ...]) -> bool:
    """Whether there is UTF-8 that was read as GBK: 淇℃伅鍏紑 is 信息公开."""
    may_be = "锛" in text or "銆" in text or "鐨" in text
    return may_be and sum(map(text.count, signs)) >= _SIGNS


def _of_gbk(wrong: str) -> str:
    """What could not be kept on the way (the last byte of an odd number) stays lost."""
    right = wrong.replace("\ufffd", "?").encode("gb18030").decode("utf-8", "replace")
    lost = right.count("\ufffd") + right.count("?")
    return right if len(right) >= _SURE and lost * _SURE <= len(right) else wrong


def _is_lossy(text: str) -> bool:
    """Whether characters were lost, here or before the page was stored."""
    lost = "\ufffd" in text and text.count("\ufffd") > _LOST_AT_MOST
    return lost or ("锟" in text and "锟斤拷" in text)


def _is_wrong(text: str) -> bool:
    """Whether much of it is still what Chinese becomes when it is read wrongly."""
    if _has_gbk_signs(text, _GBK_SIGNS[:3]):
        return True
    may_be_latin = "å" in text or "ä" in text
    if not may_be_latin or text.count("å") + text.count("ä") <= _LATIN_AT_MOST:
        return False
    return sum(map(text.count, _LATIN)) > sum(map(len, _CHINESE.findall(text)))
