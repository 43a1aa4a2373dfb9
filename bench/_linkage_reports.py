"""Reports about invented men, by a seed: python -m bench._linkage_reports ROWS SEED FILE [PROFILE] writes them, gzipped.

What is told is partial, rounded, misspelt or wrong, by who tells it. A profile says how much is known, by whom, and how long
series are: what works must work for more than one of them. Different in every choice from any file given to us.
"""

import gzip
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench._linkage_people import (
    BUILDS,
    DAYS,
    DONE,
    DRUGS,
    GROUPS,
    HAIR,
    ONCE,
    WAYS,
    Man,
    man,
    series_length,
    towns,
)  # fmt: skip

FIRST = date(2016, 3, 1)
# How much each kind of reporter knows, and how often each comes.
REPORTERS = {
    "victim": (1.0, 55),
    "third_party": (0.6, 14),
    "anonymous": (0.65, 16),
    "partner_agency": (0.5, 10),
    "unexplained_death": (0.55, 5),
}
KNOWN = {
    "platform": 0.7, "handle": 0.33, "phone": 0.17, "email": 0.03, "name_used": 0.52, "age": 0.55, "height_cm": 0.3,
    "build": 0.4, "ethnicity": 0.55, "hair": 0.33, "tattoo": 0.05, "car": 0.03, "place": 0.78, "venue": 0.8,
    "drug": 0.55, "delivery": 0.42, "act_on": 0.85, "act_hour": 0.6,
}  # fmt: skip
# How often another thing is told than what was seen: people who were drugged, afraid or asked months later are unsure of
# builds and hair, seldom know which drug it was, and take one community for another.
MISTAKEN = {
    "build": (0.3, BUILDS), "hair": (0.3, HAIR), "ethnicity": (0.05, GROUPS), "drug": (0.2, DRUGS), "delivery": (0.2, WAYS),
}  # fmt: skip
PRECISION = (("point", 0.0003, 50), ("sector", 0.005, 32), ("district", 0.022, 18))


@dataclass(frozen=True)
class Profile:
    """How one force's reports differ from another's."""

    knows: float = 1.0  # a form that prompts, or one that hardly asks
    once: float = ONCE  # part of the men who come up once
    never: frozenset[str] = frozenset()  # what nobody ever tells
    says_no: float = 0.0  # part of the reports on a form that can say that a thing was not done
    reporters: Mapping[str, int] = field(default_factory=dict)  # how often each kind comes, where it differs


PROFILES = {
    "normal": Profile(),
    "hard": Profile(knows=0.6),
    "rich": Profile(knows=1.35),
    "agencies": Profile(
        knows=0.9, once=0.7, reporters={"victim": 20, "partner_agency": 40, "unexplained_death": 15}
    ),
    "no_handles": Profile(never=frozenset({"handle"})),
    "no_places": Profile(never=frozenset({"place"})),
    "once": Profile(once=0.9),
    "says_no": Profile(says_no=0.6),
}


def reports(rows: int, seed: int, profile: str = "normal") -> list[dict[str, Any]]:
    """So many reports, in order of coming."""
    random, kind = Random(seed), PROFILES[profile]
    places = towns(random)
    told: list[dict[str, Any]] = []
    number = 0
    while len(told) < rows:
        who = man(number, random, places)
        day = float(who.start)
        for _ in range(series_length(random, kind.once)):
            told.append(_report(who, int(day), random, kind))
            if random.random() < 0.07:
                told.append(_again(told[-1], who, random, kind))
            day += random.expovariate(1 / who.spell)
        number += 1
    told = sorted(told[:rows], key=lambda each: (each["reported_on"], each["suspect"]))
    return [{"id": f"m{row:07d}", **each} for row, each in enumerate(told)]


def _report(
    who: Man, day: int, random: Random, profile: Profile, act: dict[str, Any] | None = None
) -> dict[str, Any]:
    """One account of one act; with the act given, another person's account of it."""
    often = [profile.reporters.get(each, weight) for each, (_, weight) in REPORTERS.items()]
    reporter = random.choices(list(REPORTERS), often)[0]
    knowledge = REPORTERS[reporter][0] * profile.knows

    def knows(what: str) -> bool:
        return random.random() < KNOWN[what] * knowledge and what not in profile.never

    true = act or _act(who, day, random)
    kind = {"unexplained_death": "death", "partner_agency": "information"}.get(reporter, "disclosure")
    told: dict[str, Any] = {"kind": kind, "reporter": reporter, "suspect": f"man{who.number}"}
    told["reported_on"] = str(FIRST + timedelta(days=day + int(random.expovariate(1 / 20))))
    told |= {key: true[key] for key in ("venue", "drug", "delivery", "act_hour", "platform") if knows(key)}
    if knows("act_on"):
        told["act_on"] = str(FIRST + timedelta(days=day - (random.random() < 0.1)))
    told |= {key: _misspelt(true[key], random) for key in ("handle", "name_used") if knows(key)}
    if knows("phone"):
        told["phone"] = true["phone"] if random.random() < 0.7 else true["phone"][-4:]
    if knows("email"):
        told["email"] = who.email
    told |= _described(who, knows, random)
    for key, (wrong, instead) in MISTAKEN.items():
        if key in told and random.random() < wrong:
            told[key] = random.choice(instead)
    if knows("place"):
        told |= _where(true["at"], random)
    done = [code for code, chance in who.done.items() if random.random() < chance * 0.55 * knowledge]
    if profile.says_no and random.random() < profile.says_no:
        told["behaviours_not"] = [code for code in DONE if code not in done and random.random() < 0.5]
    return told | ({"behaviours": done} if done else {})


def _act(who: Man, day: int, random: Random) -> dict[str, Any]:
    """What happened, before anybody tells it."""
    hosts = random.random() < who.hosts
    *_, wide = who.town
    away = (random.gauss(who.home[0], wide / 3), random.gauss(who.home[1], wide / 2))
    if random.random() < 0.04:
        away = (random.uniform(50.6, 54.6), random.uniform(-3.4, 0.6))
    late = min(int(len(who.handles) * random.random()), len(who.handles) - 1)
    return {
        "at": who.home if hosts else away,
        "venue": "suspect_home" if hosts else who.venue,
        "handle": who.handles[late],
        "phone": random.choice(who.phones),
        "name_used": who.name if random.random() < 0.6 else who.other_name,
        "platform": who.app if random.random() < 0.75 else "grindr",
        "drug": who.drug if random.random() < 0.7 else "ghb_gbl",
        "delivery": who.way if random.random() < 0.7 else "spiked_drink",
        "act_hour": int(random.gauss(25, 4)) % 24,
    }


def _again(first: dict[str, Any], who: Man, random: Random, profile: Profile) -> dict[str, Any]:
    """The same act told by another person."""
    day = (date.fromisoformat(first["reported_on"]) - FIRST).days
    act = _act(who, day, random)
    act |= {key: first[key] for key in ("venue", "drug", "handle", "platform") if key in first}
    if "lat" in first:
        act["at"] = (first["lat"], first["lon"])
    return _report(who, min(day, DAYS + 4000), random, profile, act)


def _described(who: Man, knows: Any, random: Random) -> dict[str, Any]:
    """Looks and car as somebody remembers them."""
    told: dict[str, Any] = {}
    for key in ("build", "ethnicity", "hair"):
        if knows(key):
            told[key] = who.looks[key]
    if knows("age"):
        age = int(str(who.looks["age"])) + round(random.gauss(0, 3.5))
        told["age"] = max(18, 5 * round(age / 5) if random.random() < 0.4 else age)
    if knows("height_cm"):
        told["height_cm"] = int(str(who.looks["height_cm"])) + round(random.gauss(0, 4))
    if knows("tattoo"):
        told |= {key: who.looks[key] for key in ("tattoo_site", "tattoo_motif")}
    if knows("car"):
        told |= who.car | ({"vehicle_plate": who.car["vehicle_plate"][-3:]} if random.random() < 0.6 else {})
    return told


def _where(at: tuple[float, float], random: Random) -> dict[str, Any]:
    """The place as exactly as it was told."""
    name, wide, _ = random.choices(PRECISION, [weight for _, _, weight in PRECISION])[0]
    lat, lon = random.gauss(at[0], wide / 2), random.gauss(at[1], wide / 2 * 1.6)
    return {"lat": round(lat, 5), "lon": round(lon, 5), "place_precision": name}


def _misspelt(text: str, random: Random) -> str:
    """Now and then a letter doubled, lost or swapped."""
    if random.random() > 0.15 or len(text) < 4:
        return text
    at = random.randrange(1, len(text) - 1)
    return random.choice(
        (
            text[:at] + text[at:][:1] + text[at:],
            text[:at] + text[at + 1 :],
            text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
        )
    )


if __name__ == "__main__":
    count, chosen, target, *which = sys.argv[1:]
    with gzip.open(Path(target), "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(each) + "\n" for each in reports(int(count), int(chosen), *which))
