"""How a clock, a page and a proposal are shown: words and tones, for every desk that shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.outside.current import pack
from nightdesk.queries.disclosures import Paging, Proposed
from nightdesk.rules.basics import Basics
from nightdesk.rules.evidence_clock import Window

SOON_HOURS, CLOSING_HOURS = 24, 4  # how a clock is toned; the windows themselves come from the pack

LABELS = {
    "sexual_offence": gettext_lazy("Sexual offence"),
    "chemsex_context": gettext_lazy("Chemsex context"),
    "drug_facilitated_suspected": gettext_lazy("Drugging suspected"),
    "medical_emergency": gettext_lazy("Medical emergency"),
    "under_18": gettext_lazy("Under 18"),
    "immediate_danger": gettext_lazy("In danger now"),
}
LEVELS = {
    "likely": gettext_lazy("Likely"),
    "possible": gettext_lazy("Possible"),
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("Set aside"),
    "not_indicated": gettext_lazy("Set aside"),
}
STATES = {
    "draft": gettext_lazy("Not sent on yet"),
    "left": gettext_lazy("Left before referral"),
    "no_referral": gettext_lazy("No specialist asked for"),
    "raised": gettext_lazy("A specialist is being told"),
    "paged": gettext_lazy("Waiting for an answer"),
    "acknowledged": gettext_lazy("A specialist has it"),
    "on_the_way": gettext_lazy("A specialist is on the way"),
    "with_the_person": gettext_lazy("A specialist is with the person"),
    "handed_over": gettext_lazy("Handed over"),
}
LAYER_WORDS = {
    "soit": gettext_lazy("Specialist on duty"),
    "second": gettext_lazy("Second specialist"),
    "duty_di": gettext_lazy("Duty inspector"),
    "control_room": gettext_lazy("Control room"),
}
FIELDS = ("what", "who", "when", "where")


def label_of(label: str) -> str:
    """The staff name of a proposal; related offences have theirs from the pack."""
    if label in LABELS:
        return str(LABELS[label])
    entry = pack().related_offences.get(label)
    return entry.label if entry else label.replace("_", " ")


def hours_left(hours: float) -> str:
    """“5 hours left”, “2 days left”, “40 minutes left”."""
    if hours >= 48:
        days = int(hours // 24)
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if hours >= 1:
        return ngettext("%(n)s hour left", "%(n)s hours left", int(hours)) % {"n": int(hours)}
    minutes = max(int(hours * 60), 0)
    return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}


def clock_rows(windows: Iterable[Window]) -> list[dict[str, Any]]:
    """Arguments of the clock component, in the order given (shortest live first)."""
    return [_clock_row(window) for window in windows]


def _clock_row(window: Window) -> dict[str, Any]:
    if window.state == "passed":
        return {
            "label": window.label,
            "left": _("Ask the SARC"),
            "tone": "closed",
            "percent": 0,
            "detail": window.advice,
        }
    if window.state == "later":
        return {
            "label": window.label,
            "left": _("Later"),
            "tone": "open",
            "percent": 100,
            "detail": window.advice,
            "ends_at": None,
        }
    if window.remaining_hours is None or not window.hours:
        return {
            "label": window.label,
            "left": _("No fixed limit"),
            "tone": "open",
            "percent": 100,
            "detail": window.advice,
        }
    tone = (
        "closing"
        if window.remaining_hours < CLOSING_HOURS
        else "soon"
        if window.remaining_hours < SOON_HOURS
        else "open"
    )
    percent = max(1, round(100 * window.remaining_hours / window.hours))
    return {
        "label": window.label, "left": hours_left(window.remaining_hours), "tone": tone, "percent": percent,
        "detail": window.advice, "ends_at": window.ends_at,
    }  # fmt: skip


def proposal_rows(proposed: Proposed, basics: Basics) -> list[dict[str, Any]]:
    """Each proposal: name, level, the words that led to it by question, and what people set beside it."""
    rows = []
    for proposal in proposed.proposals:
        overrides = [o for o in proposed.overrides if o["label"] == proposal["label"]]
        rows.append(
            {
                "label": label_of(proposal["label"]), "level": LEVELS.get(proposal["level"], proposal["level"]),
                "strong": proposal["level"] in ("likely", "yes"), "code": proposal["label"],
                "words": sorted({_words(reason) for reason in proposal["reasons"]}), "overrides": overrides,
            }
        )  # fmt: skip
    proposed_labels = {proposal["label"] for proposal in proposed.proposals}
    for override in proposed.overrides:
        if override["label"] not in proposed_labels:
            rows.append(
                {
                    "label": label_of(override["label"]), "level": LEVELS.get(override["level"], ""), "strong": True,
                    "code": override["label"], "words": [], "overrides": [override],
                }
            )  # fmt: skip
    return rows


def _words(reason: Mapping[str, Any]) -> str:
    if reason["field"] == "red_flags":
        flag = pack().red_flags.get(reason["words"])
        return str(_("ticked: %(words)s") % {"words": flag.text_in("en") if flag else reason["words"]})
    return str(reason["words"]) if reason["field"] in FIELDS else str(_("ticked on the page"))


def paging_rows(paging: Paging, now: datetime) -> list[dict[str, Any]]:
    """Arguments of the paging list: who was told, when, and whether they answered; then whose turn is next."""
    waiting = paging.state in ("raised", "paged")
    rows: list[dict[str, Any]] = []
    for told in paging.told:
        state = "answered" if told.answered_at else "told" if waiting else "silent"
        rows.append(
            {
                "who": told.name,
                "state": state,
                "at": told.answered_at or told.told_at,
                "detail": str(LAYER_WORDS[told.layer]),
            }
        )
    if waiting and paging.next_step_at and paging.next_step_at > now:
        rows.append(
            {
                "who": _("The next person"),
                "state": "waiting",
                "at": paging.next_step_at,
                "detail": _("told if nobody answers by"),
            }
        )
    return rows
