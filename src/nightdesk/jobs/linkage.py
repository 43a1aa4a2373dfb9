"""The linkage worker: every report against everything ever told, as soon as it is in. A process of its own.

It reads in the journal what changed, keeps comparison forms (sealed), holds them in memory, compares, raises candidates.
Rows say how far it is, so one that is killed goes on where it was: nothing is lost, and what is done twice changes nothing.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError

from nightdesk.actions.link_candidates import (
    Finding,
    Pair,
    keep_candidates,
    pass_over,
    tell_overdue,
    withdraw_candidates,
)
from nightdesk.actions.link_reports import note_reports_held
from nightdesk.actions.periodic import claim_job, note_job_done
from nightdesk.jobs.linkage_audit import EVERY, count_live_work, note_switches
from nightdesk.jobs.linkage_blocks import hold_everything, pack_span, to_pack
from nightdesk.jobs.linkage_explore import answer_explorations, in_force
from nightdesk.jobs.linkage_extracts import as_extract, read_changes
from nightdesk.jobs.linkage_held import Held, Reports
from nightdesk.jobs.rounds import Rounds
from nightdesk.linkage.incident import incident
from nightdesk.linkage.packing import Packing
from nightdesk.linkage.plain import evidence
from nightdesk.linkage.scan import Found, nearest, place_of
from nightdesk.linkage.weights import Weights, chance, load, shipped
from nightdesk.outside.current import pack
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_held import Kept, compared_up_to, reports_since
from nightdesk.queries.periodic import due_jobs
from nightdesk.rules import pack_linkage as limits
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.candidate import ARRIVAL, DEATH, RERANK

LISTED: Final = 50  # of the ranked list that is kept with a candidate
OVERDUE, PACK, AGAIN, AUDIT = "link_overdue", "link_pack", "link_again", "link_audit"
PERIODS: Final = {OVERDUE: 300, PACK: 600, AGAIN: 86_400, AUDIT: EVERY}  # seconds
CLAIMED_SECONDS: Final = 3600  # of a job that was begun and not ended
# Bits by which a pair may gain when the later report asks instead of the earlier one, because what it says is rarer or its
# place is lonelier: 4.5 at most, and 2.6 in one pair of a hundred, among 4,000 pairs of invented reports.
OTHER_WAY: Final = 6.0
AT_ONCE: Final = 20  # reports compared again before looking what came in


def weights_in_force() -> Weights:
    """The force's own weights or the shipped ones, as its pack wants them used."""
    path = settings.NIGHTDESK_LINK_WEIGHTS
    weights = load(Path(path)) if path else shipped()
    return in_force(replace(weights, others=_limit(limits.OTHERS_TENTHS) / 10))


class LinkageWorker(Rounds):
    """Rounds until `stop` is set. `progress` is told how many reports were taken into memory at the start."""

    name = "linkage"

    def __init__(
        self,
        stop: threading.Event,
        *,
        seconds: float = 1.0,
        now: Callable[[], datetime] = database_now,
        weights: Weights | None = None,
        progress: Callable[[int], object] = lambda held: None,
        packing: Packing | None = None,
    ) -> None:
        super().__init__(stop, seconds=seconds)
        self.now, self.progress, self.packing = now, progress, packing or Packing()
        self.reports = Reports(weights or weights_in_force())
        self.seen = -1  # of the journal, as far as it is held; nothing is held at first

    def round(self) -> None:
        """What came in is taken up and compared; then what analysts asked; then what is due."""
        if self.seen < 0:
            self._load()
        self._take_what_came()
        answer_explorations(self.reports.index, self.reports.weights, clock=self.now, read=as_extract)
        self._do_what_is_due()

    def _take_what_came(self) -> None:
        """What came in since: read, taken up, compared."""
        while read_changes().more and not self.stop.is_set():
            pass
        self._take_up()
        self._compare_new()

    def _load(self) -> None:
        """Hold everything that stands; begun anew when it was broken off."""
        self.reports = Reports(self.reports.weights)
        seen = hold_everything(self.reports, self.progress)
        note_reports_held(at=self.now(), count=len(self.reports))
        note_switches(self.now())
        self.seen = seen

    def _take_up(self) -> None:
        while fresh := reports_since(SYSTEM, self.seen):
            self.reports.take(fresh)
            self.seen = fresh[-1].seq

    def _compare_new(self) -> None:
        """Whatever came since something was last compared, in its order. Its place moves on with what was found."""
        while waiting := reports_since(SYSTEM, compared_up_to(SYSTEM)):
            for number, one in enumerate(waiting):
                if self.stop.is_set():
                    return
                # a change can be of several reports: it is done with the last of them
                last = number + 1 == len(waiting) or waiting[number + 1].seq > one.seq
                seq = one.seq if last else one.seq - 1
                if fault := _failed(partial(self._compare_one, one, seq)):
                    pass_over(at=self.now(), seq=seq, fault=fault)

    def _compare_one(self, one: Kept, seq: int) -> None:
        held = self.reports.get(one.id)
        if held is None:
            withdraw_candidates(at=self.now(), report=one.id, seq=seq)
        else:
            self.compare(held, DEATH if one.kind == "death" else ARRIVAL, seq=seq)

    def compare(self, one: Held, why: str, seq: int | None = None) -> dict[str, int]:
        """A report against all others: what may be the same man becomes a candidate."""
        held, weights = self.reports, self.reports.weights
        with held.uncounted(one):
            listed = nearest(one.extract, held.index, weights, LISTED, held.beside(one))
        prior = weights.prior_bits(max(len(held), _limit(limits.FEWEST)))
        made = (
            self._pair(one, each, rank, prior, again=why == RERANK) for rank, each in enumerate(listed, 1)
        )
        pairs = [pair for pair in made if pair is not None]
        cause = None if why == RERANK else one.id  # at night it is all that came since
        best = [(each.id, each.bits) for each in listed]
        found = Finding(why, weights.version, prior, len(held), pairs, cause, seq, one.id, best)
        return keep_candidates(at=self.now(), found=found)

    def _is_candidate(self, one: Held, bits: float, rank: int, prior: float) -> bool:
        if chance(bits, prior) * 100 >= _limit(limits.ALERT_PERCENT):
            return True
        always = one.extract.kind == "death" and rank <= _limit(limits.SHOWN)
        return always and bits >= _limit(limits.DEATH_BITS)

    def _pair(self, one: Held, found: Found, rank: int, prior: float, *, again: bool) -> Pair | None:
        """The pair as the later report of the two sees it, whichever was compared; None for no candidate.

        `again`: every report of these weeks has its turn, so a pair is looked at in the turn of the later one; a death shows
        its likeliest relatives in its own.
        """
        other = self.reports.at(found.row)
        new, earlier = (one, other) if one.order > other.order else (other, one)
        place, bits = rank, found.bits
        if new is other:
            if (again and one.extract.kind != "death") or not self._is_candidate(
                one, bits + OTHER_WAY, rank, prior
            ):
                return None
            place, bits = self._seen_from(new, earlier)
        if not self._is_candidate(one, bits, rank, prior):
            return None
        index, weights = self.reports.index, self.reports.weights
        with self.reports.uncounted(new):
            kept = evidence(new.extract, earlier.extract, index, weights, earlier.row)
        return Pair(new.id, earlier.id, place, bits, incident(new.extract, earlier.extract), kept)

    def _seen_from(self, new: Held, earlier: Held) -> tuple[int, float]:
        """Which place the earlier report has in the list of the later one, and with how many bits."""
        held = self.reports
        with held.uncounted(new):
            return place_of(new.extract, held.index, held.weights, earlier.row, held.beside(new))

    def _do_what_is_due(self) -> None:
        at = self.now()
        due = due_jobs(SYSTEM, at=at, jobs=list(PERIODS.items()))
        jobs: dict[str, Callable[[datetime], object]] = {
            OVERDUE: self._tell_overdue,
            PACK: self._pack,
            AGAIN: self._compare_again,
            AUDIT: partial(count_live_work, between=self._take_what_came),
        }
        for name, do in jobs.items():
            if name in due and claim_job(at=at, name=name, every=PERIODS[name], again=CLAIMED_SECONDS):
                do(at)
                note_job_done(at=self.now(), name=name)

    def _tell_overdue(self, at: datetime) -> None:
        tell_overdue(at=at, address=settings.NIGHTDESK_ADDRESS)

    def _pack(self, at: datetime) -> None:
        """Seal in blocks what is in none, so that the next start is quick. New reports go first."""
        for span in to_pack(self.reports, self.packing):
            if self.stop.is_set():
                return
            self._take_what_came()
            pack_span(self.reports, at, span)

    def _compare_again(self, at: datetime) -> None:
        """The reports of the last weeks against everything: what came since may make them linkable. New ones go first."""
        since = at - timedelta(days=_limit(limits.AGAIN_DAYS))
        for number, key in enumerate(self.reports.since(since)):
            if self.stop.is_set():
                return
            if number % AT_ONCE == 0:
                self._take_what_came()
            if (one := self.reports.get(key)) is not None:
                _failed(partial(self.compare, one, RERANK))


def _failed(compare: Callable[[], object]) -> str:
    """The kind of fault of a comparison, or "": one that fails holds up no other. Faults of the database are raised."""
    try:
        compare()
    except DatabaseError:
        raise
    except Exception as fault:
        structlog.get_logger().error("comparison_failed", fault=type(fault).__name__)
        return type(fault).__name__
    return ""


def _limit(name: str) -> int:
    return pack().link_limits[name].number
