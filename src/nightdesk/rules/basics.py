"""The basics: who, what, when, where, exactly as given. What is missing never stops anything but an empty *what*.

Source of the scope (what happened, who, where, when, then stop): reference field notes 2.1, counter minimum set, Nov 2026.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from nightdesk.rules.terms import ANSWER_STATES, GIVEN, NOT_ASKED, QUESTIONS

LONGEST_WHAT: Final = 20_000  # characters; about forty minutes of speech typed without a pause
LONGEST_ANSWER: Final = 2_000
LONGEST_LINE: Final = 300


@dataclass(frozen=True)
class Suspect:
    """Whoever did it, as far as known: each identifier apart, none required."""

    name_used: str = ""
    platform: str = ""
    handle: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    vehicle: str = ""
    description: str = ""

    def known(self) -> bool:
        """True when at least one identifier was given."""
        return any(asdict(self).values())


@dataclass(frozen=True)
class Basics:
    """One version of the basics, as the person gave them.

    `earliest_at` and `latest_at` are aware UTC times or None (not known). `answers` holds, per question of
    `terms.QUESTIONS`, whether it was given, not known, declined or not asked.
    """

    what: str = ""
    when_choice: str = ""
    when_words: str = ""
    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    where_kind: str = ""
    where_words: str = ""
    on_behalf: str = ""  # empty: the person speaks for themselves; otherwise who is speaking
    call_me: str = ""
    pronouns: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    safe_ways: tuple[str, ...] = ()
    contact_notes: str = ""
    suspects: tuple[Suspect, ...] = ()
    red_flags: tuple[str, ...] = ()
    under_18: str = ""  # yes, no, dont_know or empty (not asked)
    danger_now: str = ""
    interpreter: str = ""  # language code, or bsl
    officer_sex: str = ""
    adviser: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def state_of(self, question: str) -> str:
        """Whether `question` was given, not known, declined or not asked."""
        return self.answers.get(question, NOT_ASKED)


GO_ON_HOURS: Final = 12  # a shift: as long as the counter may go on with what it took


def may_go_on(*, role: str, own_station: bool, own_unit: bool, opened_at: datetime, now: datetime) -> bool:
    """Whether a reader may open and go on with the basics: their counter's for a shift; SOIT, supervisor: their unit's."""
    if role in ("soit", "supervisor"):
        return own_unit or own_station
    return own_station and now - opened_at < timedelta(hours=GO_ON_HOURS)


def with_answer_states(basics: Basics, ticked: Mapping[str, str]) -> Basics:
    """The same basics with the state of every question: what was given wins over a ticked *don't know*."""
    given = {
        "what": bool(basics.what.strip()),
        "when": bool(basics.earliest_at or basics.latest_at or basics.when_words),
        "where": bool(basics.where_words),
        "who_person": bool(basics.call_me or basics.contact_phone or basics.contact_email),
        "who_suspect": any(suspect.known() for suspect in basics.suspects),
    }
    states = {
        question: GIVEN if given[question] else _ticked(ticked.get(question, "")) for question in QUESTIONS
    }
    return replace(basics, answers=states)


def _ticked(value: str) -> str:
    return value if value in ANSWER_STATES and value != GIVEN else NOT_ASKED


def missing_basics(basics: Basics) -> tuple[str, ...]:
    """The questions nobody has put yet, in the order of the page. Empty: all were put. Nothing is required but *what*."""
    return tuple(question for question in QUESTIONS if basics.state_of(question) == NOT_ASKED)


def to_plain(basics: Basics) -> dict[str, Any]:
    """The basics as JSON-ready values, times as ISO 8601 in UTC. Inverse of `from_plain`."""
    plain = asdict(basics)
    for name in ("earliest_at", "latest_at"):
        plain[name] = plain[name].astimezone(UTC).isoformat() if plain[name] else None
    return plain


def from_plain(plain: Mapping[str, Any]) -> Basics:
    """The basics from what `to_plain` wrote; keys of a later edition are ignored, absent ones are unknown."""
    known = {f.name for f in fields(Basics)}
    values: dict[str, Any] = {name: value for name, value in plain.items() if name in known}
    for name in ("earliest_at", "latest_at"):
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    suspect_names = {f.name for f in fields(Suspect)}
    values["suspects"] = tuple(
        Suspect(**{name: value for name, value in entry.items() if name in suspect_names})
        for entry in values.get("suspects", ())
    )
    for name in ("safe_ways", "red_flags"):
        values[name] = tuple(values.get(name, ()))
    return Basics(**values)


def changed_fields(before: Basics | None, after: Basics) -> tuple[str, ...]:
    """Names of the fields that differ, sorted; every filled field when there was no earlier version."""
    old, new = to_plain(before or Basics()), to_plain(after)
    return tuple(sorted(name for name in new if _jsonish(new[name]) != _jsonish(old[name])))


def _jsonish(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
