"""The entries of a case (people, objects, places, events) as a pack says them: which part stands in which field. Pure.

Facts stand apart from what an officer thinks, and each with what it rests on (Data Protection Act 2018, section 38; field
reference 5.1). How victims and witnesses are reached, and where somebody lives, stand in fields of their own, so that the
table can keep them from everybody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from nightdesk.rules.particular_field import NOTHING, OPINION, Answer, Field, Values
from nightdesk.rules.particular_kinds import EVENT, KINDS, OBJECT, PERSON, PLACE, SUSPECT, VICTIM, WITNESS
from nightdesk.rules.shared_words import BASES, LINKS, SORTS, field_words
from nightdesk.rules.terms import GIVEN

OPINIONS: Final = "entry_opinions"
TOGETHER: Final = "entry_links"
LIVED: Final = "entry_places_lived"
EVENT_NOTES: Final = "entry_event_notes"
CONTACT: Final[Mapping[str, str]] = {VICTIM: "entry_victims_contact", WITNESS: "entry_witnesses_contact"}
FACTS: Final[Mapping[str, str]] = {
    VICTIM: "entry_victims", WITNESS: "entry_witnesses", SUSPECT: "entry_suspects", OBJECT.code: "entry_objects",
    PLACE.code: "entry_places", EVENT.code: "entry_events",
}  # fmt: skip
REACHED_BY: Final = ("phone", "platform", "handle", "email", "address")
NAMED_BY: Final = {  # what an entry is told by in its title, the first that is a fact
    PERSON.code: ("call", "names", "nickname", "handle"), OBJECT.code: ("what", "sort", "plate"),
    PLACE.code: ("venue", "setting"), EVENT.code: ("happened",),
}  # fmt: skip
LIVES: Final = "lives"
HAPPENED: Final = "happened"
OWN_HOMES: Final = ("my_home", "shared_home")  # of the kinds of place of the pack: the person's
LONGEST_TITLE: Final = 60
FIELDS: Final = (*FACTS.values(), *CONTACT.values(), LIVED, EVENT_NOTES, OPINIONS, TOGETHER)


class Line(NamedTuple):
    """One answer of an entry: what was asked, what is known, what that rests on; all of it in words."""

    label: str
    text: str
    rests_on: str


class Told(NamedTuple):
    """One entry, or the part of it that stands in one field."""

    title: str
    lines: tuple[Line, ...]


Piece = str | Told  # one value of a field of a pack
Said = Callable[[Field, Answer], str]  # an answer in words


@dataclass(frozen=True)
class Entry:
    """One entry in force: its number among those of its sort, and its newest answers."""

    key: str
    kind: str
    role: str
    number: int
    values: Values

    @property
    def sort(self) -> str:
        """Its role, or its kind."""
        return self.role or self.kind

    @property
    def called(self) -> str:
        """What other entries call it."""
        return f"{SORTS[self.sort]} {self.number}"


@dataclass(frozen=True)
class Joined:
    """Two entries that belong together: by their keys, the kind of link and what it rests on."""

    one: str
    kind: str
    other: str
    basis: str


def numbered(found: Iterable[tuple[str, str, str, Values]]) -> tuple[Entry, ...]:
    """Entries with their numbers, sort by sort, from (key, kind, role, answers) in the order they were made; events as
    they happened, those without a time last."""
    counts: dict[str, int] = {}
    entries = []
    for key, kind, role, values in sorted(found, key=_place_in_order):
        counts[role or kind] = counts.get(role or kind, 0) + 1
        entries.append(Entry(key, kind, role, counts[role or kind], values))
    return tuple(entries)


def _place_in_order(one: tuple[str, str, str, Values]) -> tuple[int, bool, str]:
    _key, kind, role, values = one
    said = values.get("happened", NOTHING).value if kind == EVENT.code else ""
    began = next((end for end in said if end), "") if isinstance(said, tuple) else ""
    return list(SORTS).index(role or kind), not began, began


def field_of(entry: Entry, name: str, answer: Answer) -> str:
    """The field of the table in which an answer of an entry stands: what must stay goes before what rests on what."""
    if entry.kind == PLACE.code and _lived_in(entry):
        return LIVED
    if entry.role in CONTACT and name in REACHED_BY:
        return CONTACT[entry.role]
    if answer.basis == OPINION:
        return OPINIONS
    return EVENT_NOTES if entry.kind == EVENT.code and name == "notes" else FACTS[entry.sort]


def _lived_in(entry: Entry) -> bool:
    """Somebody's home; the person's own is it whatever it is called, unless it is where it happened."""
    use, setting = (entry.values.get(name, NOTHING).value for name in ("use", "setting"))
    return use == LIVES or (setting in OWN_HOMES and use != HAPPENED)


def placed(entries: Sequence[Entry], said: Said) -> dict[str, tuple[Told, ...]]:
    """Field of the table → the entries that have something there, each with its answers."""
    found: dict[str, list[Told]] = {}
    for entry in entries:
        parts: dict[str, list[tuple[str, Line]]] = {}
        for field in KINDS[entry.kind].fields:
            answer = entry.values.get(field.name, NOTHING)
            if answer.state == GIVEN:
                line = Line(
                    field_words(entry.kind, field.name), said(field, answer), BASES.get(answer.basis, "")
                )
                parts.setdefault(field_of(entry, field.name, answer), []).append((field.name, line))
        for name, lines in parts.items():
            told = Told(_title(entry, dict(lines)), tuple(line for _, line in lines))
            found.setdefault(name, []).append(told)
    return {name: tuple(tolds) for name, tolds in found.items()}


def _title(entry: Entry, lines: Mapping[str, Line]) -> str:
    """Its number, and what it is told by if that stands in the same part: a title never lets out what stays."""
    known = (lines[name].text.split("\n")[0] for name in NAMED_BY[entry.kind] if name in lines)
    name = next(known, "")
    if any(line.rests_on == BASES[OPINION] for line in lines.values()):
        name = ""
    short = name if len(name) <= LONGEST_TITLE else f"{name[:LONGEST_TITLE]}…"
    return f"{entry.called}: {short}" if short else entry.called


def together(entries: Sequence[Entry], links: Iterable[Joined]) -> tuple[Told, ...]:
    """Links between entries that stand elsewhere in the pack, by their numbers, entry by entry.

    A link at a place where somebody lives is left out: the place itself is in no pack.
    """
    known = {entry.key: entry for entry in entries if not (entry.kind == PLACE.code and _lived_in(entry))}
    found: dict[str, list[Line]] = {}
    for link in links:
        if link.one in known and link.other in known:
            line = Line(LINKS[link.kind], known[link.other].called, BASES[link.basis])
            found.setdefault(link.one, []).append(line)
    return tuple(Told(one.called, tuple(found[key])) for key, one in known.items() if key in found)
