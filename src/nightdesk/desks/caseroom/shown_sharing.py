"""What the pages of sharing get: states, answers and steps in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom.forms_duties import ANSWER_WORDS
from nightdesk.outside.current import pack
from nightdesk.queries import sharing as queries
from nightdesk.queries.sharing import ConsentSeen, DecisionSeen, PassingSeen, RecipientSeen
from nightdesk.rules import consent, passing_on
from nightdesk.rules.pack_sharing import BY_CONSENT, BY_DUTY
from nightdesk.rules.shared_pack import STOP_OWED
from nightdesk.rules.sharing import LEFT_OUT, NOT_TO_THEM, WITHOUT

GROUP_STATES: Final = {
    consent.GIVEN: (gettext_lazy("Yes"), "green"),
    consent.DECLINED: (gettext_lazy("No"), "red"),
    consent.WITHDRAWN: (gettext_lazy("Taken back"), "red"),
    consent.EXPIRED: (gettext_lazy("Ran out: ask again"), "yellow"),
    consent.NOT_ASKED: (gettext_lazy("Not asked"), "grey"),
}
WHY: Final = {
    BY_CONSENT: gettext_lazy("The person said yes"),
    BY_DUTY: gettext_lazy("The law says so"),
    WITHOUT: gettext_lazy("Without consent: a supervisor decided"),
    NOT_TO_THEM: gettext_lazy("Never goes to them"),
    LEFT_OUT: gettext_lazy("Left out: not needed"),
    consent.DECLINED: gettext_lazy("The person said no"),
    consent.WITHDRAWN: gettext_lazy("The person took it back"),
    consent.EXPIRED: gettext_lazy("Their yes has run out"),
    consent.OTHER_PURPOSE: gettext_lazy("Their yes was for something else"),
    consent.NOT_ASKED: gettext_lazy("The person was not asked"),
}
PASSING_STATES: Final = {
    passing_on.OFFERED: (gettext_lazy("Offered: not now"), "blue"),
    passing_on.ACCEPTED: (gettext_lazy("Wanted: to be sent"), "yellow"),
    passing_on.SENT: (gettext_lazy("Sent"), "blue"),
    passing_on.RECEIVED: (gettext_lazy("They have it"), "blue"),
    passing_on.SEEN: (gettext_lazy("They have seen the person"), "green"),
    passing_on.DECLINED: (gettext_lazy("The person said no"), "grey"),
    passing_on.NOT_TAKEN: (gettext_lazy("They can’t take it"), "orange"),
    passing_on.ENDED: (gettext_lazy("Ended"), "grey"),
}
PASSING_MOVES: Final = {
    "accept": gettext_lazy("The person says yes now"),
    "send": gettext_lazy("Sent to them"),
    "confirm": gettext_lazy("They say that they have it"),
    "see": gettext_lazy("They have seen the person"),
    "turn_down": gettext_lazy("They can’t take it"),
    "end": gettext_lazy("It has ended"),
    "decline": gettext_lazy("The person says no"),
}
OFFERED: Final = gettext_lazy("Offered")


def word(entries: Any, code: str) -> str:
    """The words of an entry of the pack; the code when it has none."""
    entry = entries.get(code) if code else None
    return entry.text_in("en") if entry else code.replace("_", " ")


def label_of(group: str) -> str:
    """What staff call a group of fields."""
    entry = pack().share_groups.get(group)
    return entry.label if entry else group


def name_of(kind: str, service: str, name: str) -> str:
    """What a recipient is called."""
    known, entry = pack().services.get(service), pack().recipients.get(kind)
    called, label = known.label if known else name or service, entry.label if entry else kind
    return called if called == label else f"{label}: {called}"


def day_of(end: datetime | None) -> str:
    """The last day on which a consent holds."""
    return date_format(timezone.localtime(day_before(end)), "j M Y") if end else ""


def day_before(end: datetime) -> datetime:
    """A moment of the last day on which a consent holds: it ends at midnight."""
    return end - timedelta(microseconds=1)


def languages() -> list[tuple[str, str]]:
    """(code, its own name) of the languages that the pack speaks."""
    named = {one.code.replace("-", "_").lower(): one.own_name for one in pack().languages}
    return [
        (code, named.get(code.lower(), named.get(code.split("_")[0], code)))
        for code in pack().about.languages
    ]


def on_case(reader: Any, reference: str, now: datetime) -> dict[str, Any]:
    """The short section of the case page."""
    return {"sharing": queries.summary(reader, reference, now)}


def recipient(row: RecipientSeen, reference: str, now: datetime) -> dict[str, Any]:
    """One recipient as a line of the overview."""
    kind = pack().recipients.get(row.kind)
    by_duty = kind is not None and kind.basis == BY_DUTY
    newest = row.passings[0] if row.passings else None
    return {
        "seen": row, "id": row.id, "name": name_of(row.kind, row.service, row.name), "by_duty": by_duty,
        "known": kind is not None,
        "honest": kind.honest if kind else "", "source": kind.source if kind else "", "note": kind.note if kind else "",
        "href": reverse("sharing_with", args=[reference, row.id]),
        "stops": sum(one.state == STOP_OWED for one in row.packs),
        "state": _overall(row, by_duty, now), "passing": passing(newest) if newest else None,
    }  # fmt: skip


def _overall(row: RecipientSeen, by_duty: bool, now: datetime) -> tuple[str, str]:
    """Where it stands, in one tag: what may go now, or why nothing may."""
    if by_duty:
        return _("By duty, not by consent"), "purple"
    if any(one.decided_at <= now < one.until_at for one in row.decisions):
        return _("Decided without consent"), "orange"
    states = set(row.states.values())
    if consent.GIVEN in states:
        given = sum(state == consent.GIVEN for state in row.states.values())
        return _("Yes to %(given)s of %(all)s") % {"given": given, "all": len(row.states)}, "green"
    first = next((state for state in consent.STATES if state in states), consent.NOT_ASKED)
    words, tone = GROUP_STATES.get(first, GROUP_STATES[consent.NOT_ASKED])
    return str(words), tone


def groups(row: RecipientSeen) -> list[dict[str, Any]]:
    """Each group with how it stands now."""
    rows = []
    for group, state in row.states.items():
        words, tone = GROUP_STATES[state]
        rows.append({"label": label_of(group), "state": words, "tone": tone})
    return rows


def answer(one: ConsentSeen, now: datetime) -> dict[str, Any]:
    """One answer in words, and whether it can be withdrawn."""
    held = one.answer
    if held.replaced:
        state = _("Replaced"), "grey"
    elif held.withdrawn_at:
        state = _("Taken back"), "red"
    elif held.yes and not held.stands(now):
        state = _("Ran out"), "yellow"
    else:
        state = (_("Holds"), "green") if held.yes else (_("No"), "red")
    return {
        "number": held.number, "state": state, "yes": _listed(held.yes), "no": _listed(held.no), "words": one.words,
        "purposes": [word(pack().share_purposes, code) for code in sorted(held.purposes)], "at": held.answered_at,
        "until": day_of(held.until_at), "way": word(pack().consent_ways, one.way), "by": one.by,
        "noted_at": one.noted_at, "replaces": one.replaces, "withdrawn_at": held.withdrawn_at, "ended_by": one.ended_by,
        "ended_words": one.ended_words, "may_withdraw": bool(held.yes) and not held.withdrawn_at and not held.replaced,
    }  # fmt: skip


def _listed(codes: Iterable[str]) -> list[str]:
    return [group.label for group in pack().share_groups if group.id in set(codes)]


def decision(one: DecisionSeen, now: datetime) -> dict[str, Any]:
    """One decision without consent."""
    return {
        "ground": word(pack().share_grounds, one.ground), "groups": _listed(one.groups), "at": one.decided_at,
        "until_at": one.until_at, "by": one.by, "told": one.person_told, "reason": one.reason, "over": now >= one.until_at,
    }  # fmt: skip


def passing(one: PassingSeen) -> dict[str, Any]:
    """One passing on with its steps, newest first."""
    state, tone = PASSING_STATES[one.state]
    duty = pack().duties.get(one.duty) if one.duty else None
    moves = [(move, PASSING_MOVES[move]) for move in passing_on.MOVES[one.state]]
    return {
        "state": state, "tone": tone, "open": one.state in passing_on.OPEN, "duty": duty.label if duty else "",
        "moves": moves, "seen": len(one.steps), "offered_at": one.offered_at,
        "steps": [
            {
                "title": PASSING_MOVES.get(step.move) or f"{OFFERED}. {ANSWER_WORDS[_answer_of(step.state)]}",
                "byline": step.by, "at": step.done_at, "text": step.words,
            }
            for step in reversed(one.steps)
        ],
    }  # fmt: skip


def _answer_of(state: str) -> str:
    return next(code for code, first in passing_on.FIRST.items() if first == state)
