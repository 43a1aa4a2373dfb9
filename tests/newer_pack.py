"""The pack of the next edition, for what was kept under the one before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from nightdesk.outside.current import pack, packs_in_force
from nightdesk.outside.packs import _pack_folder, _read_folder
from nightdesk.rules.pack import Entries, Pack, build_pack
from nightdesk.rules.pack_notices import DAY, KINDS
from nightdesk.rules.pack_references import NEEDED_IDS
from nightdesk.rules.pack_shape import FILES, SECTIONS

EDITION = "2099-01"


@contextmanager
def newer_pack(**changed: Any) -> Iterator[None]:
    """Inside, a newer edition is in force; `changed`: what else is not as before."""
    newer = replace(pack(), about=replace(pack().about, edition=EDITION), **changed)
    with packs_in_force(lambda: newer):
        yield


# What is also a word of the product's own, in some other column of some table: under that name it has to stay.
ALSO_WORDS = {
    "name", "clothing", "other", "toilet", "drink", "email", "place", "suspect", "no_suspect", "on_the_way", "answer",
    "toxicology",
}  # fmt: skip


@cache
def all_renamed() -> Pack:
    """A pack in which every code has another name that may have one: what rows say of it, it does not know any more.

    It is a whole pack by the pack's own rules: it could be put in force tomorrow.
    """
    files = _read_folder(_pack_folder("england_wales"))
    stays = {code for codes in NEEDED_IDS.values() for code in codes} | ALSO_WORDS | {*KINDS, DAY}
    known = {row["id"] for stem, table, _, _ in SECTIONS for row in files[stem].get(table, ())}
    renamed = {code: f"{code}_9" for code in known - stays}

    def anew(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: anew(one) for key, one in value.items()}
        if isinstance(value, list):
            return [anew(one) for one in value]
        if not isinstance(value, str):
            return value
        before, dot, code = value.rpartition("flag.")  # a label of triage
        return f"{before}{dot}{renamed.get(code, code)}"

    read = {stem: {key: anew(rows) for key, rows in tables.items()} for stem, tables in files.items()}
    read["pack"] = files["pack"] | {"edition": EDITION}
    return build_pack({stem: read[stem] for stem in FILES})


# What the product of today needs by name; an upgrade may let go of one of them too.
LET_GO = {
    "recipients": ("sarc", "cps"),
    "flags": ("chemsex_context",),
    "flag_audiences": ("person",),
    "interest_kinds": ("own_use",),
    "reopen_grounds": ("person_back",),
    "exhibit_kinds": ("object",),
}


@cache
def next_product() -> Pack:
    """The same, without some of the kinds that the product of today needs by name."""
    known = all_renamed()
    fewer = {
        name: Entries(
            [replace(one, id=f"{one.id}_9") if one.id in gone else one for one in getattr(known, name)]
        )
        for name, gone in LET_GO.items()
    }
    return replace(known, **fewer)
