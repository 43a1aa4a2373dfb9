"""Attachments: a file is looked at, scanned and sealed into a case; given out; scanned later; withdrawn.

Looking, scanning and drawing take seconds and happen before the transaction; then everything of a file is kept at once,
or nothing. While it is plain it is in memory, or in the spool that is sealed under a key of its own (site/uploads.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Final
from uuid import UUID

from django.conf import settings

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions.refusals import NotFound
from nightdesk.outside import clamav, thumbnails
from nightdesk.outside.files import look_at, pieces_of
from nightdesk.records.attachments import (
    Attachment,
    AttachmentPart,
    AttachmentScan,
    AttachmentThumbnail,
    AttachmentWithdrawal,
    content_of,
)
from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealBroken, blind_index
from nightdesk.rules import attachment as rule
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.attachment import AttachmentRefused, FileFacts

NO_ATTACHMENT: Final = "There is no such attachment in this case. Go back to the case and choose it there."


@dataclass(frozen=True)
class Described:
    """What whoever adds a file says of it: a title, where it came from, what it shows; and the name it came with."""

    name: str
    title: str
    origin: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Arrived:
    """A file with everything that was found out about it before it is kept."""

    file: IO[bytes]
    facts: FileFacts
    scanned: clamav.Scanned
    small: bytes | None


@dataclass(frozen=True)
class GivenOut:
    """A file on its way out: neutral name, type by content, and its bytes part by part."""

    name: str
    media_type: str
    size: int
    pieces: Iterator[bytes]


def keep_attachment(
    *, actor: Reader, at: datetime, reference: str, key: UUID, file: IO[bytes], described: Described
) -> Attachment:
    """Seal a file into a case. `key` is the form's: sent again, the first answer comes back.

    Raises AttachmentRefused for a file that is not kept and for bytes that are there already; NotFound.
    """
    if (
        sent := Attachment.objects.filter(sender_key=key, case__disclosure__reference=reference).first()
    ) is not None:
        return sent
    return _sealed(actor, at, reference, key, _arrive(file, described.name), described)


@together
def _sealed(
    actor: Reader, at: datetime, reference: str, key: UUID, arrived: Arrived, described: Described
) -> Attachment:
    case = working_case(actor, reference)
    if (sent := case.attachments.filter(sender_key=key).first()) is not None:
        return sent
    with entry("attachment_added", actor=actor, at=at, subject=reference) as line:
        row = _keep(case, actor, at, key, arrived, described)
        line.facts = {
            "number": row.number, "attached": row.kind, "size": row.size, "scan": row.scan, "risk": row.risk
        }  # fmt: skip
    return row


def _arrive(file: IO[bytes], name: str) -> Arrived:
    facts = look_at(file, name, most=settings.NIGHTDESK_ATTACHMENT_MB * rule.MEGABYTE)
    scanned = clamav.scan(pieces_of(file), settings.NIGHTDESK_CLAMAV)
    harmful = scanned.outcome == rule.FOUND
    small = None if harmful else thumbnails.thumbnail(file, facts.media_type)
    return Arrived(file, facts, scanned, small)


def _keep(
    case: Case, actor: Reader, at: datetime, key: UUID, arrived: Arrived, described: Described
) -> Attachment:
    facts, scan = arrived.facts, rule.next_scan(rule.NOT_SCANNED, arrived.scanned.outcome)
    blind = blind_index("attachment", facts.sha256)
    _refuse_if_there(case, blind)
    row = Attachment.objects.create(
        vault=case.disclosure.vault, case=case, number=case.attachments.count() + 1, sender_key=key, kind=facts.kind,
        media_type=facts.media_type, extension=facts.extension, risk=facts.risk, chat=facts.chat, size=facts.size,
        parts_count=-(-facts.size // rule.PART_BYTES), blind=blind, added_at=at, added_by_id=UUID(actor.id), scan=scan,
        scan_due_at=_due(scan, 1, at), sha256=facts.sha256, name=rule.tidy_name(described.name),
        title=described.title.strip(), origin=described.origin.strip(), shows=described.shows.strip(),
    )  # fmt: skip
    for number, piece in enumerate(pieces_of(arrived.file)):
        AttachmentPart.objects.create(vault=row.vault, attachment=row, number=number, content=piece)
    if arrived.small:
        AttachmentThumbnail.objects.create(vault=row.vault, attachment=row, content=arrived.small)
    _note_try(row, at, arrived.scanned)
    return row


def _refuse_if_there(case: Case, blind: bytes) -> None:
    there = case.attachments.filter(blind=blind, withdrawal=None).first()
    if there is not None:
        raise AttachmentRefused(f"This file is already here as number {there.number}. Nothing was added.")


def _note_try(row: Attachment, at: datetime, scanned: clamav.Scanned) -> None:
    AttachmentScan.objects.create(
        attachment=row, at=at, outcome=scanned.outcome, signature=rule.signature_code(scanned.name)
    )


def _due(scan: str, tries: int, at: datetime) -> datetime | None:
    """When the worker tries next; None when nothing is left to try."""
    return at + timedelta(minutes=rule.retry_minutes(tries)) if scan == rule.NOT_SCANNED else None


def scan_again(*, at: datetime, attachment: UUID) -> str:
    """The worker scans a file once more: what this try came to. What was settled meanwhile stays.

    Found: it is in quarantine from here on, and its small picture is shown no more.
    """
    scanned = _scanned_as_kept(attachment)
    with entry("attachment_scanned", actor=SYSTEM, at=at) as line:
        rows = Attachment.objects.select_for_update(of=("self",), no_key=True).select_related(
            "case__disclosure"
        )
        row = rows.get(pk=attachment)
        line.subject, tries = row.case.disclosure.reference, row.scans.count() + 1
        row.scan = rule.next_scan(row.scan, scanned.outcome)
        row.scan_due_at = _due(row.scan, tries, at)
        row.save(update_fields=["scan", "scan_due_at"])
        _note_try(row, at, scanned)
        line.facts = {"number": row.number, "outcome": scanned.outcome, "scan": row.scan, "attempt": tries}
    return scanned.outcome


def _scanned_as_kept(attachment: UUID) -> clamav.Scanned:
    """Part by part, as it is opened: no lock is held meanwhile."""
    row = Attachment.objects.select_related("vault").get(pk=attachment)
    try:
        return clamav.scan(content_of(row), settings.NIGHTDESK_CLAMAV)
    except SealBroken:  # a part that was changed, or whose key was destroyed
        return clamav.Scanned("error")


def give_out(*, actor: Reader, at: datetime, reference: str, number: int, knows: bool) -> GivenOut:
    """A file for download, after its line in the journal. `knows`: that it was not scanned.

    Raises AttachmentRefused for one in quarantine, withdrawn, or not scanned without `knows`; NotFound.
    """
    with entry(
        "attachment_downloaded", actor=actor, at=at, subject=reference, number=number, scan=""
    ) as line:
        row = _row(working_case(actor, reference), number)
        withdrawn = AttachmentWithdrawal.objects.filter(attachment=row).exists()
        rule.refuse_if_not_for_download(row.scan, withdrawn=withdrawn, knows=knows)
        line.facts["scan"] = row.scan
    name = rule.download_name(reference, row.number, row.extension)
    return GivenOut(name, row.media_type, row.size, content_of(row))


@together
def withdraw_attachment(
    *, actor: Reader, at: datetime, reference: str, number: int, because: str, words: str
) -> AttachmentWithdrawal:
    """A file does not belong to the case. It stays, shown as withdrawn. The same of the same person sent twice is kept once.

    Raises AttachmentRefused, saying who was quicker; NotFound.
    """
    rule.refuse_if_withdrawal_incomplete(because, words)
    row, words = _row(working_case(actor, reference), number), words.strip()
    known = AttachmentWithdrawal.objects.select_related("by").filter(attachment=row).first()
    if known is not None:
        known.vault = row.vault
        if (str(known.by_id), known.because, known.opened("words")) == (actor.id, because, words):
            return known
        raise AttachmentRefused(
            f"{known.by.name} withdrew it already. Look at why; nothing of yours was kept."
        )
    with entry("attachment_withdrawn", actor=actor, at=at, subject=reference, number=number, because=because):
        return AttachmentWithdrawal.objects.create(
            vault=row.vault, attachment=row, at=at, by_id=UUID(actor.id), because=because, words=words
        )


def _row(case: Case, number: int) -> Attachment:
    row = case.attachments.filter(number=number).first()
    if row is None:
        raise NotFound(NO_ATTACHMENT)
    row.vault = case.disclosure.vault
    return row
