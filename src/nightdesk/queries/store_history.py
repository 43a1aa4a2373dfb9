"""Everything that lay in a store, newest first, a page at a time; or what lay there in a given time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nightdesk.queries.exhibit_sight import links_in_sight
from nightdesk.queries.stores import lay_inside
from nightdesk.records.exhibits import Custody, Store
from nightdesk.rules.access import Reader

PAGE_ROWS: Final = 50


@dataclass(frozen=True)
class Stay:
    """An exhibit lay there from `since` to `until` (None: it still does). `code` is "" for what the reader may not see."""

    code: str
    court_ref: str
    kind: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class History:
    """One page of stays, and how many there are."""

    name: str
    stays: tuple[Stay, ...]
    total: int
    page: int
    pages: int


def store_history(
    reader: Reader, code: str, now: datetime, *, since: datetime | None, until: datetime | None, page: int = 1
) -> History | None:
    """What lay in the store between `since` and `until` (None: ever, until now). None when there is no such store."""
    found = Store.objects.filter(code=code).first()
    if found is None:
        return None
    rows = Custody.objects.filter(store=found)
    if since:
        rows = lay_inside(found, since, until or now)
    total = rows.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_ROWS
    links = list(rows.select_related("exhibit").order_by("-at", "-id")[start : start + PAGE_ROWS])
    mine = links_in_sight(reader).filter(exhibit__in=[link.exhibit_id for link in links])
    visible = set(mine.values_list("exhibit", flat=True))
    stays = tuple(_stay(link, seen=link.exhibit_id in visible) for link in links)
    return History(found.name, stays, total, page, pages)


def _stay(link: Custody, *, seen: bool) -> Stay:
    exhibit = link.exhibit
    named = (exhibit.code, exhibit.court_ref, exhibit.kind) if seen else ("", "", "")
    return Stay(*named, link.at, link.until)
