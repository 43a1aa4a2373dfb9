"""Searching is noted before anything is shown: for which kinds, how much was found, never for what. And keys made anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._search_sources import SOURCES
from nightdesk.actions.reading import note_refusal
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.search import SearchKey, SearchMade, SearchRebuild
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_search import SEARCHES_MOST
from nightdesk.rules.search_asked import SearchRefused

BATCH: Final = 100


def refuse_if_too_many(*, actor: Reader, at: datetime) -> None:
    """Raise SearchRefused when the actor has searched as often as the pack allows within its hours; the refusal is noted."""
    limit = pack().opening_limits[SEARCHES_MOST]
    made = SearchMade.objects.filter(by_id=UUID(actor.id), at__gt=at - timedelta(hours=limit.hours))
    if made.count() >= limit.number:
        note_refusal(actor=actor, at=at, what="case_search")
        raise SearchRefused(
            f"You have searched {limit.number} times in {limit.hours} h. Wait a little; if it can’t wait, ask your "
            "supervisor to search."
        )


def note_search(*, actor: Reader, at: datetime, kinds: Sequence[str], found: int, others: int) -> None:
    """The actor searched for `kinds`; `found` cases, `others` of them not theirs to open without a reason.

    Written before the result is shown: if the line can't be written, nothing is shown.
    """
    with entry("searched", actor=actor, at=at, kinds=list(kinds), found=found, others=others):
        SearchMade.objects.create(by_id=UUID(actor.id), at=at, kinds=list(kinds), found=found, others=others)


def begin_rebuild(*, actor: Reader, at: datetime) -> SearchRebuild:
    """The run that was cut off, to go on with it; or a new one over everything there is."""
    running = SearchRebuild.objects.filter(ended_at=None).order_by("-id").first()
    if running is not None:
        return running
    total = Disclosure.objects.count()
    with entry("search_rebuild_begun", actor=actor, at=at, total=total):
        return SearchRebuild.objects.create(begun_at=at, total=total)


@together
def rebuild_batch(*, actor: Reader, at: datetime, run: int, most: int = BATCH) -> SearchRebuild:
    """Make the keys of the next `most` disclosures anew; the run as it stands then. A batch is kept whole or not at all.

    Each disclosure is locked as intake locks it, and its case as whoever keeps an entry locks it, so that what is written
    down meanwhile keeps its keys.
    """
    place = SearchRebuild.objects.select_for_update(no_key=True).get(pk=run)
    if place.ended_at is not None:
        return place
    rows = (
        Disclosure.objects.select_for_update(of=("self",), no_key=True).select_related("vault").order_by("pk")
    )
    batch = list((rows.filter(pk__gt=place.place) if place.place else rows)[:most])
    list(Case.objects.select_for_update(no_key=True).filter(disclosure__in=batch).order_by("pk").values("pk"))
    for source, keys_of in SOURCES:
        made, sealed = keys_of(batch)
        SearchKey.objects.filter(disclosure__in=batch, source__startswith=source).delete()
        SearchKey.objects.bulk_create(made)
        place.written += len(made)
        place.sealed += sealed
    place.read += len(batch)
    place.place = batch[-1].pk if batch else place.place
    if len(batch) < most:
        _end(actor, at, place)
    place.save()
    return place


def _end(actor: Reader, at: datetime, run: SearchRebuild) -> None:
    with entry(
        "search_rebuild_ended",
        actor=actor,
        at=at,
        total=run.total,
        read=run.read,
        sealed=run.sealed,
        written=run.written,
    ):
        run.ended_at = at
