"""ZIP packages, which DOCX, XLSX, ODS and OFD are: what is inside, opened only if it is no bomb."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from crawler.pages.formats import Unreadable
from monitor.model import FileState

#: a file of 106 kB was seen that unpacks to 48 MB and takes its reader 1.2 GB
_MOST_ENTRIES = 2_000
_MOST_BYTES = 50 * 2**20
_LARGEST_PART = 20 * 2**20
_DENSEST = 100  # times as large as it was packed
_SMALL = 2**20  # below it no density is suspicious
_ENCRYPTED = 0x1  # bit of a ZIP entry's flags
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff")
_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def opened(body: bytes) -> zipfile.ZipFile:
    """Open a package whose own table says that it may be unpacked."""
    try:
        package = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as why:
        raise Unreadable(FileState.DAMAGED) from why
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) + 1
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(FileState.ENCRYPTED)
    if (
        len(entries) > _MOST_ENTRIES
        or unpacked > _MOST_BYTES
        or any(entry.file_size > _LARGEST_PART for entry in entries)
        or (unpacked > _SMALL and unpacked > packed * _DENSEST)
    ):
        raise Unreadable(FileState.OVERSIZED)
    return package


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """Read one part; it must be there, whole, and no larger than the package says."""
    try:
        return package.read(name)
    except (
        KeyError,
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        zlib.error,
    ) as why:
        raise Unreadable(FileState.DAMAGED) from why


def tree(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Read one part as XML; nothing it points to is fetched, no entity filled in."""
    try:
        return etree.fromstring(part(package, name), _XML)
    except etree.XMLSyntaxError as why:
        raise Unreadable(FileState.DAMAGED) from why


def named(root: etree._Element, tag: str) -> list[etree._Element]:
    """The elements of a name, in any namespace: makers changed those of the standards."""
    return list(root.iter(f"{{*}}{tag}"))


def texts_in(package: zipfile.ZipFile, parts: re.Pattern[str]) -> Iterator[str]:
    """The words of the parts whose names match: what stands beside the main text."""
    for name in filter(parts.fullmatch, package.namelist()):
        if text := "\n".join(run.text or "" for run in named(tree(package, name), "t")).strip():
            yield text


def pictures_in(package: zipfile.ZipFile, folder: str) -> Iterator[tuple[str, bytes]]:
    """The pictures of a folder of the package: 图片1, 图片2 … and their bytes."""
    names = [
        name for name in package.namelist() if folder in name and name.lower().endswith(_PICTURES)
    ]
    for number, name in enumerate(names, 1):
        yield f"图片{number}", part(package, name)
