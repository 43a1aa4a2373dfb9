"""Strain: what one more turn does to somebody's rest. Nobody is kept from it; whoever decides is asked once, in plain words.

Source: Working Time Regulations 1998, regulation 10 (11 hours of rest in each 24). Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from nightdesk.rules.cover import REST
from nightdesk.rules.rota import RotaRefused, Span

TWICE: Final = "twice"  # on at two places at once
TIRED: Final = "tired"  # less than REST before or after it
LONG: Final = "long"  # one follows straight on the other, and together they leave less than REST in 24 hours
LONGEST_ON: Final = timedelta(hours=24) - REST


@dataclass(frozen=True)
class Strain:
    """Somebody's new turn (starts, ends) and one they have anyhow that lies too close; `why`: TWICE, TIRED, LONG."""

    staff: str
    why: str
    starts_at: datetime
    ends_at: datetime
    other_starts_at: datetime
    other_ends_at: datetime

    @property
    def rest(self) -> timedelta:
        """What is left between the two turns; nothing when they touch or overlap."""
        between = max(self.starts_at - self.other_ends_at, self.other_starts_at - self.ends_at)
        return max(between, timedelta(0))


class StrainUnanswered(RotaRefused):
    """Nothing was changed yet: somebody would be on twice at once or too tired. Asked again with `token`, it is done."""

    def __init__(self, strains: Iterable[Strain]) -> None:
        self.strains = tuple(strains)
        super().__init__("This would leave too little rest. Look at the turns on the page, and decide.")

    @property
    def token(self) -> str:
        """Names what was shown: an answer to something else does not count."""
        return strain_token(self.strains)


def strains(new: Span, own: Iterable[Span], *, given_up: Iterable[Span] = ()) -> list[Strain]:
    """What lies too close to `new` of the turns that its officer has anyhow (`own`), but for those `given_up` with it.

    Turns that touch are one long turn; that is too long when it leaves less than REST in 24 hours.
    """
    gone = {(span.layer, span.starts_at, span.ends_at) for span in given_up}
    found = []
    for other in own:
        if other.staff != new.staff or (other.layer, other.starts_at, other.ends_at) in gone:
            continue
        if why := _too_close(new, other):
            found.append(Strain(new.staff, why, new.starts_at, new.ends_at, other.starts_at, other.ends_at))
    return sorted(found, key=lambda one: (one.other_starts_at, one.other_ends_at, one.why))


def _too_close(new: Span, other: Span) -> str:
    first, second = sorted((new, other), key=lambda span: span.starts_at)
    if second.starts_at < first.ends_at:
        return TWICE
    if second.starts_at == first.ends_at:
        return LONG if second.ends_at - first.starts_at > LONGEST_ON else ""
    return TIRED if second.starts_at < first.ends_at + REST else ""


def strain_token(found: Iterable[Strain]) -> str:
    """A short name for exactly these strains, in whatever order; "" for none."""
    lines = sorted(
        " ".join(
            (
                one.staff,
                one.why,
                *(at.astimezone(UTC).isoformat() for at in (one.starts_at, one.other_starts_at)),
            )
        )
        for one in found
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""


def refuse_if_unanswered(found: Iterable[Strain], answered: str) -> None:
    """Raise StrainUnanswered when something is too close and `answered` names something else, or nothing."""
    listed = list(found)
    if listed and strain_token(listed) != answered:
        raise StrainUnanswered(listed)
