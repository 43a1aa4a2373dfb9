"""The pack this instance runs on, as NIGHTDESK_PACK says."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from nightdesk.outside.packs import load_lexicon, load_pack
from nightdesk.rules.lexicon import Lexicon
from nightdesk.rules.pack import Pack
from nightdesk.rules.pack_found import Entries

_instead: ContextVar[Callable[[], Pack] | None] = ContextVar("instead", default=None)


def pack() -> Pack:
    """The pack of this jurisdiction, read once per process."""
    instead = _instead.get()
    return instead() if instead else load_pack(settings.NIGHTDESK_PACK)


def force_zone() -> ZoneInfo:
    """The clock on the wall of this force."""
    return ZoneInfo(pack().about.time_zone)


def lexicon() -> Lexicon:
    """Its compiled lexicon, read once per process."""
    return load_lexicon(settings.NIGHTDESK_PACK)


@contextmanager
def packs_in_force(asked: Callable[[], Pack]) -> Iterator[None]:
    """Inside, `pack()` is whatever `asked` says at that moment: the simulated month tries other paging policies."""
    token = _instead.set(asked)
    try:
        yield
    finally:
        _instead.reset(token)


def pack_with_escalation(
    steps: Sequence[tuple[Any, int]], holds_minutes: int, reminders: tuple[int, int, int], edition: str
) -> Pack:
    """This instance's pack with other paging steps (layer, minutes after the raise), another time for which an answer
    holds, and other reminders (minutes after setting off, between them, how many), as an edition of their own."""
    own = load_pack(settings.NIGHTDESK_PACK)
    kind = next(iter(own.escalation))
    entries = [
        replace(kind, id=f"step_{number}", layer=layer, after_minutes=after, edition=edition)
        for number, (layer, after) in enumerate(steps)
    ]
    holds = [replace(hold, minutes=holds_minutes, edition=edition) for hold in own.holds]
    after, every, times = reminders
    told = [
        replace(one, after_minutes=after, every_minutes=every, times=times, edition=edition)
        for one in own.reminders
    ]
    about = replace(own.about, edition=edition)
    return replace(
        own, about=about, escalation=Entries(entries), holds=Entries(holds), reminders=Entries(told)
    )
