"""Sealed fields: personal text is stored only as AES-256-GCM under the data key of its record, bound to its row.

Envelope: each disclosure has a Vault, a random data key wrapped by the key store. Associated data names table, column and
row, so that two ciphertexts cannot be swapped. Destroying the wrapped key destroys what it sealed. Opening is always said
aloud (`row.opened("what")`): a template that prints a sealed field by mistake prints “‹sealed›”.
"""

import json
import secrets
import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

FORM = b"\x01"  # first byte of every ciphertext: the form of the envelope, for a later change
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not open: another row's, changed, or its key was destroyed."""


@cache
def _keys() -> Any:
    return import_string(settings.NIGHTDESK_KEY_PROVIDER)()


def blind_index(field: str, normalised: str) -> bytes:
    """A keyed index of a normalised value (16 bytes): equal values are found, nothing else is told."""
    return bytes(_keys().blind(field, normalised))


class Vault(models.Model):
    """The data key of one record, wrapped. Personal text and the shielded disclosure have separate vaults."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, default="personal")
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {"plain": ("id", "purpose", "wrapped", "created_at", "destroyed_at")}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vault_destroyed_has_no_key",
                condition=models.Q(destroyed_at=None, wrapped__isnull=False)
                | models.Q(destroyed_at__isnull=False, wrapped=None),
            )
        ]

    @classmethod
    def new(cls, *, at: Any, purpose: str = "personal") -> "Vault":
        """A vault with a fresh random key, not yet saved."""
        vault = cls(created_at=at, purpose=purpose)
        vault._key = secrets.token_bytes(32)
        vault.wrapped = _keys().wrap(vault._key, vault._context())
        return vault

    _key: bytes | None = None

    def _context(self) -> bytes:
        return f"vault|{self.purpose}|{self.pk}".encode()

    def cipher(self) -> AESGCM:
        """The cipher under this vault's key; raises SealBroken when the key is gone or was changed."""
        if self._key is None:
            if self.wrapped is None:
                raise SealBroken(
                    "This record was destroyed with its key; its content cannot be read any more."
                )
            try:
                self._key = _keys().unwrap(bytes(self.wrapped), self._context())
            except Exception as fault:
                raise SealBroken(
                    "The key of this record does not open. Check that the right keys are in place."
                ) from fault
        return AESGCM(self._key)


@dataclass(frozen=True)
class Sealed:
    """A value as stored. Shows nothing of itself."""

    ciphertext: bytes

    def __str__(self) -> str:
        return "‹sealed›"

    __repr__ = __str__


class SealedField(models.BinaryField):
    """A text (or, with `as_json`, a JSON value) that exists in the database only sealed."""

    def __init__(self, *args: Any, as_json: bool = False, **kwargs: Any) -> None:
        self.as_json = as_json
        super().__init__(*args, **kwargs)

    def context(self, row: models.Model) -> bytes:
        """Associated data: table, column, row."""
        return f"{self.model._meta.db_table}|{self.column}|{row.pk}|1".encode()

    def pre_save(self, model_instance: Any, add: bool) -> Sealed:
        """Seal what was assigned; a value that is sealed already goes back as it came."""
        value = getattr(model_instance, self.attname)
        if isinstance(value, Sealed):
            return value
        nonce = secrets.token_bytes(NONCE_BYTES)
        box = model_instance.vault.cipher().encrypt(nonce, self.to_bytes(value), self.context(model_instance))
        sealed = Sealed(FORM + nonce + box)
        setattr(model_instance, self.attname, sealed)
        return sealed

    def to_bytes(self, value: Any) -> bytes:
        """What is sealed of an assigned value. Raises TypeError for another type."""
        if not self.as_json and not isinstance(value, str):
            raise TypeError(f"{self.name} takes text; it was given {type(value).__name__}.")
        return (json.dumps(value, ensure_ascii=False) if self.as_json else value).encode()

    def from_bytes(self, plain: bytes) -> Any:
        """The value that was assigned."""
        return json.loads(plain) if self.as_json else plain.decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Only sealed bytes may reach the database: an update or a filter in clear is refused."""
        if value is not None and not isinstance(value, Sealed):
            raise SealBroken(f"{self.name} can only be saved through its row, which seals it.")
        return super().get_db_prep_value(value.ciphertext if value else None, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """A sealed field can be asked for presence only. Anything else would put the word in clear into a statement."""
        if lookup_name != "isnull":
            raise SealBroken(
                f"{self.name} is sealed and can’t be searched. Search the blind index of an identifier."
            )
        return super().get_lookup(lookup_name)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Wrap what is stored, so that it never shows by accident."""
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        """Leave the value as it is: there is no text form of a sealed field."""
        return value


class SealedBytesField(SealedField):
    """Bytes that exist in the database only sealed: a part of a file. `bound`: columns that are bound in beside the row."""

    def __init__(self, *args: Any, bound: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.bound = bound
        super().__init__(*args, **kwargs)

    def context(self, row: models.Model) -> bytes:
        """Associated data: table, column, row, and what is bound in."""
        return b"|".join([super().context(row), *(str(getattr(row, name)).encode() for name in self.bound)])

    def to_bytes(self, value: Any) -> bytes:
        """The bytes themselves. Raises TypeError for anything else."""
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} takes bytes; it was given {type(value).__name__}.")
        return value

    def from_bytes(self, plain: bytes) -> bytes:
        """The bytes themselves."""
        return plain


class SealedRow(models.Model):
    """A record with sealed fields: names its vault, and opens one field at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_destroyed(self) -> bool:
        """Whether its key was destroyed, so that nothing of it can be read any more."""
        return self.vault.destroyed_at is not None

    def opened_if_there(self, name: str, otherwise: Any) -> Any:
        """The plain value, or `otherwise` when the key was destroyed; raises SealBroken for a value that was changed."""
        return otherwise if self.is_destroyed else self.opened(name)

    def opened(self, name: str) -> Any:
        """The plain value of the sealed field `name`; raises SealBroken when it does not belong to this row."""
        field = self._meta.get_field(name)
        value = getattr(self, name)
        if not isinstance(field, SealedField):
            raise TypeError(f"{name} is not a sealed field.")
        if not isinstance(value, Sealed):
            return value
        return field.from_bytes(self._decrypted(value.ciphertext, field.context(self)))

    def _decrypted(self, ciphertext: bytes, context: bytes) -> bytes:
        form, nonce, box = ciphertext[:1], ciphertext[1 : 1 + NONCE_BYTES], ciphertext[1 + NONCE_BYTES :]
        if form != FORM:
            raise SealBroken("This value was sealed in a form that this edition does not know.")
        try:
            return self.vault.cipher().decrypt(nonce, box, context)
        except (InvalidTag, ValueError) as fault:  # ValueError: cut short
            raise SealBroken(
                "This value does not belong to this row, or it was changed. Tell the auditor."
            ) from fault
