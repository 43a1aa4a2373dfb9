"""What a search came to, in words: how it was read, and why each case is there. Never what was looked for."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.desks.caseroom.forms_search import KIND_WORDS
from nightdesk.queries.search import Answer, Found, Why
from nightdesk.rules.search_asked import (
    ALIKE,
    ENDED,
    EXACT,
    INITIALLED,
    ONE_NAME,
    SOME_DAY,
    SPELLING,
)

HOW: Final = {
    EXACT: gettext_lazy("the same"),
    SPELLING: gettext_lazy("spelt or called another way"),
    ENDED: gettext_lazy("the same last digits"),
    INITIALLED: gettext_lazy("with an initial"),
    ONE_NAME: gettext_lazy("one of the names, alone"),
    SOME_DAY: gettext_lazy("within a longer time"),
    ALIKE: gettext_lazy("letters and digits that look alike"),
}


def answer(found: Answer) -> dict[str, Any]:
    """Everything the page shows of an answer."""
    kinds = " · ".join(str(KIND_WORDS[kind]) for kind in found.kinds)
    return {
        "read_as": kinds, "rows": [row(one) for one in found.found if one.open],
        "others": [row(one) for one in found.found if not one.open], "more": found.more,
        "count": ngettext("%(n)s case found", "%(n)s cases found", len(found.found)) % {"n": len(found.found)},
    }  # fmt: skip


def row(found: Found) -> dict[str, Any]:
    """One case: of one that needs a reason only whose it is and whom to ask."""
    return {
        "reference": found.reference, "href": reverse("case", args=[found.reference]), "unit": found.unit,
        "owner": found.owner, "station": found.station, "opened_at": found.opened_at,
        "why": [why(one) for one in found.why], "ask": ", ".join(found.ask),
    }  # fmt: skip


def why(one: Why) -> str:
    """“Name: the same, in an earlier version”."""
    words = f"{KIND_WORDS[one.kind]}: {HOW[one.how]}"
    return _("%(why)s, in an earlier version") % {"why": words} if one.old else words
