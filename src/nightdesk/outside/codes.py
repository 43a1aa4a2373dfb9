"""Dice for the codes that people read and scan: rules say what a code looks like, chance says which one."""

import secrets

from nightdesk.rules.exhibit import RANDOM_SIGNS, SIGNS, exhibit_code


def new_exhibit_code() -> str:
    """A random code for a label: 5 × 10¹¹ of them, not sequential, tells nothing."""
    return exhibit_code("".join(secrets.choice(SIGNS) for _ in range(RANDOM_SIGNS)))
