"""作废: whether our own network lets a night count; why it does not. No verb."""

from __future__ import annotations

import logging

from commands.folder import Folder
from crawler.outside import is_cut_off
from monitor.store import records
from monitor.wording import MonitorError, NightDoubt

log = logging.getLogger("mingcha.night")


def before_night(folder: Folder, name: str, *, is_read: bool) -> str:
    """Why the scan ``name`` cannot count; "" where it can, or was read already.

    One that was begun is not spoilt by going on with it at the wrong moment: it is refused.
    """
    known = records.void_scans(folder.store)
    if name in known or is_read:
        return known.get(name, "")
    void = cut_off(folder, name)
    if void and (folder.scans / name).exists():
        raise MonitorError(
            "E4413",
            NightDoubt.CUT_OFF_NOW.tell(count=len(folder.settings.network.canaries)),
            "没有接着做，已经读到的内容都在。",
            "网络恢复后再执行 mingcha scan --resume。",
        )
    return void


def cut_off(folder: Folder, name: str) -> str:
    """Why nothing that was just looked at counts: our own network is down; "" where it is up."""
    network = folder.settings.to_network()
    if not is_cut_off(network):
        return ""
    log.error("own network is down", extra={"scan": name, "canaries": network.canaries})
    return NightDoubt.CUT_OFF.tell(count=len(network.canaries))
