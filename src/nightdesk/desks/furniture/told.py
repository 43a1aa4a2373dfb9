"""How a page and a proposal are shown: words and tones, for every desk that shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from nightdesk.outside.current import pack
from nightdesk.queries.disclosures import Paging, Proposed, Told
from nightdesk.rules.basics import Basics

SOON_HOURS, CLOSING_HOURS = 24, 4  # how a clock is toned; the windows themselves come from the pack
LEAVES_WITHIN = timedelta(seconds=30)  # a message still here after that is said to be

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
    "named": gettext_lazy("Asked by name"),
}
WAY_WORDS = {
    "screen": gettext_lazy("On the screen"),
    "sms": gettext_lazy("Text message"),
    "email": gettext_lazy("E-mail"),
    "webhook": gettext_lazy("Webhook"),
}
FIELDS = ("what", "who", "when", "where")
Reasons = Iterable[Mapping[str, Any]]


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


def moment_words(at: datetime) -> str:
    """A moment in the desk's zone as people say it, 24 hours."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j M Y')}, {local:%H:%M}"


def proposal_rows(proposed: Proposed, basics: Basics) -> list[dict[str, Any]]:
    """Each proposal: name, level, what led to it, and what people set beside it; then what people added.

    `words` are the person's, `elsewhere` those of them that stand outside *what*, `ticked` what was ticked on the page.
    """
    rows = [_proposal_row(p["label"], p["level"], p["reasons"], proposed) for p in proposed.proposals]
    labels = {p["label"] for p in proposed.proposals}
    added = {
        o["label"]: o["level"] for o in proposed.overrides if o["label"] not in labels
    }  # the newest counts
    return rows + [_proposal_row(label, level, (), proposed) for label, level in added.items()]


def _proposal_row(label: str, level: str, reasons: Reasons, proposed: Proposed) -> dict[str, Any]:
    return {
        "label": label_of(label), "level": LEVELS.get(level, level), "strong": level in ("likely", "yes"), "code": label,
        "words": sorted({r["words"] for r in reasons if r["field"] in FIELDS}),
        "elsewhere": sorted({r["words"] for r in reasons if r["field"] in FIELDS and r["field"] != "what"}),
        "ticked": sorted({_ticked(r) for r in reasons if r["field"] not in FIELDS}),
        "overrides": [o for o in proposed.overrides if o["label"] == label],
    }  # fmt: skip


def _ticked(reason: Mapping[str, Any]) -> str:
    """What was ticked: a sign of the medical card by its words, anything else by its question."""
    flag = pack().red_flags.get(reason["words"]) if reason["field"] == "red_flags" else None
    return flag.text_in(get_language() or "en") if flag else str(_("ticked on the page"))


def marks(proposed: Proposed, basics: Basics) -> list[dict[str, Any]]:
    """Where in *what* the words stand that led to each proposal; only those that the newest version still has there."""
    found = {
        (reason["start"], reason["end"], label_of(proposal["label"]))
        for proposal in proposed.proposals
        for reason in proposal["reasons"]
        if reason["field"] == "what" and reason["words"]
        and basics.what[reason["start"] : reason["end"]] == reason["words"]
    }  # fmt: skip
    return [{"start": start, "end": end, "label": label} for start, end, label in sorted(found)]


def paging_rows(paging: Paging, now: datetime) -> list[dict[str, Any]]:
    """Arguments of the paging list: who was told, when, and whether they answered; then whose turn is next."""
    waiting = paging.state in ("raised", "paged")
    rows = [_told_row(told, waiting, now) for told in paging.told]
    if waiting and paging.next_step_at and paging.next_step_at > now:
        detail = _("if nobody has answered by then")
        rows.append(
            {"who": _("The next person"), "state": "waiting", "at": paging.next_step_at, "detail": detail}
        )
    return rows


def on_the_way(paging: Paging, now: datetime) -> dict[str, Any] | None:
    """Since when somebody is on the way, how many minutes that is, and whether they should be there; None: nobody is."""
    if paging.set_off_at is None:
        return None
    minutes = int((now - paging.set_off_at).total_seconds() // 60)
    return {
        "at": paging.set_off_at,
        "minutes": max(minutes, 0),
        "overdue": paging.overdue,
        "ring": paging.ring,
    }


def _told_row(told: Told, waiting: bool, now: datetime) -> dict[str, Any]:
    """Answered; told; told and silent while somebody else answered; or not reached, when the message could not leave."""
    state, detail = "told" if waiting else "silent", str(LAYER_WORDS[told.layer])
    if told.let_go:
        state = told.let_go
    elif told.answered_at:
        state = "answered"
    elif not told.sent and now - told.told_at > LEAVES_WITHIN:
        state, detail = "failed", _("%(layer)s: the message has not left yet") % {"layer": detail}
    return {"who": told.name, "state": state, "at": told.answered_at or told.told_at, "detail": detail}
