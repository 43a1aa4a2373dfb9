"""Further offences in words: those recorded, and those that the facts point to."""

from collections.abc import Iterable
from typing import Any

from nightdesk.desks.caseroom.forms_related import EndForm
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.related_offences import RelatedSeen
from nightdesk.rules.pack_closing import OF_FLAG
from nightdesk.rules.recording import Suggestion


def offence(row: RelatedSeen, typed: EndForm | None) -> dict[str, Any]:
    """One further offence; the form to withdraw it while it stands, with what was typed."""
    entry = pack().related_classes.get(row.offence_class)
    return {
        "row": row, "title": f"{entry.code} {entry.label}" if entry else row.offence_class.replace("_", " "),
        "end": None if row.ended_at else typed or EndForm(auto_id=f"end-{row.number}-%s"), "open": typed is not None,
    }  # fmt: skip


def suggested(points: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """What the facts point to, each with why."""
    return [
        {"title": f"{one.entry.code} {one.entry.label}", "because": [_because(label) for label in one.labels]}
        for one in points
    ]


def _because(label: str) -> str:
    """A label of triage, or a flag of the case, by its name."""
    if not label.startswith(OF_FLAG):
        return told.label_of(label)
    code = label.removeprefix(OF_FLAG)
    entry = pack().flags.get(code)
    return entry.label if entry else code.replace("_", " ")
