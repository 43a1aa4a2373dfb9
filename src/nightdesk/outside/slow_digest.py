"""Argon2id over the words of a receipt: slow to guess, also for whoever has the database."""

import hashlib
import uuid
from typing import Final

from argon2.low_level import Type, hash_secret_raw

from nightdesk.rules.receipt import read_receipt

# The least that OWASP's password storage sheet asks for: 19 MiB, two passes; some 15 ms. The words carry 42 bits.
MEMORY_KIB: Final = 19_456
PASSES: Final = 2
BYTES: Final = 32


def words_digest(typed: str, salt: bytes) -> bytes:
    """32 bytes of what counts of the words as typed, for one record (`salt`: 16 bytes of its own)."""
    return hash_secret_raw(
        read_receipt(typed).encode(), salt, time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1, hash_len=BYTES,
        type=Type.ID,
    )  # fmt: skip


def salt_of(key: uuid.UUID | None, name: str) -> bytes:
    """The salt of a record: its random key; for none, one made from the name, so that the work is the same."""
    return key.bytes if key else hashlib.sha256(name.encode()).digest()[:16]
