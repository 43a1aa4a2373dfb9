"""How a case stands and how it ended, in words: for the case, for its own page, for the list of the supervisor."""

from dataclasses import fields
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desks.caseroom import closing_words as words
from nightdesk.desks.caseroom.shown_closing_tries import closed_on
from nightdesk.desks.furniture import told
from nightdesk.outside.current import pack
from nightdesk.queries.closings import ClosingSeen, Ended, OutcomeSeen, Short, Waiting
from nightdesk.rules.case import CLOSED, MOVES, WHOSE_TURN
from nightdesk.rules.closing import Standing, against
from nightdesk.rules.closing_concerns import concerns
from nightdesk.rules.closing_said import Said
from nightdesk.rules.pack_closing import ENDINGS


def state(code: str) -> dict[str, Any]:
    """Where a case stands and whose turn it is."""
    word, tone = words.STATE_WORDS[code]
    return {"state": word, "tone": tone, "turn": words.TURN_WORDS[WHOSE_TURN[code]], "closed": code == CLOSED}


def short(code: str, found: Short | None, related: int) -> dict[str, Any]:
    """The few lines on the case: how it stands, the newest ending, how many further offences."""
    line = None
    if found is not None:
        line = {
            "ending": words.ENDING_WORDS[found.ending][0], "outcome": outcome_title(found.outcome), "by": found.asked_by,
            "at": found.asked_at, "verdict": words.VERDICT_WORDS[found.verdict],
        }  # fmt: skip
    return state(code) | {"line": line, "related": related}


def outcome_title(code: str) -> str:
    """An outcome by its code in the counting rules and its name; by its id when today's pack has it no more."""
    entry = pack().outcomes.get(code)
    return f"{entry.code} {entry.label}" if entry else code.replace("_", " ")


def reasons(standing: Standing, ending: str, reference: str) -> list[dict[str, Any]]:
    """What speaks against closing it in this way, what blocks first, each with where to go."""
    return [
        {
            "words": words.AGAINST_WORDS[one.code], "count": one.count if one.count > 1 else "", "blocks": one.blocks,
            "href": reverse(words.AGAINST_PAGES.get(one.code, "case"), args=[reference])
            + words.AGAINST_PLACES.get(one.code, ""),
        }
        for one in against(standing, ending)
    ]  # fmt: skip


def endings(seen: Ended, reference: str) -> list[dict[str, Any]]:
    """The endings that can be asked for now; none while it waits or is closed."""
    if "ask_to_close" not in MOVES[seen.state]:
        return []
    return [
        {
            "title": words.ENDING_WORDS[code][0], "hint": words.ENDING_WORDS[code][1],
            "href": reverse("closing_ask", args=[reference, code]),
            "blocked": any(one.blocks for one in against(seen.standing, code)),
        }
        for code in ENDINGS
    ]  # fmt: skip


def lines() -> list[str]:
    """What is said to the person first, in the language of the page."""
    return [line.text_in(get_language() or "en") for line in pack().closing_lines]


def closing(seen: ClosingSeen) -> dict[str, Any]:
    """One closing with everything that was said, what was decided, and what followed."""
    row, look, back = seen.row, seen.look, seen.reopening
    return {
        "number": row.number, "ending": words.ENDING_WORDS[row.ending][0], "by": seen.by, "at": row.asked_at,
        "words": seen.words, "rows": _rows(seen), "grounds": seen.grounds,
        "against": [(words.AGAINST_WORDS[code], count if count > 1 else "") for code, count in row.against.items()],
        "verdict": words.VERDICT_WORDS[look.verdict if look else ""], "look": look,
        "outcomes": [_outcome(one, len(seen.outcomes)) for one in seen.outcomes],
        "asked_outcome": outcome_title(row.outcome),
        "back": {"why": _ground(back.ground), "by": back.by, "at": back.at, "words": back.words} if back else None,
    }  # fmt: skip


def _rows(seen: ClosingSeen) -> list[dict[str, Any]]:
    row = seen.row
    present = ": ".join(filter(None, (str(words.PRESENT_WORDS.get(row.present, "")), seen.present_who)))
    knows = [_("can come back")] * row.told_back + [_("what can be kept")] * row.told_kept
    pairs = (
        (_("Said by"), words.SAID_BY_WORDS.get(row.speaker, "")),
        (_("To whom"), seen.said_to),
        (_("When"), told.moment_words(row.said_at) if row.said_at else ""),
        (_("How they were asked"), words.HOW_WORDS.get(row.how, "")),
        (_("Who else was there"), present),
        (_("Brought up by the person"), words.UNASKED_WORDS.get(row.unasked, "")),
        (_("Support offered"), words.SUPPORT_WORDS.get(row.support, "")),
        (_("The person knows"), ", ".join(knows)),
        (_("Tries"), closed_on(seen)),
        (_("Tries that are not in the log"), seen.tries_where),
        (
            _("The prosecutors decided"),
            date_format(row.prosecutors_on, "j M Y") if row.prosecutors_on else "",
        ),
        (_("A suspect is known"), words.SUSPECT_WORDS.get(row.suspect, "")),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def _outcome(one: OutcomeSeen, newest: int) -> dict[str, Any]:
    """One outcome with all that may differ from the one before it, so that two read side by side tell what was changed."""
    suspect, on = words.SUSPECT_WORDS.get(one.suspect, ""), one.prosecutors_on
    more = {
        _("A suspect is known"): suspect,
        _("The prosecutors decided"): date_format(on, "j M Y") if on else "",
    }
    return {
        "number": one.number, "title": outcome_title(one.outcome), "grounds": one.grounds, "at": one.at, "by": one.by,
        "more": [f"{key}: {value}" for key, value in more.items() if value], "corrected": one.number != newest,
    }  # fmt: skip


def _ground(code: str) -> str:
    entry = pack().reopen_grounds.get(code)
    return entry.label if entry else code.replace("_", " ")


def points(seen: Ended) -> list[Any]:
    """What the supervisor looks at twice, of the newest closing."""
    if seen.newest is None:
        return []
    row = seen.newest.row
    kept = {f.name: getattr(row, f.name) for f in fields(Said) if hasattr(row, f.name) and f.name != "words"}
    kept |= {
        "grounds": "",
        "said_to": "",
        "present_who": "",
        "more_tries": (row.tries or 0) - row.tries_logged,
    }
    found = concerns(
        row.ending, Said(**kept), opened_at=seen.told_at, suspect_known=seen.standing.suspect_known,
        clock_runs=seen.standing.clock_runs, wants_police=seen.standing.wants_police,
    )  # fmt: skip
    return [words.CONCERN_WORDS[code] for code in found]


def waiting(row: Waiting) -> dict[str, Any]:
    """A line of the list of the supervisor: no words of anybody."""
    return {
        "reference": row.reference, "href": reverse("closing", args=[row.reference]), "by": row.asked_by, "at": row.asked_at,
        "ending": words.ENDING_WORDS[row.ending][0], "outcome": outcome_title(row.outcome), "owner": row.owner,
        "against": row.against, "others": row.present == "others", "mine": row.mine,
    }  # fmt: skip
