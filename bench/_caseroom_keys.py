"""Search keys for the cases of the bench, some thirty each: names and places that many share, numbers that nobody does.

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
KEYS_EACH: Final = 2  # of a phone or a handle: whole and ending, as typed and folded
BATCH: Final = 50_000
DAY: Final = "2026-03-03"
COLUMNS: Final = "disclosure_id, source, kind, blind, told, old"
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
    """Keys for every case that was written straight and is not among `done`; one of the first has the rare name.

    One that is nobody's and another unit's has what is looked for most, so that every hint is on a page among few cases too.
    """
    from nightdesk.records.cases import Case

    # those written straight have a key with zeros and the number of the copy in front
    cases = Case.objects.filter(pk__lt=UUID(int=1 << 112)).order_by("disclosure_id")
    nobodys = cases.filter(owner=None).exclude(unit=here.units[0]).values_list("disclosure_id", flat=True)[0]
    more = {nobodys: [drawn.names[0], drawn.places[0], _keys("date", DAY)]} if not done else {}
    rare = [] if done else [_keys("name", RARE)]
    rows: list[tuple[Any, ...]] = []
    for key in [one for one in cases.values_list("disclosure_id", flat=True) if one not in done]:
        done.add(key)
        besides = [("basics", keys) for keys in (*more.get(key, ()), *rare)]
        for source, keys in (*_drawn(here.dice, drawn), *besides):
            told = here.dice.getrandbits(62)
            rows += [(key, source, kind, blind, told) for kind, blind in keys]
        rare = []
        if len(rows) > BATCH:
            _insert(rows)
            rows = []
    _insert(rows)


def _drawn(dice: Random, drawn: Pools) -> list[tuple[str, Keys]]:
    """What one case has: in its account a name, a place, a phone and a handle, a day; a person and a place entered."""
    names = dice.choices(drawn.names, cum_weights=drawn.name_weights, k=3)
    person, place = (f"particular:{UUID(int=dice.getrandbits(128))}" for _ in range(2))
    alone = [
        (source, [(kind, dice.randbytes(16)) for _ in range(KEYS_EACH)])
        for source in ("basics", person)
        for kind in ("phone", "handle")
    ]
    return [
        ("basics", names[0]), ("basics", dice.choice(drawn.places)), ("basics", dice.choice(drawn.days)),
        (person, names[1]), (person, names[2]), (place, dice.choice(drawn.places)), *alone,
    ]  # fmt: skip


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """Written past the models: a million rows in half a minute."""
    from django.db import connection, transaction

    from nightdesk.records.search import SearchKey

    table = SearchKey._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, False))
            return
        values = [(key.hex, *row) for key, *row in rows]
        cursor.executemany(f"INSERT INTO {table} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, FALSE)", values)  # noqa: S608
