"""The key store: Tink keysets that wrap the data keys of records and make blind indexes.

Two keysets, kept apart from the database: `wrap` (AEAD) wraps one data key a record, so that keys rotate without touching
records and a record is destroyed with its key; `blind` (PRF) turns a normalised identifier into an index that tells nothing
without the key. Providers: a folder (demo, one machine), the environment (containers). A KMS by URI has the same methods.
"""

import base64
import contextlib
import io
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Protocol

import tink
from tink import aead, cleartext_keyset_handle, prf, secret_key_access

BLIND_BYTES = 16
NAMES = ("wrap", "blind")


class KeysMissing(Exception):
    """There is no keyset where one is expected; nothing can be sealed or opened, so nothing starts."""


class KeyProvider(Protocol):
    """What records/sealed.py needs of a key store."""

    def wrap(self, data_key: bytes, context: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes, context: bytes) -> bytes: ...
    def blind(self, field: str, normalised: str) -> bytes: ...


class TinkKeys:
    """Keys from two keysets in Tink's JSON form."""

    def __init__(self, keysets: dict[str, str]) -> None:
        aead.register()
        prf.register()
        handles = {name: _handle(text) for name, text in keysets.items()}
        self._aead = handles["wrap"].primitive(aead.Aead)
        self._prf = handles["blind"].primitive(prf.PrfSet).primary()

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """`data_key` (32 bytes) sealed to `context`; opens only with the same context."""
        return self._aead.encrypt(data_key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The data key; raises tink.TinkError when the bytes or the context were changed."""
        return self._aead.decrypt(wrapped, context)

    def blind(self, field: str, normalised: str) -> bytes:
        """A 16-byte index of a value, keyed and different per field."""
        return self._prf.compute(f"{field}\x1f{normalised}".encode(), BLIND_BYTES)


def _handle(text: str) -> tink.KeysetHandle:
    return tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)


def new_keyset(name: str) -> str:
    """A fresh keyset of the kind `name` ("wrap" or "blind") as JSON text."""
    aead.register()
    prf.register()
    templates = {"wrap": aead.aead_key_templates.AES256_GCM, "blind": prf.prf_key_templates.HKDF_SHA256}
    out = io.StringIO()
    cleartext_keyset_handle.write(tink.JsonKeysetWriter(out), tink.new_keyset_handle(templates[name]))
    return out.getvalue()


def make_key_files(folder: Path) -> None:
    """Write the two keysets into `folder`, readable by its owner only. An existing keyset is never overwritten.

    A keyset is there whole or not at all, whoever else makes one at the same moment and whenever the machine stops: half a
    keyset would open nothing, and a second one not what the first sealed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        path = folder / f"{name}.json"
        if not path.exists():
            handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}-")  # mode 600
            with os.fdopen(handle, "w") as file:
                file.write(new_keyset(name))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            os.unlink(draft)


def file_keys(folder: Path) -> TinkKeys:
    """Keys from `folder`; raises KeysMissing with what to do."""
    texts = {}
    for name in NAMES:
        path = folder / f"{name}.json"
        if not path.exists():
            raise KeysMissing(f"No keyset {path.name} in the key folder. Make keys with: nightdesk keys make")
        texts[name] = path.read_text()
    return TinkKeys(texts)


def environment_keys() -> TinkKeys:
    """Keys from NIGHTDESK_KEYSET_WRAP and NIGHTDESK_KEYSET_BLIND (base64 of Tink's JSON)."""
    texts = {}
    for name in NAMES:
        value = os.environ.get(f"NIGHTDESK_KEYSET_{name.upper()}", "")
        if not value:
            raise KeysMissing(
                f"NIGHTDESK_KEYSET_{name.upper()} is not set. Put the base64 of the keyset there."
            )
        texts[name] = base64.b64decode(value).decode()
    return TinkKeys(texts)


@cache
def provider() -> TinkKeys:
    """The keys of this process, as NIGHTDESK_KEYS says: a folder, or `environment`."""
    from django.conf import settings

    if settings.NIGHTDESK_KEYS == "environment":
        return environment_keys()
    return file_keys(Path(settings.NIGHTDESK_KEYS))
