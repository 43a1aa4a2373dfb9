"""Scanned when it comes, or later by the worker: what the scanner says decides, and what it does not say is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.attachments import give_out
from nightdesk.jobs.attachments import scan_beside, scan_waiting
from nightdesk.jobs.worker import PERIODIC
from nightdesk.queries.attachments import attachment_of, counted, in_quarantine, of_unit, picture_of
from nightdesk.records.attachments import Attachment, AttachmentPart
from nightdesk.records.journal import JournalLine
from nightdesk.rules.attachment import AttachmentRefused
from tests.actions.attachments import attach, reference
from tests.actions.paging import raise_one
from tests.outside.clamd import EICAR, Daemon, daemon
from tests.people import as_reader, make_cast

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def plain_triage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triage with a few words, whatever the lexicon says today."""
    from nightdesk.actions import intake
    from tests.records.taking import small_triage

    monkeypatch.setattr(intake, "lexicon", lambda: None)
    monkeypatch.setattr(intake, "triage", small_triage)


@pytest.fixture
def scanner(settings: Any) -> Iterator[Daemon]:
    """A scanner that answers."""
    with daemon() as one:
        settings.NIGHTDESK_CLAMAV = one.address
        yield one


def scans() -> list[str]:
    """How each file stands, in the order of their numbers."""
    return list(Attachment.objects.order_by("number").values_list("scan", flat=True))


def test_with_a_scanner_a_file_is_scanned_as_it_comes(cast: Any, now: datetime, scanner: Daemon) -> None:
    """Whole, once; nothing is left to be tried."""
    raise_one(cast, now)
    row = attach(cast.sana, now, b"a clean text", name="a.txt")
    assert (row.scan, row.scan_due_at, scanner.heard) == ("clean", None, [b"a clean text"])
    give_out(actor=as_reader(cast.sana), at=now, reference=reference(), number=1, knows=False)
    assert scan_waiting(now + 60 * MINUTE) == 0


def test_what_is_harmful_goes_into_quarantine(cast: Any, now: datetime, scanner: Daemon) -> None:
    """It is kept, has no small picture, is given to nobody, and its supervisor sees it, by code."""
    raise_one(cast, now)
    attach(cast.sana, now, EICAR, name="a.txt")
    assert scans() == ["found"]
    for knows in (False, True):
        with pytest.raises(AttachmentRefused, match="something harmful"):
            give_out(actor=as_reader(cast.maud), at=now, reference=reference(), number=1, knows=knows)
    maud = as_reader(cast.maud)
    (seen,) = of_unit(maud)
    assert (seen.reference, seen.number, seen.scan, seen.signature) == (
        reference(),
        1,
        "found",
        "Test.Mark_a_1_",
    )
    assert (in_quarantine(maud), counted(maud, reference()).found) == (1, 1)
    for stranger in (cast.kofi, cast.idris):
        assert of_unit(as_reader(stranger)) == ()
        assert in_quarantine(as_reader(stranger)) == 0


@pytest.mark.parametrize("mood", ["error", "hang_up"])
def test_without_an_answer_a_file_is_kept_and_tried_again(
    cast: Any, now: datetime, scanner: Daemon, mood: str
) -> None:
    """Said to be not scanned; later and ever more rarely, until the scanner answers; then found, it is shut away."""
    raise_one(cast, now)
    scanner.mood = mood
    row = attach(cast.sana, now, b"%PDF-1.4 " + EICAR)
    assert (row.scan, row.scan_due_at) == ("not_scanned", now + 5 * MINUTE)
    assert scan_waiting(now + 4 * MINUTE) == 0
    assert scan_waiting(now + 5 * MINUTE) == 1
    row.refresh_from_db()
    assert row.scan_due_at == now + 35 * MINUTE
    scanner.mood = "scan"
    assert scan_waiting(now + 35 * MINUTE) == 1
    assert scans() == ["found"]
    lines = JournalLine.objects.filter(kind="attachment_scanned").order_by("seq")
    assert [line.facts["attempt"] for line in lines] == [2, 3]
    assert lines.last().facts == {"number": 1, "outcome": "found", "scan": "found", "attempt": 3}
    assert len(attachment_of(as_reader(cast.sana), reference(), 1).tries) == 3  # type: ignore[union-attr]


def test_a_scanner_that_comes_later_scans_what_waits(cast: Any, now: datetime, settings: Any) -> None:
    """Nothing is tried while there is none."""
    raise_one(cast, now)
    attach(cast.sana, now)
    assert scan_waiting(now + 60 * MINUTE) == 0
    with daemon() as one:
        settings.NIGHTDESK_CLAMAV = one.address
        assert scan_waiting(now + 60 * MINUTE) == 1
    assert scans() == ["clean"]


def test_after_one_that_nobody_answers_the_others_wait(cast: Any, now: datetime, settings: Any) -> None:
    """A scanner that is out is asked once a round, not once a file."""
    raise_one(cast, now)
    for number in range(3):
        attach(cast.sana, now, b"text %d" % number, name="a.txt")
    with daemon() as one:
        settings.NIGHTDESK_CLAMAV = one.address
    assert scan_waiting(now + 60 * MINUTE) == 1
    assert scans() == ["not_scanned"] * 3


def test_found_later_the_small_picture_is_shown_no_more(cast: Any, now: datetime, settings: Any) -> None:
    """It was drawn while nothing was known."""
    raise_one(cast, now)
    attach(cast.sana, now)
    sana = as_reader(cast.sana)
    assert picture_of(sana, reference(), 1)
    Attachment.objects.update(scan="found")
    assert picture_of(sana, reference(), 1) is None
    assert not attachment_of(sana, reference(), 1).has_picture  # type: ignore[union-attr]


def test_a_part_that_was_changed_is_an_error_of_that_file_alone(
    cast: Any, now: datetime, settings: Any, scanner: Daemon
) -> None:
    """The others are scanned."""
    settings.NIGHTDESK_CLAMAV = ""
    raise_one(cast, now)
    for number in range(2):
        attach(cast.sana, now, b"text %d" % number, name="a.txt")
    AttachmentPart.objects.filter(attachment__number=1).update(number=5)
    settings.NIGHTDESK_CLAMAV = scanner.address
    assert scan_waiting(now + 60 * MINUTE) == 2
    assert scans() == ["not_scanned", "clean"]


def test_the_worker_scans_beside_its_rounds_one_at_a_time(
    journey_db: None, now: datetime, settings: Any, scanner: Daemon
) -> None:
    """A scanner that says nothing holds up no page."""
    assert [job.do for job in PERIODIC if job.name == "attachments"] == [scan_beside]
    cast = make_cast(now)
    raise_one(cast, now)
    assert scan_beside(now) is None
    scanner.mood = "hang_up"
    attach(cast.sana, now)
    scanner.mood = "scan"
    thread = scan_beside(now + 60 * MINUTE)
    assert thread is not None
    thread.join(30)
    assert scans() == ["clean"]
    assert scan_beside(now + 60 * MINUTE) is None
