"""个人信息提醒: put into the outbox as soon as a night has seen what must not be shown. No verb."""

from __future__ import annotations

from commands.folder import Folder
from monitor.ledger import letters as outbox
from monitor.store import records
from monitor.store.letters import postings
from reports import mail
from reports.kinds.private_mail import private_mail


def tell_officer(folder: Folder) -> bool:
    """Write what was not told yet to the officer, and to nobody else; whether there was any."""
    officer = folder.settings.office.reply_to
    if not officer:
        return False
    names = {unit.code: unit.name for unit in folder.units}
    told = postings(folder.store)
    letter = private_mail(records.remarks(folder.store), told, names, to=officer, on=folder.today)
    if letter is not None:
        outbox.put(folder.store, mail.compose(letter), at=folder.now)
    return letter is not None
