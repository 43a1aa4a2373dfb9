"""Flags in words: for the case, for the page of one record's flags, for the queues and the runs that look back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.flags import Decided, FlagSeen, Review, Told
from nightdesk.queries.look_backs import RunSeen
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import SUPERVISOR

STATES: Final = {
    rule.PROPOSED: (gettext_lazy("Proposed"), "yellow"),
    rule.RAISED: (gettext_lazy("Raised"), "purple"),
    rule.DECLINED: (gettext_lazy("Declined"), "grey"),
    rule.LIFTED: (gettext_lazy("Lifted"), "grey"),
}
ORIGINS: Final = {
    rule.TRIAGE: gettext_lazy("Triage proposed it from these words:"),
    rule.DESK: gettext_lazy("Somebody at the desk added it"),
    rule.LOOK_BACK: gettext_lazy("A look-back proposed it from these words:"),
    rule.PERSON: gettext_lazy("A person raised it"),
}
MOVES: Final = {
    "raise": gettext_lazy("Raised"),
    "decline": gettext_lazy("Declined"),
    "keep": gettext_lazy("Looked at again, and kept"),
    "lift": gettext_lazy("Lifted"),
}


def label(code: str) -> str:
    """The name of a flag; its code when the pack dropped it."""
    entry = pack().flags.get(code)
    return entry.label if entry else code.replace("_", " ")


def criteria(code: str) -> dict[str, Any]:
    """What is shown wherever somebody chooses: what it means, when it is raised, when it is not, and whose words."""
    entry = pack().flags.get(code)
    if entry is None:
        return {"code": code, "label": label(code)}
    return {
        "code": code, "label": entry.label, "meaning": entry.meaning, "raise_when": entry.raise_when,
        "not_when": entry.not_when, "telling": entry.telling, "consult": entry.consult, "days": entry.review_after_days,
        "unsigned": not entry.signed, "owner": entry.owner,
    }  # fmt: skip


def flag(seen: FlagSeen, today: date) -> dict[str, Any]:
    """One flag with its words, its decisions and who was told."""
    state, colour = STATES[seen.state]
    reasons = seen.reasons or ()
    return {
        "seen": seen, "id": str(seen.id), "state": state, "colour": colour, "criteria": criteria(seen.code),
        "origin": ORIGINS[seen.origin], "level": told.LEVELS.get(seen.level, "") if seen.state == rule.PROPOSED else "",
        "words": list(dict.fromkeys(reason["words"] for reason in reasons if reason["field"] in told.FIELDS)),
        "ticked": any(reason["field"] not in told.FIELDS for reason in reasons), "unreadable": seen.reasons is None,
        "proposed": seen.state == rule.PROPOSED, "raised": seen.state == rule.RAISED,
        "due": rule.is_due(seen.review_on, today), "history": [_decided(decided) for decided in seen.decisions],
        "told": [_told(one) for one in reversed(seen.tellings)],
    }  # fmt: skip


def _decided(seen: Decided) -> dict[str, Any]:
    return {
        "move": MOVES[seen.move], "at": seen.at, "by": seen.by, "words": seen.words, "consulted": seen.consulted,
        "review_on": seen.review_on,
    }  # fmt: skip


def _told(seen: Told) -> dict[str, Any]:
    section, code = (pack().flag_ways, seen.way) if seen.told else (pack().flag_not_told, seen.why_not)
    return {
        "who": _text(pack().flag_audiences, seen.audience), "told": seen.told, "how": _text(section, code), "at": seen.at,
        "by": seen.by, "words": seen.words,
    }  # fmt: skip


def _text(section: Any, code: str) -> str:
    entry = section.get(code)
    return str(entry.text_in(get_language() or "en")) if entry else code.replace("_", " ")


def on_case(seen: Iterable[FlagSeen], now: datetime, *, theirs: bool) -> dict[str, Any]:
    """The section of the case page: what is proposed, what is raised, what is over. `theirs`: they decide here."""
    today = timezone.localtime(now).date()
    shown = [flag(one, today) for one in seen]
    return {
        "proposed": [one for one in shown if one["proposed"]], "raised": [one for one in shown if one["raised"]],
        "over": [one for one in shown if not one["proposed"] and not one["raised"]], "theirs": theirs,
    }  # fmt: skip


def to_raise(seen: Iterable[FlagSeen]) -> list[dict[str, Any]]:
    """The flags of the pack that this record does not have, each with what it means."""
    there = {one.code for one in seen if one.state in rule.OPEN}
    return [criteria(entry.id) for entry in pack().flags if entry.id not in there]


def asks(reader: Reader, code: str, supervisors: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """Who can be asked first; None when nobody has to be."""
    entry = pack().flags.get(code)
    return supervisors if entry and entry.consult and reader.role != SUPERVISOR else None


def review(row: Review) -> dict[str, Any]:
    """A line of the review queue."""
    return {
        "reference": row.reference, "href": reverse("flags", args=[row.reference]), "label": label(row.code),
        "review_on": row.review_on, "due": row.due, "owner": row.owner, "mine": row.mine,
    }  # fmt: skip


def choices(counts: Mapping[tuple[str, str], int], chosen: tuple[str, str]) -> list[dict[str, Any]]:
    """The choices of the review queue, each with how many there are."""
    words = {
        ("mine", "due"): _("Mine, due now"), ("mine", "all"): _("Mine, all"),
        ("unit", "due"): _("My unit’s, due now"), ("unit", "all"): _("My unit’s, all"),
    }  # fmt: skip
    return [
        {
            "href": f"{reverse('flag_reviews')}?whose={whose}&when={when}", "text": words[whose, when],
            "count": count, "chosen": (whose, when) == chosen,
        }
        for (whose, when), count in counts.items()
    ]  # fmt: skip


def marks(seen: FlagSeen) -> list[dict[str, Any]]:
    """Where in what was told the words stand that led to the flag."""
    what = seen.what or ""
    spans = dict.fromkeys(
        (reason["start"], reason["end"])
        for reason in seen.reasons or ()
        if reason["field"] == "what"
        and reason["words"]
        and what[reason["start"] : reason["end"]] == reason["words"]
    )
    return [{"start": start, "end": end, "label": label(seen.code)} for start, end in spans]


def run(seen: RunSeen) -> dict[str, Any]:
    """A run with its figures: what was read, what was not, and what came of it."""
    proposed = ", ".join(f"{label(code)}: {number}" for code, number in seen.proposed.items())
    figures = (
        (_("Read"), _("%(read)s of %(total)s") % {"read": seen.read, "total": seen.total}),
        (_("Sealed: the key is gone, so nobody can read them"), seen.sealed),
        (_("Empty: nothing was ever written down"), seen.empty),
        (_("Flags proposed or raised already"), seen.waiting),
        (_("Flags that somebody declined or lifted, on the same words"), seen.decided),
        (_("Would be proposed") if seen.dry_run else _("Proposed"), proposed or _("None")),
        (_("Of these, nobody has decided yet"), seen.still),
    )
    return {
        "seen": seen, "flags": ", ".join(label(code) for code in seen.codes),
        "figures": [{"key": key, "value": str(value)} for key, value in figures],
    }  # fmt: skip


def tags(found: Mapping[str, list[str]], rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a queue, each with the names of its raised flags."""
    return [row | {"flags": [label(code) for code in found.get(row["reference"], ())]} for row in rows]
