"""Attachments as readers see them: of a case, one with everything said of it, its chat; of a unit for its supervisor."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db.models import Count

from nightdesk.outside import files, thumbnails
from nightdesk.records.attachments import Attachment, AttachmentThumbnail, Content
from nightdesk.rules.access import Reader
from nightdesk.rules.attachment import FOUND, NOT_SCANNED
from nightdesk.rules.chat import Message

LONGEST_LIST = 200


@dataclass(frozen=True)
class Tried:
    """One try of the scanner."""

    at: datetime
    outcome: str
    signature: str


@dataclass(frozen=True)
class Withdrawn:
    """By whom and why a file was withdrawn."""

    at: datetime
    by: str
    because: str
    words: str


@dataclass(frozen=True)
class AttachmentSeen:
    """One file, opened: what was said of it and what it is; not its bytes."""

    number: int
    kind: str
    extension: str
    size: int
    risk: str
    chat: str
    scan: str
    added_at: datetime
    by: str
    title: str
    name: str
    origin: str
    shows: str
    sha256: str
    has_picture: bool
    tries: tuple[Tried, ...]
    withdrawn: Withdrawn | None


@dataclass(frozen=True)
class Counted:
    """How many files a case has (withdrawn ones left out), how many are not scanned, and how many in quarantine."""

    all: int
    not_scanned: int
    found: int


@dataclass(frozen=True)
class Waiting:
    """A file of the unit that is in quarantine or not scanned: no words about it."""

    reference: str
    number: int
    kind: str
    scan: str
    added_at: datetime
    by: str
    signature: str
    withdrawn: bool


def counted(reader: Reader, reference: str) -> Counted:
    """How many, in one statement."""
    rows = Attachment.objects.filter(case__disclosure__reference=reference, withdrawal=None)
    found = dict(rows.values_list("scan").annotate(Count("pk")).order_by())
    return Counted(sum(found.values()), found.get(NOT_SCANNED, 0), found.get(FOUND, 0))


def attachments_of(reader: Reader, reference: str) -> tuple[AttachmentSeen, ...]:
    """Every file of a case, newest first. Opens seals: the page has journalled it."""
    return tuple(_seen(row) for row in _rows(reference).order_by("-number"))


def attachment_of(reader: Reader, reference: str, number: int) -> AttachmentSeen | None:
    """One file of a case; None when it has no such. Opens seals: the page has journalled it."""
    row = _rows(reference).filter(number=number).first()
    return _seen(row) if row else None


def _rows(reference: str) -> Any:
    rows = Attachment.objects.filter(case__disclosure__reference=reference).prefetch_related("scans")
    joined = rows.select_related("vault", "added_by", "withdrawal__by", "withdrawal__vault", "thumbnail")
    return joined.defer("thumbnail__content")


def _seen(row: Attachment) -> AttachmentSeen:
    gone = getattr(row, "withdrawal", None)
    tries = sorted(row.scans.all(), key=lambda scan: scan.pk)
    return AttachmentSeen(
        number=row.number, kind=row.kind, extension=row.extension, size=row.size, risk=row.risk, chat=row.chat,
        scan=row.scan, added_at=row.added_at, by=row.added_by.name, title=row.opened("title"), name=row.opened("name"),
        origin=row.opened("origin"), shows=row.opened("shows"), sha256=row.opened("sha256"),
        has_picture=hasattr(row, "thumbnail") and row.scan != FOUND and not gone,
        tries=tuple(Tried(one.at, one.outcome, one.signature) for one in tries),
        withdrawn=Withdrawn(gone.at, gone.by.name, gone.because, gone.opened("words")) if gone else None,
    )  # fmt: skip


def picture_of(reader: Reader, reference: str, number: int) -> bytes | None:
    """The small picture of a file (WebP); None when it has none, is in quarantine or withdrawn."""
    rows = AttachmentThumbnail.objects.select_related("vault").filter(
        attachment__case__disclosure__reference=reference,
        attachment__number=number,
        attachment__withdrawal=None,
    )
    row = rows.exclude(attachment__scan=FOUND).first()
    return bytes(row.opened("content")) if row else None


def said_by_file(reader: Reader, reference: str, number: int) -> Mapping[str, str]:
    """What a picture says about itself, read from its bytes. The page has journalled it."""
    row = _readable(reference, number)
    return thumbnails.about(_opened(row), row.media_type) if row else {}


def chat_of(reader: Reader, reference: str, number: int) -> tuple[Message, ...]:
    """The messages of an attached chat. Raises ChatUnreadable when it can't be read."""
    row = _readable(reference, number)
    return (
        files.messages_of(_opened(row), media_type=row.media_type, chat=row.chat) if row and row.chat else ()
    )


def _readable(reference: str, number: int) -> Attachment | None:
    rows = Attachment.objects.select_related("vault").exclude(scan=FOUND)
    return rows.filter(case__disclosure__reference=reference, number=number, withdrawal=None).first()


def _opened(row: Attachment) -> IO[bytes]:
    return io.BufferedReader(Content(row))


def of_unit(reader: Reader) -> tuple[Waiting, ...]:
    """Files of the reader's unit that are in quarantine or not scanned: quarantine first, then the newest."""
    if not reader.unit:
        return ()
    rows = Attachment.objects.filter(case__unit_id=reader.unit, scan__in=(FOUND, NOT_SCANNED))
    joined = rows.select_related("case__disclosure", "added_by", "withdrawal").prefetch_related("scans")
    return tuple(_waiting(row) for row in joined.order_by("scan", "-added_at")[:LONGEST_LIST])


def _waiting(row: Attachment) -> Waiting:
    signature = next((scan.signature for scan in row.scans.all() if scan.outcome == FOUND), "")
    return Waiting(
        reference=row.case.disclosure.reference, number=row.number, kind=row.kind, scan=row.scan, added_at=row.added_at,
        by=row.added_by.name, signature=signature, withdrawn=hasattr(row, "withdrawal"),
    )  # fmt: skip


def in_quarantine(reader: Reader) -> int:
    """How many files of the reader's unit are in quarantine."""
    if not reader.unit:
        return 0
    return Attachment.objects.filter(case__unit_id=reader.unit, scan=FOUND, withdrawal=None).count()


def due_scans(reader: Reader, at: datetime, limit: int) -> list[UUID]:
    """Files whose next try of the scanner is due, the longest waiting first."""
    due = Attachment.objects.filter(scan_due_at__lte=at).order_by("scan_due_at", "pk")
    return list(due.values_list("pk", flat=True)[:limit])
