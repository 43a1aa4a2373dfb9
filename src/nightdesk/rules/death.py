"""An unexplained death: what is asked about it, what stands out, and what linkage is told of it. Pure.

The form is short and nothing in it is needed: a drug, a place and an app are enough to be compared (product C8). Markers are
data of the pack (deaths.toml). Each is yes, no or not asked; a marker that is not there was not asked, which is not no.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from nightdesk.rules import link_code

TIMES: Final = ("earliest", "latest")  # between which it was, ISO 8601, UTC
TEXTS: Final[Mapping[str, int]] = {
    "where": 300, "postcode": 12, "handle": 100, "phone_end": 20, "met_name": 100, "met_handle": 100, "met_phone": 40,
    "words": 1000, "coroner_number": 60,
}  # fmt: skip
CHOICES: Final[Mapping[str, str]] = {"place_kind": "place_kinds", "app": "platforms", "drug": "drugs"}
NUMBERS: Final[Mapping[str, tuple[int, int]]] = {"age": (0, 120)}
FIELDS: Final = (
    "earliest", "latest", "where", "postcode", "place_kind", "age", "app", "handle", "phone_end", "met_name",
    "met_handle", "met_phone", "drug", "delivery", "words", "coroner_number",
)  # fmt: skip
YES: Final = "yes"
NO: Final = "no"
MARKER: Final = "marker_"  # before the code of a marker, where fields and markers stand in one list

# What a marker also tells: how linkage calls what he did, and the drugs that say as much as its yes.
DID: Final[Mapping[str, str]] = {"moved": "moved_body", "phone_missing": "theft_phone"}
SAID_BY_DRUG: Final[Mapping[str, tuple[str, ...]]] = {"ghb": ("ghb",)}

Values = Mapping[str, Any]  # text by field, and "markers": yes or no by code


class DeathRefused(Exception):
    """An entry can't be kept as it is; the sentence says what to do."""


def kept(values: Values) -> dict[str, Any]:
    """What is kept of `values`: known fields that say something, and markers answered yes or no."""
    found: dict[str, Any] = {name: str(values.get(name) or "").strip() for name in FIELDS}
    markers = values.get("markers") or {}
    found["markers"] = {code: said for code, said in sorted(markers.items()) if said in (YES, NO)}
    return {name: value for name, value in found.items() if value}


def refuse_if_not_kept(values: Values, codes: Mapping[str, Collection[str]]) -> None:
    """Raise DeathRefused for an entry that says nothing, is too long, or has a code that is none of `codes` by field."""
    if not values:
        raise DeathRefused("Nothing is filled in. One thing is enough: where, when, an app or a drug.")
    for name, longest in TEXTS.items():
        if len(values.get(name, "")) > longest:
            raise DeathRefused(f"“{name}” is longer than {longest} characters. Say it in fewer.")
    for name, known in codes.items():
        unknown = [code for code in values.get(name, ()) if code not in known] if name == "markers" else []
        if unknown or (name != "markers" and values.get(name, "") not in ("", *known)):
            raise DeathRefused(
                f"“{name}” holds a code that this pack does not have. Choose one from the list."
            )
    _refuse_numbers(values)
    _refuse_times(values)


def _refuse_numbers(values: Values) -> None:
    for name, (least, most) in NUMBERS.items():
        told = values.get(name, "")
        if told and not (told.isascii() and told.isdecimal() and least <= int(told) <= most):
            raise DeathRefused(f"“{name}” must be a whole number from {least} to {most}.")


def _refuse_times(values: Values) -> None:
    try:
        first, last = (_moment(values.get(name, "")) for name in TIMES)
    except ValueError as fault:
        raise DeathRefused("A time can’t be read. Give it as a date and a time.") from fault
    if first and last and first > last:
        raise DeathRefused("The latest time lies before the earliest.")


def _moment(told: str) -> datetime | None:
    moment = datetime.fromisoformat(told) if told else None
    if moment is not None and moment.utcoffset() is None:
        raise ValueError("a time without its zone")
    return moment


def answers(values: Values) -> dict[str, str]:
    """Markers as they count: what was answered, and a yes that another answer of the form says as well."""
    found = dict(values.get("markers") or {})
    for code, drugs in SAID_BY_DRUG.items():
        if values.get("drug") in drugs:
            found[code] = YES
    return found


def indicator(values: Values, counted: Collection[str], least: int) -> tuple[str, ...]:
    """The markers that meet, in the order of `counted`; none when they are fewer than `least`."""
    said = answers(values)
    found = tuple(code for code in counted if said.get(code) == YES)
    return found if len(found) >= least else ()


def changes(before: Values, after: Values) -> tuple[tuple[str, str, str], ...]:
    """Each field or marker that two versions say differently: its name, what it said, what it says now ("" for nothing)."""
    one, other = _flat(before), _flat(after)
    order = (*FIELDS, *sorted({*one, *other} - set(FIELDS)))
    return tuple(
        (name, one.get(name, ""), other.get(name, ""))
        for name in order
        if one.get(name, "") != other.get(name, "")
    )


def _flat(values: Values) -> dict[str, str]:
    marked = {f"{MARKER}{code}": said for code, said in (values.get("markers") or {}).items()}
    return {name: str(value) for name, value in values.items() if name != "markers"} | marked


def to_told(values: Values, reported_at: datetime) -> list[dict[str, Any]]:
    """What linkage is told: one report about the man he met, as far as he is known. Keys as in a file of reports.

    `place_words` and `postcode` are for whoever knows where places are. What the man who died was called on an app, his
    own phone and his age are kept for those who ask the app, and are not told: they are not of the man he met.
    """
    said = answers(values)
    day = values.get("earliest") or values.get("latest") or ""
    told = {
        "kind": "death", "reported_on": reported_at.date().isoformat(), "act_on": day[:10],
        "platform": values.get("app"), "name_used": values.get("met_name"), "handle": values.get("met_handle"),
        "phone": values.get("met_phone"), "place_words": values.get("where"), "postcode": values.get("postcode"),
        "venue": link_code.venue(values.get("place_kind", "")), "delivery": values.get("delivery"),
        "drug": link_code.drug(values.get("drug") or _drug_said(said)),
        "behaviours": [name for code, name in DID.items() if said.get(code) == YES],
        "behaviours_not": [name for code, name in DID.items() if said.get(code) == NO],
    }  # fmt: skip
    return [{key: value for key, value in told.items() if value}]


def _drug_said(said: Mapping[str, str]) -> str:
    """The drug that a marker speaks of, where none was chosen."""
    return next((drugs[0] for code, drugs in SAID_BY_DRUG.items() if said.get(code) == YES), "")


def may_read(*, role: str, own_unit: bool, entered: bool) -> bool:
    """Analysts read all, specialists and supervisors their unit's, anybody what they entered themselves."""
    return entered or role == "analyst" or (role in ("soit", "supervisor") and own_unit)


def may_correct(*, role: str, own_unit: bool, entered: bool) -> bool:
    """Whoever may read it corrects it, but for analysts: what they compare is not theirs to change."""
    return role != "analyst" and may_read(role=role, own_unit=own_unit, entered=entered)
