"""Pack entries of what a force owes after a report: duties with their clocks, key events, and reasons to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from nightdesk.rules.pack_entries import Entry

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

OPENED, KEY_EVENT = "opened", "key_event"
RECORDING: Final = "recording"  # met by recording the crime, or an N100


@dataclass(frozen=True, kw_only=True)
class DutyEntry(Entry):
    """Something owed: within so many `hours`, or by the end of so many `working_days`, of what `starts` it.

    `met_by`: "hand" (somebody notes that it was done), "answer" (an offer: it is met by asking, whatever the answer) or
    "recording". `do` says what to do, in one sentence.
    """

    label: str
    do: str
    starts: Literal["opened", "key_event"]
    met_by: Literal["hand", "answer", "recording"]
    edition: str
    hours: float | None = None
    working_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class KeyEvent(Entry):
    """Something that happened in a case and that the person is told of."""

    label: str


@dataclass(frozen=True, kw_only=True)
class DutyGround(Entry):
    """Why a duty does not apply (`of` names the duties; empty: any)."""

    label: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoCrimeGround(Entry):
    """Why a report is kept without a crime so far: the reason of an N100. `code` is the sub-code of the counting rules."""

    label: str
    code: str


@dataclass(frozen=True, kw_only=True)
class OffenceClass(Entry):
    """A recording class, suggested to staff and never set by the system.

    What points to it, each only if given: `sites` of the act and `labels` of triage; and whom it is about: `sex`, and
    `ages` from (years, included) to (not included).
    """

    code: str
    label: str
    sites: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sex: Literal["", "female", "male"] = ""
    ages: tuple[int, ...] = ()


def duty_problems(pack: Pack) -> Iterator[str]:
    """Sentences for duties without one clock, and for what leads nowhere."""
    for duty in pack.duties:
        where = f'duties.toml, duty "{duty.id}"'
        if (duty.hours is None) == (duty.working_days is None):
            yield f'{where}: give either "hours" or "working_days".'
        elif not (duty.hours or duty.working_days):
            yield f"{where}: a duty needs some time; 0 would be missed at once."
    for ground in pack.duty_grounds:
        for wanted in [wanted for wanted in ground.of if wanted not in pack.duties.ids()]:
            yield f'duties.toml, duty_ground "{ground.id}": [[duty]] "{wanted}" does not exist.'
    if not any(duty.starts == KEY_EVENT for duty in pack.duties):
        yield "duties.toml: no [[duty]] starts with a key event, so nobody would be told of one."
    if not any(duty.met_by == RECORDING for duty in pack.duties):
        yield "duties.toml: no [[duty]] is met by a recording."
