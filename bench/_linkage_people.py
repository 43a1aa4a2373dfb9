"""Invented men with habits, for reports made up by a seed. Drawn from nobody's data: it tests code and ranks methods."""

import math
from dataclasses import dataclass, field
from random import Random

APPS = ("grindr", "scruff", "hornet", "telegram", "squirt", "recon", "snapchat", "tinder", "romeo", "fabguys")
_NAMES = (
    "james john david mark paul daniel adam ryan lee tom jack luke sean omar ali ahmed marco luca "
    "pedro andrei piotr kamil tunde kofi raj arjun wei minh carlos diego ivan milan stefan erik lars "
    "noah leo max ben sam joe alex chris steve mike rob nick tony gary craig scott dean kyle jordan "
    "reece connor aaron callum liam owen rhys gareth dylan"
)
NAMES = _NAMES.split()
NICKS = {
    "james": "jim",
    "david": "dave",
    "daniel": "dan",
    "tom": "thomas",
    "chris": "christopher",
    "steve": "stephen",
}
_WORDS = (
    "fox wolf oak tide ember slate moss north pine crow flint dusk river amber cliff fern otter "
    "heron birch storm"
)
WORDS = _WORDS.split()
_ENDS = "ldn uk xl chef lad top host diver runner smith baker drummer rider keeper painter singer pilot"
ENDS = _ENDS.split()
GENERIC = ("looking", "host", "hung", "chill", "discreet", "fun", "hotguy", "visitor")
BUILDS = ("slim", "average", "athletic", "muscular", "stocky", "large")
HAIR = ("brown", "dark_brown", "black", "blond", "shaved", "bald", "grey", "ginger")
GROUPS = (
    ("white",) * 13
    + ("asian",) * 3
    + ("black",) * 3
    + ("mixed", "arab", "east_asian", "latin_american", "other")
)
DRUGS = (
    ("ghb_gbl",) * 6
    + ("methamphetamine",) * 2
    + ("mephedrone", "ketamine", "benzodiazepine", "alcohol_spiked", "mdma")
)
WAYS = ("spiked_drink",) * 4 + (
    "syringe_oral",
    "syringe_oral",
    "injected",
    "snorted",
    "vaped",
    "tablet_covert",
    "told_water_g",
)
VENUES = (
    "hotel",
    "sauna",
    "victim_home",
    "victim_home",
    "third_party_home",
    "bar_club",
    "short_let",
    "park_cruising",
    "vehicle",
)
_DONE = (
    "victim_unconscious amnesia gave_extra_dose filmed condom_removed group_joined fake_photos "
    "restrained deleted_chat photographed choked offered_money theft_cash_cards refused_leave "
    "locked_in bank_app_transfer blackmail_images theft_phone blackmail_outing punched escort_hire "
    "blindfold washed_victim threat_hiv second_site_moved livestreamed_multi threat_kill moved_body "
    "gagged weapon_shown claimed_doctor claimed_police"
)
DONE = _DONE.split()
SITES = ("forearm", "neck", "chest", "calf", "back", "hand")
MOTIFS = ("rose", "skull", "anchor", "tribal", "name", "star", "wolf", "script", "cross", "snake")
MAKES = ("ford", "vauxhall", "bmw", "audi", "kia", "toyota", "nissan", "vw")
COLOURS = ("black", "white", "grey", "blue", "silver", "red")
LONGEST = 35
ONCE = 0.8
DAYS = 4000  # eleven years


@dataclass
class Man:
    """One invented man: where he lives, what he is called, what he does."""

    number: int
    home: tuple[float, float]
    town: tuple[float, float, float]
    name: str
    other_name: str
    handles: list[str]
    phones: list[str]
    email: str
    looks: dict[str, object]
    app: str
    drug: str
    way: str
    venue: str
    hosts: float
    done: dict[str, float]
    start: int
    spell: float
    car: dict[str, str] = field(default_factory=dict)


def towns(random: Random) -> list[tuple[float, float, float, float]]:
    """Latitude, longitude, how wide, how many people: few large, many small."""
    found = []
    for rank in range(1, 46):
        size = 1 / rank**0.9
        found.append(
            (random.uniform(50.6, 54.6), random.uniform(-3.4, 0.6), 0.02 + 0.07 * math.sqrt(size), size)
        )
    return found


def man(number: int, random: Random, places: list[tuple[float, float, float, float]]) -> Man:
    """A man with habits of his own."""
    lat, lon, wide, _ = random.choices(places, [place[3] for place in places])[0]
    home = (random.gauss(lat, wide / 2), random.gauss(lon, wide * 0.8))
    name = NAMES[min(int(random.expovariate(1 / 14)), len(NAMES) - 1)]
    habits = {code: random.betavariate(0.25, 3.0) * 2.4 / (1 + 0.06 * rank) for rank, code in enumerate(DONE)}
    return Man(
        number=number,
        home=home,
        town=(lat, lon, wide),
        name=name,
        other_name=random.choice(NAMES) if random.random() < 0.3 else NICKS.get(name, name),
        handles=[_handle(name, random) for _ in range(random.choice((1, 1, 1, 2, 3, 5)))],
        phones=[f"0700{random.randrange(10**7):07d}" for _ in range(random.choice((1, 1, 2, 3)))],
        email=f"{_handle(name, random)}@mail.test",
        looks=_looks(random),
        app=APPS[min(int(random.expovariate(0.7)), len(APPS) - 1)],
        drug=random.choice(DRUGS),
        way=random.choice(WAYS),
        venue=random.choice(VENUES),
        hosts=random.choice((0.15, 0.6, 0.9)),
        done={code: min(chance, 0.9) for code, chance in habits.items()},
        start=random.randrange(DAYS),
        spell=random.choice((15, 60, 150, 300)),
        car=_car(random),
    )


def _looks(random: Random) -> dict[str, object]:
    """As he is, before anybody describes him."""
    return {
        "age": int(min(max(random.gauss(37, 10), 18), 72)),
        "height_cm": round(random.gauss(178, 7)),
        "build": random.choice(BUILDS),
        "hair": random.choice(HAIR),
        "ethnicity": random.choice(GROUPS),
        "tattoo_site": random.choice(SITES),
        "tattoo_motif": random.choice(MOTIFS),
    }


def _car(random: Random) -> dict[str, str]:
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    plate = "".join(random.choice(letters) for _ in range(2)) + f"{random.randrange(2, 75):02d}"
    plate += "".join(random.choice(letters) for _ in range(3))
    return {
        "vehicle_make": random.choice(MAKES),
        "vehicle_colour": random.choice(COLOURS),
        "vehicle_plate": plate,
    }


def _handle(name: str, random: Random) -> str:
    """Generic, from his name, or two words; with digits more often than not."""
    kind = random.random()
    bare = (
        random.choice(GENERIC)
        if kind < 0.15
        else name
        if kind < 0.35
        else random.choice(WORDS) + random.choice(ENDS)
    )
    digits = "" if random.random() < 0.3 else str(random.randrange(10, 1000))
    return bare + digits


def series_length(random: Random, once: float = ONCE) -> int:
    """Most appear once; a long tail."""
    return 1 if random.random() < once else min(1 + int(random.paretovariate(1.35)), LONGEST)
