"""共用的部分: the small parts that plans and observations have in common."""

from __future__ import annotations

from datetime import datetime

from monitor.model import Remembered, RobotsFile
from monitor.plain import day_of, iso
from monitor.wire.lines import Json


def pack_remembered(remembered: Remembered) -> Json:
    return filled(
        address=remembered.address,
        etag=remembered.etag,
        last_modified=remembered.last_modified,
        list_digest=remembered.list_digest,
        signature=remembered.signature,
        newest=iso(remembered.newest),
        since=iso(remembered.since),
        to_end=remembered.to_end,
        identity_seen=remembered.identity_seen,
    )


def read_remembered(said: Json) -> Remembered:
    return Remembered(
        address=said.get("address", ""),
        etag=said.get("etag", ""),
        last_modified=said.get("last_modified", ""),
        list_digest=said.get("list_digest", ""),
        signature=said.get("signature", ""),
        newest=day_of(said.get("newest")),
        since=day_of(said.get("since")),
        to_end=said.get("to_end", False),
        identity_seen=said.get("identity_seen", False),
    )


def pack_robots_file(kept: RobotsFile) -> Json:
    return {"address": kept.address, "text": kept.text, "at": kept.read_at.isoformat()}


def read_robots_file(said: Json) -> RobotsFile:
    return RobotsFile(
        address=said["address"], text=said["text"], read_at=datetime.fromisoformat(said["at"])
    )


def filled(**fields: object) -> Json:
    """The fields that say something; every default of the records is empty or false."""
    return {name: value for name, value in fields.items() if value}
