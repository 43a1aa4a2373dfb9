"""Files that are sent to us: never on a disk in clear.

Django would write what is larger than 2.5 MB into a temporary file. Here it goes, in blocks, into a file without a name
that is sealed under a key which this request alone has, in memory: whoever finds the disk finds nothing, and when the
process dies the file is gone. It can be read from anywhere, so that memory stays flat however large the file is.
"""

import io
import os
import tempfile
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from nightdesk.rules.access import may_open

BLOCK: Final = 64 * 1024
TAG: Final = 16
LARGE: Final = {"attachment_add"}  # pages that take whole attachments
SMALL_BYTES: Final = 5_000_000  # any other page: a calendar, a file of temperatures
HANG_UP_AT: Final = 3  # times what a page takes: then it is not read to its end to give a sentence


class Spool(io.RawIOBase):
    """Bytes written once, then read from anywhere; outside memory they exist only sealed, each block bound to its place."""

    def __init__(self) -> None:
        self._cipher = AESGCM(os.urandom(32))
        self._file: Any = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as this
        self._rest, self._blocks, self._at, self.size = bytearray(), 0, 0, 0
        self._held: tuple[int, bytes] = (-1, b"")

    def write(self, piece: Any) -> int:
        """Add bytes at the end."""
        self._rest += piece
        self.size += len(piece)
        while len(self._rest) >= BLOCK:
            self._seal(bytes(self._rest[:BLOCK]))
            del self._rest[:BLOCK]
        return len(piece)

    def finish(self) -> None:
        """Nothing more comes."""
        if self._rest:
            self._seal(bytes(self._rest))
            self._rest.clear()

    def _seal(self, block: bytes) -> None:
        # the key is this spool's alone, so the number of the block never comes twice
        self._file.write(self._cipher.encrypt(self._nonce(self._blocks), block, None))
        self._blocks += 1

    @staticmethod
    def _nonce(number: int) -> bytes:
        return number.to_bytes(12, "big")

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As files do."""
        self._at = max(0, offset + {0: 0, 1: self._at, 2: self.size}[whence])
        return self._at

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """As many bytes as the block at this place still has, and the buffer takes."""
        if self._at >= self.size:
            return 0
        number, inside = divmod(self._at, BLOCK)
        if self._held[0] != number:
            self._file.seek(number * (BLOCK + TAG))
            sealed = self._file.read(min(BLOCK, self.size - number * BLOCK) + TAG)
            self._held = (number, self._cipher.decrypt(self._nonce(number), sealed, None))
        taken = self._held[1][inside : inside + len(buffer)]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)

    def close(self) -> None:
        """Let the file go: it has no name, so nothing is left of it."""
        self._file.close()
        super().close()


class SealedUpload(UploadedFile):
    """A file as forms know it. Too large, it is empty, and says how large it was."""


class SealedUploadHandler(FileUploadHandler):
    """Seals every file as it streams in."""

    chunk_size = BLOCK

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.most, self.spool = most_bytes(self.request), Spool()
        self.came = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Some of it: kept while it is not too much, then only counted, so that the page can say so."""
        self.came += len(raw_data)
        if self.came <= self.most:
            self.spool.write(raw_data)
        elif self.came > self.most * HANG_UP_AT:
            self.spool.close()
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> SealedUpload:
        """It ended."""
        self.spool.finish()
        return SealedUpload(
            io.BufferedReader(self.spool, BLOCK), self.file_name, self.content_type, self.came, self.charset,
            self.content_type_extra,
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """The sender is gone: so is what came."""
        if getattr(self, "spool", None) is not None:
            self.spool.close()


def most_bytes(request: Any) -> int:
    """How much a file sent to this page by this reader may have."""
    page = request.resolver_match.url_name if request and request.resolver_match else ""
    reader = getattr(request, "reader", None)
    large = page in LARGE and reader is not None and may_open(page, reader.role)
    return settings.NIGHTDESK_ATTACHMENT_MB * 1_000_000 if large else SMALL_BYTES
