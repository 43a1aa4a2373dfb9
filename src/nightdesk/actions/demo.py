"""The fictional force: noted in the journal when it is finished, so that a half-made one is known by the missing line."""

from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.rules.access import Reader


def note_demo_made(*, actor: Reader, at: datetime, seed: int, disclosures: int) -> None:
    """The force was made from `seed` with so many disclosures."""
    with entry("demo_made", actor=actor, at=at, seed=seed, disclosures=disclosures):
        pass
