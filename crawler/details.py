"""读信息: which entries of a column are opened, and what is read from them → documents. Pure.

An entry is opened when its list does not say enough: it bears no day, it answers something that is
looked for inside, or nobody can tell whose it is. The rest is known from the list. Characters are
read off pictures last, and only for words that are nowhere else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from crawler.addresses import identity, may_ask
from crawler.ask import Answer, Ask, Walk
from crawler.files import OpenedFile, passages
from crawler.flat import flat
from crawler.pages.articles import Article, article_of
from crawler.pages.attachments import FileText
from crawler.pages.text import Page
from crawler.pages.undated import Undated
from crawler.reading import Row
from crawler.sight import look
from monitor.model import (
    Attachment,
    Document,
    Evidence,
    Exposed,
    Extract,
    FileState,
    LookFor,
    Match,
    Misdated,
    NoDay,
    Outcome,
    PublishDate,
    Reading,
    Target,
)
from monitor.personal import lists_persons, masked, may_list_persons
from monitor.textform import normal_form

#: documents opened for one thing looked for, newest first
_NEWEST = 5
#: lists of persons opened in one column, newest first, with their files
_NEWEST_LISTS = 5
#: notices of which the title does not say whether they are such a list
_NEWEST_NOTICES = 2
#: entries of one column opened for their day or their owner
_MOST_OPENED = 40
_MOST_FILES = 5
#: files and pictures of one entry whose characters are read: a page takes seconds
_MOST_SCANS = 6
#: a title that may explain why nothing is published: the page is kept, a verdict may rest on it
#: tonight's trouble with a file: what it told of persons before, it may still tell
_UNREAD_TONIGHT = frozenset({FileState.UNREACHED, FileState.COMPLEX, FileState.DAMAGED})
_STATEMENT = re.compile(
    r"情况(?:的)?说明|不涉及|无此类|(?:没有|暂无|未发生|未产生).{0,12}(?:情况|事项|信息)"
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|pptx?|zip|rar|7z|jpe?g|png|bmp|tiff?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """信息内页: what an entry's own page or file says, before anything is looked for in it."""

    reading: Reading
    title: str = ""
    published: PublishDate | None = None
    undated: Undated | None = None
    written_on: date | None = None
    publisher: str = ""
    source: str = ""
    doc_no: str = ""
    index_no: str = ""
    text: str = ""  # of the page and of the files that were read, flat
    extracts: tuple[Extract, ...] = ()  # the same words as they stand there
    files: tuple[OpenedFile, ...] = ()
    evidence: Evidence | None = None  # of a page that a verdict may rest on by itself

    @property
    def says_whose(self) -> str:
        """Everything on the page that may name the unit it is of."""
        return " ".join(filter(None, (self.publisher, self.source, self.title)))


def calls_for(match: Match, title: str) -> bool:
    """Whether a title answers a match: one of ``any``, all of ``all``, none of ``none``.

    >>> calls_for(Match(any=("收费",), none=("解读",)), "２０２６年秋季收 费公示")
    True
    """
    form = normal_form(title)
    return (
        (not match.any or any(normal_form(word) in form for word in match.any))
        and all(normal_form(word) in form for word in match.all)
        and not any(normal_form(word) in form for word in match.none)
    )


def to_open(rows: Sequence[Row], target: Target) -> tuple[Row, ...]:
    """The rows to open: what is looked into, lists of persons, what explains an absence, undated.

    What told of persons what it must not is opened again, however far down it stands by now.
    """
    newest = sorted(rows, key=lambda row: _day(row) or date.max, reverse=True)
    statements = [row for row in newest if _STATEMENT.search(row.entry.title)][:_NEWEST]
    looked_into = [
        row
        for look_for in target.look_for
        if look_for.words or look_for.attachments or look_for.opened
        for row in [row for row in newest if calls_for(look_for.match, row.entry.title)][:_NEWEST]
    ]
    exposing = {identity(known.url) for known in target.again if known.exposed}
    lists = [row for row in newest if lists_persons(row.entry.title)][:_NEWEST_LISTS]
    lists += [row for row in newest if may_list_persons(row.entry.title)][:_NEWEST_NOTICES]
    if exposing:
        lists += [row for row in newest if identity(masked(row.entry.url)) in exposing]
    undated = [row for row in rows if row.entry.published is None][:_MOST_OPENED]
    return tuple(
        dict.fromkeys(
            row for row in (*looked_into, *lists, *statements, *undated) if may_ask(row.entry.url)
        )
    )


def reads_files(target: Target, title: str) -> bool:
    """Whether the files of an entry are read too."""
    return (
        any(look_for.attachments for look_for in target.look_for)
        or lists_persons(title)
        or may_list_persons(title)
    )


def open_entry(
    row: Row,
    *,
    files: bool,
    names: tuple[str, ...],
    seen_at: datetime,
    words: tuple[str, ...] = (),
) -> Walk[Inside]:
    """Open an entry's page, or the file it is; with ``files``, also those that hang on the page.

    ``words`` that are not written there are looked for on its pictures.
    """
    keep = bool(_STATEMENT.search(row.entry.title))
    ask = Ask(url=row.entry.url, referer=row.page, keep=keep)
    if _is_file(row.entry.url):
        attachment, text = yield from _open_file(
            Attachment(name=row.entry.title, url=row.entry.url), row.page
        )
        inside = _as_file(attachment, text)
        return (yield from _recognised(inside, [text], (), row.page, words))
    sight = yield from look(ask, names)
    if is_missing(sight.answer):
        sight = yield from look(ask, names)
        if is_missing(sight.answer):
            return Inside(reading=Reading.BROKEN)
    if sight.barrier or sight.page is None:
        return Inside(reading=Reading.UNOPENED)
    article = article_of(sight.page, seen_at=seen_at)
    inside = yield from _inside(article, sight.answer.url, files=files, words=words)
    return replace(inside, evidence=sight.answer.evidence)


def _inside(article: Article, url: str, *, files: bool, words: tuple[str, ...]) -> Walk[Inside]:
    """What an article says, its files read too when they are asked for.

    Only plain values leave here: an ``Article`` keeps the tree of its body.
    """
    opened: list[tuple[Attachment, FileText]] = []
    for attachment in article.attachments[: _MOST_FILES if files else 0]:
        if may_ask(attachment.url):
            opened.append((yield from _open_file(attachment, url)))
    read = tuple(_opened(attachment, text) for attachment, text in opened)
    known = {file.attachment.url for file in read}
    texts = [text for _, text in opened]
    is_whole = len(opened) == len(article.attachments) and all(text.whole for text in texts)
    inside = Inside(
        reading=Reading.PARTLY
        if article.images or article.goes_on or not is_whole
        else Reading.WHOLE,
        title=article.title,
        published=article.published,
        undated=article.undated,
        written_on=article.written_on,
        publisher=article.publisher,
        source=article.source,
        doc_no=article.doc_no,
        index_no=article.index_no,
        text="".join((flat(article.text), *(file.text for file in read))),
        extracts=(*_of_page(article), *(one for file in opened for one in _of_file(*file))),
        files=(
            *read,
            *(OpenedFile(attachment=file) for file in article.attachments if file.url not in known),
        ),
    )
    return (yield from _recognised(inside, texts, article.pictures, url, words))


def _recognised(
    inside: Inside,
    texts: Sequence[FileText],
    pictures: Sequence[str],
    url: str,
    words: tuple[str, ...],
) -> Walk[Inside]:
    """Look for the words that are not written on the pictures: in the files, then of the page.

    ``texts`` are those of the first files. What was found there is added, and nothing taken away:
    that a word was not read on a picture says nothing.
    """
    missing = [word for word in words if not _holds(inside.text, word)]
    files = list(inside.files)
    tries = 0
    for number, text in enumerate(texts):
        if text.pictured and missing and tries < _MOST_SCANS:
            tries += 1
            files[number] = yield from _read_off(files[number], text)
            missing = [word for word in missing if not _is_on(files[number], word)]
    for number, place in enumerate(pictures, 1):
        if not missing or tries >= _MOST_SCANS:
            break
        if not may_ask(place):
            continue
        tries += 1
        attachment, text = yield from _open_file(Attachment(name=f"图片{number}", url=place), url)
        if text.pictured:
            file = yield from _read_off(OpenedFile(attachment=attachment), text)
            if file.recognised:
                files.append(file)
                missing = [word for word in missing if not _is_on(file, word)]
    return replace(inside, files=tuple(files))


def _read_off(file: OpenedFile, text: FileText) -> Walk[OpenedFile]:
    """Ask for the characters on the pictures of a file that was opened."""
    answer = yield Ask(url=file.attachment.url, scan=text.pictured)
    if answer.file is None:
        return file
    attachment = file.attachment
    if attachment.state is FileState.SCANNED:
        attachment = replace(attachment, state=answer.file.state)
    return replace(file, attachment=attachment, recognised=passages(answer.file.pieces))


def own_text(page: Page, *, files: bool, words: tuple[str, ...], seen_at: datetime) -> Walk[Inside]:
    """Read a page that is opened already as one piece of text."""
    article = article_of(page, seen_at=seen_at)
    return (yield from _inside(article, page.url, files=files, words=words))


def document(
    row: Row,
    inside: Inside | None,
    look_for: Iterable[LookFor],
    exposed: tuple[Exposed, ...] = (),
) -> Document:
    """An entry as a document: what the list says, and its own page where that says more.

    ``exposed``: what it told of persons when it was last opened. A night that cannot look does not
    say that it is gone.
    """
    entry = row.entry
    listed = Document(
        url=entry.url or _place_of(row),
        title=entry.title,
        published=entry.published,
        misdated=_misdated(entry.undated),
        attachments=(Attachment(name=entry.title, url=entry.url),) if _is_file(entry.url) else (),
    )
    if inside is None:
        return replace(listed, exposed=exposed)
    if inside.reading is Reading.BROKEN:
        return replace(listed, reading=inside.reading)
    if inside.reading is Reading.UNOPENED:
        return replace(listed, reading=inside.reading, exposed=exposed)
    published = inside.published or entry.published
    is_partly_seen = any(file.attachment.state in _UNREAD_TONIGHT for file in inside.files)
    words = list(dict.fromkeys(word for look in look_for for word in look.words))
    written = {word for word in words if _holds(inside.text, word)}
    recognised = {
        word for word in words if any(_is_on(file, word) for file in inside.files)
    } - written
    return replace(
        listed,
        title=_fuller(entry.title, inside.title),
        published=published,
        misdated=None if published else _misdated(entry.undated, inside.undated),
        written_on=inside.written_on,
        publisher=inside.publisher or inside.source,
        doc_no=inside.doc_no,
        index_no=inside.index_no,
        attachments=tuple(
            replace(file.attachment, places=tuple(file.places(map(_forms, words))))
            for file in inside.files
        ),
        elements=frozenset(written | recognised),
        reading=Reading.RECOGNISED if recognised else inside.reading,
        digest=hashlib.sha256(inside.text.encode("utf-8", "replace")).hexdigest(),
        extracts=inside.extracts,
        exposed=exposed if is_partly_seen else (),
    )


def _misdated(*shown: Undated | None) -> Misdated | None:
    """What stands in the place of a day, a later one first; None where nothing does."""
    found = [one for one in shown if one is not None and one.why is not NoDay.NOT_SHOWN]
    if not found:
        return None
    first = next((one for one in found if one.ahead), found[0])
    return Misdated(why=first.why, text=masked(first.text), day=first.ahead)


def _place_of(row: Row) -> str:
    """An address for an entry that has none: its column's, told apart by title and day.

    Whoever opens it comes to the list; a mark in a fragment never leaves this machine.
    """
    title, day = row.entry.title, _day(row)
    mark = hashlib.sha256(f"{title}\t{day or ''}".encode("utf-8", "replace")).hexdigest()[:12]
    page = row.column or row.page
    return f"{page}{'&' if '#' in page else '#!'}row={mark}"


def _is_file(url: str) -> bool:
    return bool(_FILE.search(urlsplit(url).path))


def _open_file(attachment: Attachment, referer: str) -> Walk[tuple[Attachment, FileText]]:
    """Open an attachment; only two answers of "not there", or of nothing, make it broken."""
    ask = Ask(url=attachment.url, referer=referer, file=True)
    answer = yield ask
    if is_missing(answer) or (answer.file and answer.file.state is FileState.BROKEN):
        answer = yield ask
    if is_missing(answer):
        return replace(attachment, state=FileState.BROKEN), FileText(state=FileState.BROKEN)
    if answer.failure is Outcome.OFFSITE:
        return attachment, FileText(state=FileState.NOT_TRIED)
    if answer.file is None:
        large = answer.failure is Outcome.TOO_LARGE
        missed = FileState.OVERSIZED if large else FileState.UNREACHED
        return replace(attachment, state=missed), FileText(state=missed)
    return replace(attachment, state=answer.file.state), answer.file


def _opened(attachment: Attachment, text: FileText) -> OpenedFile:
    return OpenedFile(attachment=attachment, written=passages(text.pieces))


def _as_file(attachment: Attachment, text: FileText) -> Inside:
    """A list entry that is itself a file."""
    missed = {FileState.BROKEN: Reading.BROKEN, FileState.UNREACHED: Reading.UNOPENED}
    read = Reading.WHOLE if text.whole else Reading.PARTLY
    file = _opened(attachment, text)
    return Inside(
        reading=missed.get(text.state, read),
        text=file.text,
        extracts=tuple(_of_file(attachment, text)),
        files=(file,),
    )


def _of_page(article: Article) -> Iterator[Extract]:
    """The words of the body, then the rows of its tables cell by cell."""
    yield Extract(text=article.text)
    for number, table in enumerate(article.tables, 1):
        for row, cells in enumerate(table, 1):
            yield Extract(text="\t".join(cells), where=f"表{number}", row=row)


def _of_file(attachment: Attachment, text: FileText) -> Iterator[Extract]:
    for piece in text.pieces:
        yield Extract(text=piece.text, file=attachment.name, where=piece.where, row=piece.row)


def _holds(text: str, word: str) -> bool:
    """Whether a text (flat) holds a word, or one of its alternatives."""
    return any(form in text for form in _forms(word))


def _is_on(file: OpenedFile, word: str) -> bool:
    """Whether a word, or one of its alternatives, was read on the pictures of a file."""
    return bool(file.recognised) and any(map(file.nearly_holds, _forms(word)))


def _forms(word: str) -> list[str]:
    """The alternatives of a word as they stand in a flat text."""
    return [form for part in word.split("|") if (form := normal_form(part))]


def _fuller(listed: str, own: str) -> str:
    """The title of the list, unless the list only shows its beginning."""
    cut = listed.rstrip(".…⋯ ")
    return own if cut != listed and own.startswith(cut) else listed


def is_missing(answer: Answer) -> bool:
    """Whether the server says that what was asked for is not there."""
    return answer.failure is None and answer.status in {404, 410}


def _day(row: Row) -> date | None:
    return row.entry.published.day if row.entry.published else None
