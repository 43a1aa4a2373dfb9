"""What may be kept as the answers of a particular, and how they are written down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nightdesk.rules.basics import LONGEST_ANSWER
from nightdesk.rules.pack import Pack
from nightdesk.rules.particular_field import (
    BASES,
    CHOICE,
    CHOICES,
    MANY,
    MOST_LINES,
    RANGE,
    Answer,
    Field,
    Kind,
    ParticularRefused,
    Values,
)
from nightdesk.rules.terms import ANSWER_STATES, GIVEN, NOT_ASKED

OLD_PAGE = "This page is older than what is kept now. Open it again."


def codes_of(pack: Pack, field: Field) -> tuple[str, ...]:
    """The codes that a chosen field may have: its own, or the ids of its section of the pack."""
    return tuple(getattr(pack, field.of).ids()) if field.of else field.choices


def codes_now_and_then(pack: Pack, field: Field, older: Sequence[Values]) -> frozenset[str]:
    """The codes that a field may have: today's, and those of earlier answers, which an older pack may have given."""
    said = [values[field.name].value for values in older if field.name in values]
    kept = {part for value in said for part in (value if isinstance(value, tuple) else (value,))}
    return frozenset(codes_of(pack, field)) | kept


def refuse_if_not_keepable(kind: Kind, values: Values, codes: Mapping[str, frozenset[str]]) -> None:
    """Raise ParticularRefused for what no page of ours sends, and for a particular that says nothing at all.

    `codes`: name of field → the codes it may have, for fields that are chosen.
    """
    unknown = set(values) - set(kind.names())
    if unknown:
        raise ParticularRefused(OLD_PAGE)
    if not any(answer.state == GIVEN for answer in values.values()):
        raise ParticularRefused("Fill in at least one thing that is known.")
    for name, answer in values.items():
        _refuse_answer(kind.field(name), answer, codes.get(name, frozenset()))
    if kind.refuse:
        kind.refuse(values)


def _refuse_answer(field: Field, answer: Answer, codes: frozenset[str]) -> None:
    parts = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    said = any(part for part in parts)
    if answer.state not in ANSWER_STATES or said != (answer.state == GIVEN):
        raise ParticularRefused("An answer is either there, or says why it is not. Choose one of the two.")
    if answer.state == GIVEN and isinstance(answer.value, tuple) != (field.type in MANY):
        raise ParticularRefused(OLD_PAGE)
    if answer.basis not in (BASES if field.based and said else ("",)):
        raise ParticularRefused("Say of each answer what it rests on.")
    if field.type in (CHOICE, CHOICES) and said and not codes.issuperset(parts):
        raise ParticularRefused("Choose one of the answers that the page offers.")
    if len(parts) > MOST_LINES or any(len(part) > field.longest for part in parts):
        raise ParticularRefused(f"One answer is longer than {LONGEST_ANSWER} characters. Say it in fewer.")
    if field.type == RANGE and said:
        _refuse_range(parts)


def _refuse_range(parts: Sequence[str]) -> None:
    try:
        moments = [datetime.fromisoformat(part) for part in parts if part]
    except ValueError:
        raise ParticularRefused(OLD_PAGE) from None
    if len(parts) != 2 or not all(moment.tzinfo for moment in moments):
        raise ParticularRefused(OLD_PAGE)
    if moments != sorted(moments):
        raise ParticularRefused("The latest time lies before the earliest. Give them the other way round.")


def to_plain(values: Values) -> dict[str, Any]:
    """The answers as JSON-ready values. Inverse of `from_plain`."""
    return {
        name: {
            "state": answer.state, "basis": answer.basis,
            "value": list(answer.value) if isinstance(answer.value, tuple) else answer.value,
        }
        for name, answer in values.items()
    }  # fmt: skip


def from_plain(plain: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers from what `to_plain` wrote."""
    return {
        name: Answer(
            tuple(kept["value"]) if isinstance(kept["value"], list) else kept["value"],
            kept.get("state", NOT_ASKED), kept.get("basis", ""),
        )
        for name, kept in plain.items()
    }  # fmt: skip


def read_plain(text: str) -> dict[str, Answer]:
    """The answers from what `to_plain` wrote, when it has been through a browser. Raises ParticularRefused."""
    try:
        values = from_plain(json.loads(text))
        for answer in values.values():
            parts = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            "".join((*parts, answer.state, answer.basis)).encode()  # nothing but text, and all of it storable
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ParticularRefused(OLD_PAGE) from None
    return values
