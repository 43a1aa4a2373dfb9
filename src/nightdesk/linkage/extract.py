"""What the engine may see of one report about one man: comparison forms, nothing else.

A report about two men gives two extracts. Missing is unknown, never no.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nightdesk.linkage import forms

HOME = "suspect_home"
ELSEWHERE, AT_HOME, UNSURE = 0, 1, 2
PRECISIONS = ("point", "sector", "district")  # about 30 m, 500 m and 2.5 km


@dataclass(frozen=True, slots=True)
class Extract:
    """One row of the index. Texts are empty and numbers None where nothing is known."""

    id: str
    kind: str = "disclosure"
    reported: int = 0
    handle: str = ""
    stem: str = ""
    app: str = ""
    phone: str = ""
    phone6: str = ""
    phone4: str = ""
    email: str = ""
    email_local: str = ""
    name: str = ""
    age: int | None = None
    height: int | None = None
    build: str = ""
    ethnicity: str = ""
    hair: str = ""
    tattoo: tuple[str, ...] = ()
    vehicle: str = ""
    plate: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int = 0
    setting: int = UNSURE
    day: int | None = None
    venue: str = ""
    drug: str = ""
    delivery: str = ""
    done: frozenset[str] = frozenset()
    not_done: frozenset[str] = frozenset()


def extract(told: Mapping[str, Any], nicknames: Mapping[str, str]) -> Extract:
    """The comparison forms of one report as told; keys as in a file of reports. Raises KeyError without an id."""
    return Extract(
        id=str(told["id"]),
        kind=str(told.get("kind", "disclosure")),
        reported=_day(told.get("reported_on")) or 0,
        **_identifiers(told, nicknames),
        **_looks(told),
        **_place(told),
        day=_day(told.get("act_on")),
        drug=_code(told, "drug"),
        delivery=_code(told, "delivery"),
        done=_codes(told.get("behaviours")),
        not_done=_codes(told.get("behaviours_not")),
    )


def _identifiers(told: Mapping[str, Any], nicknames: Mapping[str, str]) -> dict[str, Any]:
    """Account, number, address, name and car."""
    handle = _form(told, "handle", forms.handle)
    number = forms.phone(str(told["phone"])) if told.get("phone") else forms.Phone()
    email = _form(told, "email", forms.email)
    make, colour = _code(told, "vehicle_make"), _code(told, "vehicle_colour")
    return {
        "handle": handle,
        "stem": forms.stem(handle),
        "app": _code(told, "platform"),
        "phone": number.whole,
        "phone6": number.six,
        "phone4": number.four,
        "email": email,
        "email_local": forms.email_local(email),
        "name": _form(told, "name_used", lambda name: forms.name(name, nicknames)),
        "vehicle": f"{make} {colour}" if make and colour else "",
        "plate": _form(told, "vehicle_plate", forms.plate),
    }


def _looks(told: Mapping[str, Any]) -> dict[str, Any]:
    """How he was described."""
    marks = (("site", _code(told, "tattoo_site")), ("motif", _code(told, "tattoo_motif")))
    return {
        "age": _whole(told.get("age"), 1, 120),
        "height": _whole(told.get("height_cm"), 100, 240),
        "build": _code(told, "build"),
        "ethnicity": _code(told, "ethnicity"),
        "hair": _code(told, "hair"),
        "tattoo": tuple(f"{kind}:{value}" for kind, value in marks if value),
    }


def _place(told: Mapping[str, Any]) -> dict[str, Any]:
    """Where it was, how exactly that is known, and whether it was at his home."""
    venue = _code(told, "venue")
    lat, lon = told.get("lat"), told.get("lon")
    known = lat is not None and lon is not None and -90 <= float(lat) <= 90 and -180 <= float(lon) <= 180
    precision = _code(told, "place_precision")
    return {
        "lat": float(lat) if known and lat is not None else None,
        "lon": float(lon) if known and lon is not None else None,
        "precision": PRECISIONS.index(precision) if precision in PRECISIONS else len(PRECISIONS) - 1,
        "venue": venue,
        "setting": UNSURE if not venue else AT_HOME if venue == HOME else ELSEWHERE,
    }


def _form(told: Mapping[str, Any], key: str, form: Callable[[str], str]) -> str:
    value = told.get(key)
    return form(str(value)) if value else ""


def _code(told: Mapping[str, Any], key: str) -> str:
    return _form(told, key, forms.code)


def _codes(told: Iterable[str] | None) -> frozenset[str]:
    return frozenset(forms.code(str(each)) for each in told or ())


def _whole(told: Any, least: int, most: int) -> int | None:
    """A number in whole units; None when missing or not a person's."""
    if told is None or not least <= float(told) <= most:
        return None
    return round(float(told))


def _day(told: Any) -> int | None:
    """Days since the first of the calendar."""
    if not told:
        return None
    return (told if isinstance(told, date) else date.fromisoformat(str(told)[:10])).toordinal()
