"""Attachments on their pages: attached without a script, refused with a sentence, given out so that nothing runs."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nightdesk.records.attachments import Attachment, AttachmentWithdrawal
from nightdesk.records.journal import JournalLine
from nightdesk.site import uploads
from tests.desks.counter_pages import Counter
from tests.outside import made_files as made
from tests.outside.clamd import EICAR, Daemon, daemon
from tests.people import Cast, signed_in


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    return Counter(signed_in(Client(), cast.priya)).send(what="He raped me. I was high on G.", call_me="Jo")


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


@pytest.fixture
def scanner(settings: Any) -> Iterator[Daemon]:
    """A scanner that answers."""
    with daemon() as one:
        settings.NIGHTDESK_CLAMAV = one.address
        yield one


def path(reference: str, *rest: object) -> str:
    """An address below the attachments of a case."""
    return f"/staff/cases/{reference}/attachments/" + "".join(f"{part}/" for part in rest)


def attach(who: Counter, reference: str, content: bytes, name: str = "photo.jpg", **more: str) -> Any:
    """The answer to the form with this file; what a browser says of its type is a lie."""
    file = SimpleUploadedFile(name, content, content_type="text/html")
    given = {
        "title": "Profile in the app",
        "origin": "Jo’s phone",
        "shows": "A name",
        "key": str(uuid4()),
    } | more
    return who.post(path(reference, "add"), file=file, **given)


def test_a_file_is_attached_and_the_case_says_so(sana: Counter, reference: str) -> None:
    """From the case to the file and back: count, scan, what was said of it."""
    case = sana.page(f"/staff/cases/{reference}/")
    assert "Nothing is attached" in case
    assert "There is no scanner here" in sana.page(path(reference, "add"))
    answer = attach(sana, reference, made.picture(), shows="صورة 🙂")
    assert answer["Location"] == path(reference, 1)
    page = sana.page(path(reference, 1))
    for words in (
        "Profile in the app",
        "Jo’s phone",
        "صورة 🙂",
        "photo.jpg",
        "Not scanned",
        "There is no scanner",
        "SHA-256",
    ):
        assert words in page
    assert "Number 1 · Picture" in " ".join(sana.page(path(reference)).split())
    case = " ".join(sana.page(f"/staff/cases/{reference}/").split())
    assert "1 file" in case
    assert "1 not scanned" in case


def test_the_file_comes_back_so_that_nothing_can_run(sana: Counter, reference: str) -> None:
    """As an attachment with a neutral name, its type by content, in a sandbox, kept by nobody."""
    attach(sana, reference, made.HTML, name="../../Jo <b>.html")
    page = sana.page(path(reference, 1))
    assert "can do things by itself" in page
    assert "Jo &lt;b&gt;.html" in page
    answer = sana.post(path(reference, 1, "download"), knows="1")
    assert b"".join(answer.streaming_content) == made.HTML
    assert answer["Content-Disposition"] == f'attachment; filename="{reference}-01.txt"'
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert int(answer["Content-Length"]) == len(made.HTML)
    assert JournalLine.objects.filter(kind="attachment_downloaded").count() == 1
    assert sana.get(path(reference, 1, "download")).status_code == 405


def test_not_scanned_it_must_be_known(sana: Counter, reference: str) -> None:
    """The button says so; without it the file does not come."""
    attach(sana, reference, made.picture())
    assert "Download it although it is not scanned" in sana.page(path(reference, 1))
    answer = sana.post(path(reference, 1, "download"))
    assert answer.status_code == 409
    assert "was not scanned" in answer.content.decode()
    assert "default-src 'none'; script-src 'self'" in answer["Content-Security-Policy"]


def test_a_refused_download_shows_the_file_and_is_a_reading(sana: Counter, reference: str) -> None:
    """What was said of it is opened for that page too: each time with its line."""
    attach(sana, reference, made.picture())
    for times in (1, 2):
        assert "Profile in the app" in sana.post(path(reference, 1, "download")).content.decode()
        read = JournalLine.objects.filter(kind="record_read", subject=reference)
        assert read.filter(facts__what="attachment").count() == times


def test_clean_it_is_downloaded_without_more(sana: Counter, reference: str, scanner: Daemon) -> None:
    """And said to be."""
    assert "scanned for harmful programs first" in sana.page(path(reference, "add"))
    attach(sana, reference, made.PDF, name="a.pdf")
    page = sana.page(path(reference, 1))
    assert "Nothing found" in page
    assert "although" not in page
    assert sana.post(path(reference, 1, "download")).status_code == 200


def test_in_quarantine_there_is_no_way_to_the_bytes(
    sana: Counter, cast: Cast, reference: str, scanner: Daemon
) -> None:
    """No button, no picture, no chat, nothing about itself; the supervisor sees it from the queue on."""
    attach(sana, reference, made.WHATSAPP.encode() + EICAR, name="_chat.txt")
    page = sana.page(path(reference, 1))
    assert "In quarantine" in page
    assert "Test.Mark_a_1_" in page
    for gone in ("/download/", "/picture/", "/chat/", "/about/"):
        assert gone not in page
    assert sana.post(path(reference, 1, "download"), knows="1").status_code == 409
    assert sana.get(path(reference, 1, "picture")).status_code == 404
    assert "Come over" not in sana.page(path(reference, 1, "chat"))
    maud = Counter(signed_in(Client(), cast.maud))
    assert "1 in quarantine" in maud.page("/staff/cases/")
    assert f"{reference} · Number 1" in maud.page("/staff/cases/attachments/")
    kofi = Counter(signed_in(Client(), cast.kofi))
    assert kofi.get("/staff/cases/attachments/").status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "more", "words"),
    [
        (made.PDF, "photo.jpg", {}, "is called .jpg, but inside"), (b"\x7fELF" + b"\0" * 60, "a.jpg", {}, "is a program"),
        (b"", "a.jpg", {}, "is empty"), (made.picture(), "a.jpg", {"title": " "}, "Say in a few words what it is"),
        (made.picture(), "a.jpg", {"title": "x" * 201}, "at most 200"),
        (made.picture(), "a.jpg", {"key": "x"}, "Choose the file"),
        (made.picture(), "a.jpg", {"shows": "x" * 2001}, "at most 2000"), (made.BOMB, "a.zip", {}, "unpacks to far more"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_what_was_typed_stays(
    sana: Counter, reference: str, content: bytes, name: str, more: dict[str, str], words: str
) -> None:
    """And the way to go on."""
    answer = attach(sana, reference, content, name, origin="مكتوب هنا", **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "مكتوب هنا" in page
    assert not Attachment.objects.exists()


def test_no_file_and_too_large_a_file_are_said(
    sana: Counter, reference: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Before anything is looked at."""
    answer = sana.post(path(reference, "add"), title="x", key=str(uuid4()))
    assert "Choose the file." in answer.content.decode()
    settings.NIGHTDESK_ATTACHMENT_MB = 3
    monkeypatch.setattr(uploads, "HANG_UP_AT", 10)
    answer = attach(sana, reference, made.MP4 + bytes(3_500_000), "film.mp4")
    assert answer.status_code == 422
    assert "larger than 3 MB" in answer.content.decode()
    assert attach(sana, reference, made.MP4 + bytes(2_900_000), "film.mp4").status_code == 302


def test_the_small_picture_is_ours_and_what_the_file_says_is_behind_a_press(
    sana: Counter, reference: str
) -> None:
    """Each is a reading of its own in the journal."""
    attach(sana, reference, made.picture_with_place())
    page = sana.page(path(reference, 1))
    for hidden in ("MARKMAKER", "-10.5", "2025:12:31"):
        assert hidden not in page
    small = sana.get(path(reference, 1, "picture"))
    assert small["Content-Type"] == "image/webp"
    assert small["Content-Security-Policy"].endswith("sandbox")
    assert b"MARKMAKER" not in small.content
    about = sana.page(path(reference, 1, "about"))
    for said in ("MARKMAKER", "-10.50000", "2025:12:31", "not a fact"):
        assert said in about
    read = JournalLine.objects.filter(kind="record_read").values_list("facts__what", flat=True)
    assert {"attachment", "attachment_picture", "attachment_about"} <= set(read)
    attach(sana, reference, made.picture("PNG"), "a.png")
    assert "says nothing about itself" not in sana.page(path(reference, 2, "about"))


def test_a_chat_is_a_page_that_can_be_read(sana: Counter, reference: str) -> None:
    """A hundred at a time; escaped; what is not understood as it came; a page that is none is the first."""
    lines = "".join(f"02/01/2026, 09:05 - Jo: <i>{number}</i>\n" for number in range(250))
    attach(sana, reference, ("Exported\n" + lines).encode(), "WhatsApp Chat with Sam.txt")
    assert "Read the chat" in sana.page(path(reference, 1))
    first = sana.page(path(reference, 1, "chat"))
    assert "251 messages" in first
    assert "Not understood: shown as it came" in first
    assert "&lt;i&gt;0&lt;/i&gt;" in first
    assert "<i>" not in first
    last = sana.page(path(reference, 1, "chat") + "?page=3")
    assert "&lt;i&gt;249&lt;/i&gt;" in last
    assert "Part 3 of 3" in last
    for asked in ("0", "-1", "x", "²", "9" * 400):
        assert "Part" in sana.page(path(reference, 1, "chat") + f"?page={asked}")


@pytest.mark.parametrize("content", [b'{"messages": [{"text": "x"}', b"PK"])
def test_a_chat_that_is_damaged_says_so(sana: Counter, reference: str, content: bytes) -> None:
    """With what to do; the page is there."""
    if content == b"PK":
        raw = bytearray(made.archive({"_chat.txt": b"x" * 2000}))
        raw[41] ^= 0xFF
        content = bytes(raw)
    name = "a.zip" if content[:2] == b"PK" else "result.json"
    assert attach(sana, reference, content, name).status_code == 302
    assert "Download it instead" in sana.page(path(reference, 1, "chat"))


def test_withdrawn_it_is_shown_as_that(sana: Counter, reference: str) -> None:
    """With its reason, and no way to its bytes."""
    attach(sana, reference, made.picture())
    assert sana.post(path(reference, 1, "withdraw")).status_code == 422
    refused = sana.post(path(reference, 1, "withdraw"), because="other", words=" ")
    assert "few words" in refused.content.decode()
    sana.post(path(reference, 1, "withdraw"), because="other", words="Of a friend")
    page = sana.page(path(reference, 1))
    for words in ("Withdrawn", "Another reason", "Of a friend"):
        assert words in page
    assert "/download/" not in page
    assert "Withdrawn" in sana.page(path(reference))
    assert "withdrawn already" in sana.page(path(reference, 1, "withdraw"))
    assert AttachmentWithdrawal.objects.count() == 1
    assert "Nothing is attached" in sana.page(f"/staff/cases/{reference}/")


def test_nobody_else_sees_that_there_is_a_file(sana: Counter, reference: str, cast: Cast) -> None:
    """Another unit, a counter, the auditor, the outsider: every page of it, with its bytes."""
    attach(sana, reference, made.picture())
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for rest in ((), ("add",), (1,), (1, "picture"), (1, "about"), (1, "chat"), (1, "withdraw")):
            answer: Any = client.get(path(reference, *rest))
            assert (answer.status_code == 200) == (name in {"sana", "rae", "maud"}), (name, rest)
        out: Any = client.post(path(reference, 1, "download"), {"knows": "1"})
        assert (out.status_code == 200) == (name in {"sana", "rae", "maud"}), name
    assert sana.get(path(reference, 2)).status_code == 404


def test_the_case_page_asks_one_statement_more(
    sana: Counter, reference: str, django_assert_num_queries: Any
) -> None:
    """However many files there are."""
    from nightdesk.desks.caseroom.shown_attachments import on_case
    from nightdesk.rules.access import Reader

    for number in range(3):
        attach(sana, reference, b"text %d" % number, "a.txt")
    with django_assert_num_queries(1):
        assert on_case(Reader("x", "soit"), reference)["count"] == 3
