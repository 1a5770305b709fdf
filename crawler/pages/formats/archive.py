"""ZIP archives: the names of the files in them; nothing is unpacked."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.pages.formats import Piece
from crawler.pages.formats.package import opened

_UTF8 = 0x800  # bit of a ZIP entry's flags: its name is UTF-8


def read(body: bytes) -> Iterator[Piece]:
    """Yield the names of the files in an archive; what is in them stays unread."""
    for entry in opened(body).infolist():
        name = entry.filename
        if not entry.flag_bits & _UTF8:
            # Chinese systems write the name as GBK, and zipfile reads what is not UTF-8 as CP437
            name = name.encode("cp437", "replace").decode("gb18030", "replace")
        yield Piece(where="文件名单", text=name)
    yield Piece(where="压缩包内", unread=True)
