"""The neighbours of a simulated month: mail, text messages, webhooks. They take messages, refuse them, hang, lose some;
and every message that leaves is counted.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from nightdesk.jobs.simulate_force import Member, SimulatedForce
from nightdesk.jobs.simulate_pager import Pager
from nightdesk.jobs.simulate_people import SCREEN, is_lost, leaving_seconds
from nightdesk.jobs.simulate_plan import NETWORK
from nightdesk.jobs.simulate_world import World
from nightdesk.outside.sending import BadAddress, Unsent

PATIENCE_SECONDS: Final = 10  # a neighbour that says nothing counts as out after this long (outside/)
DELIVERED_SECONDS: Final = 8  # until a provider knows that a text message arrived
Key = tuple[Any, str, str]  # page (or telling), channel, address

Arrived = Callable[[Member, Any], None]


@dataclass
class PostOffice:
    """What left. `double_sends`: left twice for one page and way. `left_again`: so too, but the first leaving could not
    be noted, for in that moment the database went out or the worker died; it carries the same mark, so that a mailbox
    shows it once."""

    world: World
    force: SimulatedForce
    arrived: Arrived
    left: Counter[Key] = field(default_factory=Counter)
    unnoted: set[Key] = field(default_factory=set)
    double_sends: int = 0
    left_again: int = 0
    failed: int = 0
    _states: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def post(self, pager: Pager, letter: Any) -> str:
        """What the worker calls to let a message leave; raises as a real neighbour would."""
        channel, member = letter.channel, self.force.members[letter.staff_id]
        key = (letter.page_id or letter.telling, channel, letter.address)
        if channel != SCREEN:
            if channel == "sms" and letter.attempts > 1 and self.left[key]:
                return self._ref(letter)  # the provider is asked first, and has it already (outside/sms.py)
            self._refuse_if_out(pager, channel)
            if channel == member.bad_channel and letter.way_id:
                raise BadAddress
            pager.hold(leaving_seconds(seed=self.world.plan.seed, channel=channel, who=member.staff.username))
        self._leaves(key, letter, member)
        if self.world.database_is_out() or not pager.alive:
            self.unnoted.add(key)
        pager.refuse_if_dead()
        return self._ref(letter) if channel == "sms" else ""

    def receipt(self, provider_ref: str) -> str:
        """What became of a text message, in the provider's code. Raises Unsent."""
        if self.world.is_out("sms", NETWORK):
            raise Unsent("no_answer")
        known_at, state = self._states[provider_ref]
        if self.world.now < known_at:
            return "sending"
        self.world.awaiting.pop(provider_ref, None)
        return state

    def _refuse_if_out(self, pager: Pager, channel: str) -> None:
        out = self.world.is_out(channel, NETWORK)
        if out is None:
            return
        self.failed += 1
        if out.hangs:
            pager.hold(PATIENCE_SECONDS)
            pager.refuse_if_dead()
            raise TimeoutError if channel == "email" else Unsent("no_answer")
        raise ConnectionRefusedError if channel == "email" else Unsent("provider_fault")

    def _leaves(self, key: Key, letter: Any, member: Member) -> None:
        self.left[key] += 1
        if self.left[key] > 1:
            self.left_again += key in self.unnoted
            self.double_sends += key not in self.unnoted
            self.unnoted.discard(key)
        lost = is_lost(letter.channel, seed=self.world.plan.seed, key=self._lot(letter, member))
        if letter.channel == "sms":
            ref, seconds = self._ref(letter), DELIVERED_SECONDS
            self._states[ref] = (
                self.world.now + timedelta(seconds=seconds), "temporary-failure" if lost else "delivered"
            )  # fmt: skip
            self.world.awaiting[ref] = self._states[ref][0]
        if not lost and letter.page_id:
            self.arrived(member, letter)

    def _lot(self, letter: Any, member: Member) -> str:
        """What chance is drawn by: the same in every run of a plan, unlike the random names of rows."""
        raised = letter.page.referral.raised_at if letter.page_id else letter.made_at
        return f"{raised.isoformat()} {letter.page.step if letter.page_id else ''} {member.staff.username}"

    def _ref(self, letter: Any) -> str:
        return f"sms-{letter.id}"
