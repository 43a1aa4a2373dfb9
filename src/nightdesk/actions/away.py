"""Cases of somebody who is away: noted once a day, told to a supervisor, and marked as seen with what is done."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._away import whom_to_tell
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions.messages import tell
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import force_zone
from nightdesk.records.away import AwayNote, away_at, looked_after, unseen
from nightdesk.records.cases import Case
from nightdesk.records.rota import Absence
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules import away as rule
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.away import AwayRefused
from nightdesk.rules.messages import away_today_notice
from nightdesk.rules.terms import WORKS_CASES

NO_CASE = "There is no case of your unit with this reference whose owner is away. Look at the list again."


@together
def note_away_cases(*, at: datetime, unit: Unit, address: str) -> int:
    """Note each case of `unit` whose owner is away, once a day, and tell a supervisor how many wait; how many are new.

    `address` is the site's, as written in messages. The unit's row is locked, so that two workers do not note twice.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    new = _to_note(unit, at)
    if not new:
        return 0
    told = whom_to_tell(unit.pk, at)
    for note in new:
        days = rule.days_away(note.absence.starts_at, at)
        reference = note.case.disclosure.reference
        with entry("away_noted", actor=SYSTEM, at=at, subject=reference, days=days, told=len(told)):
            note.save(force_insert=True)
    waiting = Case.objects.filter(unseen(at), unit=unit, in_queue=True).count()
    notice = away_today_notice(count=waiting, link=f"{address}/staff/cases/away/")
    for staff in told:
        tell(at=at, staff=staff, about="reassigned", notice=notice)
    return len(new)


def _to_note(unit: Unit, at: datetime) -> list[AwayNote]:
    """The notes of today that are not there yet, the nearest case first."""
    away = _absences(at)
    today = at.astimezone(force_zone()).date()
    cases = Case.objects.filter(unit=unit, in_queue=True, owner__in=list(away)).select_related("disclosure")
    known: dict[tuple[UUID, UUID], AwayNote] = {}
    for note in AwayNote.objects.filter(case__in=cases, absence__in=away.values()).order_by("day"):
        known[note.case_id, note.owner_id] = note
    found, ids = [], {str(owner) for owner in away}
    for case in cases.order_by("nearest_at", "opened_at"):
        assert case.owner_id is not None  # noqa: S101 - of those who are away
        last = known.get((case.pk, case.owner_id))
        if last and (last.day >= today or not rule.notes_again(last.done, str(last.stand_in_id), ids)):
            continue
        absence = away[case.owner_id]
        found.append(AwayNote(case=case, owner_id=case.owner_id, absence=absence, day=today, noted_at=at))
    return found


def _absences(at: datetime) -> dict[UUID, Absence]:
    """Who is away → since when: of two at once the one that began first."""
    return {absence.staff_id: absence for absence in away_at(at).order_by("-starts_at")}


@together
def mark_away_seen(
    *, actor: Reader, at: datetime, reference: str, done: str, seen: str, stand_in: UUID | None = None
) -> AwayNote:
    """A supervisor looked at a case whose owner is away: it stays with them for today, or a colleague looks after it until
    they are back. (It is given to somebody else by reassigning it, which marks it too.)

    `seen` is what the page knew (AwayNote.seen_at as text, "" for none): marked by somebody else meanwhile, that is shown
    first. The same sent twice is kept once. Raises AwayRefused, NotFound.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True).filter(looked_after(actor, at))
    case = rows.filter(disclosure__reference=reference, in_queue=True).first()
    absence = _absences(at).get(case.owner_id) if case and case.owner_id else None
    if case is None or absence is None:
        raise NotFound(NO_CASE)
    rule.refuse_if_not_done(done, str(stand_in), _there(case, at))
    # the worker may note the day at this moment
    Unit.objects.select_for_update(no_key=True).get(pk=case.unit_id)
    notes = AwayNote.objects.filter(case=case, owner=case.owner_id, absence__in=away_at(at)).order_by("day")
    last, today = notes.last(), at.astimezone(force_zone()).date()
    chosen = stand_in if done == rule.STAND_IN else None
    if last and last.seen_at and (last.day, last.done, last.stand_in_id) == (today, done, chosen):
        return last
    if seen != (last.seen_at.isoformat() if last and last.seen_at else ""):
        raise AwayRefused(
            "Somebody marked this case since the page was opened. Look at it again, then decide."
        )
    if last is None or (last.seen_at and last.day != today):
        last = AwayNote(case=case, owner_id=absence.staff_id, absence=absence, day=today, noted_at=at)
    with entry("away_seen", actor=actor, at=at, subject=reference, done=done, to=str(chosen or "")):
        last.save()
        theirs = notes.filter(seen_at=None) | notes.filter(pk=last.pk)
        theirs.update(seen_at=at, seen_by_id=staff_id(actor), done=done, stand_in_id=chosen)
    last.refresh_from_db()
    return last


def _there(case: Case, at: datetime) -> set[str]:
    """Who of the case's unit can look after it: they work cases, their account is open, and they are not away."""
    away = away_at(at).values("staff")
    staff = Staff.objects.filter(unit=case.unit_id, role__in=WORKS_CASES, is_active=True).exclude(pk__in=away)
    return {str(key) for key in staff.values_list("pk", flat=True)}
