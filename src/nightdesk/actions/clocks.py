"""The evidence clock is started, and computed as a new version when the time, the act or the edition is better known."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from nightdesk.actions import cases
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import locked_disclosure, staff_id
from nightdesk.actions.refusals import ClockRefused
from nightdesk.outside.current import pack
from nightdesk.records.clocks import ClockEdition, ClockFacts, ClockStart
from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.clock_facts import KnownOfAct, refuse_if_unknown, sealed_parts, why_anew
from nightdesk.rules.evidence_clock import latest_possible
from nightdesk.rules.kept_clock import differs, edition_key, figures, first_end
from nightdesk.rules.pack import Pack

TICK: Final = timedelta(microseconds=1)
NO_CLOCK_YET: Final = "The clock starts when the basics are sent on. Send them on first."


@together
def start_clock(
    *,
    actor: Reader,
    at: datetime,
    disclosure: Disclosure,
    basics: Basics,
    version: BasicsVersion | None = None,
    is_new: bool = False,
) -> ClockStart:
    """Run the evidence clock from the latest possible time of these basics; `version` is the one that holds them.

    The newest clock stays when the time is the one it runs from; a corrected time adds a version. It can't have happened
    after it was told: a time still to come, "it is going on", ends when the version was recorded, so that computing again
    never makes a window longer. With no time known it can have happened until the telling began. `is_new`: the caller has
    just made the disclosure, so there is no clock and no case yet.
    """
    known = basics.latest_at is not None
    told_at = (version.recorded_at if version else at) if known else disclosure.opened_at
    runs_from = latest_possible(basics.earliest_at, basics.latest_at, told_at)
    newest = None if is_new else _newest(disclosure)
    if newest is not None and (newest.runs_from, newest.time_known) == (runs_from, known):
        return newest
    row = ClockStart(disclosure=disclosure, version=version, runs_from=runs_from, time_known=known)
    row.because, row.facts = ("first", None) if newest is None else ("time", newest.facts)
    return _run(actor, at, row, newest, has_case=not is_new)


@together
def note_facts(*, actor: Reader, at: datetime, reference: str, known: KnownOfAct) -> bool:
    """Seal what became better known of the act and compute the clock anew. True when it was news.

    Raises UnknownCode, ClockRefused when no clock runs yet, NotFound for an unknown reference.
    """
    refuse_if_unknown(known, sites=pack().sites.ids(), drugs=pack().drugs.ids())
    disclosure, newest = _running(reference)
    why = why_anew(newest.known(), known)
    if not why:
        return False
    sites, drugs = sealed_parts(known)
    facts = ClockFacts(
        disclosure=disclosure, vault=disclosure.vault, noted_at=at, noted_by_id=staff_id(actor), sites=sites, drugs=drugs
    )  # fmt: skip
    with entry("clock_facts_noted", actor=actor, at=at, subject=reference, about=list(why)):
        facts.save(force_insert=True)
    _run(actor, at, _after(newest, because=why[0], facts=facts), newest)
    return True


@together
def compute_anew(*, actor: Reader, at: datetime, reference: str) -> bool:
    """Compute the clock by the pack of today, from the same time and facts. True when the pack had other figures.

    Raises ClockRefused when no clock runs yet, NotFound for an unknown reference.
    """
    _, newest = _running(reference)
    if not (differs(newest.windows, pack().timed()) or differs(newest.health, pack().health)):
        return False
    _run(actor, at, _after(newest, because="edition", facts=newest.facts), newest)
    return True


def _newest(disclosure: Disclosure) -> ClockStart | None:
    """The clock that counts; None before the first."""
    return disclosure.clocks.select_related("facts", "kept").order_by("-started_at").first()


def _running(reference: str) -> tuple[Disclosure, ClockStart]:
    disclosure = locked_disclosure(reference)
    newest = _newest(disclosure)
    if newest is None:
        raise ClockRefused(NO_CLOCK_YET)
    return disclosure, newest


def _after(newest: ClockStart, **changed: Any) -> ClockStart:
    """The next version, from the same time, before it is computed."""
    return ClockStart(
        disclosure=newest.disclosure, version=newest.version, runs_from=newest.runs_from, time_known=newest.time_known,
        **changed,
    )  # fmt: skip


def _run(
    actor: Reader, at: datetime, row: ClockStart, newest: ClockStart | None, *, has_case: bool = True
) -> ClockStart:
    """Compute every window of today's pack from `row.runs_from` and keep them with its edition. The queue follows."""
    # newest by its time, also when the database's clock went back
    row.started_at = max(at, newest.started_at + TICK) if newest else at
    row.edition = pack().edition
    row.kept_id, windows = _kept(at)
    row.first_ends_at = first_end(pack().timed(), row.runs_from, at)
    with entry(
        "clock_started", actor=actor, at=at, subject=row.disclosure.reference, because=row.because,
        runs_from=row.runs_from.isoformat(), edition=row.edition, windows=windows,
    ):  # fmt: skip
        row.save(force_insert=True)
        if has_case:
            cases.follow_clock(disclosure=row.disclosure, first_ends_at=row.first_ends_at)
    return row


def _kept(at: datetime) -> tuple[UUID, int]:
    """The key of today's figures, kept if they were not yet, and how many windows they have."""
    key, windows, health = _figures(pack())
    if not ClockEdition.objects.filter(pk=key).exists():
        row = ClockEdition(id=key, edition=pack().edition, windows=windows, health=health, kept_at=at)
        ClockEdition.objects.bulk_create(
            [row], ignore_conflicts=True
        )  # another may keep them at the same moment
    return key, len(windows)


def _figures(chosen: Pack) -> tuple[UUID, list[dict[str, Any]], list[dict[str, Any]]]:
    """The figures of a pack with their key, worked out once for each pack that this process reads (it can't be hashed)."""
    if id(chosen) not in _worked_out:
        windows, health = figures(chosen.timed()), figures(chosen.health)
        _worked_out[id(chosen)] = (chosen, (edition_key(windows, health), windows, health))
    return _worked_out[id(chosen)][1]


_worked_out: dict[int, tuple[Pack, tuple[UUID, list[dict[str, Any]], list[dict[str, Any]]]]] = {}
