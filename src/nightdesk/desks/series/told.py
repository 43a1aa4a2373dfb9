"""What a report says, as linkage keeps it: comparison forms in plain words, only where something is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.series.words_codes import value_words

DECIMALS: Final = (4, 3, 2)  # of a degree, for places known to about 30 m, 500 m and 2.5 km
NEAR: Final = (_("known to about 30 m"), _("known to about 500 m"), _("known to about 2.5 km"))
METRES: Final = (30, 500, 2500)
FIELDS: Final = (
    ("name", _("Name used")), ("handle", _("Account")), ("app", _("App or site")), ("phone", _("Phone")),
    ("email", _("E-mail")), ("vehicle", _("Car")), ("plate", _("Plate")), ("age", _("Age, about")),
    ("height", _("Height, cm")), ("build", _("Build")), ("hair", _("Hair")), ("tattoo", _("Marks")),
    ("venue", _("Kind of place")), ("drug", _("Substance")), ("delivery", _("How it was given")),
)  # fmt: skip
ABOUT: Final = {"handle": "account"}
WHEN, WHERE, DID, DID_NOT = _("When"), _("Where"), _("He did"), _("He did not")
LAST_DIGITS: Final = _("Phone, last digits")


def told_rows(told: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Name and value of all that is known of a report."""
    rows = [(WHEN, day_words(told)), (WHERE, place_words(told))]
    rows += [(label, _value(name, told.get(name))) for name, label in FIELDS]
    rows += [(LAST_DIGITS, "" if told.get("phone") else told.get("phone6") or told.get("phone4") or "")]
    rows += [
        (_("He did"), _list("did", told.get("done"))),
        (_("He did not"), _list("did", told.get("not_done"))),
    ]
    return [(label, value) for label, value in rows if value]


def both_rows(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """Both reports side by side: every name that either knows, “not known” for the other."""
    here, there = dict(told_rows(mine)), dict(told_rows(theirs))
    order = [WHEN, WHERE, *(label for _name, label in FIELDS), LAST_DIGITS, DID, DID_NOT]
    unknown = _now("not known")
    return [
        (name, here.get(name, unknown), there.get(name, unknown))
        for name in order
        if name in here or name in there
    ]


def day_words(told: Mapping[str, Any]) -> str:
    """The day it was, "" when nobody knows."""
    day = day_of(told)
    return date_format(day, "j F Y") if day else ""


def day_of(told: Mapping[str, Any]) -> date | None:
    """The day it was."""
    return date.fromordinal(int(told["day"])) if told.get("day") else None


def place_words(told: Mapping[str, Any]) -> str:
    """Where it was, no finer than it is known."""
    if told.get("lat") is None or told.get("lon") is None:
        return ""
    precision = precision_of(told)
    digits = DECIMALS[precision]
    return f"{told['lat']:.{digits}f}, {told['lon']:.{digits}f} ({NEAR[precision]})"


def precision_of(told: Mapping[str, Any]) -> int:
    """0, 1 or 2: how exactly the place is known."""
    return min(max(int(told.get("precision") or 0), 0), 2)


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    about = ABOUT.get(name, name)
    return _list(about, value) if isinstance(value, list) else value_words(about, str(value))


def _list(about: str, values: Any) -> str:
    return ", ".join(value_words(about, str(one)) for one in values or ())
