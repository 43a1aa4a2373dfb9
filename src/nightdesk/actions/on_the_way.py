"""On the way and not there: whoever set off is asked, the duty inspector told, and the case stays whose it is."""

from collections.abc import Sequence
from datetime import datetime

from nightdesk.actions._entry import entry, together
from nightdesk.actions._referral_rows import locked_page, make_move, reader_of
from nightdesk.actions.messages import tell
from nightdesk.outside.current import force_zone
from nightdesk.records.cases import Case
from nightdesk.records.referrals import Page, Referral
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import asked_notice, not_there_notice
from nightdesk.rules.on_the_way import next_reminder_at
from nightdesk.rules.terms import WORKS_CASES


def remind(*, at: datetime, referral: Referral, watching: Sequence[Staff], address: str) -> None:
    """Ask whoever set off, tell those of `watching` beside them, and note when it is due again. The row is locked.

    Nothing is taken from anybody. It ends with an arrival, a decline, or when somebody else has the case.
    """
    since = referral.moves.filter(move="set_off").order_by("-id").values_list("id", "at")[0]
    number = referral.moves.filter(move="remind", id__gt=since[0]).count() + 1
    owner = _owner(referral)
    others = [staff for staff in watching if staff != owner]
    told = len(others) + (owner is not None)
    with entry(
        "referral_reminded",
        actor=SYSTEM,
        at=at,
        subject=referral.disclosure.reference,
        number=number,
        told=told,
    ):
        move = make_move(referral, "remind", at=at, by=None)
        referral.next_step_at = next_reminder_at(referral.policy, number, at)
        referral.save(update_fields=["next_step_at"])
        station = referral.disclosure.station
        facts = {
            "station": station.name if station else referral.unit.name, "reference": referral.disclosure.reference,
            "since": f"{since[1].astimezone(force_zone()):%H:%M}",
        }  # fmt: skip
        if owner is not None:
            notice = asked_notice(**facts, link=_link_to_answer(referral, owner, address))
            tell(at=at, staff=owner, about="reminder", notice=notice, move=move)
        for staff in others:
            notice = not_there_notice(**facts, link=_link_to_act(referral, staff, address))
            tell(at=at, staff=staff, about="reminder", notice=notice, move=move)


def _owner(referral: Referral) -> Staff | None:
    case = Case.objects.filter(disclosure_id=referral.disclosure_id).select_related("owner").first()
    return case.owner if case else None


def _link_to_answer(referral: Referral, owner: Staff, address: str) -> str:
    """The key they answered with says "I'm with the person" in one tap; without one, the case."""
    page = Page.objects.filter(referral=referral, staff=owner).order_by("-step").first()
    if page is None:
        return f"{address}/staff/cases/{referral.disclosure.reference}/"
    return f"{address}/staff/page/{page.token}/"


def _link_to_act(referral: Referral, staff: Staff, address: str) -> str:
    """The case, for those who may open one; for the control room, who is on now and whom to ring."""
    if staff.role in WORKS_CASES:
        return f"{address}/staff/cases/{referral.disclosure.reference}/"
    return f"{address}/staff/rota/"


@together
def arrive_by_page(*, at: datetime, token: str) -> Referral:
    """Whoever has the case says by the link of their page that they are with the person. A second tap changes nothing.

    Raises MoveRefused when it is not theirs (any more), NotFound for an unknown token.
    """
    page, referral = locked_page(token)
    if referral.state in rule.MET:
        return referral
    if referral.state not in rule.HELD or _owner(referral) != page.staff:
        raise rule.MoveRefused("This case is not yours any more. Sign in to see who has it.")
    actor = reader_of(page.staff)
    with entry("referral_moved", actor=actor, at=at, subject=referral.disclosure.reference) as line:
        make_move(referral, "arrive", at=at, by=page.staff_id)
        line.facts = {"move": "arrive", "state": referral.state}
    return referral
