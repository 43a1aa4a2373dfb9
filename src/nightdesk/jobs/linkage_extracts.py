"""What was told, as comparison forms: its place looked up, its words normalised."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nightdesk.actions.link_reports import Made, SourceReports, keep_link_reports
from nightdesk.linkage.extract import AT_HOME, Extract, extract
from nightdesk.linkage.plain import to_plain
from nightdesk.outside.current import pack
from nightdesk.outside.gazetteer import Place, gazetteer
from nightdesk.outside.nicknames import load_nicknames
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_sources import SourceSeen, changes
from nightdesk.rules.access import SYSTEM


def read_changes() -> Made:
    """Make, change or end the reports of whatever the journal says has changed; what it came to."""
    seen = changes(SYSTEM)
    reports = [_reports(source) for source in seen.sources]
    return keep_link_reports(
        at=database_now(), after=seen.after, seq=seen.seq, more=seen.more, sources=reports
    )


def as_extract(told: Mapping[str, Any]) -> Extract:
    """Comparison forms of what was told. Where only his home is known, that is the place, and it is his home."""
    where, lives = (_place(str(told.get(key) or "")) for key in ("place_words", "home_words"))
    if told.get("postcode"):
        where = _place(f"{told.get('place_words', '')} {told['postcode']}") or where
    made = extract({"id": "", **told, **_position(where or lives)}, load_nicknames(pack().name))
    return replace(made, setting=AT_HOME) if where is None and lives is not None else made


def _reports(source: SourceSeen) -> SourceReports:
    told = source.told
    forms = None if told is None else {who: as_extract(one) for who, one in told.items()}
    kept = None if forms is None else {who: (one.kind, to_plain(one)) for who, one in forms.items()}
    return SourceReports(source.id, source.is_death, source.reported_at, kept)


def _place(words: str) -> Place | None:
    return gazetteer().find(words) if words else None


def _position(place: Place | None) -> dict[str, Any]:
    return {"lat": place.lat, "lon": place.lon, "place_precision": place.precision} if place else {}
