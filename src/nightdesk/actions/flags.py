"""What people decide about flags: raised or declined, kept or lifted at a review, and who was told. Never a rule."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from nightdesk.actions._entry import entry, together
from nightdesk.actions._flag_rows import disclosure_to_flag, unit_and_owner
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import lexicon, pack
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag, FlagMove, FlagTelling
from nightdesk.records.staff import Staff
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import FlagRefused
from nightdesk.rules.pack_flag import Flag
from nightdesk.rules.terms import SUPERVISOR

NO_FLAG = "There is no such flag on this case. Go back to the case and open it there."
UNKNOWN = "The pack knows no such flag. Choose one that the page offers."
PAST = {"raise": "raised", "decline": "declined", "keep": "kept", "lift": "lifted"}


@dataclass(frozen=True)
class Decision:
    """What somebody decides: the move, why in their words, which supervisor was asked ("": none), when to look again."""

    move: str
    words: str = ""
    consulted: str = ""
    review_on: date | None = None


@together
def raise_flag(
    *, actor: Reader, at: datetime, reference: str, code: str, words: str, consulted: str = "",
    review_on: date | None = None,
) -> CaseFlag:  # fmt: skip
    """A person raises a flag that no rule proposed, with the grounds in their words.

    Sent twice, the second finds the first. Raises FlagRefused when it is raised or proposed already, or when something is
    missing; NotFound for somebody else's case.
    """
    entry_of = _known(code)
    if not words.strip():
        raise FlagRefused("Say in a few words what it rests on, so that the next person understands.")
    disclosure = disclosure_to_flag(actor, reference)
    if there := disclosure.flags.filter(code=code, state__in=rule.OPEN).first():
        return _same_or_refused(there, disclosure, actor, words)
    newest = disclosure.versions.order_by("-number").first()
    decision = Decision("raise", words, consulted, review_on)
    asked = _asked(actor, disclosure, entry_of, decision)
    review = rule.review_day(entry_of, _today(at), review_on)
    with entry(
        "flag_raised", actor=actor, at=at, subject=reference, flag=code, consulted=asked is not None,
        review_on=review.isoformat(),
    ):  # fmt: skip
        row = CaseFlag(
            disclosure=disclosure, vault=disclosure.vault, code=code, state=rule.RAISED, origin=rule.PERSON, found_at=at,
            found_by_id=UUID(actor.id), edition=lexicon().edition, version=newest, grounds=[], review_on=review,
        )  # fmt: skip
        row.save(force_insert=True)
        _note(row, disclosure, actor, at, decision, asked, number=1)
    return row


@together
def decide_flag(
    *, actor: Reader, at: datetime, reference: str, flag: UUID, seen: int, decision: Decision
) -> CaseFlag:
    """Raise or decline what is proposed, keep or lift what is raised. `seen` is how many decisions the page knew.

    The same decision of the same person sent twice is kept once. Raises FlagRefused when somebody else was quicker (saying
    who), when the table does not allow the move or something is missing; NotFound for somebody else's case.
    """
    disclosure = disclosure_to_flag(actor, reference)
    row = _flag(disclosure, flag)
    newest = row.moves.select_related("by").order_by("-number").first()
    if (newest.number if newest else 0) != seen:
        if newest and _is_again(newest, disclosure, actor, seen, decision):
            return row
        raise FlagRefused(_somebody_was_quicker(newest))
    state = rule.next_state(row.state, decision.move)
    rule.refuse_if_words_missing(decision.move, decision.words)
    entry_of = pack().flags.get(row.code)
    asked = _asked(actor, disclosure, entry_of, decision)
    review = (
        rule.review_day(_known(row.code), _today(at), decision.review_on) if state == rule.RAISED else None
    )
    with entry(
        "flag_moved", actor=actor, at=at, subject=reference, flag=row.code, move=decision.move, origin=row.origin,
        consulted=asked is not None,
    ):  # fmt: skip
        row.state, row.review_on = state, review
        row.save(update_fields=["state", "review_on"])
        _note(row, disclosure, actor, at, decision, asked, number=seen + 1)
    return row


@together
def note_telling(
    *, actor: Reader, at: datetime, reference: str, flag: UUID, audience: str, told: bool, way: str = "",
    why_not: str = "", words: str = "",
) -> FlagTelling:  # fmt: skip
    """Note whether somebody was told of a flag, and how, or why not. A further row; the newest holds.

    The same note as the newest is kept once. Raises FlagRefused or NotFound.
    """
    disclosure = disclosure_to_flag(actor, reference)
    row = _flag(disclosure, flag)
    if row.state not in (rule.RAISED, rule.LIFTED):
        raise FlagRefused("Nobody has raised this flag, so nobody is told of it.")
    if audience not in pack().flag_audiences:
        raise FlagRefused("Choose who was told, or was not.")
    rule.refuse_telling(told, way, why_not, pack().flag_ways.ids(), pack().flag_not_told.ids())
    rule.refuse_if_words_missing("told", words)
    newest = row.tellings.filter(audience=audience).order_by("-at", "-id").first()
    if newest and (newest.told, newest.way, newest.why_not) == (told, way, why_not):
        newest.vault = disclosure.vault
        if newest.opened("words") == words:
            return newest
    with entry(
        "flag_told", actor=actor, at=at, subject=reference, flag=row.code, audience=audience, told=told
    ):
        return FlagTelling.objects.create(
            flag=row, vault=disclosure.vault, audience=audience, told=told, way=way, why_not=why_not, at=at,
            by_id=UUID(actor.id), words=words,
        )  # fmt: skip


def _known(code: str) -> Flag:
    """The pack's entry. A flag that a newer pack dropped can still be declined and lifted, but not raised or kept."""
    found = pack().flags.get(code)
    if found is None:
        raise FlagRefused(UNKNOWN)
    return found


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()


def _flag(disclosure: Disclosure, flag: UUID) -> CaseFlag:
    row = disclosure.flags.filter(pk=flag).first()
    if row is None:
        raise NotFound(NO_FLAG)
    row.vault = disclosure.vault
    return row


def _asked(actor: Reader, disclosure: Disclosure, flag: Flag | None, decision: Decision) -> Staff | None:
    """The supervisor who was asked: anybody active in that role. Raises FlagRefused."""
    if flag is not None:
        rule.refuse_if_not_consulted(flag, decision.move, role=actor.role, consulted=bool(decision.consulted))
    if not decision.consulted:
        return None
    unit, _ = unit_and_owner(disclosure)
    supervisors = Staff.objects.filter(role=SUPERVISOR, is_active=True, unit=unit)
    found = next((one for one in supervisors if str(one.pk) == decision.consulted), None)
    if found is None:
        raise FlagRefused("Choose a supervisor of the unit that has this case.")
    return found


def _note(
    row: CaseFlag, disclosure: Disclosure, actor: Reader, at: datetime, decision: Decision, asked: Staff | None,
    *, number: int,
) -> None:  # fmt: skip
    FlagMove(
        flag=row, vault=disclosure.vault, number=number, move=decision.move, state=row.state, at=at,
        by_id=UUID(actor.id), consulted=asked, review_on=row.review_on, words=decision.words,
    ).save(force_insert=True)  # fmt: skip


def _is_again(newest: FlagMove, disclosure: Disclosure, actor: Reader, seen: int, decision: Decision) -> bool:
    """Whether this very decision was kept a moment ago: a double tap, a page that was loaded again."""
    newest.vault = disclosure.vault
    return (
        newest.number == seen + 1
        and str(newest.by_id) == actor.id
        and newest.move == decision.move
        and newest.opened("words") == decision.words
    )


def _same_or_refused(row: CaseFlag, disclosure: Disclosure, actor: Reader, words: str) -> CaseFlag:
    """The flag itself when it was raised by this very form; else raises FlagRefused, saying how it stands."""
    newest = row.moves.select_related("by").order_by("-number").first()
    if newest is None:
        raise FlagRefused(
            "This flag is proposed already. Look at the words that led there, then raise it or decline it."
        )
    if _is_again(newest, disclosure, actor, 0, Decision("raise", words)):
        return row
    raise FlagRefused(f"{newest.by.name} has raised this flag already. Look at the case again.")


def _somebody_was_quicker(newest: FlagMove | None) -> str:
    """A conflict in plain words: who decided what while the page was open."""
    if newest is None:
        return "This page is older than the flag. Nothing was changed: open the case again."
    return (
        f"{newest.by.name} has {PAST[newest.move]} this flag since you opened the page. Nothing of theirs was overwritten, "
        "and nothing of yours was kept: look again, then decide."
    )
