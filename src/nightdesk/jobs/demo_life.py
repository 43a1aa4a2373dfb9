"""The demo's sixty days lived through: every act at its own time, oldest first, by the actions that pages call.

The specialists of the demo read their mail as real ones would: the link in the message is how a page is answered.
"""

import heapq
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from nightdesk.actions.intake import Kept, accept_disclosure, keep_basics, override_proposal, record_departure
from nightdesk.actions.reading import note_reading
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.worker import send_due_messages, take_due_step
from nightdesk.jobs.demo_attachments import plan_attachments
from nightdesk.jobs.demo_closing import plan_closing
from nightdesk.jobs.demo_contacts import plan_contacts
from nightdesk.jobs.demo_duties import plan_duties
from nightdesk.jobs.demo_flags import plan_flags
from nightdesk.jobs.demo_force import Force
from nightdesk.jobs.demo_kits import plan_kit
from nightdesk.jobs.demo_particulars import plan_particulars
from nightdesk.jobs.demo_plan import Planned
from nightdesk.jobs.demo_sharing import plan_sharing
from nightdesk.jobs.demo_texts import Words
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics

LINK: Final = re.compile(r"/staff/page/([\w-]+)/")
REFERENCE: Final = re.compile(r"^Call-out (\S+):")
WORKER_SECONDS: Final = 2
STEP_MINUTES: Final = 5  # between two layers of cover, as the pack's escalation has it
MISSED: Final = (
    "sexual_offence",
    "possible",
    "The words were not recognised; a person at the desk added it.",
)


@dataclass
class Life:
    """The days up to `now`; what would come after is left to the worker and to whoever tries the demo."""

    force: Force
    words: Words
    dice: Random
    now: datetime
    address: str
    tick: Callable[[int], None] = lambda done: None
    mail: dict[str, list[tuple[Reader, str]]] = field(
        default_factory=dict
    )  # reference → who was told, with the token
    kits: int = 0  # begun so far
    flags: int = 0  # cases whose flags were planned so far
    shared: int = 0  # the same of sharing
    attached: int = 0  # cases whose attachments were planned so far
    closings: int = 0  # cases whose ending was planned so far
    _referred: set[str] = field(default_factory=set)
    _due: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)
    _order: Any = field(default_factory=count)

    def live(self, plans: list[Planned]) -> None:
        """Live through all plans."""
        for planned in plans:
            self._arrive(planned)
        done = 0
        while self._due:
            at, _, act = heapq.heappop(self._due)
            act(at)
            done += 1
            self.tick(done)

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""
        if at <= self.now:
            heapq.heappush(self._due, (at, next(self._order), act))

    def sweep(self, at: datetime) -> None:
        """What the worker does: due steps, then due messages, which are read at once."""
        while take_due_step(at=at, address=self.address):
            pass
        send_due_messages(clock=lambda: at, send=self._read_mail)

    def _read_mail(self, message: Any) -> None:
        reference, token = REFERENCE.search(message.subject), LINK.search(message.body)
        if not reference or not token:
            return
        told = (self.force.readers[str(message.staff_id)], token[1])
        if told not in (
            read := self.mail.setdefault(reference[1], [])
        ):  # the same page by another way is no news
            read.append(told)

    def _arrive(self, planned: Planned) -> None:
        """A person comes to a counter: what is typed on the way, then sent on, or not."""
        takers = self.force.counters
        taker = self.dice.choices([reader for reader, _ in takers], [weight for _, weight in takers])[0]
        span = planned.sent_at - planned.opened_at
        for number, draft in enumerate(planned.drafts):
            self.later(planned.opened_at + span * (number + 1) / 4, self._keeping(planned, taker, draft))
        if planned.fate.sent:
            self.later(planned.sent_at, self._sending(planned, taker))
        elif planned.fate.leaves > 0:
            self.later(
                planned.sent_at + timedelta(minutes=planned.fate.leaves), self._leaving(planned, taker)
            )

    def _keeping(self, planned: Planned, taker: Reader, basics: Basics) -> Callable[[datetime], None]:
        def keep(at: datetime) -> None:
            keep_basics(
                actor=taker, at=at, sender_key=planned.sender_key, channel=planned.channel, basics=basics
            )

        return keep

    def _leaving(self, planned: Planned, taker: Reader) -> Callable[[datetime], None]:
        def leave(at: datetime) -> None:
            last = planned.drafts[-1]
            kept = keep_basics(
                actor=taker, at=at, sender_key=planned.sender_key, channel=planned.channel, basics=last
            )
            record_departure(actor=taker, at=at, reference=kept.reference)

        return leave

    def _sending(self, planned: Planned, taker: Reader) -> Callable[[datetime], None]:
        def send(at: datetime) -> None:
            kept = self._accept(planned, taker, planned.basics, at)
            if planned.later:
                corrected = planned.later
                self.later(
                    at + timedelta(minutes=9),
                    lambda when: self._accept(planned, taker, corrected, when) and None,
                )
            self.later(
                at + timedelta(minutes=planned.fate.leaves),
                lambda when: record_departure(actor=taker, at=when, reference=kept.reference),
            )
            if planned.sexual:
                plan_kit(self, kept.reference, taker, planned.sender_key.int, at)
            if planned.sexual and not kept.referred:
                self._adding(kept.reference, taker, MISSED, planned)(at)
            elif planned.override:
                self.later(
                    at + timedelta(minutes=2), self._adding(kept.reference, taker, planned.override, planned)
                )

        return send

    def _accept(self, planned: Planned, taker: Reader, basics: Basics, at: datetime) -> Kept:
        """Sent on; if a specialist is asked for now, the paging begins."""
        kept = accept_disclosure(
            actor=taker, at=at, sender_key=planned.sender_key, channel=planned.channel, basics=basics
        )
        if kept.referred:
            self._refer(kept.reference, planned, at)
        return kept

    def _adding(
        self, reference: str, taker: Reader, added: tuple[str, str, str], planned: Planned
    ) -> Callable[[datetime], None]:
        def add(at: datetime) -> None:
            label, level, why = added
            override_proposal(actor=taker, at=at, reference=reference, label=label, level=level, why=why)
            if label == "sexual_offence":
                self._refer(reference, planned, at)

        return add

    def _refer(self, reference: str, planned: Planned, at: datetime) -> None:
        """A specialist was asked for: the worker pages, layer after layer, until somebody answers."""
        if reference in self._referred:
            return
        self._referred.add(reference)
        fate, first = planned.fate, at + timedelta(seconds=WORKER_SECONDS)
        for step in range(fate.silent_steps + 1):
            self.later(first + timedelta(minutes=STEP_MINUTES * step), self.sweep)
        answered = first + timedelta(minutes=STEP_MINUTES * fate.silent_steps + fate.answered)
        self.later(answered, self._answering(reference, planned, declines=fate.declines))

    def _answering(self, reference: str, planned: Planned, *, declines: bool) -> Callable[[datetime], None]:
        def answer(at: datetime) -> None:
            reader, token = self.mail[reference][-1]
            acknowledge_page(at=at, token=token)
            if declines:
                self._hand_on(reference, reader, planned, at)
            else:
                self._work(reference, reader, planned, at)

        return answer

    def _hand_on(self, reference: str, reader: Reader, planned: Planned, at: datetime) -> None:
        """Can't take it after all: the next layer is told at once and answers."""
        reason = self.dice.choice(self.words.people["kept"]["decline_reasons"])
        declined = at + timedelta(seconds=70)
        self.later(declined, self._moving(reference, reader, "decline", reason))
        self.later(declined + timedelta(seconds=WORKER_SECONDS), self.sweep)
        self.later(declined + timedelta(minutes=2), self._answering(reference, planned, declines=False))

    def _work(self, reference: str, reader: Reader, planned: Planned, at: datetime) -> None:
        """Reads the case, sets off, is with the person, hands over."""
        plan_flags(self, reference, reader, at)
        fate, reason = planned.fate, self.dice.choice(self.words.people["kept"]["reading_reasons"])
        self.later(
            at + timedelta(minutes=1),
            lambda when: note_reading(actor=reader, at=when, reference=reference, what="case", reason=reason),
        )
        for move, minutes in (
            ("set_off", fate.set_off),
            ("arrive", fate.arrive),
            ("hand_over", fate.hand_over),
        ):
            self.later(at + timedelta(minutes=minutes), self._moving(reference, reader, move))
        plan_duties(self, reference, reader, at)
        plan_particulars(self, reference, reader, at)
        plan_contacts(self, reference, reader, at)
        plan_sharing(self, reference, reader, at)
        plan_attachments(self, reference, reader, at)
        plan_closing(self, reference, reader, at)

    def _moving(
        self, reference: str, reader: Reader, move: str, reason: str = ""
    ) -> Callable[[datetime], None]:
        def go(at: datetime) -> None:
            move_referral(actor=reader, at=at, reference=reference, move=move, reason=reason)

        return go
