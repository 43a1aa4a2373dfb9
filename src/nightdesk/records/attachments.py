"""Files attached to a case: bytes sealed in parts under the disclosure's vault, tries of the scanner, withdrawal."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealBroken, SealedBytesField, SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.attachment import CHATS, KINDS, OUTCOMES, PART_BYTES, RISKS, SCANS, WITHDRAWN_BECAUSE

PARTS_AT_ONCE = 8  # read together: two megabytes


class Attachment(SealedRow):
    """One file. `number` counts within the case; `blind` finds the same bytes again; `scan` is what the newest tries say."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    sender_key = models.UUIDField(unique=True)  # of the form: sent twice, it is kept once
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)  # by content, off our own list
    extension = models.CharField(max_length=5)
    risk = models.CharField(max_length=12, blank=True)
    chat = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField()
    parts_count = models.PositiveIntegerField()
    blind = models.BinaryField(max_length=16)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    scan = models.CharField(max_length=12)
    scan_due_at = models.DateTimeField(null=True)  # the next try; null when nothing is to be tried
    sha256 = SealedField()  # in hex, of the file as it came
    name = SealedField()
    title = SealedField()
    origin = SealedField()
    shows = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "number", "sender_key", "kind", "media_type", "extension", "risk", "chat", "size",
            "parts_count", "blind", "added_at", "added_by", "scan", "scan_due_at",
        ),
        "sealed": ("sha256", "name", "title", "origin", "shows"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attachment_once", fields=["case", "number"]),
            models.CheckConstraint(name="attachment_kind_known", condition=models.Q(kind__in=KINDS)),
            models.CheckConstraint(name="attachment_scan_known", condition=models.Q(scan__in=SCANS)),
            models.CheckConstraint(name="attachment_risk_known", condition=models.Q(risk__in=RISKS)),
            models.CheckConstraint(name="attachment_chat_known", condition=models.Q(chat__in=CHATS)),
        ]
        indexes = [
            models.Index(name="attachment_blind", fields=["case", "blind"]),
            models.Index(name="attachment_scan_due", fields=["scan_due_at"]),
            models.Index(name="attachment_of_scan", fields=["scan", "case"]),  # the few in quarantine
        ]


class AttachmentPart(SealedRow):
    """Up to 256 KiB of a file. Which file and which part is bound in: none can be swapped, and the sum of
    the whole, which is sealed, tells when one was left out."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()  # from 0
    content = SealedBytesField(bound=("attachment_id", "number"))

    CLASSED: ClassVar = {"plain": ("id", "vault", "attachment", "number"), "sealed": ("content",)}

    class Meta:
        constraints = [models.UniqueConstraint(name="attachment_part_once", fields=["attachment", "number"])]


class AttachmentThumbnail(SealedRow):
    """A small picture, drawn anew without anything the original hides."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="thumbnail")
    content = SealedBytesField()  # WebP

    CLASSED: ClassVar = {"plain": ("id", "vault", "attachment"), "sealed": ("content",)}


class AttachmentScan(models.Model):
    """One try of the scanner. `signature`: its name for what it found, as a code."""

    id = models.BigAutoField(primary_key=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="scans")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    signature = models.CharField(max_length=80, blank=True)

    CLASSED: ClassVar = {"plain": ("id", "attachment", "at", "outcome", "signature")}

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_outcome_known", condition=models.Q(outcome__in=OUTCOMES))
        ]


class AttachmentWithdrawal(SealedRow):
    """A file does not belong to the case after all. Its bytes stay until the case is destroyed."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=20)
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "attachment", "at", "by", "because"), "sealed": ("words",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_withdrawn_because_known", condition=models.Q(because__in=WITHDRAWN_BECAUSE)
            )
        ]


def content_of(attachment: Attachment) -> Iterator[bytes]:
    """The bytes of a file, part by part. Raises SealBroken when one is missing, or the whole is not what was kept."""
    digest, loaded = hashlib.sha256(), dict[int, AttachmentPart]()
    for number in range(attachment.parts_count):
        if number % PARTS_AT_ONCE == 0:
            loaded = _parts(attachment, number, PARTS_AT_ONCE)
        plain = _opened(loaded, number)
        digest.update(plain)
        if number == attachment.parts_count - 1 and digest.hexdigest() != attachment.opened("sha256"):
            raise SealBroken("This file is not what was kept. Tell the auditor.")
        yield plain


def _parts(attachment: Attachment, first: int, count: int) -> dict[int, AttachmentPart]:
    rows = AttachmentPart.objects.filter(attachment=attachment, number__gte=first, number__lt=first + count)
    found = {row.number: row for row in rows}
    for row in found.values():
        row.vault = attachment.vault  # whose key is known already
    return found


def _opened(loaded: dict[int, AttachmentPart], number: int) -> bytes:
    if number not in loaded:
        raise SealBroken("A part of this file is missing. Tell the auditor.")
    plain: bytes = loaded[number].opened("content")
    return plain


class Content(io.RawIOBase):
    """The bytes of a file, to be read anywhere: an archive is opened from its end. One part is held at a time."""

    def __init__(self, attachment: Attachment) -> None:
        self._attachment, self._at, self._held, self._plain = attachment, 0, -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As files do."""
        self._at = max(0, offset + {0: 0, 1: self._at, 2: self._attachment.size}[whence])
        return self._at

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """As many bytes as the part at this place still has, and the buffer takes."""
        if self._at >= self._attachment.size:
            return 0
        number, inside = divmod(self._at, PART_BYTES)
        if self._held != number:
            self._plain = _opened(_parts(self._attachment, number, 1), number)
            self._held = number
        taken = self._plain[inside : inside + len(buffer)]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)
