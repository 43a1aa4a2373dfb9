"""Particulars as their pages show them: entries by role and kind, versions with what differs, links read from both ends."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.caseroom.forms_particular_acts import ConflictForm
from nightdesk.desks.caseroom.forms_particular_fields import choice_words
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.particulars import ParticularSeen, VersionSeen
from nightdesk.rules.particular import differences
from nightdesk.rules.particular_account import Part
from nightdesk.rules.particular_field import (
    CHOICE,
    CHOICES,
    LINES,
    NOTHING,
    RANGE,
    Answer,
    Field,
    Kind,
    Values,
)
from nightdesk.rules.particular_kinds import KINDS
from nightdesk.rules.terms import GIVEN, NOT_ASKED

LONGEST_NAME: Final = 60
# which answers name an entry in a list, the first that is there
NAMED_BY: Final = {
    "person": ("call", "nickname", "names", "handle", "phone", "looks"),
    "object": ("what", "plate", "sort", "handle", "phone"),
    "place": ("venue", "address", "postcode", "use"),
    "event": ("what", "happened", "where"),
}
IN_SHORT: Final = {
    "person": ("nickname", "names", "handle", "phone", "email", "age"),
    "object": ("sort", "plate", "handle", "phone", "now_where"),
    "place": ("use", "address", "postcode", "precision"),
    "event": ("happened", "where"),
}


def sort_of(kind: str, role: str) -> str:
    """What an entry is called in an address and over a list: its role, or its kind."""
    return role or kind


def value_words(field: Field, answer: Answer) -> str:
    """A value in words, several one a line; why there is none, if there is none."""
    if answer.state != GIVEN:
        return str(words.STATES[answer.state])
    if field.type in (CHOICE, CHOICES):
        known = dict(choice_words(field))
        codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        return ", ".join(known.get(code, code.replace("_", " ")) for code in codes)
    if field.type == RANGE:
        return _range(answer)
    return "\n".join(answer.value) if field.type == LINES else str(answer.value)


def _range(answer: Answer) -> str:
    first, last = (told.moment_words(datetime.fromisoformat(end)) if end else "" for end in answer.value)
    if first and last:
        return first if first == last else f"{first} – {last}"
    return _("from %(when)s") % {"when": first} if first else _("until %(when)s") % {"when": last}


def answer(kind: Kind, name: str, said: Answer) -> dict[str, Any]:
    """One answer with what it rests on."""
    return {
        "key": words.field_word(kind.code, name), "value": value_words(kind.field(name), said), "given": said.state == GIVEN,
        "basis": words.BASIS_TAGS.get(said.basis, ""), "tone": words.BASIS_COLOURS.get(said.basis, "grey"),
        "asked": said.state != NOT_ASKED,
    }  # fmt: skip


def answers(kind: Kind, values: Values) -> list[dict[str, Any]]:
    """Every answer, in the order of the page; what was not asked is left to one line below."""
    return [answer(kind, name, values[name]) for name in kind.names() if name in values]


def not_asked(kind: Kind, values: Values) -> str:
    """The questions that nobody put, in one line."""
    return ", ".join(
        words.field_word(kind.code, name) for name in kind.names() if values.get(name, NOTHING) == NOTHING
    )


def name_of(seen: ParticularSeen | Part, values: Values) -> str:
    """What an entry is called in a list."""
    kind = KINDS[seen.kind]
    for name in NAMED_BY[seen.kind]:
        said = values.get(name, NOTHING)
        if said.state == GIVEN:
            first = value_words(kind.field(name), said).splitlines()[0]
            return first if len(first) <= LONGEST_NAME else f"{first[:LONGEST_NAME]}…"
    return str(_("Not named yet"))


def in_short(seen: ParticularSeen | Part, values: Values) -> str:
    """What tells an entry apart from others, in one line, besides its name."""
    kind, name = KINDS[seen.kind], name_of(seen, values)
    told_ = [
        value_words(kind.field(one), values[one])
        for one in IN_SHORT[seen.kind]
        if values.get(one, NOTHING).state == GIVEN
    ]
    return " · ".join(" ".join(text.split()) for text in told_ if text != name)


def entry(seen: ParticularSeen, reference: str) -> dict[str, Any]:
    """One entry in a list."""
    values, kind = seen.newest.values, KINDS[seen.kind]
    return {
        "id": seen.id, "name": name_of(seen, values), "short": in_short(seen, values),
        "sort": words.SORTS[sort_of(seen.kind, seen.role)][0], "withdrawn": seen.withdrawn_at is not None, "seen": seen,
        "href": reverse("particular", args=[reference, seen.id]), "answers": answers(kind, values),
        "not_asked": not_asked(kind, values), "versions": versions(seen), "corrected": len(seen.versions) > 1,
    }  # fmt: skip


def versions(seen: ParticularSeen) -> list[dict[str, Any]]:
    """Every version, newest first, with what differs from the one before: field by field, old and new."""
    before: Values = {}
    found = []
    for version in seen.versions:
        found.append(_version(KINDS[seen.kind], before, version))
        before = version.values
    return found[::-1]


def _version(kind: Kind, before: Values, version: VersionSeen) -> dict[str, Any]:
    return {
        "number": version.number, "at": version.at, "by": version.by, "why": version.why,
        "answers": answers(kind, version.values),
        "changes": [
            {
                "key": words.field_word(kind.code, one.name), "before": answer(kind, one.name, one.before),
                "after": answer(kind, one.name, one.after),
            }
            for one in (differences(kind, before, version.values) if version.number > 1 else ())
        ],
    }  # fmt: skip


def both(form: ConflictForm) -> list[dict[str, Any]]:
    """Each answer in which two people differ: as it was, as it is now, as it was typed, and the choice."""
    return [
        {
            "key": words.field_word(form.kind.code, row.name), "base": answer(form.kind, row.name, row.base),
            "theirs": answer(form.kind, row.name, row.theirs), "mine": answer(form.kind, row.name, row.mine),
            "pick": form[f"pick_{row.name}"],
        }
        for row in form.rows
    ]  # fmt: skip


def look_for(kind: Kind) -> list[dict[str, str]]:
    """What tells one object of each kind apart; nothing for people, places and events."""
    language = get_language() or "en"
    if kind.code != "object":
        return []
    return [
        {"word": one.text_in(language), "look_for": one.look_for.wording_in(language).words}
        for one in pack().object_kinds
    ]
