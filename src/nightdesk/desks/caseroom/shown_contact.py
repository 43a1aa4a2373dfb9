"""Contact in words: what the plan says to each way now, the header of a case, the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom import shown_particulars
from nightdesk.outside.current import force_zone, pack
from nightdesk.queries.contact_log import ContactNow, ContactSeen, NoteSeen
from nightdesk.queries.contact_plan import PersonSeen
from nightdesk.queries.duties import DutySeen
from nightdesk.rules import contact as rule
from nightdesk.rules.contact import Checked, checked
from nightdesk.rules.contact_plan import Agreed
from nightdesk.rules.duty import STILL_OWED
from nightdesk.rules.pack_contact import NO_CONTACT, OUT, THEY_CALL
from nightdesk.rules.particular_contact import WISHES

WARNINGS: Final = {
    rule.NOTHING_AGREED: gettext_lazy("Nothing was agreed with them about safe contact yet."),
    rule.ASKED_FOR_NONE: gettext_lazy(
        "They asked for no contact. If somebody is in danger, ask the supervisor first."
    ),
    rule.THEY_GET_IN_TOUCH: gettext_lazy("They want to get in touch themselves."),
    rule.WAY_NOT_AGREED: gettext_lazy("This way was not agreed with them."),
    rule.OUTSIDE_HOURS: gettext_lazy("It is outside the hours that are safe for them."),
}
CARES: Final = {
    rule.TIMES_UNKNOWN: gettext_lazy("Which times are safe is not known. Ask first."),
    rule.OTHERS_ANSWER: gettext_lazy("Somebody else may answer. Say nothing until you know who it is."),
    rule.OTHERS_MAY_ANSWER: gettext_lazy("Whether somebody else may answer is not known. Find out who it is first."),
    rule.OTHERS_READ: gettext_lazy("Somebody else may read it. No reason, no police name."),
    rule.OTHERS_MAY_READ: gettext_lazy("Whether somebody else reads it is not known. No reason, no police name."),
    rule.NO_NUMBER: gettext_lazy("No number or address for this way is in the plan."),
    rule.NO_MESSAGE: gettext_lazy("Leave no message."),
    rule.MESSAGE_UNKNOWN: gettext_lazy("Whether a message may be left is not known. Leave none."),
    rule.NEEDS_INTERPRETER: gettext_lazy("They need an interpreter. Never a relative or a friend."),
}  # fmt: skip
TO_OTHERS: Final = gettext_lazy("“I’ll try again.” No name of yours, no police, no reason.")


def text(entries: Any, code: str) -> str:
    """The words of an entry of the pack in the language of the page."""
    entry = entries.get(code) if code else None
    return str(entry.text_in(get_language() or "en")) if entry else code.replace("_", " ")


def zone_of(agreed: Agreed) -> ZoneInfo:
    """The clock on the person's wall."""
    return ZoneInfo(agreed.zone) if agreed.zone else force_zone()


def ways_now(agreed: Agreed, reference: str, now: datetime) -> list[dict[str, Any]]:
    """Every way with what the plan says to it now: the safe ones first."""
    rows = []
    for way in pack().contact_ways:
        found = checked(agreed.plan, way, OUT, now, zone_of(agreed))
        rows.append(
            {
                "words": text(pack().contact_ways, way.id), "at": agreed.plan.at.get(way.at, ""), "safe": found.safe,
                "because": [WARNINGS[code] for code in found.warnings],
                "href": f"{reverse('contact_before', args=[reference])}?way={way.id}",
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: not row["safe"])


def way_now(agreed: Agreed, way: str, found: Checked) -> dict[str, Any]:
    """One way, chosen: what speaks against it, what to watch for, and the next safe moment."""
    entry = pack().contact_ways[way]
    return {
        "id": way, "words": text(pack().contact_ways, way), "at": agreed.plan.at.get(entry.at, ""), "safe": found.safe,
        "warnings": [WARNINGS[code] for code in found.warnings], "cares": [CARES[code] for code in found.cares],
        "told": " ".join(found.warnings), "next_at": found.next_at, "next_there": _there(found.next_at, agreed),
    }  # fmt: skip


def _there(at: datetime | None, agreed: Agreed) -> str:
    """The same moment by their clock, where it is another one than ours."""
    if at is None or zone_of(agreed) == force_zone():
        return ""
    local = at.astimezone(zone_of(agreed))
    return f"{date_format(local, 'D j M')}, {local:%H:%M} ({agreed.zone})"


def header(agreed: Agreed, now: datetime) -> dict[str, Any]:
    """How they want to be called, their language, and in one line how they can be reached safely, and whether now."""
    plan, zone = agreed.plan, zone_of(agreed)
    fitting = [way for way in pack().contact_ways if set(way.safe_by) & set(plan.ways)]
    found = [checked(plan, way, OUT, now, zone) for way in fitting]
    safe, next_at = (
        any(one.safe for one in found),
        min((one.next_at for one in found if one.next_at), default=None),
    )
    ways = ", ".join(text(pack().safe_contacts, code) for code in plan.ways)
    state, tone = _state(agreed, safe=safe)
    return {
        "call": agreed.call, "pronouns": agreed.pronouns, "language": text(pack().languages, agreed.language),
        "interpreter": plan.interpreter, "ways": ways, "times": _times(agreed), "state": state, "tone": tone,
        "next_at": None if safe else next_at, "agreed": bool(plan.number), "watch_for": agreed.watch_for,
    }  # fmt: skip


def _state(agreed: Agreed, *, safe: bool) -> tuple[str, str]:
    ways = set(agreed.plan.ways)
    if NO_CONTACT in ways:
        return _("They want no contact"), "red"
    if not ways:
        return _("Not agreed yet: ask first"), "yellow"
    if ways == {THEY_CALL}:
        return _("They get in touch"), "red"
    return (_("Safe now"), "green") if safe else (_("Not safe now"), "red")


def _times(agreed: Agreed) -> str:
    if agreed.plan.when == rule.ANY_TIME:
        return _("at any time")
    if agreed.plan.when == rule.THESE_TIMES:
        return "; ".join(agreed.hours)
    return _("safe times not known")


def on_case(person: PersonSeen, seen: ContactNow, now: datetime) -> dict[str, Any]:
    """What the case page shows: the header, what matters of contact and tasks, and the wishes in a line."""
    wished = shown_particulars.answers(WISHES, person.wishes) if person.wishes else []
    return {
        "person": header(person.agreed, now), "matters": section(seen, now),
        "wished": [row for row in wished if row["given"]],
    }  # fmt: skip


def section(seen: ContactNow, now: datetime) -> dict[str, Any]:
    """What of contact and tasks the case page shows."""
    return {
        "seen": seen, "way": text(pack().contact_ways, seen.last_way),
        "outcome": text(pack().contact_outcomes, seen.last_outcome),
        "promise_over": seen.promised_at is not None and seen.promised_at <= now,
    }  # fmt: skip


def plan_rows(agreed: Agreed, now: datetime) -> list[dict[str, Any]]:
    """The plan as it is read before a call: what is not known is said."""
    plan, unknown = agreed.plan, _("Not known")
    answers = {rule.YES: _("Yes"), rule.NO: _("No"), rule.UNKNOWN: unknown}
    pairs = (
        (_("Call them"), agreed.call or unknown), (_("Pronouns"), agreed.pronouns or unknown),
        (_("Language"), text(pack().languages, agreed.language)),
        (_("Interpreter"), _("Yes") if plan.interpreter else ""),
        (_("Safe ways"), ", ".join(text(pack().safe_contacts, code) for code in plan.ways) or unknown),
        (_("Safe times"), _times(agreed)), (_("Where they are it is"), _there(now, agreed)),
        (_("Somebody else may answer"), answers[plan.others_answer]),
        (_("Somebody else reads messages"), answers[plan.others_read]),
        (_("If somebody else answers, say"), agreed.if_other or TO_OTHERS),
        (_("A message may be left"), answers[plan.message]), (_("Must not know"), agreed.keep_from),
        (_("What to watch for"), agreed.watch_for), (_("What they need"), agreed.access),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in pairs if value]


def contact(row: ContactSeen, reference: str) -> dict[str, Any]:
    """One contact: how it began, what the plan said, what came of it."""
    newest = row.notes[-1] if row.notes else None
    return {
        "row": row, "href": reverse("contact", args=[reference, row.id]), "way": text(pack().contact_ways, row.way),
        "theirs": row.direction != OUT, "warnings": [WARNINGS[code] for code in row.warnings],
        "newest": _note(newest) if newest else None, "notes": [_note(note) for note in reversed(row.notes)],
    }  # fmt: skip


def _note(note: NoteSeen) -> dict[str, Any]:
    return {
        "note": note, "outcome": text(pack().contact_outcomes, note.outcome), "words": note.words, "agreed": note.agreed,
        "next_by_at": note.next_by_at, "by": note.by, "at": note.at, "number": note.number,
    }  # fmt: skip


def may_meet(row: ContactSeen, owed: Iterable[DutySeen], reference: str) -> list[dict[str, Any]]:
    """The duties still owed that this contact may meet: a person says so, on the page of the duty."""
    newest = pack().contact_outcomes.get(row.notes[-1].outcome) if row.notes else None
    way = pack().contact_ways.get(row.way)
    if way is None or newest is None or not (newest.reached or way.other == "read"):
        return []
    fitting = [duty for duty in owed if duty.kind in way.meets and duty.state in STILL_OWED]
    return [
        {
            "label": entry.label if (entry := pack().duties.get(duty.kind)) else duty.kind,
            "about": event.label if (event := pack().key_events.get(duty.about or "")) else "",
            "href": reverse("duty", args=[reference, duty.id]),
        }
        for duty in fitting
    ]  # fmt: skip
