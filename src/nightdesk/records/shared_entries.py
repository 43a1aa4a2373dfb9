"""What a pack says of the entries of a case, of the wishes, and of how the case ended: what is in force, nothing older."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from nightdesk.records.cases import Case
from nightdesk.records.closings import CaseOutcome
from nightdesk.records.contact_plan import newest_of_one
from nightdesk.records.particulars import ParticularLink, ParticularVersion
from nightdesk.records.related_offences import RelatedOffence
from nightdesk.rules.case import CLOSED
from nightdesk.rules.pack_shape import Pack
from nightdesk.rules.particular_answer import from_plain
from nightdesk.rules.particular_contact import WISHES
from nightdesk.rules.particular_field import CHOICE, CHOICES, LINES, NOTHING, RANGE, Answer, Field
from nightdesk.rules.particular_kinds import POLE
from nightdesk.rules.shared_entry import FIELDS, TOGETHER, Joined, Piece, Said, numbered, placed, together
from nightdesk.rules.shared_words import CHOICES as CHOICE_WORDS
from nightdesk.rules.shared_words import STATES
from nightdesk.rules.terms import GIVEN

Opened = Callable[[Any, str], Any]  # opens a sealed column for a pack
Moment = Callable[[datetime], str]
Values = Mapping[str, tuple[Piece, ...]]


def entry_values(case: Case, pack: Pack, opened: Opened, moment: Moment) -> Values:
    """People, objects, places and events in force, each in its newest version; and how they belong together."""
    entries = numbered(
        (str(row.particular_id), row.particular.kind, row.particular.role, from_plain(opened(row, "values")))
        for row in _in_force(case)
    )
    links = ParticularLink.objects.filter(case=case, taken_back_at=None).order_by("made_at", "id")
    joined = [Joined(str(one.one_id), one.kind, str(one.other_id), one.basis) for one in links]
    nothing: Values = dict.fromkeys(FIELDS, ())
    return {**nothing, **placed(entries, _sayer(pack, moment)), TOGETHER: together(entries, joined)}


def _in_force(case: Case) -> "QuerySet[ParticularVersion]":
    """The newest version of each entry that was not withdrawn, in the order in which they were first kept."""
    versions = ParticularVersion.objects.filter(particular=OuterRef("particular"))
    first, newest = versions.order_by("number"), versions.order_by("-number")
    rows = ParticularVersion.objects.filter(
        particular__case=case, particular__kind__in=[kind.code for kind in POLE], particular__withdrawn_at=None,
        pk=Subquery(newest.values("pk")[:1]),
    ).annotate(begun_at=Subquery(first.values("at")[:1])).select_related("vault", "particular")  # fmt: skip
    return rows.order_by("begun_at", "particular_id")


def _sayer(pack: Pack, moment: Moment) -> Said:
    """Answers in the words of the pack, and moments by the clock on the wall."""

    def said(field: Field, answer: Answer) -> str:
        parts = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        if field.type in (CHOICE, CHOICES):
            return ", ".join(_chosen(pack, field, part) for part in parts)
        if field.type == RANGE:
            first, last = (moment(datetime.fromisoformat(part)) if part else "" for part in parts)
            return _between(first, last)
        return "\n".join(parts) if field.type == LINES else str(answer.value)

    return said


def _chosen(pack: Pack, field: Field, code: str) -> str:
    entry = getattr(pack, field.of).get(code) if field.of else None
    return entry.text_in("en") if entry else CHOICE_WORDS.get(code, code.replace("_", " "))


def _between(first: str, last: str) -> str:
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"from {first}" if first else f"until {last}"


def wish_values(case: Case, pack: Pack, opened: Opened, moment: Moment) -> Values:
    """What the person wishes, as it stands now."""
    row = newest_of_one(case.disclosure.reference).filter(particular__kind=WISHES.code).first()
    if row is None:
        return {}
    values, said = from_plain(opened(row, "values")), _sayer(pack, moment)
    given = {field: values.get(field.name, NOTHING) for field in WISHES.fields}
    return {
        f"wish_{field.name}": (said(field, answer),)
        for field, answer in given.items()
        if answer.state == GIVEN
    }


def ending_values(case: Case, pack: Pack, opened: Opened, moment: Moment) -> Values:
    """Where the case stands, the outcome of a case that is closed, and further offences that hold."""
    offences = RelatedOffence.objects.filter(case=case, end=None).select_related("vault").order_by("number")
    lines = []
    for row in offences:
        entry, number = pack.related_classes.get(row.offence_class), opened(row, "police_number")
        named = f"{entry.code} {entry.label}".lstrip("– ") if entry else row.offence_class.replace("_", " ")
        lines.append(f"{named}, crime number {number}" if number else named)
    return {
        "case_state": (STATES[case.state],), "case_outcome": _outcome(case, pack, moment),
        "further_offences": tuple(lines),
    }  # fmt: skip


def _outcome(case: Case, pack: Pack, moment: Moment) -> tuple[str, ...]:
    """As it counts now; nothing for a case that is open, or open again."""
    rows = CaseOutcome.objects.filter(closing__case=case).order_by("-closing__number", "-number")
    row = rows.first() if case.state == CLOSED else None
    if row is None:
        return ()
    entry = pack.outcomes.get(row.outcome)
    named = f"{entry.code} {entry.label}".strip() if entry else row.outcome.replace("_", " ")
    return (f"{named} ({moment(row.at)})",)
