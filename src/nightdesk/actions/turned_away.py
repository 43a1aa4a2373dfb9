"""“I was turned away, or threatened”: received from anybody, followed up by the table, closed by the commander."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError
from django.db.models import Q

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import new_reference, staff_id
from nightdesk.actions._tries import WaitFirst, count_try
from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.sign_in import NOBODY
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sealed import Vault
from nightdesk.records.staff import Station
from nightdesk.records.turned_away import VAULT, TurnedAway, TurnedAwayMove
from nightdesk.rules import turned_away as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import COMMANDER
from nightdesk.rules.turned_away import ReportRefused

__all__ = ["NOBODY", "Report", "ReportRefused", "WaitFirst", "link_report", "move_report", "receive_report"]

ARRIVED: Final = "arrive"
NO_SUCH: Final = "There is no report with this number that you can see. Check the number."
NO_DISCLOSURE: Final = "There is no disclosure with this reference. Check the reference."
NOT_OF_YOURS: Final = (
    "There is no disclosure of your unit with this reference. The commander links to other units."
)
MOVED_SINCE: Final = (
    "Somebody did something about this report since the page was opened. Look again, then go on."
)


@dataclass(frozen=True)
class Report:
    """What somebody sends: what happened, where (a station id, "" for none), whom it is about, and how to answer."""

    what: str
    told: str
    station: str = ""
    about_lead: bool = False
    answer: str = ""


def receive_report(
    *, actor: Reader, at: datetime, key: uuid.UUID, report: Report, client: str = ""
) -> TurnedAway:
    """Keep a report, sealed, with a receipt number. The same form sent twice is kept once, and costs nothing.

    `client` is where a public report comes from (an address): many from one place are slowed, never turned away; "" for
    staff who write it down for a person. Raises ReportRefused, or WaitFirst.
    """
    if (kept := TurnedAway.objects.filter(sender_key=key).first()) is not None:
        return kept
    rule.refuse_if_not_a_report(report.what, report.told)
    attempt = count_try("turned_away", client, at) if client else 0
    try:
        with entry(
            "turned_away_received", actor=actor, at=at, by_staff=actor != NOBODY, what=report.what,
            about_lead=report.about_lead, attempt=attempt,
        ) as line:  # fmt: skip
            row = _kept(actor, at, key, report)
            line.subject = row.number
    except IntegrityError:  # the same form, sent twice at the same moment
        return TurnedAway.objects.get(sender_key=key)
    return row


def _kept(actor: Reader, at: datetime, key: uuid.UUID, report: Report) -> TurnedAway:
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save(force_insert=True)
    row = TurnedAway(
        vault=vault, number=new_reference(), sender_key=key, received_at=at,
        received_by_id=None if actor == NOBODY else staff_id(actor), what=report.what, station=_station(report.station),
        about_lead=report.about_lead, told=report.told, answer=report.answer,
    )  # fmt: skip
    row.save(force_insert=True)
    _note(row, actor, at, ARRIVED, rule.RECEIVED, 1, "")
    return row


def move_report(*, actor: Reader, at: datetime, number: str, move: str, words: str, seen: int) -> str:
    """Look at it, talk, learn, send back or close it, with words where the rule wants them; the state after.

    `seen` is how many steps the page knew. Sent twice, it counts once. Raises ReportRefused or NotFound.
    """
    sent = TurnedAwayMove.objects.filter(
        report__number=number, number=seen + 1, moved_by=staff_id(actor)
    ).first()
    if sent is not None and sent.move == move:
        return sent.state
    with entry("turned_away_moved", actor=actor, at=at, subject=number) as line:
        row = _locked(actor, number)
        newest = row.moves.order_by("-number")[0]
        if newest.number != seen:
            raise ReportRefused(MOVED_SINCE)
        allowed = rule.moves_for(newest.state, **_seat(actor, row))
        state = rule.after_move(newest.state, move, words, allowed)
        _note(row, actor, at, move, state, seen + 1, words)
        line.facts |= {"move": move, "state": state, "number": seen + 1}
    return state


def link_report(*, actor: Reader, at: datetime, number: str, reference: str) -> None:
    """Say which disclosure a report belongs to. Only once: another link would hide the first.

    A supervisor links to one of their unit, the commander to any: following up a report tells nobody what there is in other
    units. Raises ReportRefused, the try noted, for any other; NotFound.
    """
    told = _linkable(actor, reference)
    try:
        with entry("turned_away_linked_in", actor=actor, at=at, subject=number, disclosure=reference):
            row = _locked(actor, number)
            if told is None:
                raise ReportRefused(NO_DISCLOSURE if actor.role == COMMANDER else NOT_OF_YOURS)
            if row.disclosure_id is not None:
                raise ReportRefused("This report is linked already. What was linked stays.")
            row.disclosure, row.linked_at, row.linked_by_id = told, at, staff_id(actor)
            row.save(update_fields=["disclosure", "linked_at", "linked_by"])
    except ReportRefused:
        if told is None:
            note_refusal(actor=actor, at=at, what="turned_away_link", reference=reference)
        raise


def _linkable(actor: Reader, reference: str) -> Disclosure | None:
    """The disclosure, if the actor may link a report to it."""
    rows = Disclosure.objects.filter(reference=reference)
    if actor.role == COMMANDER:
        return rows.first()
    unit = actor.unit or None
    own = Q(case__unit=unit) | Q(case__isnull=True, station__unit=unit)
    return rows.filter(own).first() if unit else None


def _station(code: str) -> Station | None:
    return Station.objects.filter(code=code).first() if code else None


def _seat(actor: Reader, row: TurnedAway) -> dict[str, Any]:
    own = bool(actor.unit) and row.station is not None and str(row.station.unit_id) == actor.unit
    return {"role": actor.role, "own_unit": own, "about_lead": row.about_lead}


def _locked(actor: Reader, number: str) -> TurnedAway:
    """The report for writing, for whoever may see it. Raises NotFound: "no such" and "not yours" look alike."""
    rows = TurnedAway.objects.select_related("vault", "station").select_for_update(of=("self",), no_key=True)
    found = rows.filter(number=number).first()
    if found is None or not rule.may_see(**_seat(actor, found)):
        raise NotFound(NO_SUCH)
    return found


def _note(
    row: TurnedAway, actor: Reader, at: datetime, move: str, state: str, number: int, words: str
) -> None:
    TurnedAwayMove(
        vault=row.vault, report=row, number=number, move=move, state=state, moved_at=at,
        moved_by_id=None if actor == NOBODY else staff_id(actor), words=words,
    ).save(force_insert=True)  # fmt: skip
