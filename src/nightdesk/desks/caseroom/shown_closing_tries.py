"""The tries in words: what the contact log says before contact counts as lost, and what a closing rested on."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nightdesk.desks.caseroom import closing_words as words
from nightdesk.desks.caseroom.shown_contact import text
from nightdesk.outside.current import pack
from nightdesk.queries.closings import ClosingSeen
from nightdesk.rules.closing_tries import Tried, missing


def log(tried: Tried) -> dict[str, Any]:
    """What the contact log says of the tries, what is still too little by the pack, and what does not count yet."""
    limits = {limit.id: limit.amount for limit in pack().closing_limits}
    short, of = missing(tried, limits), _("{there}, of {needed} needed")
    since = (
        _("since they were last reached on {day}").format(day=_day(tried.reached_on)) if tried.reached_on
        else _("since the report: they were never reached")
    )  # fmt: skip
    tries = of.format(there=tried.count, needed=limits["tries"]) if "tries" in short else str(tried.count)
    ways = ", ".join(way_words(way) for way in tried.ways) or "–"
    days = _days(tried.first_on, tried.last_on) or "–"
    if "try_ways" in short:
        ways += " " + _("({needed} ways are needed)").format(needed=limits["try_ways"])
    if "try_days" in short:
        days += " " + _("({needed} days from the first to the last are needed)").format(
            needed=limits["try_days"]
        )
    return {
        "rows": [
            {"key": _("Tries"), "value": f"{tries}, {since}"}, {"key": _("Ways"), "value": ways},
            {"key": _("First and last day"), "value": days},
        ],
        "unnoted": tried.unnoted,
    }  # fmt: skip


def closed_on(seen: ClosingSeen) -> str:
    """The tries on which a closing rests, as one line; "" for an ending that has none."""
    row = seen.row
    if not row.tries:
        return ""
    beside = row.tries - row.tries_logged
    more = ngettext(
        "{n} of them is not in the contact log", "{n} of them are not in the contact log", beside
    ).format(n=beside)
    ways = ", ".join(way_words(way) for way in row.try_ways)
    parts = [f"{row.tries}: {ways}", _days(row.first_try_on, row.last_try_on), more if beside else ""]
    return ". ".join(part for part in parts if part)


def way_words(way: str) -> str:
    """A way of the pack by its name; of a closing before the tries came from the log, by the words of then."""
    return str(words.HOW_WORDS[way]) if way in words.HOW_WORDS else text(pack().contact_ways, way)


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(_day(day) for day in (first, last) if day)


def _day(day: date) -> str:
    return date_format(day, "j M Y")
