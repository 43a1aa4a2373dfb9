"""The shield of a case, as its page shows it: that something is sealed, and what is being decided. Never a word of it."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.queries.interest import Row
from nightdesk.queries.shield import ShieldSeen
from nightdesk.rules.interest import OVER

OPEN_DECISION: Final = gettext_lazy("A decision on the public interest is being made")
MADE_DECISION: Final = gettext_lazy("A decision on the public interest was made")


def shield(seen: ShieldSeen | None, decisions: Iterable[Row]) -> dict[str, Any] | None:
    """Counts, and the ways to its pages; None for a reader who may not know of it."""
    if seen is None:
        return None
    sealed, opened = len(seen.versions), len(seen.openings)
    return {
        "versions": ngettext(
            "%(n)s version of what they said about drugs is sealed apart.",
            "%(n)s versions of what they said about drugs are sealed apart.", sealed,
        ) % {"n": sealed},
        "openings": ngettext("It was opened %(n)s time.", "It was opened %(n)s times.", opened) % {"n": opened},
        "decisions": [
            {
                "reference": row.reference, "href": reverse("interest", args=[row.reference]),
                "state": MADE_DECISION if row.state in OVER else OPEN_DECISION,
                "tone": "grey" if row.state in OVER else "yellow",
            }
            for row in decisions
        ],
    }  # fmt: skip
