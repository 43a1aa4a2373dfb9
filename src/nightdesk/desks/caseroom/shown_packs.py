"""What the pages of hand-over packs get: what goes, what stays and why, and what became of each."""

from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from nightdesk.desks.caseroom.shown_sharing import WHY, label_of, name_of, word
from nightdesk.outside.current import pack
from nightdesk.queries.sharing import PackRow, PackSeen, Preview
from nightdesk.rules import shared_pack as rule
from nightdesk.rules.pack_content import parts_of
from nightdesk.rules.pack_sharing import BY_DUTY
from nightdesk.rules.sharing import NOT_TO_THEM, Fate

STATES: Final = {
    rule.MADE: (gettext_lazy("Made, not sent"), "yellow"),
    rule.SENT: (gettext_lazy("Sent"), "blue"),
    rule.STOP_OWED: (gettext_lazy("Tell them to stop using it"), "red"),
    rule.ASKED_TO_DELETE: (gettext_lazy("Asked to delete"), "orange"),
    rule.DELETED: (gettext_lazy("They deleted it"), "green"),
    rule.KEPT: (gettext_lazy("They keep it"), "purple"),
    rule.UNUSED: (gettext_lazy("Set aside"), "grey"),
}
MOVES: Final = {
    "send": gettext_lazy("It was sent"),
    "set_aside": gettext_lazy("It is not needed: set it aside"),
    "ask_to_delete": gettext_lazy("They were told to stop using it and to delete it"),
    "never_left": gettext_lazy("It never left: the file was taken, and sent to nobody"),
    "delete": gettext_lazy("They say that it is deleted"),
    "keep": gettext_lazy("They say that they have to keep it"),
}
FREE_WORDS: Final = ("wishes", "events")  # groups in which somebody else may be named
DONE: Final = MOVES | {"owe_stop": gettext_lazy("The person took it back: they have to be told to stop")}


def going(found: Preview) -> list[dict[str, Any]]:
    """What goes, group by group, with exactly what the pack would say."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for fate in found.found:
        if fate.goes and fate.field.id in found.values:
            row = {"label": fate.field.label, "why": WHY[fate.why], **parts_of(found.values[fate.field.id])}
            groups.setdefault(fate.field.group, []).append(row)
    return [
        {
            "id": group.id, "title": group.label, "rows": [row for row in groups[group.id] if row["texts"]],
            "lists": [row for row in groups[group.id] if row["entries"]],
        }
        for group in pack().share_groups if group.id in groups
    ]  # fmt: skip


def staying(found: Preview) -> list[list[dict[str, Any]]]:
    """What stays, as rows of a table: the field, why, and what the table of the pack says about it. Never what it says."""
    return [
        [{"text": _counted(fate, found)}, {"text": _why(fate)}]
        for fate in found.found if not fate.goes and fate.field.id in found.values
    ]  # fmt: skip


def _counted(fate: Fate, found: Preview) -> str:
    """The field, and how many entries are in it."""
    entries = len(parts_of(found.values[fate.field.id])["entries"])
    return f"{fate.field.label} ({entries})" if entries else fate.field.label


def _why(fate: Fate) -> str:
    why = str(WHY[fate.why])
    return f"{why}. {fate.field.why_not}" if fate.why == NOT_TO_THEM and fate.field.why_not else why


def unknown(found: Preview) -> list[str]:
    """Fields that could go, and of which nothing is known."""
    return [fate.field.label for fate in found.found if fate.goes and fate.field.id not in found.values]


def names_others(found: Preview) -> bool:
    """Whether free words about wishes or events would go to whoever must not learn of others."""
    return any(
        fate.goes and fate.why != BY_DUTY and fate.field.group in FREE_WORDS and fate.field.id in found.values
        for fate in found.found
    )


def groups_going(found: Preview) -> tuple[str, ...]:
    """The groups that a pack would hold."""
    return tuple(row["id"] for row in going(found))


def pack_row(row: PackRow, reference: str) -> dict[str, Any]:
    """A pack as a line of a list."""
    state, tone = STATES[row.state]
    return {
        "code": row.code, "state": state, "tone": tone, "purpose": word(pack().share_purposes, row.purpose),
        "made_at": row.made_at, "made_by": row.made_by, "href": reverse("shared_pack", args=[reference, row.code]),
        "groups": [label_of(group) for group in row.basis],
    }  # fmt: skip


def _again(row: PackRow, reference: str) -> str:
    """The preview of the same pack by today's table: the same purpose, and what was left out is left out."""
    query = urlencode({"purpose": row.purpose, "like": row.code})
    return f"{reverse('pack_preview', args=[reference, row.recipient])}?{query}"


def one_pack(seen: PackSeen, reference: str) -> dict[str, Any]:
    """One pack with its history, newest first, and who took the file."""
    row = seen.row
    was_sent = any(step.move == "send" for step in seen.steps)
    again = seen.older_table and row.state == rule.MADE
    stuck = (
        again and not seen.downloads
    )  # nobody has the file, and by the newer table nobody takes it any more
    moves = [
        (move, MOVES[move])
        for move in rule.MOVES[row.state]
        if move in MOVES and not (was_sent and move == "never_left") and not (stuck and move == "send")
    ]
    return pack_row(row, reference) | {
        "name": name_of(row.kind, seen.service, seen.name), "moves": moves, "seen": len(seen.steps),
        "recipient": row.recipient, "consents": row.consents,
        "to_send": row.state == rule.MADE and not again, "may_take": row.state != rule.UNUSED and not again,
        "again": _again(row, reference) if again else "",
        "basis": [
            {"key": label_of(group), "value": WHY[why]} for group, why in row.basis.items()
        ],
        "steps": [
            {
                "title": DONE[step.move], "byline": step.by, "at": step.done_at,
                "text": ". ".join(part for part in (word(pack().send_ways, step.way), step.address, step.words) if part),
            }
            for step in reversed(seen.steps)
        ],
        "downloads": [{"at": at, "by": by} for at, by in seen.downloads],
    }  # fmt: skip
