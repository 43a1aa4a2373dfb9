"""Counting wrong tries: slowed, never locked out."""

from datetime import datetime, timedelta

from nightdesk.records.sealed import blind_index
from nightdesk.records.sign_in import SignInAttempt
from nightdesk.rules import sign_in as rule


class WaitFirst(Exception):
    """Too many wrong tries: `seconds` until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Wait {seconds} seconds, then try again.")


def count_try(kind: str, who: str, at: datetime, *, slowed: bool = True) -> int:
    """Note a try of `kind` by `who` before it is looked at, and return how many there were in the window, this one included.

    Counted first, so that a hundred tries at the same moment are not all the first. Raises WaitFirst when `slowed` and
    the last one is too recent; a try that was told to wait does not count.
    """
    blind = blind_index(f"try:{kind}", who)
    mine = SignInAttempt.objects.create(blind=blind, at=at)
    window = at - timedelta(minutes=rule.WINDOW_MINUTES)
    earlier = SignInAttempt.objects.filter(blind=blind, at__gt=window).exclude(pk=mine.pk).order_by("-at")
    moments = list(earlier.values_list("at", flat=True)[:50])
    since = (at - moments[0]).total_seconds() if moments else 0.0
    if slowed and (seconds := rule.wait_seconds(len(moments), max(0.0, since))):
        mine.delete()
        raise WaitFirst(seconds)
    return len(moments) + 1


def forget_tries(kind: str, who: str, at: datetime) -> None:
    """It went right: earlier wrong tries count no more. Tries of anybody that are a day old go as well."""
    SignInAttempt.objects.filter(blind=blind_index(f"try:{kind}", who)).delete()
    SignInAttempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
