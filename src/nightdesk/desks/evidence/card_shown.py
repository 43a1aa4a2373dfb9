"""What stands on the card. It is the same whatever was done, so it opens nothing of the act; and whoever finds it learns
nothing: the words come from the pack (`card`), which are chosen for that. What no source bears out is left off until the
force has signed it.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.formats import date_format

from nightdesk.outside.current import pack
from nightdesk.queries.clocks import ClockSeen
from nightdesk.rules.evidence_clock import Window
from nightdesk.rules.pack_entries import Entry, Service, Words
from nightdesk.rules.pack_windows import TimedEntry

RIGHT_TO_LEFT: Final = ("ar", "fa", "he", "ur")


def language_for(wanted: str) -> str:
    """The pack's language for a code, or for the id of a spoken language of the pack; English when there is none."""
    spoken = pack().languages.get(wanted)
    code = (spoken.code if spoken else wanted).replace("-", "_").casefold()
    exact = [held for held in pack().about.languages if held.casefold() == code]
    base = [held for held in pack().about.languages if held.casefold().split("_")[0] == code.split("_")[0]]
    return (exact or base or ["en"])[0]


def around(language: str) -> dict[str, Any]:
    """For the page around the card: the languages, what each line means, what is left off until the force signs it."""
    entries: list[TimedEntry] = [*pack().specimens, *pack().health]
    return {
        "language": language, "card_languages": [(code, _own_name(code)) for code in pack().about.languages],
        "meanings": [
            {"key": entry.card.wording_in(language).words, "value": entry.label}
            for entry in entries if entry.card and _borne_out(entry)
        ],
        "left_off": [entry.label for entry in (*entries, *pack().services) if entry.card and not _borne_out(entry)],
    }  # fmt: skip


def _own_name(code: str) -> str:
    spoken = [one for one in pack().languages if one.code.split("-")[0] == code.split("_")[0]]
    return spoken[0].own_name if spoken else code


def _borne_out(entry: Entry) -> bool:
    return entry.signed or not entry.to_be_confirmed


def facts(seen: ClockSeen, language: str) -> dict[str, Any]:
    """The card as JSON-ready words in `language`: for the page and for the PDF alike."""
    words = {line.id: line.text_in(language) for line in pack().card}
    with translation.override(language.replace("_", "-").lower()):
        keep = _rows((*seen.specimens, *seen.others), pack().specimens, language, words)
        health = _rows(seen.health, pack().health, language, words)
    return {
        "title": words["title"], "lang": language.replace("_", "-"), "words": words, "keep": keep, "health": health,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "avoid": [entry.text_in(language) for entry in pack().avoid if _borne_out(entry)],
        "ring": _ring(language, words), "unconfirmed": words["unconfirmed"] if _unsigned(language) else "",
    }  # fmt: skip


def _rows(
    windows: Iterable[Window], entries: Iterable[TimedEntry], language: str, words: dict[str, str]
) -> list[dict[str, str]]:
    """One line for each window that has words for the card, what ends soonest first; a passed one says to ask."""
    named: dict[str, Words] = {entry.id: entry.card for entry in entries if entry.card and _borne_out(entry)}
    return [
        {"what": named[window.id].wording_in(language).words, "when": _when(window, words)}
        for window in windows
        if window.id in named
    ]


def _when(window: Window, words: dict[str, str]) -> str:
    if window.state == "passed":
        return words["ask"]
    if window.state == "later":
        return f"{words['from']}: {_day(window.opens_at)}"
    if window.ends_at is None:
        return words["any_time"]
    return f"{words['until']}: {_day(window.ends_at)}, {timezone.localtime(window.ends_at):%H:%M}"


def _day(at: Any) -> str:
    return date_format(timezone.localtime(at), "l j E")  # E: the month as it stands in a date


def _ring(language: str, words: dict[str, str]) -> list[dict[str, str]]:
    """Who to ring: the emergency number, then those of the directory that have words for the card."""
    rows = [
        {"who": words["emergency"], "number": pack().about.emergency_number, "note": words["day_and_night"]}
    ]
    for service in pack().services:
        if service.card and service.phone and _borne_out(service):
            note = (
                words["day_and_night" if service.always_open else "by_day"] if _hours_known(service) else ""
            )
            who = service.card.wording_in(language).words + (f" ({service.area})" if service.area else "")
            rows.append({"who": who, "number": service.phone, "note": note})
    return rows


def _hours_known(service: Service) -> bool:
    return service.always_open or bool(service.openings)


def _unsigned(language: str) -> bool:
    """Whether anything on the card waits for the force, the words of this language among it."""
    entries: list[Entry] = [*pack().card, *pack().avoid]
    entries += [e for e in (*pack().specimens, *pack().health, *pack().services) if e.card]
    shown = [entry for entry in entries if _borne_out(entry)]
    return not all(
        words.wording_in(language, signed=entry.signed).signed
        for entry in shown
        for name, words in entry.worded()
        if name in ("card", "text")
    )
