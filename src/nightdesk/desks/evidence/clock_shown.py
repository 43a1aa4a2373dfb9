"""What the templates of the clock get: facts turned into words and rows."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desks.furniture import told, told_clock
from nightdesk.outside.current import pack
from nightdesk.queries import cases, disclosures
from nightdesk.queries.clocks import ClockSeen, ClockVersion
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_entries import Wording

BECAUSE: Final = {
    "first": gettext_lazy("The basics were sent on"),
    "time": gettext_lazy("The time became better known"),
    "act": gettext_lazy("What was done became better known"),
    "drug": gettext_lazy("A drug became better known"),
    "edition": gettext_lazy("Computed by a newer edition"),
}


def page(seen: ClockSeen, now: datetime) -> dict[str, Any]:
    """The whole clock: what runs, what waits, what has passed, health, what to avoid, versions."""
    shown = told_clock.rows(seen.specimens)
    running = [row for row in shown if row["state"] == "live"]
    return {
        "clock": told_clock.clock(seen, now, link=False), "first": running[:1], "running": running[1:],
        "waiting": [row for row in shown if row["state"] == "later"],
        "passed": [row for row in shown if row["state"] == "passed"],
        "others": told_clock.rows(seen.others), "health": _health(seen), "other_languages": _in_other_languages(seen),
        "versions": [_version(version) for version in seen.versions],
        "version_head": [_("Why"), _("Computed"), _("Counted from"), _("Edition")],
    } | _beside()  # fmt: skip


def _health(seen: ClockSeen) -> list[dict[str, Any]]:
    """The health clocks, each with what to say aloud in the language of the page."""
    language = get_language() or "en"
    signed = {window.id: window.signed for window in seen.health}
    return [
        row | {"say": seen.said[row["id"]].wording_in(language, signed=signed[row["id"]])}
        for row in told_clock.rows(seen.health)
    ]


def _in_other_languages(seen: ClockSeen) -> list[dict[str, Any]]:
    """What to say of every health clock that has not passed, in each other language that has it."""
    here, found = (get_language() or "en").split("-")[0], []
    words = [seen.said[window.id] for window in seen.health if window.state != "passed"]
    for code, name in settings.LANGUAGES:
        lines = [said.wording_in(code) for said in words]
        if code.split("-")[0] != here and any(
            line.language.split("_")[0] == code.split("-")[0] for line in lines
        ):
            found.append({"name": name, "lines": lines})
    return found


def _beside() -> dict[str, Any]:
    """What to try not to do, with the two sentences that are always said with it; whether all of it is signed."""
    language = get_language() or "en"
    avoid: list[Wording] = [entry.wording_in(language) for entry in pack().avoid]
    care, already = (pack().comforts[name].wording_in(language) for name in ("care_first", "already_done"))
    unsigned = not all(wording.signed for wording in (*avoid, care, already))
    return {"avoid": avoid, "care_first": care, "already_done": already, "beside_unsigned": unsigned}


def _version(version: ClockVersion) -> list[str]:
    counted = told.moment_words(version.runs_from)
    return [
        str(BECAUSE[version.because]), told.moment_words(version.started_at),
        counted if version.time_known else _("%(when)s, when they came") % {"when": counted}, version.edition,
    ]  # fmt: skip


def back(reader: Reader, reference: str, now: datetime) -> list[tuple[str, str]]:
    """Where this reader comes from: the counter's page, the case, or both."""
    ways = []
    if disclosures.may_see(reader, reference, now):
        ways.append((reverse("disclosure", args=[reference]), _("What happens now")))
    if reader.role in ("soit", "supervisor") and cases.needs_reason(reader, reference) is False:
        ways.append((reverse("case", args=[reference]), _("The case")))
    return ways


def resume(reader: Reader, reference: str, now: datetime) -> str:
    """Where a time is corrected; "" for whoever may not."""
    return reverse("counter_resume", args=[reference]) if disclosures.may_see(reader, reference, now) else ""
