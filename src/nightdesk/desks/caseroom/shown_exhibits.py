"""The exhibits of a case, as its page lists them."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from nightdesk.outside.current import pack
from nightdesk.queries.exhibits import Row
from nightdesk.rules.pack_exhibits import kind_of

PLACES: Final = {
    "sarc": gettext_lazy("SARC"),
    "laboratory": gettext_lazy("Laboratory"),
    "hospital": gettext_lazy("Hospital"),
    "court": gettext_lazy("Court"),
    "person": gettext_lazy("Given back to the person"),
    "destroyed": gettext_lazy("Destroyed"),
}


def exhibits(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Code, court reference, kind and where each one is."""
    return [
        {
            "code": row.code, "href": reverse("exhibit", args=[row.code]), "court_ref": row.court_ref,
            "kind": _kind(row.kind), "where": row.holder_name or PLACES.get(row.holder, row.holder),
            "overdue": row.overdue, "fault": bool(row.faults),
        }
        for row in rows
    ]  # fmt: skip


def _kind(code: str) -> str:
    kind = kind_of(pack(), code)
    return kind.text_in(get_language() or "en") if kind else code.replace("_", " ")
