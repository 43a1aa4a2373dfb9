"""Files that are sent: never on a disk in clear, bounded by page and reader, gone when the sender is."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.uploadhandler import StopUpload

from nightdesk.site import uploads
from nightdesk.site.uploads import BLOCK, SealedUploadHandler, Spool

MARK = b"MARKOFAFILE " * 40_000


def spooled(content: bytes, step: int = 64 * 1024) -> Spool:
    """A spool with this in it."""
    spool = Spool()
    for start in range(0, len(content), step):
        spool.write(content[start : start + step])
    spool.finish()
    return spool


def test_what_lies_in_the_spool_cannot_be_read_from_the_disk() -> None:
    """The bytes of its file, as whoever has the disk would see them; and its file has no name."""
    spool = spooled(MARK)
    number = spool._file.fileno()
    on_disk = os.pread(number, 10 * len(MARK), 0)
    assert len(on_disk) > len(MARK)
    assert b"MARKOF" not in on_disk
    assert "(deleted)" in os.readlink(f"/proc/self/fd/{number}")
    assert spool.read() == MARK


def test_a_block_that_was_moved_or_changed_does_not_open() -> None:
    """Bound to its place, under a key of its own."""
    spool = spooled(bytes(BLOCK) * 2)
    first = os.pread(spool._file.fileno(), BLOCK + uploads.TAG, 0)
    os.pwrite(spool._file.fileno(), first, BLOCK + uploads.TAG)
    assert spool.read(BLOCK) == bytes(BLOCK)
    with pytest.raises(InvalidTag):
        spool.read(BLOCK)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
@pytest.mark.parametrize("step", [1000, BLOCK])
def test_it_is_read_from_anywhere(size: int, step: int) -> None:
    """From the front, from the end, over the edge of a block."""
    content = bytes(number % 251 for number in range(size))
    spool = spooled(content, step)
    assert spool.read() == content
    assert spool.seek(0, os.SEEK_END) == size
    for at in (0, 5, BLOCK - 3, size - 4):
        spool.seek(max(0, at))
        got = b"".join(iter(lambda: spool.read(9), b""))
        assert got == content[max(0, at) :]


def test_no_upload_handler_of_ours_writes_a_file_in_clear() -> None:
    """Small ones lie in memory; the handler that writes temporary files is not in use."""
    assert settings.FILE_UPLOAD_HANDLERS == [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "nightdesk.site.uploads.SealedUploadHandler",
    ]


class Asked:
    """As much of a request as the handler looks at."""

    def __init__(self, page: str, role: str | None) -> None:
        self.resolver_match = type("Match", (), {"url_name": page})()
        self.reader = type("Who", (), {"role": role})() if role else None


@pytest.mark.parametrize(
    ("page", "role", "large"),
    [("attachment_add", "soit", True), ("attachment_add", "counter", False), ("attachment_add", None, False),
     ("rota_import", "supervisor", False), ("sign_in", None, False)],
)  # fmt: skip
def test_only_who_may_attach_sends_much(page: str, role: str | None, large: bool) -> None:
    """Everybody else has five megabytes: a calendar, a file of temperatures."""
    assert (uploads.most_bytes(Asked(page, role)) == 100_000_000) == large
    assert large or uploads.most_bytes(Asked(page, role)) == uploads.SMALL_BYTES


def sent(handler: Any, pieces: int, size: int = BLOCK) -> Any:
    """The handler after so many pieces of a file."""
    handler.new_file("file", "a.txt", "text/plain", None, None, {})
    for number in range(pieces):
        handler.receive_data_chunk(bytes(size), number * size)
    return handler.file_complete(pieces * size)


def test_too_much_is_counted_but_not_kept_and_far_too_much_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that the page can say so; a sender without an end is not listened to."""
    monkeypatch.setattr(uploads, "SMALL_BYTES", 2 * BLOCK)
    handler = SealedUploadHandler(Asked("rota_import", None))
    file = sent(handler, 4)
    assert file.size == 4 * BLOCK
    assert handler.spool.size == 2 * BLOCK
    with pytest.raises(StopUpload):
        sent(handler, 7)
    assert handler.spool.closed


def test_a_sender_that_goes_away_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The spool is closed, and in the folder of temporary files there was never a name."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    handler = SealedUploadHandler(Asked("attachment_add", "soit"))
    handler.new_file("file", "a.txt", "text/plain", None, None, {})
    handler.receive_data_chunk(MARK, 0)
    assert list(tmp_path.iterdir()) == []
    handler.upload_interrupted()
    assert handler.spool.closed
