"""A file sealed into a case: whole, once, by whoever works on it; given out; withdrawn; nothing half-kept."""

import hashlib
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import attachments as acts
from nightdesk.actions.attachments import give_out, withdraw_attachment
from nightdesk.actions.refusals import NotFound
from nightdesk.records.attachments import (
    Attachment,
    AttachmentPart,
    AttachmentScan,
    AttachmentThumbnail,
    AttachmentWithdrawal,
    content_of,
)
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.attachment import PART_BYTES, AttachmentRefused
from tests.actions.attachments import attach, reference
from tests.actions.paging import raise_one
from tests.actions.together import at_once, whole_journal
from tests.outside.made_files import picture
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
LONG = b"line of a long text\n" * (3 * PART_BYTES // 20)  # ends inside the third part


def given_out(staff: Any, at: datetime, number: int = 1, *, knows: bool = True) -> bytes:
    """The file as `staff` downloads it."""
    out = give_out(actor=as_reader(staff), at=at, reference=reference(), number=number, knows=knows)
    return b"".join(out.pieces)


def test_a_file_is_kept_as_it_came(cast: Any, now: datetime) -> None:
    """In sealed parts, with its sum; what is said of it is sealed; the line has codes and counts."""
    raise_one(cast, now)
    row = attach(
        cast.sana, now, LONG, name="/tmp/a.txt", title=" Notes ", origin="Jo’s phone", shows="A list"
    )
    assert (row.number, row.kind, row.size, row.parts_count) == (1, "text", len(LONG), 3)
    assert [row.opened(name) for name in ("name", "title", "origin", "shows")] == [
        "a.txt",
        "Notes",
        "Jo’s phone",
        "A list",
    ]
    assert row.opened("sha256") == hashlib.sha256(LONG).hexdigest()
    assert b"".join(content_of(row)) == LONG
    assert [bytes(part.opened("content")) for part in row.parts.order_by("number")] == [
        LONG[start : start + PART_BYTES] for start in range(0, len(LONG), PART_BYTES)
    ]
    line = JournalLine.objects.get(kind="attachment_added")
    assert line.facts == {
        "number": 1, "attached": "text", "size": len(LONG), "scan": "not_scanned", "risk": ""
    }  # fmt: skip


def test_a_picture_has_a_small_one_which_is_sealed_too(cast: Any, now: datetime) -> None:
    """Drawn anew, without what the original says about itself."""
    raise_one(cast, now)
    attach(cast.sana, now)
    small = AttachmentThumbnail.objects.get()
    assert small.opened("content").startswith(b"RIFF")
    assert b"MARKMAKER" not in small.opened("content")
    assert b"RIFF" not in small.content.ciphertext


def test_the_same_form_sent_twice_is_kept_once(cast: Any, now: datetime) -> None:
    """The first answer comes back, and there is no second line."""
    raise_one(cast, now)
    key = uuid4()
    assert attach(cast.sana, now, key=key) == attach(cast.sana, now + HOUR, key=key)
    assert Attachment.objects.count() == 1
    assert JournalLine.objects.filter(kind="attachment_added").count() == 1


def test_the_same_bytes_are_told_to_be_there(cast: Any, now: datetime) -> None:
    """By their number; withdrawn, they may come back; in another case they are news."""
    raise_one(cast, now)
    attach(cast.sana, now, b"other", name="a.txt")
    attach(cast.sana, now)
    with pytest.raises(AttachmentRefused, match="already here as number 2"):
        attach(cast.rae, now)
    withdraw_attachment(
        actor=as_reader(cast.sana), at=now, reference=reference(), number=2, because="twice", words=""
    )
    assert attach(cast.rae, now).number == 3
    first = reference()
    second = raise_one(cast, now).reference
    assert attach(cast.sana, now, to=second).number == 1
    assert first != second


@pytest.mark.parametrize("who", ["kofi", "priya", "tom", "odile", "ben", "alex", "wen"])
def test_nobody_else_attaches_gets_or_withdraws(cast: Any, now: datetime, who: str) -> None:
    """Another unit, a counter, the auditor, the admin, the outsider."""
    raise_one(cast, now)
    attach(cast.sana, now)
    staff = getattr(cast, who)
    given = {"actor": as_reader(staff), "at": now, "reference": reference(), "number": 1}
    with pytest.raises(NotFound):
        attach(staff, now, b"mine", name="a.txt")
    with pytest.raises(NotFound):
        give_out(**given, knows=True)
    with pytest.raises(NotFound):
        withdraw_attachment(**given, because="twice", words="")
    assert (Attachment.objects.count(), AttachmentWithdrawal.objects.count()) == (1, 0)


def test_a_fault_on_the_way_leaves_nothing(cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row, no part, no line: at the last part, and at the last row."""
    raise_one(cast, now)
    before = JournalLine.objects.count()
    for name, at in (("pieces_of", 2), ("_note_try", 0)):
        with monkeypatch.context() as broken:
            broken.setattr(acts, name, _breaks_at(at) if name == "pieces_of" else _breaks)
            with pytest.raises(OSError, match="gone"):
                attach(cast.sana, now, LONG, name="a.txt")
    assert not Attachment.objects.exists()
    assert not AttachmentPart.objects.exists()
    assert JournalLine.objects.count() == before
    assert attach(cast.sana, now, LONG, name="a.txt").number == 1


def _breaks(*given: Any) -> Any:
    raise OSError("gone")


def _breaks_at(part: int) -> Any:
    def pieces(file: Any) -> Any:
        for number in range(part + 1):
            if number == part:
                raise OSError("gone")
            yield LONG[:PART_BYTES]

    return pieces


def test_a_file_that_is_refused_leaves_nothing_either(cast: Any, now: datetime) -> None:
    """Not a line: nothing was done."""
    raise_one(cast, now)
    with pytest.raises(AttachmentRefused, match="is a program"):
        attach(cast.sana, now, b"\x7fELF" + b"\0" * 60)
    assert not Attachment.objects.exists()
    assert not JournalLine.objects.filter(kind="attachment_added").exists()


def test_parts_cannot_be_swapped_left_out_or_changed(cast: Any, now: datetime) -> None:
    """Between places, between files; one taken away; the sum of the whole is sealed."""
    raise_one(cast, now)
    row, other = attach(cast.sana, now, LONG, name="a.txt"), attach(cast.sana, now, LONG + b"x", name="a.txt")
    parts, theirs = list(row.parts.order_by("number")), list(other.parts.order_by("number"))
    for changed, stolen in ((parts[0], parts[1]), (parts[0], theirs[0])):
        kept, changed.content = changed.content, stolen.content
        changed.save()
        with pytest.raises(SealBroken):
            list(content_of(row))
        changed.content = kept
        changed.save()
    moved = parts[1]
    moved.number = 7
    moved.save()
    with pytest.raises(SealBroken, match="missing"):
        list(content_of(row))
    Attachment.objects.filter(pk=row.pk).update(parts_count=1)
    row.refresh_from_db()
    with pytest.raises(SealBroken, match="not what was kept"):
        list(content_of(row))


def test_what_is_not_scanned_is_given_out_only_when_that_is_known(cast: Any, now: datetime) -> None:
    """Under a neutral name; a refusal leaves no line of a download."""
    raise_one(cast, now)
    attach(cast.sana, now, picture(), name="Jo naked.jpg")
    with pytest.raises(AttachmentRefused, match="not scanned"):
        given_out(cast.sana, now, knows=False)
    assert not JournalLine.objects.filter(kind="attachment_downloaded").exists()
    assert given_out(cast.maud, now) == picture()
    assert JournalLine.objects.get(kind="attachment_downloaded").facts == {"number": 1, "scan": "not_scanned"}
    out = give_out(actor=as_reader(cast.sana), at=now, reference=reference(), number=1, knows=True)
    assert (out.name, out.media_type, out.size) == (f"{reference()}-01.jpg", "image/jpeg", len(picture()))


def test_withdrawn_it_stays_and_is_not_given_out(cast: Any, now: datetime) -> None:
    """With who, when and why; the same sent again changes nothing."""
    raise_one(cast, now)
    row = attach(cast.sana, now)
    given = {"actor": as_reader(cast.sana), "reference": reference(), "number": 1}
    with pytest.raises(AttachmentRefused, match="few words"):
        withdraw_attachment(**given, at=now, because="other", words=" ")
    for at, words in ((now, " Of a friend "), (now + HOUR, "Of a friend")):
        withdraw_attachment(**given, at=at, because="other", words=words)
    gone = AttachmentWithdrawal.objects.get()
    assert (gone.because, gone.opened("words"), gone.at) == ("other", "Of a friend", now)
    assert b"".join(content_of(row))
    with pytest.raises(AttachmentRefused, match="withdrawn"):
        given_out(cast.sana, now)
    with pytest.raises(NotFound, match="no such attachment"):
        give_out(**given | {"number": 9}, at=now, knows=True)


def test_a_second_withdrawal_is_told_of_the_first(cast: Any, now: datetime) -> None:
    """The same of the same person is kept once, with one line; anything else is refused aloud, and in no line."""
    raise_one(cast, now)
    attach(cast.sana, now)
    given = {"at": now, "reference": reference(), "number": 1, "words": ""}
    kept = [withdraw_attachment(actor=as_reader(cast.rae), because="twice", **given) for _ in range(2)]
    assert kept[0] == kept[1] == AttachmentWithdrawal.objects.get()
    for who, because in ((cast.sana, "wrong_case"), (cast.sana, "twice"), (cast.rae, "wrong_case")):
        with pytest.raises(AttachmentRefused, match="Rae withdrew it already"):
            withdraw_attachment(actor=as_reader(who), because=because, **given)
    (line,) = JournalLine.objects.filter(kind="attachment_withdrawn")
    assert line.facts == {"number": 1, "because": "twice"}


def test_sent_twice_at_the_same_moment_it_has_one_line(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second was still looked at while the first was sealed."""
    raise_one(cast, now)
    key, look = uuid4(), acts._arrive
    monkeypatch.setattr(acts, "_arrive", lambda *given: (look(*given), attach_first())[0])

    def attach_first() -> None:
        monkeypatch.setattr(acts, "_arrive", look)
        attach(cast.sana, now, key=key)

    assert attach(cast.sana, now, key=key) == Attachment.objects.get()
    assert JournalLine.objects.filter(kind="attachment_added").count() == 1


def test_two_at_once_get_two_numbers_and_the_same_bytes_one(journey_db: None, now: datetime) -> None:
    """Sent from two desks in the same moment."""
    cast = make_cast(now)
    raise_one(cast, now)
    told = at_once(
        *(partial(attach, cast.sana, now, b"text %d" % (number % 3), name="a.txt") for number in range(6))
    )
    assert sorted(Attachment.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert sum(isinstance(one, AttachmentRefused) for one in told) == 3
    assert AttachmentScan.objects.count() == 3
    whole_journal()
