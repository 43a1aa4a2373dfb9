"""Refusals of actions, each with a sentence that says what to do."""


class NotFound(Exception):
    """There is no such record, or this reader may not know of it; the sentence does not say which."""


class IntakeRefused(Exception):
    """The disclosure can't be taken as sent. What was typed stays on the page."""


class ClockRefused(Exception):
    """The clock can't be computed anew; the sentence says what to do first."""
