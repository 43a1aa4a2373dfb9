"""What the staff of a simulated month do about pages: see them, tap the link that the message carries, decline, set
off, forget.

What does not go through (no network, no database) they try again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import DatabaseError

from nightdesk.actions.hand_over import reassign_cases
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.jobs.simulate_force import Member
from nightdesk.jobs.simulate_people import ANSWER, DECLINE, Reaction, reaction, seen_after
from nightdesk.jobs.simulate_plan import NETWORK, ZONE
from nightdesk.jobs.simulate_world import World
from nightdesk.queries.messages import page_by_token
from nightdesk.queries.simulation import held_by, rounds
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.referral import MoveRefused

LINK: Final = re.compile(r"/staff/page/([\w-]+)/")
TRY_AGAIN_SECONDS: Final = 20
NIGHT: Final = (23, 7)  # from, until: hours by the local clock


@dataclass
class Seen:
    """One page as somebody holds it in their hand."""

    member: Member
    token: str
    reference: str
    step: int
    reaction: Reaction


@dataclass
class Answers:
    """Everybody's answers. `numbers`: reference → number of the arrival, by which chance is drawn."""

    world: World
    numbers: dict[str, int] = field(default_factory=dict)
    rounds: dict[tuple[str, datetime], datetime] = field(
        default_factory=dict
    )  # reassigned when → begins anew when
    refused: int = 0
    _known: set[str] = field(default_factory=set)

    def arrived(self, member: Member, letter: Any) -> None:
        """A message is on somebody's phone, mail or screen: they see it some time later, or never."""
        reference, step = letter.page.referral.disclosure.reference, letter.page.step
        token = LINK.search(letter.body)
        if token is None or reference not in self.numbers:
            return
        lot = {
            "seed": self.world.plan.seed, "number": self.numbers[reference], "step": step, "who": member.staff.username
        }  # fmt: skip
        seconds = seen_after(letter.channel, **lot)
        if seconds is not None:
            self.world.soon(seconds, lambda: self._see(member, token[1], reference, step, lot))

    def reassign(self, ill: Member, supervisor: Member, address: str) -> None:
        """Everything that somebody has who fell ill goes back to whoever is on duty."""

        def act() -> None:
            references = held_by(SYSTEM, ill.staff.pk)
            now = self.world.now
            reassign_cases(
                actor=supervisor.reader,
                at=now,
                owner=ill.staff.pk,
                to=dict.fromkeys(references),
                address=address,
            )
            self.rounds |= {(name, now): begins_at for name, begins_at in rounds(SYSTEM, references).items()}

        self._go(act)

    def _see(self, member: Member, token: str, reference: str, step: int, lot: dict[str, Any]) -> None:
        if token in self._known or member.is_ill(self.world.now):
            return
        self._known.add(token)
        hour = self.world.now.astimezone(ZONE).hour
        does = reaction(member.temper, at_night=hour >= NIGHT[0] or hour < NIGHT[1], **lot)
        seen = Seen(member, token, reference, step, does)
        act = {ANSWER: self._answer, DECLINE: self._decline}.get(does.does)
        if act is not None:
            self.world.soon(60 * does.after_minutes, lambda: self._go(lambda: act(seen)))

    def _go(self, act: Callable[[], None]) -> None:
        """Do it, or try again a little later, as somebody with a phone does."""
        try:
            if self.world.is_out(NETWORK):
                raise ConnectionError
            act()
        except (DatabaseError, ConnectionError):
            self.world.soon(TRY_AGAIN_SECONDS, lambda: self._go(act))
        except MoveRefused:
            self.refused += 1  # it went back to the queue a moment ago: the page says so, they lay it aside
        self.world.acted()

    def _answer(self, seen: Seen) -> None:
        acknowledge_page(at=self.world.now, token=seen.token)
        if not self._is_mine(seen):
            return
        does = seen.reaction
        if does.gives_back is not None:
            self._later(does.gives_back, seen, "decline", does.reason)
        elif does.sets_off is not None:
            self._later(does.sets_off, seen, "set_off")

    def _decline(self, seen: Seen) -> None:
        decline_page(at=self.world.now, token=seen.token, reason=seen.reaction.reason)

    def _later(self, minutes: float, seen: Seen, move: str, reason: str = "") -> None:
        def act() -> None:
            if self._is_mine(seen) and not seen.member.is_ill(self.world.now):
                self._move(seen, move, reason)
                if move == "set_off":
                    self._sees_to_it(seen, minutes)

        self.world.soon(60 * minutes, lambda: self._go(act))

    def _sees_to_it(self, seen: Seen, gone: float) -> None:
        """On the way: from here on only illness takes it from them."""
        for move, minutes in (("arrive", seen.reaction.arrives), ("hand_over", seen.reaction.hands_over)):

            def act(move: str = move) -> None:
                if not seen.member.is_ill(self.world.now):
                    self._move(seen, move)

            self.world.soon(60 * (minutes - gone), lambda act=act: self._go(act))  # type: ignore[misc]

    def _move(self, seen: Seen, move: str, reason: str = "") -> None:
        move_referral(
            actor=seen.member.reader, at=self.world.now, reference=seen.reference, move=move, reason=reason
        )

    def _is_mine(self, seen: Seen) -> bool:
        page = page_by_token(seen.token)
        return page is not None and page.by_me
