"""The brief of a series on paper: marked, by references and units, without the name of anybody who told."""

from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desks.series import shown_series
from nightdesk.desks.series.gaps import gaps
from nightdesk.queries.series import SeriesSeen

TEMPLATE: Final = "series_brief"


def facts(seen: SeriesSeen) -> dict[str, Any]:
    """What the template prints."""
    numbers = {one.report.id: place for place, one in enumerate(seen.members, 1)}
    missing = gaps([one.told for one in seen.members if not one.report.gone])
    said = {
        "title": _("Brief of a series"), "marked": _("Series desk only. A lead about somebody who may have done nothing."),
        "reports": _("Reports"), "head": [_("Number"), _("Report"), _("Unit"), _("When"), _("Where")],
        "shares": _("What they share"), "missing": _("What no report says"), "questions": _("Next questions"),
        "none": _("Nothing"),
    }  # fmt: skip
    return {
        "title": said["title"], "lang": get_language() or "en", "rtl": (get_language() or "") == "ar", "said": said,
        "reference": seen.row.reference, "opened": date_format(seen.row.opened_at, "j F Y"),
        "members": [_row(shown_series.member(one, numbers[one.report.id])) for one in seen.members],
        "shares": [_share(one) for one in shown_series.shares(seen, numbers)],
        "missing": [str(text) for text in missing["nobody"]], "questions": [str(text) for text in missing["questions"]],
    }  # fmt: skip


def _row(member: dict[str, Any]) -> list[str]:
    one = member["one"].report
    unknown = member["lost"] or _("not known")
    return [
        str(member["number"]),
        member["name"],
        one.unit or _("not known"),
        member["when"] or unknown,
        member["where"] or ("" if member["lost"] else unknown),
    ]


def _share(shared: dict[str, Any]) -> dict[str, Any]:
    return {"pair": f"{shared['one']} – {shared['other']}", "texts": shared["texts"]}
