"""What the templates of the shield get: facts turned into words and rows."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.desks.furniture import told
from nightdesk.desks.shield import words
from nightdesk.outside.current import pack
from nightdesk.queries import interest as interests
from nightdesk.queries import turned_away as reports
from nightdesk.queries.shield import Read, ShieldSeen
from nightdesk.queries.shield_figures import ShieldFigures
from nightdesk.rules import interest as rule


def outside(seen: ShieldSeen, asked: Iterable[interests.Row]) -> dict[str, Any]:
    """The shield as its page shows it to whoever may know of it."""
    return {
        "seen": seen, "reference": seen.reference, "asked": [decision(row) for row in asked],
        "openings": [
            {
                "title": words.text_of(pack().shield_reasons, opening.reason), "byline": opening.by,
                "at": opening.opened_at, "text": words.PURPOSES[opening.purpose],
            }
            for opening in seen.openings
        ],
    }  # fmt: skip


def read(version: Read) -> dict[str, Any]:
    """One version, opened: rows for what was said, and until when a sample may show it."""
    answer = version.answer
    drugs = [_drug(code) for code in answer.substances]
    times = [told.moment_words(at) for at in (answer.earliest_at, answer.latest_at) if at]
    pairs = (
        (_("What"), ", ".join([*drugs, answer.other] if answer.other else drugs)),
        (_("When"), " – ".join(dict.fromkeys(times))),
        (_("When, in their words"), answer.when_words),
        (_("How"), ", ".join(words.text_of(pack().shield_routes, code) for code in answer.routes)),
    )
    known = _("Not said")
    return {
        "number": version.number, "at": version.entered_at, "by": version.by, "words": answer.words,
        "medical": [{"key": key, "value": value or known} for key, value in pairs],
        "given_by": words.GIVEN_BY[answer.given_by],
        "until": [
            {
                "what": f"{_drug(until.drug)}: {words.SPECIMENS[until.specimen]}", "at": until.ends_at,
                "passed": until.passed,
            }
            for until in version.until
        ],
    }  # fmt: skip


def _drug(code: str) -> str:
    drug = pack().drugs.get(code)
    return drug.label if drug else code.replace("_", " ")


def decision(row: interests.Row) -> dict[str, Any]:
    """A line of the list of decisions."""
    state, tone = words.STATES[row.state]
    return {
        "row": row, "kind": words.text_of(pack().interest_kinds, row.kind), "state": state, "tone": tone,
        "href": reverse("interest", args=[row.reference]), "over": row.state in rule.OVER,
    }  # fmt: skip


def interest(seen: interests.InterestSeen) -> dict[str, Any]:
    """One decision with its history; a hidden view is a line without its content."""
    kind = pack().interest_kinds.get(seen.row.kind)
    return decision(seen.row) | {
        "seen": seen, "must_read": seen.may_read and not seen.reads_words and bool(set(seen.may) - {"take", "take_back"}),
        "meaning": kind.meaning if kind else "", "holds": kind.holds if kind else "",
        "events": [
            {"title": words.MOVES[move.move], "byline": move.by, "at": move.at, "text": move.reasons} for move in seen.moves
        ],
        "views": [
            {
                "by": view.by, "at": view.at, "hidden": view.against is None, "reasons": view.reasons,
                "view": _("Against the default: look into it") if view.against else _("The default holds"),
            }
            for view in seen.views
        ],
    }  # fmt: skip


def report_row(row: reports.Row) -> dict[str, Any]:
    """A line of the queue of reports."""
    state, tone = words.REPORT_STATES[row.state]
    return {
        "row": row, "what": words.text_of(pack().shield_lines, f"what_{row.what}"), "state": state, "tone": tone,
        "turn": words.TURNS[row.turn], "href": reverse("turned_away_report", args=[row.number]),
    }  # fmt: skip


def report(seen: reports.ReportSeen) -> dict[str, Any]:
    """One report, opened, with what was done."""
    return report_row(seen.row) | {
        "seen": seen, "buttons": [(move, words.REPORT_BUTTONS[move]) for move in seen.may],
        "events": [
            {"title": words.REPORT_MOVES[step.move], "byline": step.by, "at": step.at, "text": step.words}
            for step in seen.steps
        ],
    }  # fmt: skip


def figures(found: ShieldFigures) -> dict[str, Any]:
    """Counts as rows of tables: no reference, no name, no word."""
    openings = [
        [f"{words.PURPOSES[purpose]}: {words.text_of(pack().shield_reasons, reason)}", _number(count)]
        for (purpose, reason), count in sorted(found.openings.items())
    ]
    decisions = [
        [words.text_of(pack().interest_kinds, kind), str(words.STATES[state][0]), _number(count)]
        for (kind, state), count in sorted(found.decisions.items())
    ]
    reports_shown = [
        [str(words.REPORT_STATES[state][0]), _number(count)] for state, count in found.reports.items()
    ]
    return {
        "found": found, "openings": openings, "decisions": decisions, "reports": reports_shown,
        "opened": sum(found.openings.values()), "considered": sum(found.decisions.values()),
        "received": sum(found.reports.values()), "closed": found.reports.get("closed", 0),
        "openings_head": [_("For what, and why"), _head(_("How often"))],
        "decisions_head": [_("What it is about"), _("Where it stands"), _head(_("How many"))],
        "reports_head": [_("Where it stands"), _head(_("How many"))],
    }  # fmt: skip


def _number(count: int) -> dict[str, Any]:
    return {"text": count, "numeric": True}


def _head(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
