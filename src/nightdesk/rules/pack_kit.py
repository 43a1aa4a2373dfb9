"""Pack entries of the early evidence kit: its steps, and what the person is told about where it is.

The order of the file is the order of the work. A step is read aloud in the person's language (`text`); everything else is
for staff. No step is ever required: `optional` ones are not even counted as left open.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from nightdesk.rules.pack_entries import Entry, WordedEntry

Need = Literal["toilet", "drink"]  # what can't wait for anybody
NEEDS: Final[tuple[Need, ...]] = get_args(Need)
TOILET, DRINK = NEEDS
MOST_BEFORE: Final = 2  # steps a thirsty person, or one who must go, is asked about first

# What the person may be told of where a kit is, and the sentences around it: the product relies on these ids.
PLACES: Final = ("none_yet", "with_team", "stored", "health_team", "laboratory", "returned", "destroyed")
KIT_LINES: Final = (
    "title", "number", "words", "words_hint", "show", "not_found", "wait", "place_title", "next_title", "part_hint",
    "results", "leave", "leave_hint", "card_title", "card_how", "card_keep", "card_lost", "unsigned", "language",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class KitStep(WordedEntry):
    """One step of the kit.

    `kind`: say (words only), check, sample (a specimen comes of it) or offer (something for the person). `before` names what
    the person is asked to hold back until this step was answered; `after` the steps that come first. `skip_when` tells staff
    when it is not possible now. `meets` is the need that an offer answers.
    """

    label: str
    kind: Literal["say", "check", "sample", "offer"]
    do: tuple[str, ...]
    why: str
    edition: str
    specimen: str = ""  # the [[specimen]] whose window this is
    before: tuple[Need, ...] = ()
    after: tuple[str, ...] = ()
    optional: bool = False
    skip_when: tuple[str, ...] = ()
    meets: Literal["", "toilet", "drink"] = ""


@dataclass(frozen=True, kw_only=True)
class KitPlace(WordedEntry):
    """Where a kit can be, in words for the person, and what comes next (`then`, an id of [[kit_next]])."""

    then: str


@dataclass(frozen=True, kw_only=True)
class KitNext(WordedEntry):
    """What comes next for a kit, in words for the person."""


@dataclass(frozen=True, kw_only=True)
class KitLine(WordedEntry):
    """A sentence on the person's card or on the page where they follow the kit; `href`: where "leave" leads."""

    href: str = ""


def step_problems(
    steps: Iterable[KitStep], specimens: Container[str], where: str = "kit.toml"
) -> Iterator[str]:
    """Sentences for everything that would make the guided order stand still or lead nowhere."""
    seen: list[str] = []
    holding: dict[Need, int] = dict.fromkeys(NEEDS, 0)
    checked = False
    for step in steps:
        at = f'{where}, kit_step "{step.id}"'
        if (step.kind == "sample") != bool(step.specimen):
            yield f'{at}: "specimen" belongs to kind = "sample", and to no other.'
        if step.specimen and step.specimen not in specimens:
            yield f'{at}: specimen "{step.specimen}" does not exist in windows.toml.'
        for earlier in step.after:
            if earlier not in seen:
                yield f'{at}: "after" names "{earlier}", which must stand earlier in the file.'
        checked = checked or step.kind == "check"
        if step.kind == "sample" and not checked:
            yield f'{at}: a step of kind = "check" must come first: medical care comes before evidence.'
        if step.meets and step.kind != "offer":
            yield f'{at}: "meets" belongs to kind = "offer".'
        for need in step.before:
            holding[need] += 1
        seen.append(step.id)
    for held, number in holding.items():
        if number > MOST_BEFORE:
            yield f'{where}: {number} steps come before "{held}"; at most {MOST_BEFORE} may.'


def line_problems(lines: Iterable[KitLine], where: str = "kit.toml") -> Iterator[str]:
    """Sentences for a way out that leads nowhere."""
    for line in lines:
        if (line.id == "leave") != line.href.startswith("https://"):
            yield f'{where}, kit_line "{line.id}": "href" (https://…) belongs to "leave", and to no other.'


def place_problems(
    places: Iterable[KitPlace], nexts: Container[str], where: str = "kit.toml"
) -> Iterator[str]:
    """Sentences for places that lead to no word about what comes next."""
    for place in places:
        if place.then not in nexts:
            yield f'{where}, kit_place "{place.id}": [[kit_next]] "{place.then}" does not exist.'


# as SECTIONS in pack_shape.py: file stem, name of the table, attribute of Pack, kind of entry
KIT_SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("kit", "kit_step", "kit_steps", KitStep),
    ("kit", "kit_place", "kit_places", KitPlace),
    ("kit", "kit_next", "kit_nexts", KitNext),
    ("kit", "kit_line", "kit_lines", KitLine),
)
