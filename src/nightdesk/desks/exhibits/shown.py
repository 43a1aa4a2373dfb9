"""What the register's templates get: facts turned into words and rows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nightdesk.desks.exhibits.words import FAULTS, STATES, degrees, entry_words, holder_words, kind_words
from nightdesk.desks.furniture.moments import in_zone
from nightdesk.queries import exhibits as query
from nightdesk.queries import stores as stores_query
from nightdesk.queries.exhibits import Register, Row, Sought
from nightdesk.rules.access import Reader

JUST_NOW: Final = timedelta(minutes=30)  # what somebody put in lately is listed beside the scanner's field
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t")


def sought(cleaned: Mapping[str, Any]) -> Sought:
    """What the form asks for; days become moments in the desk's zone."""
    zone = timezone.get_current_timezone()
    first, last = cleaned.get("first_day"), cleaned.get("last_day")
    text = str(cleaned.get("text") or "")
    plain = "".join(sign for sign in text if sign.isalnum()).upper()
    if "/" not in text and len(plain) > 5 and plain.startswith("E"):
        text = f"{plain[:5]}-{plain[5:]}"
    return Sought(
        text=text, kind=cleaned.get("kind") or "", store=cleaned.get("store") or "",
        holder=cleaned.get("holder") or "", state=cleaned.get("state") or "",
        taken_from=in_zone(first, datetime.min.time(), zone, latest=False).astimezone(UTC) if first else None,
        taken_until=in_zone(last, datetime.max.time(), zone, latest=True).astimezone(UTC) if last else None,
    )  # fmt: skip


def register(found: Register, sought: Sought, given: QueryDict, now: datetime) -> dict[str, Any]:
    """The page: rows, the states with their counts, and links that keep the rest of the search."""
    return {
        "rows": [row(line) for line in found.rows], "found": found,
        "states": states(STATES, found.counts, sought.state, given),
        "pages": pages(found.page, found.pages, given),
        "paper_href": _with(given, print="1"), "csv_href": reverse("exhibits_csv") + _with(given), "searched": bool(given),
    }  # fmt: skip


def _with(given: QueryDict, **changes: str) -> str:
    """The address of the same search with something changed; another search begins at its first page."""
    changed = given.copy()
    for name in ("page", "print"):
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def states(
    words: Mapping[str, Any], counts: Mapping[str, int], chosen: str, given: QueryDict
) -> list[dict[str, Any]]:
    """Links to the states that anything is in, each with its count and whether it is the chosen one."""
    return [
        {"text": said, "count": counts[state], "href": _with(given, state=state), "current": state == chosen}
        for state, said in words.items() if state in ("", chosen) or counts[state]
    ]  # fmt: skip


def page_number(given: QueryDict) -> int:
    """The page that an address asks for; the first for anything that is no number."""
    number = given.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


def pages(page: int, last: int, given: QueryDict) -> list[tuple[int, str, bool]]:
    """Links to the pages around this one: (number, address, whether it is this one)."""
    return [(number, _with(given, page=str(number)), number == page) for number in _near(page, last)]


def _near(page: int, pages: int) -> list[int]:
    """The first page, the last one, and those around."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})


def row(line: Row) -> dict[str, Any]:
    """A line of the register."""
    return {
        "code": line.code, "href": reverse("exhibit", args=[line.code]), "court_ref": line.court_ref,
        "kind": kind_words(line.kind), "reference": line.reference, "taken_at": line.taken_at, "since": line.since,
        "where": _("You") if line.mine else holder_words(line.holder, line.holder_name), "overdue": line.overdue,
        "submit_by": line.submit_by, "faults": [FAULTS[kind] for kind in line.faults],
    }  # fmt: skip


def csv_rows(lines: Iterable[Row]) -> Iterator[list[str]]:
    """A heading and one row an exhibit; times in UTC, as machines read them. Nothing that a spreadsheet would compute."""
    yield [
        "code", "court_reference", "case_reference", "kind", "taken_at", "submit_by", "overdue", "with", "name", "since",
        "faults",
    ]  # fmt: skip
    for line in lines:
        cells = [
            line.code, line.court_ref, line.reference, line.kind, line.taken_at.isoformat(),
            line.submit_by.isoformat() if line.submit_by else "", "yes" if line.overdue else "no", line.holder,
            line.holder_name, line.since.isoformat(), " ".join(line.faults),
        ]  # fmt: skip
        yield [f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell for cell in cells]


def store_row(line: stores_query.StoreRow) -> dict[str, Any]:
    """A store in a list."""
    percent = min(100, round(100 * line.held / line.capacity)) if line.capacity else 100
    return {
        "row": line, "href": reverse("store", args=[line.code]), "kind": entry_words("store_kinds", line.kind),
        "degrees": degrees(line.tenths), "faults": [FAULTS[kind] for kind in line.faults], "percent": percent,
        "full": line.held >= line.capacity, "free": max(0, line.capacity - line.held),
    }  # fmt: skip


def series(reader: Reader, code: str, now: datetime) -> dict[str, Any]:
    """The page for one scan after another: the stores to choose from, the chosen one, and what was just put in."""
    rows = [line for line in stores_query.stores(reader, now) if line.closed_at is None]
    chosen = next((line for line in rows if line.code == code), None)
    lately = query.listed(reader, Sought(store=code, since=now - JUST_NOW), now) if chosen else ()
    return {
        "stores": [store_row(line) for line in rows], "store": store_row(chosen) if chosen else None,
        "lately": [row(line) for line in sorted(lately, key=lambda line: line.since, reverse=True)],
    }  # fmt: skip
