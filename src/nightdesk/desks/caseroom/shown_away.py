"""Cases of somebody who is away, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.desks.caseroom.forms_away import AwayForm, choices
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.away import AwayCase
from nightdesk.rules.access import Reader
from nightdesk.rules.away import REASSIGNED, STAND_IN, STAYS

DONE_WORDS: Final = {
    STAYS: gettext_lazy("It stays with them"),
    STAND_IN: gettext_lazy("Looked after by"),
    REASSIGNED: gettext_lazy("Given to somebody else"),
}


def options(colleagues: list[tuple[str, str]]) -> SafeString:
    """What can be chosen for a case of a unit, drawn once for all its lines: everybody again in each is most of the page."""
    return format_html_join("", '<option value="{}">{}</option>', choices(colleagues))


def by_person(
    rows: list[dict[str, Any]], counts: Mapping[tuple[UUID, UUID], tuple[int, int]], reader: Reader
) -> list[dict[str, Any]]:
    """The lines under whoever has the cases, in the order of the list; what holds of all of theirs is said once."""
    people: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for one in rows:
        row = one["row"]
        n, waits = counts.get((row.owner_id, row.unit), (0, 0))
        person = {
            "id": f"{row.owner_id}-{row.unit}", "row": row, "count": n, "unseen": waits, "cases": [],
            "days": ngettext("%(n)s day", "%(n)s days", row.days) % {"n": row.days} if row.days else _("Since today"),
            "reassign": reverse("reassign", args=[row.owner_id]) if str(row.unit) == reader.unit else "",
        }  # fmt: skip
        people.setdefault((row.owner_id, row.unit), person)["cases"].append(one)
    return list(people.values())


def after(people: list[dict[str, Any]], reference: str) -> str:
    """Where to go on once a case is marked: the next that nobody has looked at, of the same person first; or ""."""
    order = [one["row"] for person in people for one in person["cases"]]
    place = next((number for number, row in enumerate(order) if row.reference == reference), -1)
    left = [row for row in (*order[place + 1 :], *order[: max(place, 0)]) if row.unseen]
    return f"#case-{left[0].reference}" if left else ""


def case(row: AwayCase, drawn: SafeString, bound: AwayForm | None, now: datetime) -> dict[str, Any]:
    """A line of the list with what can be chosen, as drawn; `bound` is what was sent for this line and could not be kept."""
    entry = pack().duties.get(row.duty) if row.duty else None
    left = (row.nearest_at - now).total_seconds() / 3600 if row.nearest_at else None
    return {
        "row": row, "options": drawn, "known": row.seen_at.isoformat() if row.seen_at else "",
        "fault": bound.errors["what"][0] if bound and "what" in bound.errors else "",
        "href": reverse("case", args=[row.reference]),
        "act": reverse("away_seen", args=[row.reference]),
        "left": "" if left is None else told.hours_left(left) if left > 0 else _("Passed"),
        "closing": left is not None and left < told.CLOSING_HOURS, "what": entry.label if entry else "",
        "done": DONE_WORDS.get(row.done, ""),
    }  # fmt: skip
