"""Forty megabytes: in and out with a few of them in memory, whole."""

import hashlib
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.attachments import Described, give_out, keep_attachment
from nightdesk.site.uploads import SealedUploadHandler
from tests.actions.attachments import reference
from tests.actions.paging import raise_one
from tests.outside.made_files import MP4
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
MEGABYTE = 1_000_000
SIZE = 40 * MEGABYTE
PIECE = 64 * 1024
MOST_HELD = 10 * MEGABYTE


class FromSana:
    """As much of a request as the handler looks at."""

    resolver_match = type("Match", (), {"url_name": "attachment_add"})()
    reader = type("Who", (), {"role": "soit"})()


def most_held(doing: Callable[[], Any]) -> tuple[Any, int]:
    """What it returns, and the most bytes that it held at any moment."""
    tracemalloc.start()
    try:
        return doing(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def streamed_in() -> tuple[Any, str]:
    """A film of forty megabytes through the handler, in pieces as a server gives them; and its sum."""
    handler, digest = SealedUploadHandler(FromSana()), hashlib.sha256()
    handler.new_file("file", "a.mp4", "video/mp4", None, None, {})
    for number in range(-(-SIZE // PIECE)):
        piece = (MP4 if number == 0 else hashlib.sha256(b"%d" % number).digest()).ljust(PIECE, b"\0")
        handler.receive_data_chunk(piece, number * PIECE)
        digest.update(piece)
    return handler.file_complete(SIZE), digest.hexdigest()


def test_a_large_film_goes_in_and_out_with_little_memory(cast: Any, now: datetime) -> None:
    """Streamed in, looked at, sealed, opened, streamed out: the same bytes."""
    raise_one(cast, now)
    (file, sum_in), held = most_held(streamed_in)
    assert held < MOST_HELD
    keeping = {"actor": as_reader(cast.sana), "at": now, "reference": reference(), "key": uuid4()}
    row, held = most_held(lambda: keep_attachment(**keeping, file=file, described=Described("a.mp4", "Film")))
    assert held < MOST_HELD
    assert (row.kind, row.size, row.opened("sha256")) == ("film", file.size, sum_in)

    def out() -> str:
        digest = hashlib.sha256()
        given = give_out(actor=as_reader(cast.sana), at=now, reference=reference(), number=1, knows=True)
        for piece in given.pieces:
            digest.update(piece)
        return digest.hexdigest()

    sum_out, held = most_held(out)
    assert sum_out == sum_in
    assert held < MOST_HELD
