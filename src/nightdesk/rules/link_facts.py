"""What linkage takes from a disclosure: one report about each man, keys as in a file of reports. Pure.

Only what was said of him and of the act. Never what the person said about their own drug use: that is sealed apart, and
nothing here knows of it (product C5). Nothing about the person who reports is a feature (linkage reference 2.1).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from nightdesk.rules import identifiers, link_code
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.link_words import Words, read_looks, read_vehicle
from nightdesk.rules.particular_field import OPINION, Value, Values
from nightdesk.rules.particular_kinds import SUSPECT
from nightdesk.rules.terms import GIVEN

FROM_PARTNERS: Final = ("partner", "third_party")  # channels: what they tell is a piece of information
HOUR_KNOWN: Final = timedelta(hours=3)  # between earliest and latest: wider says no hour of the day
DAY_KNOWN: Final = timedelta(days=14)
MIDDLE_OF_AGES: Final[Mapping[str, int]] = {
    "16_to_17": 17, "18_to_24": 21, "25_to_34": 30, "35_to_44": 40, "45_to_54": 50, "55_to_64": 60,
}  # fmt: skip
MIDDLE_OF_HEIGHTS: Final[Mapping[str, int]] = {"160_to_169": 165, "170_to_179": 175, "180_to_189": 185}
BUILDS: Final[Mapping[str, str]] = {"medium": "average", "heavy": "large"}
# What triage proposed of an account, as what he did. Only labels that say one thing.
DID: Final[Mapping[str, str]] = {
    "related.image_abuse": "filmed", "related.blackmail": "blackmail_images", "related.theft": "theft_phone",
}  # fmt: skip
SPIKED: Final = "related.spiking"
SURE: Final = ("likely", "yes")

Told = dict[str, Any]


def _number(text: str) -> str:
    return identifiers.digits(text)[-9:] or identifiers.plain(text)


SAME_BY: Final[Mapping[str, Callable[[str], str]]] = {
    "handle": identifiers.handle, "phone": _number, "email": identifiers.plain, "name_used": identifiers.plain,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One particular as it stands: its id, kind and role, and what it says."""

    id: str
    kind: str
    role: str
    values: Values


@dataclass(frozen=True)
class Source:
    """A disclosure as linkage reads it. `levels`: what triage proposed, label → level."""

    basics: Basics
    channel: str
    reported_at: datetime
    zone: ZoneInfo
    entries: Sequence[Entry] = ()
    levels: Mapping[str, str] = field(default_factory=dict)


def told_of(source: Source, words: Words) -> dict[str, Told]:
    """Which man (`who`) → what is told of him. With nobody known, one report of the act alone: it is compared all the same.

    `place_words` are for whoever knows where places are.
    """
    act = _act(source)
    entries = {
        f"entry-{entry.id}": _of_entry(entry, words)
        for entry in source.entries
        if entry.kind == "person" and entry.role == SUSPECT
    }
    men = dict(entries)
    for number, suspect in enumerate(source.basics.suspects, start=1):
        told = _of_suspect(suspect, words)
        same = next((who for who, other in entries.items() if _same_man(told, other)), None)
        if same or told or not men:
            men[same or f"told-{number}"] = told | men.get(same or "", {})
    if len(men) == 1:  # with two, nobody wrote whose they are
        men = {who: _of_his(source.entries, words) | told for who, told in men.items()}
    return {who: act | told for who, told in (men or {"told-1": {}}).items()}


def _act(source: Source) -> Told:
    basics = source.basics
    did = [name for label, name in DID.items() if source.levels.get(label) in SURE]
    told: Told = {
        "kind": "information" if source.channel in FROM_PARTNERS else "disclosure",
        "reported_on": source.reported_at.astimezone(source.zone).date().isoformat(),
        "venue": link_code.venue(basics.where_kind), "behaviours": did,
        "delivery": "spiked_drink" if source.levels.get(SPIKED) in SURE else "",
        "place_words": basics.where_words, **_when(basics.earliest_at, basics.latest_at, source.zone),
    }  # fmt: skip
    for entry in source.entries:
        if entry.kind == "place" and _text(entry, "use") == "happened":
            told |= _kept(_of_place(entry))
        if entry.kind == "event" and not told.get("act_on"):
            first, last = _range(entry)
            told |= _when(first, last, source.zone)
    return _kept(told)


def _when(earliest: datetime | None, latest: datetime | None, zone: ZoneInfo) -> Told:
    """Day and hour on the wall where it was, as far as they are known: the middle of what may be."""
    first, last = earliest or latest, latest or earliest
    if first is None or last is None or last - first > DAY_KNOWN:
        return {}
    middle = (first + (last - first) / 2).astimezone(zone)
    told: Told = {"act_on": middle.date().isoformat()}
    return told | ({"act_hour": middle.hour} if earliest and latest and last - first <= HOUR_KNOWN else {})


def _of_suspect(suspect: Suspect, words: Words) -> Told:
    seen = read_looks(suspect.description, words)
    car = read_vehicle(suspect.vehicle, words) if suspect.vehicle else {}
    return _kept(
        {
            **seen, **car, "name_used": suspect.name_used, "platform": suspect.platform, "handle": suspect.handle,
            "phone": suspect.phone, "email": suspect.email, "home_words": suspect.address,
        }
    )  # fmt: skip


def _of_entry(entry: Entry, words: Words) -> Told:
    seen = read_looks(_text(entry, "looks"), words)
    build = _text(entry, "build")
    names = _lines(entry, "names")
    told = {
        "name_used": _text(entry, "nickname") or _text(entry, "call") or (names[0] if names else ""),
        "platform": _text(entry, "platform"), "handle": _text(entry, "handle"), "phone": _text(entry, "phone"),
        "email": _text(entry, "email"), "home_words": _text(entry, "address"),
        "age": MIDDLE_OF_AGES.get(_text(entry, "age")), "height_cm": MIDDLE_OF_HEIGHTS.get(_text(entry, "height")),
        "build": BUILDS.get(build, build),
    }  # fmt: skip
    return _kept(told) | seen  # figures that were told are nearer than the middle of a band


def _of_his(entries: Iterable[Entry], words: Words) -> Told:
    """The car of a case with one suspect, and the place where he hosts: never taken for the place where it happened."""
    told: Told = {}
    for entry in entries:
        if entry.kind == "place" and _text(entry, "use") == "hosts":
            told["home_words"] = _where(entry)
        if entry.kind == "object" and _text(entry, "sort") == "vehicle":
            told |= read_vehicle(
                " ".join((_text(entry, "plate"), _text(entry, "looks"), _text(entry, "what"))), words
            )
    return told


def _of_place(entry: Entry) -> Told:
    setting = _text(entry, "setting")
    return {"place_words": _where(entry), "venue": link_code.venue(setting) if setting else ""}


def _where(entry: Entry) -> str:
    return " ".join(filter(None, (_text(entry, name) for name in ("venue", "address", "postcode"))))


def _same_man(told: Told, other: Told) -> bool:
    """Whether what was told at first and an entry name one and the same: a handle, a number, an address or a name."""
    return any(
        told.get(key) and other.get(key) and form(told[key]) == form(other[key])
        for key, form in SAME_BY.items()
    )


def _kept(told: Mapping[str, Any]) -> Told:
    return {key: value for key, value in told.items() if value not in (None, "", [], ())}


def _value(entry: Entry, name: str) -> Value:
    """What was told, seen or is on record. An opinion is compared with nothing (Data Protection Act 2018, section 38)."""
    answer = entry.values.get(name)
    known = answer is not None and answer.state == GIVEN and answer.basis != OPINION
    return answer.value if answer is not None and known else ""


def _text(entry: Entry, name: str) -> str:
    value = _value(entry, name)
    return value if isinstance(value, str) else ""


def _lines(entry: Entry, name: str) -> tuple[str, ...]:
    value = _value(entry, name)
    return value if isinstance(value, tuple) else ()


def _range(entry: Entry) -> tuple[datetime | None, datetime | None]:
    ends = (*_lines(entry, "happened"), "", "")[:2]
    first, last = (datetime.fromisoformat(end) if end else None for end in ends)
    return first, last
