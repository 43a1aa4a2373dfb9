"""What the first account already says about people, objects, places and events, as entries ready to be taken over.

A person takes them over, in one press; the account itself stays as it was told. Everything rests on what was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.particular_field import TOLD, Answer, Value, given, no_value
from nightdesk.rules.particular_kinds import SUSPECT, VICTIM, WITNESS
from nightdesk.rules.terms import DONT_KNOW, RATHER_NOT


@dataclass(frozen=True)
class Part:
    """One entry that the account offers: a code, its kind and role, and what it says."""

    code: str
    kind: str
    role: str = ""
    values: Mapping[str, Answer] = field(default_factory=dict)


def parts(basics: Basics) -> tuple[Part, ...]:
    """Every entry that one version of the basics offers; none for what was not given."""
    return tuple(part for part in _all(basics) if any(answer.value for answer in part.values.values()))


def _all(basics: Basics) -> Iterator[Part]:
    yield Part("victim", "person", VICTIM, _victim(basics))
    if basics.on_behalf:
        yield Part("speaker", "person", WITNESS, _told(names=(basics.on_behalf,)))
    for number, suspect in enumerate(basics.suspects, start=1):
        yield Part(f"suspect_{number}", "person", SUSPECT, _suspect(suspect))
        vehicle = _told(sort="vehicle", plate=suspect.vehicle) if suspect.vehicle else {}
        yield Part(f"vehicle_{number}", "object", "", vehicle)
    address = _told(use="happened", setting=basics.where_kind, address=basics.where_words)
    yield Part("place", "place", "", address if basics.where_words else {})
    when = tuple(at.isoformat() if at else "" for at in (basics.earliest_at, basics.latest_at))
    yield Part("event", "event", "", _told(happened=when, where=basics.where_words) if any(when) else {})


def _victim(basics: Basics) -> dict[str, Answer]:
    found = _told(
        call=basics.call_me, pronouns=basics.pronouns, phone=basics.contact_phone, email=basics.contact_email
    )
    state = basics.state_of("who_person")
    if not found and state in (DONT_KNOW, RATHER_NOT):
        return {"call": no_value(state)}
    return found


def _suspect(suspect: Suspect) -> dict[str, Answer]:
    return _told(
        nickname=suspect.name_used, platform=suspect.platform, handle=suspect.handle, phone=suspect.phone,
        email=suspect.email, address=suspect.address, looks=suspect.description,
    )  # fmt: skip


def _told(**values: Value) -> dict[str, Answer]:
    return {name: given(value, TOLD) for name, value in values.items() if value}


def ties(taken: Sequence[Part]) -> Iterator[tuple[str, str, str]]:
    """(code of a link, code of the one part, code of the other) that the account itself tells of what is taken over."""
    codes = [part.code for part in taken]
    for code in codes:
        number = code.removeprefix("vehicle_")
        if code != number and f"suspect_{number}" in codes:
            yield "used", f"suspect_{number}", code
    if "event" in codes:
        yield from (("was_at", part.code, "event") for part in taken if part.role in (VICTIM, SUSPECT))
        if "place" in codes:
            yield "happened_at", "event", "place"
