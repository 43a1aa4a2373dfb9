"""Search keys for the cases of the bench: about fifteen each, of names and places that many share and numbers nobody does.

The blind value of a phone or handle that only one case has is as good as any sixteen bytes: these are drawn. Names, places
and days come from pools, whose keys are made once as the actions make them.
"""

from itertools import accumulate
from random import Random
from typing import Any, Final, NamedTuple
from uuid import UUID

from bench._caseroom_rows import Force

HEADS: Final = (
    "Al",
    "Ber",
    "Cor",
    "Da",
    "El",
    "Fen",
    "Gar",
    "Hol",
    "Is",
    "Jor",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Os",
)
MIDDLES: Final = ("a", "bin", "do", "en", "i", "la", "mi", "ne", "or", "ra", "ti", "ve")
FIRST_ENDS: Final = ("ah", "el", "ina", "on", "y")
LAST_ENDS: Final = ("dale", "ford", "ham", "ley", "ridge", "son", "ton", "well", "wick", "worth")
PLACE_ENDS: Final = ("Road", "Street", "Park", "Club")
NAMES: Final = 5_000  # full names that are drawn from
RARE: Final = "Zebulon Quigglesworth"
PHONE_KEYS: Final = 2
HANDLE_KEYS: Final = 2
BATCH: Final = 20_000
Keys = list[tuple[str, bytes]]


class Pools(NamedTuple):
    """Keys of what many cases share, with how often each is drawn; the texts of the most frequent."""

    names: list[Keys]
    name_weights: list[float]
    places: list[Keys]
    days: list[Keys]
    common: str
    place: str


def pools() -> Pools:
    """The pools: the same each time."""
    dice = Random(11)
    middles = [head + middle for head in HEADS for middle in MIDDLES]
    firsts = [middle + end for middle in middles for end in FIRST_ENDS]
    lasts = [middle + end for middle in middles for end in LAST_ENDS]
    names = [f"{_of(dice, firsts)} {_of(dice, lasts)}" for _ in range(NAMES)]
    places = [f"{middle.capitalize()} {end}" for middle in middles[:100] for end in PLACE_ENDS]
    days = [f"2026-{month:02d}-{day:02d}" for month in range(1, 12) for day in range(1, 29)]
    return Pools(
        [_keys("name", name) for name in names], list(accumulate(1 / (place + 10) for place in range(NAMES))),
        [_keys("place", place) for place in places], [_keys("date", day) for day in days], names[0], places[0],
    )  # fmt: skip


def _of(dice: Random, words: list[str]) -> str:
    """A few far more often than others, as with names."""
    return words[int(len(words) * dice.random() ** 2)]


def _keys(kind: str, value: str) -> Keys:
    from nightdesk.actions._search_keys import key_rows
    from nightdesk.records.disclosures import Disclosure

    return [(row.kind, bytes(row.blind)) for row in key_rows(Disclosure(), "basics", [(kind, value)])]


def write(here: Force, drawn: Pools, done: set[UUID]) -> None:
    """Keys for every case that was written straight and is not among `done`; one of the first has the rare name."""
    from nightdesk.records.cases import Case

    rare = None if done else _keys("name", RARE)
    rows: list[tuple[Any, ...]] = []
    cases = Case.objects.filter(disclosure__versions=None)
    for key in list(cases.order_by("pk").values_list("disclosure_id", flat=True)):
        if key in done:
            continue
        done.add(key)
        for keys in (*_drawn(here.dice, drawn), *([rare] if rare else [])):
            told = here.dice.getrandbits(62)
            rows += [(key, kind, blind, told) for kind, blind in keys]
        rare = None
        if len(rows) > BATCH:
            _insert(rows)
            rows = []
    _insert(rows)


def _drawn(dice: Random, drawn: Pools) -> list[Keys]:
    """What one case tells: a name, a place, a phone and a handle, a day."""
    (name,) = dice.choices(drawn.names, cum_weights=drawn.name_weights)
    alone = [[("phone", dice.randbytes(16))] for _ in range(PHONE_KEYS)]
    alone += [[("handle", dice.randbytes(16))] for _ in range(HANDLE_KEYS)]
    return [name, dice.choice(drawn.places), dice.choice(drawn.days), *alone]


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """Written past the models: a million rows in half a minute."""
    from django.db import connection, transaction

    from nightdesk.records.search import SearchKey

    key = SearchKey._meta.get_field("disclosure")
    made = [(key.get_db_prep_value(told_of, connection), *row) for told_of, *row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {SearchKey._meta.db_table} (disclosure_id, source, kind, blind, told, old) "  # noqa: S608
            "VALUES (%s, 'basics', %s, %s, %s, FALSE)",
            made,
        )
