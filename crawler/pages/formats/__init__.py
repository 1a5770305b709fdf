"""File formats of attachments: bytes to text, one reader a file, each the home of its library.

A reader takes the bytes and returns ``(text, whole)``: the text, and whether all there is to read
was read (a scanned page is not). What it cannot open raises ``Unreadable``.
"""

from __future__ import annotations


class Unreadable(Exception):
    """The file is damaged, encrypted or not of the format it claims."""
