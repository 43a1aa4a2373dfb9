"""What the template of a candidate gets: both reports side by side, the evidence either way, what is unknown, answers."""

from typing import Any

from django.utils.translation import gettext as _

from nightdesk.desks.series import chart_waterfall, shown, words
from nightdesk.desks.series.forms import questions
from nightdesk.desks.series.told import both_rows
from nightdesk.desks.series.words_evidence import sentence
from nightdesk.queries.candidates import Answer, CandidateSeen
from nightdesk.rules import candidate as rule
from nightdesk.rules import series
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import Found, band, band_of_pair, family
from nightdesk.rules.terms import ANALYST


def candidate(seen: CandidateSeen, analysts: list[tuple[str, str]], reader: Reader) -> dict[str, Any]:
    """The page of a candidate."""
    evidence = seen.evidence
    ordered = (*evidence.speaks_for, *evidence.speaks_against)
    numbers = {one: place for place, one in enumerate(ordered, 1)}
    alone = band_of_pair(evidence.alone, seen.prior)
    return shown.row(seen.row) | {
        "seen": seen, "both": _both(seen), "chart": chart_waterfall.waterfall(ordered),
        "speaks_for": [_piece(one, numbers[one]) for one in evidence.speaks_for],
        "against": [_piece(one, numbers[one]) for one in evidence.speaks_against],
        "alone": words.BANDS[alone], "alone_tone": words.TONES[alone],
        "unknown": [
            (_("The new report does not say"), _unknown(evidence.unknown_mine)),
            (_("The earlier report does not say"), _unknown(evidence.unknown_theirs)),
        ],
        "questions": [text for _code, text in questions(evidence)], "effect": _effect(seen),
        "answers": [_answer(one) for one in seen.answers], "analyst": reader.role == ANALYST, "analysts": analysts,
        "me": reader.username, "state_owed": seen.row.state in rule.OWED,
        "together": seen.series[0] if seen.series[0] == seen.series[1] else "",
        "sides": [shown.report(seen.row.new), shown.report(seen.row.earlier)],
    }  # fmt: skip


def _both(seen: CandidateSeen) -> list[tuple[Any, str, str]]:
    """What both say, side by side; nothing where one of them was destroyed, so that nobody reads it as not known."""
    if seen.row.new.destroyed_at or seen.row.earlier.destroyed_at:
        return []
    return both_rows(seen.mine, seen.theirs)


def _piece(one: Found, number: int) -> dict[str, Any]:
    """A row of the tables."""
    said = band(one.bits)
    return {
        "number": number, "text": sentence(one), "band": words.BANDS[said], "tone": words.TONES[said],
        "bar": chart_waterfall.bar(one.bits),
    }  # fmt: skip


def _unknown(comparisons: tuple[str, ...]) -> list[Any]:
    return [
        words.UNKNOWN[about] for about in dict.fromkeys(map(family, comparisons)) if about in words.UNKNOWN
    ]


def _effect(seen: CandidateSeen) -> str:
    """What a link would do, said before anybody decides."""
    one, other = seen.series
    sentences = {
        series.OPENED: _("If they are linked, the two become a series."),
        series.JOINED: _("If they are linked, the other report joins series {one}."),
        series.MERGED: _(
            "If they are linked, series {one} and {other} become one series, with all reports of both."
        ),
        series.NOTHING: _("Both are in series {one} already."),
    }
    return sentences[series.effect_of_link(one, other)].format(one=one or other, other=other)


def _answer(one: Answer) -> dict[str, Any]:
    """An answer that may be shown."""
    asked = dict([*words.QUESTIONS.items(), words.OTHER_QUESTION])
    return {
        "one": one, "answer": words.ANSWERS[one.answer], "asked": [asked[code] for code in one.asked if code in asked],
    }  # fmt: skip


def history(seen: CandidateSeen | None) -> dict[str, Any]:
    """Moves as a timeline, answers beside it."""
    assert seen is not None  # noqa: S101 - the page has looked whether it is there
    return shown.row(seen.row) | {
        "seen": seen, "answers": [_answer(one) for one in seen.answers],
        "events": [
            {"title": words.MOVES.get(move.move, words.RAISED), "byline": move.by, "at": move.at, "text": move.words}
            for move in seen.moves
        ],
    }  # fmt: skip
