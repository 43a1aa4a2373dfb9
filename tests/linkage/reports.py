"""Reports for the tests of linkage: made up by the bench's own seed, and pairs composed by hand."""

from functools import cache

from bench._linkage_reports import reports
from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weights, shipped
from nightdesk.outside.nicknames import load_nicknames

HOME = {"venue": "suspect_home", "lat": 52.5, "lon": -1.9, "place_precision": "point"}
# Every corner a comparison has: each of these is compared with each other one.
COMPOSED: list[dict[str, object]] = [
    {},
    {"handle": "foxden77", "platform": "grindr", "phone": "07700900123", "age": 30, **HOME},
    {"handle": "foxden77", "platform": "scruff", "phone": "0123", "age": 32, **HOME, "lat": 52.5008},
    {"handle": "fox_den", "phone": "07700900132", "age": 35, **HOME, "place_precision": "district"},
    {
        "handle": "foxdenn77",
        "phone": "900123",
        "name_used": "jim",
        "venue": "sauna",
        "lat": 52.5,
        "lon": -1.9,
    },
    {"platform": "grindr", "name_used": "james", "lat": 52.5, "lon": -1.9, "place_precision": "sector"},
    {"name_used": "jamess", "vehicle_plate": "AB12CDE", "vehicle_make": "ford", "vehicle_colour": "red"},
    {
        "vehicle_plate": "CDE",
        "tattoo_site": "neck",
        "tattoo_motif": "rose",
        "behaviours": ["filmed", "choked"],
    },
    {"vehicle_make": "ford", "vehicle_colour": "red", "tattoo_site": "neck", "behaviours": ["filmed"]},
    {
        "behaviours": ["punched"],
        "behaviours_not": ["filmed"],
        "email": "fox@mail.test",
        "act_on": "2026-01-01",
    },
    {"email": "fox1@mail.test", "act_on": "2026-01-15", "height_cm": 180, "build": "slim", "venue": "hotel"},
    {"email": "fox@mail.test", "act_on": "2026-01-16", "height_cm": 183, "build": "large", "venue": "hotel"},
    {
        **HOME,
        "lat": 55.9,
        "handle": "never_seen",
        "drug": "ghb_gbl",
        "delivery": "spiked_drink",
        "hair": "black",
    },
    {"drug": "ghb_gbl", "delivery": "injected", "hair": "grey", "ethnicity": "white", "handle": "chill"},
]


def composed() -> list[Extract]:
    """The hand-made ones."""
    return [extract({"id": f"c{row}", **told}, load_nicknames()) for row, told in enumerate(COMPOSED)]


@cache
def invented(rows: int = 400, seed: int = 5) -> tuple[Extract, ...]:
    """Some hundreds by a seed."""
    return tuple(extract(told, load_nicknames()) for told in reports(rows, seed))


@cache
def weights() -> Weights:
    """Those that are shipped."""
    return shipped()


def index_of(extracts: list[Extract]) -> Index:
    """An index that holds these."""
    index = Index(weights().behaviours)
    index.add(extracts)
    return index
