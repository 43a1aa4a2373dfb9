"""Fresh kit numbers."""

import secrets

from nightdesk.rules.kit_number import LETTERS, RANDOM_LETTERS, number_of


def new_number() -> str:
    """A random kit number for a bag or a label. Kept nowhere until a kit is opened with it."""
    return number_of([secrets.randbelow(len(LETTERS)) for _ in range(RANDOM_LETTERS)])
