"""The paging policies that a simulated month compares: the pack's, two others as data, and perhaps one of the force's own.

A file has the shape of the pack's escalation.toml: [[step]] with `layer` and `after_minutes`, and perhaps one [[hold]] with
`minutes`; `title` may name it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nightdesk.outside.current import pack
from nightdesk.rules.on_the_way import KEPT as ON_THE_WAY
from nightdesk.rules.referral import frozen_policy
from nightdesk.rules.simulation_facts import Policy
from nightdesk.rules.terms import LAYERS

FOLDER: Final = Path(__file__).with_name("simulate_data")
OTHERS: Final = ("tighter", "slower")


class PolicyRefused(Exception):
    """A policy file can't be used; the sentence says why."""


@dataclass(frozen=True)
class Named:
    """A policy under a name."""

    name: str
    title: str
    policy: Policy


def pack_policy() -> Named:
    """What this instance pages by today."""
    steps = tuple((step.layer, step.after_minutes) for step in pack().escalation)
    title = f"The pack’s ({pack().name}, {pack().edition})"
    return Named("pack", title, Policy(steps, pack().holds["answer"].minutes, pack_reminders()))


def pack_reminders() -> tuple[int, int, int]:
    """Whoever set off is asked after so many minutes, then every so many, so often: as the pack has it today."""
    told = pack().reminders[ON_THE_WAY]
    return told.after_minutes, told.every_minutes, told.times


def other_policies() -> tuple[Named, ...]:
    """The two that come along, to compare with."""
    return tuple(read_policy(FOLDER / f"{name}.toml") for name in OTHERS)


def read_policy(path: Path) -> Named:
    """The policy in a file. Raises PolicyRefused."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise PolicyRefused(
            f"The policy file can’t be read ({type(fault).__name__}). Check the path."
        ) from fault
    except tomllib.TOMLDecodeError as fault:
        raise PolicyRefused(f"The policy file is not TOML: {fault}.") from fault
    title = raw.get("title", path.stem)
    policy = _checked(_steps(raw), _holds_minutes(raw))
    return Named(path.stem, title if isinstance(title, str) else path.stem, policy)


def _steps(raw: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    entries = raw.get("step")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PolicyRefused(
            "A policy needs its steps: [[step]] with layer and after_minutes, one after another."
        )
    steps = tuple((entry.get("layer"), entry.get("after_minutes")) for entry in entries)
    for number, (layer, after) in enumerate(steps, 1):
        if layer not in LAYERS:
            raise PolicyRefused(f"Step {number}: layer must be one of {', '.join(LAYERS)}.")
        if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after <= 1440:
            raise PolicyRefused(f"Step {number}: after_minutes must be a whole number from 0 to 1440.")
    if steps and steps[-1][0] != LAYERS[-1]:
        raise PolicyRefused(f"The last step must be the {LAYERS[-1]}: somebody is always there.")
    return steps


def _holds_minutes(raw: dict[str, Any]) -> int:
    """As the file says, or else as the pack has it."""
    holds = raw.get("hold", [])
    if not isinstance(holds, list) or not all(isinstance(hold, dict) for hold in holds) or len(holds) > 1:
        raise PolicyRefused(
            "A policy has one [[hold]] with minutes, or none: then an answer holds as in the pack."
        )
    minutes = holds[0].get("minutes") if holds else pack().holds["answer"].minutes
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 1440:
        raise PolicyRefused("[[hold]]: minutes must be a whole number from 1 to 1440.")
    return minutes


def _checked(steps: tuple[tuple[str, int], ...], holds_minutes: int) -> Policy:
    """Raises PolicyRefused when the rule that freezes policies into referrals would not take it."""
    try:
        frozen_policy(steps, "", holds_minutes)
    except ValueError as fault:
        raise PolicyRefused(str(fault)) from fault
    return Policy(steps, holds_minutes, pack_reminders())
