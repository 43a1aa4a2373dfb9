"""Sealed means sealed: known answers, no swapping, no searching, no reading once the key is gone."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from nightdesk.outside.keys import TinkKeys, new_keyset
from nightdesk.records import sealed
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Identifier, Override, Triage
from nightdesk.records.sealed import SealBroken, Sealed, Vault, blind_index
from nightdesk.records.sign_in import HeldWords
from nightdesk.rules.basics import Basics
from tests.records.taking import MARKED, take

# Key, nonce, row: fixed. The envelope is form, nonce, AES-256-GCM of the text; associated data table|column|row|1.
KEY, NONCE, ROW = bytes(range(32)), bytes(range(12)), "00000000-0000-0000-0000-000000000001"
ANSWERS = {
    "what": ("one word", "01000102030405060708090a0b286cb33bb28ab07f0e86590fed41b865f01c4830891e9708"),
    "rest": (
        {"call_me": "Jo"},
        "01000102030405060708090a0b3c20b57aa9899d76e863adab93a3174ffee0bd5dda7d5443ec4c70e0cd5ac7482a",
    ),
}


@pytest.mark.parametrize("column", ANSWERS)
def test_a_value_is_sealed_exactly_as_the_format_says(
    cast: Any, now: Any, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    """Known-answer vectors: a later edition that can't open these can't open any record."""
    plain, expected = ANSWERS[column]
    version = take(cast, now).versions.get()
    version.pk, version.vault._key = ROW, KEY
    setattr(version, column, plain)
    monkeypatch.setattr(sealed.secrets, "token_bytes", lambda size: NONCE[:size])
    field: Any = BasicsVersion._meta.get_field(column)
    box = field.pre_save(version, add=True)
    assert box.ciphertext.hex() == expected
    context = f"records_basicsversion|{column}|{ROW}|1".encode()
    text = AESGCM(KEY).decrypt(NONCE, box.ciphertext[13:], context).decode()
    assert (text if column == "what" else json.loads(text)) == plain
    assert version.opened(column) == plain


def test_what_was_said_comes_back_from_the_database(cast: Any, now: Any) -> None:
    """Every sealed field, word for word."""
    disclosure = take(cast, now)
    version = BasicsVersion.objects.get(disclosure=disclosure)
    assert isinstance(version.what, Sealed)
    assert version.basics() == MARKED


def stored(row: Any, column: str) -> bytes:
    """The bytes as they lie in the database."""
    return bytes(type(row).objects.filter(pk=row.pk).values_list(column, flat=True).get().ciphertext)


def put(row: Any, column: str, value: bytes) -> Any:
    """Raw SQL, as somebody with the database would; the row read anew."""
    table, key = row._meta.db_table, row.pk.hex if connection.vendor == "sqlite" else row.pk
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])  # noqa: S608
        assert cursor.rowcount == 1
    return type(row).objects.get(pk=row.pk)


def test_words_of_another_version_do_not_open(cast: Any, now: Any) -> None:
    """Same record, same column, another row."""
    disclosure = take(cast, now)
    take(cast, now, Basics(what="a second version"), key=disclosure.sender_key)
    first, second = disclosure.versions.order_by("number")
    swapped = put(first, "what", stored(second, "what"))
    with pytest.raises(SealBroken, match="does not belong to this row"):
        swapped.opened("what")


def test_words_of_another_column_do_not_open(cast: Any, now: Any) -> None:
    """Same record, same row."""
    version = take(cast, now).versions.get()
    with pytest.raises(SealBroken, match="does not belong"):
        put(version, "what", stored(version, "rest")).opened("what")


def test_words_of_another_table_do_not_open(cast: Any, now: Any) -> None:
    """Same record, and even the same row number."""
    disclosure = take(cast, now)
    version, triage = disclosure.versions.get(), disclosure.triages.get()
    twin = Triage(pk=version.pk, vault=version.vault, reasons=Sealed(stored(version, "rest")))
    assert triage.opened("reasons")
    with pytest.raises(SealBroken, match="does not belong"):
        twin.opened("reasons")


def test_words_of_another_record_do_not_open_even_with_their_vault(cast: Any, now: Any) -> None:
    """Moving the words and the key together does not help: the row is bound in."""
    mine, other = take(cast, now).versions.get(), take(cast, now).versions.get()
    moved = put(mine, "what", stored(other, "what"))
    with pytest.raises(SealBroken):
        moved.opened("what")
    moved.vault = other.vault
    with pytest.raises(SealBroken):
        moved.opened("what")


def test_a_key_put_into_another_vault_does_not_open(cast: Any, now: Any) -> None:
    """The wrapped key is bound to its own vault."""
    mine, other = take(cast, now).vault, take(cast, now).vault
    Vault.objects.filter(pk=mine.pk).update(wrapped=other.wrapped)
    with pytest.raises(SealBroken, match="does not open"):
        Vault.objects.get(pk=mine.pk).cipher()


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_one_changed_byte_is_found(cast: Any, now: Any, place: int) -> None:
    """In the form, the nonce, the text or the tag."""
    version = take(cast, now).versions.get()
    changed = bytearray(stored(version, "what"))
    changed[place] ^= 1
    with pytest.raises(SealBroken):
        put(version, "what", bytes(changed)).opened("what")


@pytest.mark.parametrize("size", [0, 1, 12, 28])
def test_words_cut_short_are_found(cast: Any, now: Any, size: int) -> None:
    """Whatever is left of them."""
    version = take(cast, now).versions.get()
    with pytest.raises(SealBroken):
        put(version, "what", stored(version, "what")[:size]).opened("what")


def test_a_destroyed_record_can_never_be_read_again(cast: Any, now: Any) -> None:
    """With its key gone, the words are noise; what stands in clear stays."""
    disclosure = take(cast, now)
    Vault.objects.filter(pk=disclosure.vault_id).update(wrapped=None, destroyed_at=now)
    again = Disclosure.objects.get(pk=disclosure.pk)
    for rows in (again.versions, again.triages, again.identifiers):
        row = rows.select_related("vault").first()
        name = row.CLASSED["sealed"][0]
        with pytest.raises(SealBroken, match="destroyed"):
            row.opened(name)
    assert again.reference == disclosure.reference


def test_records_open_after_the_keys_were_rotated(
    cast: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new key wraps from now on; what the old one wrapped still opens, and not without it."""
    old, fresh, blind = json.loads(new_keyset("wrap")), json.loads(new_keyset("wrap")), new_keyset("blind")
    both = json.dumps({"primaryKeyId": fresh["primaryKeyId"], "key": old["key"] + fresh["key"]})
    with_keys(monkeypatch, json.dumps(old), blind)
    before = take(cast, now)
    with_keys(monkeypatch, both, blind)
    after = take(cast, now)
    assert [row.versions.get().basics() for row in (reread(before), reread(after))] == [MARKED, MARKED]
    with_keys(monkeypatch, json.dumps(fresh), blind)
    assert reread(after).versions.get().basics() == MARKED
    with pytest.raises(SealBroken, match="right keys are in place"):
        reread(before).versions.get().basics()


def with_keys(monkeypatch: pytest.MonkeyPatch, wrap: str, blind: str) -> None:
    """From here on this process has these keysets."""
    keys = TinkKeys({"wrap": wrap, "blind": blind})
    monkeypatch.setattr(sealed, "_keys", lambda: keys)


def reread(disclosure: Disclosure) -> Disclosure:
    """From the database, with no key in memory."""
    return Disclosure.objects.get(pk=disclosure.pk)


def test_a_sealed_value_shows_nothing_of_itself(cast: Any, now: Any) -> None:
    """Printed, formatted, in a list, in a template, in a crash report."""
    version = BasicsVersion.objects.get(disclosure=take(cast, now))
    shown = f"{version.what} {version.what!r} {[version.what]} {version} {version!r} {version.vault!r}"
    assert "MARK" not in shown
    assert shown.count("‹sealed›") == 3
    just_saved = take(cast, now).versions.first()
    assert "MARK" not in str(vars(just_saved))


LOOKUPS = ["exact", "iexact", "contains", "icontains", "startswith", "in", "gt", "regex", "range"]
SEALED = [
    (m, name)
    for m in (BasicsVersion, Triage, Identifier, Override, HeldWords)
    for name in m.CLASSED["sealed"]
]


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize(("model", "name"), SEALED, ids=lambda value: getattr(value, "__name__", value))
def test_nobody_searches_sealed_words_in_clear(db: None, model: Any, name: str, lookup: str) -> None:
    """The word would stand in a statement, and so in a log of the database."""
    with pytest.raises(SealBroken, match="can’t be searched"):
        list(model.objects.filter(**{f"{name}__{lookup}": ["a word"] if lookup == "in" else "a word"}))
    assert list(model.objects.filter(**{f"{name}__isnull": True})) == []


@pytest.mark.parametrize(("model", "name"), SEALED, ids=lambda value: getattr(value, "__name__", value))
def test_nobody_updates_sealed_words_in_clear(db: None, model: Any, name: str) -> None:
    """Past the row that would seal them."""
    with pytest.raises(SealBroken, match="only be saved through its row"):
        model.objects.update(**{name: "a word"})


def test_bulk_writes_seal_too(cast: Any, now: Any) -> None:
    """Many rows at once are sealed one by one; changed in bulk they are refused."""
    disclosure = take(cast, now)
    row = disclosure.identifiers.first()
    assert row.opened("value")
    row.value = "in clear"
    with pytest.raises(SealBroken):
        Identifier.objects.bulk_update([row], ["value"])


@pytest.mark.parametrize("nothing", [None, b"", b"bytes", 7, ["a"]])
def test_a_sealed_text_takes_text_only(cast: Any, now: Any, nothing: Any) -> None:
    """Forgotten or mistaken, it would be kept as the word “None”."""
    version = take(cast, now).versions.get()
    version.what = nothing
    with pytest.raises(TypeError, match="what takes text"):
        version.save()


def test_only_a_sealed_field_is_opened(cast: Any, now: Any) -> None:
    """Asking for another one is a mistake of ours."""
    with pytest.raises(TypeError, match="not a sealed field"):
        take(cast, now).versions.get().opened("number")


def test_a_form_of_a_later_edition_is_named(cast: Any, now: Any) -> None:
    """Not mistaken for a forgery."""
    version = take(cast, now).versions.get()
    version.what = Sealed(b"\x02" + stored(version, "what")[1:])
    with pytest.raises(SealBroken, match="a form that this edition does not know"):
        version.opened("what")


def test_the_same_word_is_sealed_differently_every_time(cast: Any, now: Any) -> None:
    """Equal ciphertexts would tell that two people said the same."""
    first, second = take(cast, now).versions.get(), take(cast, now).versions.get()
    assert stored(first, "what")[13:] != stored(second, "what")[13:]
    assert stored(first, "what")[1:13] != stored(second, "what")[1:13]


def test_a_blind_index_tells_equal_values_of_one_kind_and_nothing_else() -> None:
    """Keyed, and apart per kind."""
    assert blind_index("phone", "+447700900123") == blind_index("phone", "+447700900123")
    assert blind_index("phone", "123") != blind_index("handle", "123")
    assert blind_index("phone", "123") != blind_index("phone", "1234")
    assert len(blind_index("phone", "123")) == 16
    other = TinkKeys({"wrap": new_keyset("wrap"), "blind": new_keyset("blind")})
    assert other.blind("phone", "123") != blind_index("phone", "123")
