"""Search across cases by blind keys: no seal is opened. Of what a reader may not open without a reason little is shown.

A flat count of statements: for each kind looked for at most four, and one for the cases. What matches whole is looked up
first, then the rarest word; of what more than MOST_LOOKED_AT keys have, the newest are looked at, and the reader is told so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models import Case as SqlCase
from django.db.models.functions import Greatest

from nightdesk.outside.search_words import normal_term, search_words
from nightdesk.records.cases import Case
from nightdesk.records.search import SearchKey, blind_keys
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader, refuse_unless_may_open
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.search_asked import WRITTEN, Asked, Match, SearchRefused, asked, folded_platform
from nightdesk.rules.search_guess import REFERENCE, day_of, guess, reference_of
from nightdesk.rules.search_terms import KINDS, Term
from nightdesk.rules.terms import SUPERVISOR

MOST: Final = 50  # cases on one page
MOST_LOOKED_AT: Final = 1_000  # keys of one kind in one search
CHOICES: Final = (REFERENCE, *KINDS)


@dataclass(frozen=True)
class Why:
    """Why a case was found: the kind, how (a code of WHY in rules/search_asked.py), and if only in an earlier version."""

    kind: str
    how: str
    old: bool


@dataclass(frozen=True)
class Found:
    """A case that was found. Of one that may not be opened without a reason only reference, unit, owner and whom to ask."""

    reference: str
    unit: str
    owner: str
    open: bool  # may be opened without a reason
    ask: tuple[str, ...] = ()  # whom to ask, when not
    station: str = ""
    opened_at: datetime | None = None
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a search came to: the kinds it was read as, the cases in their order, and whether there is more than shown."""

    kinds: tuple[str, ...]
    found: tuple[Found, ...]
    more: bool

    @property
    def others(self) -> int:
        """How many are not the reader's to open without a reason."""
        return sum(not one.open for one in self.found)


@dataclass
class _Hit:
    """A case with everything of it that matched."""

    mine: bool
    matches: list[tuple[Match, bool]] = field(default_factory=list)

    @property
    def rank(self) -> tuple[bool, int]:
        """The reader's own and their unit's first, then what matched best; in an earlier version only, a little less."""
        return (not self.mine, -max(2 * match.score - old for match, old in self.matches))


def search(reader: Reader, text: str, kind: str = "") -> Answer:
    """Cases with `text` in them; `kind` (of CHOICES) when the reader chose one, else it is guessed.

    Raises AccessRefused for a role that may not search, SearchRefused with a sentence when the text says too little.
    """
    refuse_unless_may_open("case_search", reader.role)
    words = search_words()
    kinds = (kind,) if kind in CHOICES else guess(text, words)
    if not kinds:
        raise SearchRefused(
            "Type what you look for: a reference, a name, a phone, a handle, a place or a day."
        )
    hits: dict[UUID, _Hit] = {}
    cut, refused = False, list[SearchRefused]()
    for one in kinds:
        if one == REFERENCE:
            _find_reference(reader, text, hits)
            continue
        try:
            cut |= _find(reader, asked(normal_term(_term(one, text)), words), hits)
        except SearchRefused as refusal:
            refused.append(refusal)
    if len(refused) == len(kinds):
        raise refused[0]
    first = sorted(hits, key=lambda key: hits[key].rank)[:MOST]
    return Answer(kinds, _shown(reader, first, hits), cut or len(hits) > MOST)


def _term(kind: str, text: str) -> Term:
    """What was typed, as a term of a kind. Raises SearchRefused for a day that is none."""
    if kind == "handle":
        value, platform = folded_platform(text, search_words())
        return Term(kind, value, platform)
    if kind == "date":
        day = day_of(text.strip())
        if day is None:
            raise SearchRefused("Write the day like 25 Nov 2026 or 25/11/2026.")
        return Term(kind, day.isoformat())
    return Term(kind, text)


def _mine(reader: Reader, path: str) -> Q:
    """Of these cases, those that the reader may open without a reason: rules/case.py, as a condition."""
    own = Q(**{f"{path}owner_id": UUID(reader.id)})
    of_unit = reader.unit and may_open_without_reason(role=reader.role, own=False, own_unit=True)
    return own | Q(**{f"{path}unit_id": UUID(reader.unit)}) if of_unit else own


def _find_reference(reader: Reader, text: str, hits: dict[UUID, _Hit]) -> None:
    rows = Case.objects.filter(disclosure__reference=reference_of(text))
    mine = SqlCase(
        When(_mine(reader, ""), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    for disclosure, own in rows.annotate(own=mine).values_list("disclosure_id", "own"):
        hits.setdefault(disclosure, _Hit(own)).matches.append((Match(REFERENCE, 100), False))


def _find(reader: Reader, wanted: Asked, hits: dict[UUID, _Hit]) -> bool:
    """Add what matches; whether there was more than was looked at."""
    blinds = blind_keys(wanted.keys)
    told, cut = _looked_at(wanted, blinds)
    # without the kind, which a blind value has in itself: so that only these disclosures' keys are looked up
    rows = SearchKey.objects.filter(blind__in=list(blinds.values()), disclosure__in=told)
    scored = _scored(rows, wanted, blinds).annotate(own=_own(reader))
    if wanted.sure_from > 1:
        scored = scored.filter(Q(own=1) | Q(score__gte=wanted.sure_from))
    count = len(wanted.together)
    found = list(
        scored.order_by("-own", "-score", "old", "-newest")[: 4 * MOST + 1].values_list(
            "disclosure_id", "own", "old", "alone", *(f"word{n}" for n in range(count))
        )
    )
    for disclosure, own, old, best, *each in found[: 4 * MOST]:
        match = Match(wanted.kind, best, tuple(each))
        hits.setdefault(disclosure, _Hit(bool(own))).matches.append((match, old))
    return cut or len(found) > 4 * MOST


def _looked_at(wanted: Asked, blinds: Mapping[Any, bytes]) -> tuple[set[UUID], bool]:
    """The disclosures whose keys are compared, and whether there are more: a common first name has tens of thousands. What
    is found whole comes first, however old it is; then, the newest first, what may match in part."""
    keys = SearchKey.objects.filter(kind=wanted.kind)
    whole = [blinds[key] for key, weight in wanted.alone.items() if weight >= WRITTEN]
    loose = [blinds[key] for key, weight in wanted.alone.items() if weight < WRITTEN]
    groups = [[blinds[key] for key in group] for group in wanted.together]
    told, left = set[UUID](), MOST_LOOKED_AT
    for driving in (whole, [*loose, *_rarest(keys, groups)]):
        rows = keys.filter(blind__in=driving).order_by("-id").values_list("disclosure_id", flat=True)
        found = list(rows[: left + 1]) if driving else []
        told |= set(found[:left])
        if len(found) > left:
            return told, True
        left -= len(found)
    return told, False


def _rarest(keys: QuerySet[SearchKey], groups: Sequence[Sequence[bytes]]) -> Sequence[bytes]:
    """Of words that must all be there, the blind values of the one that the fewest keys have."""
    if len(groups) < 2:
        return groups[0] if groups else ()
    every = {blind for group in groups for blind in group}
    counted = keys.filter(blind__in=every).values_list("blind").annotate(n=Count("id")).order_by()
    times = {bytes(blind): n for blind, n in counted}
    return min(groups, key=lambda group: sum(times.get(blind, 0) for blind in group))


def _scored(rows: QuerySet[SearchKey], wanted: Asked, blinds: Mapping[Any, bytes]) -> "QuerySet[Any, Any]":
    """One row for each thing told: the best weight of what finds alone, of each word, and the score (as rules' Match)."""
    grouped = rows.filter(disclosure__case__isnull=False).values("disclosure_id", "told", "old")
    made: dict[str, Any] = {"alone": Max(_weights(wanted.alone, blinds))}
    made |= {f"word{n}": Max(_weights(group, blinds)) for n, group in enumerate(wanted.together)}
    grouped = grouped.annotate(newest=Max("id"), **made)
    words = [F(f"word{n}") for n in range(len(wanted.together))]
    if not words:
        return grouped.annotate(score=F("alone")).filter(score__gt=0)
    every = Q(**{f"word{n}__gt": 0 for n in range(len(words))})
    together = SqlCase(
        When(every, then=sum(words[1:], words[0])), default=Value(0), output_field=IntegerField()
    )
    return grouped.annotate(score=Greatest(F("alone"), together)).filter(score__gt=0)


def _weights(weights: Mapping[Any, int], blinds: Mapping[Any, bytes]) -> SqlCase:
    by_weight: dict[int, list[bytes]] = {}
    for key, weight in weights.items():
        by_weight.setdefault(weight, []).append(blinds[key])
    cases = [
        When(blind__in=by_weight[weight], then=Value(weight)) for weight in sorted(by_weight, reverse=True)
    ]
    return SqlCase(*cases, default=Value(0), output_field=IntegerField())


def _own(reader: Reader) -> Any:
    mine = When(_mine(reader, "disclosure__case__"), then=Value(1))
    return Max(SqlCase(mine, default=Value(0), output_field=IntegerField()))


def _shown(reader: Reader, keys: Sequence[UUID], hits: Mapping[UUID, _Hit]) -> tuple[Found, ...]:
    rows = Case.objects.filter(disclosure_id__in=keys).select_related("unit", "owner", "disclosure__station")
    by_key = {row.disclosure_id: row for row in rows}
    found = [(by_key[key], hits[key]) for key in keys if key in by_key]
    asks = _supervisors({row.unit_id for row, hit in found if not hit.mine and row.owner is None})
    return tuple(_found(row, hit, asks) for row, hit in found)


def _found(row: Case, hit: _Hit, asks: Mapping[UUID, tuple[str, ...]]) -> Found:
    told, owner = row.disclosure, row.owner.name if row.owner else ""
    if not hit.mine:
        ask = (owner,) if owner else asks.get(row.unit_id, ())
        return Found(told.reference, row.unit.name, owner, open=False, ask=ask)
    station = told.station.name if told.station else ""
    return Found(
        told.reference, row.unit.name, owner, open=True, station=station, opened_at=row.opened_at, why=_why(hit)
    )  # fmt: skip


def _why(hit: _Hit) -> tuple[Why, ...]:
    """Each kind once, by its best match; an earlier version is named only when nothing of now matches."""
    best: dict[str, Why] = {}
    for match, old in sorted(hit.matches, key=lambda one: (-one[0].score, one[1])):
        best.setdefault(match.kind, Why(match.kind, match.why, bool(old)))
    return tuple(best.values())


def _supervisors(units: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Whom to ask about a case that nobody has: the supervisors of its unit."""
    named: dict[UUID, tuple[str, ...]] = {}
    rows = Staff.objects.filter(unit__in=set(units), role=SUPERVISOR, is_active=True).order_by("name")
    for unit, name in rows.values_list("unit_id", "name"):
        if unit is not None:
            named[unit] = (*named.get(unit, ()), name)
    return named
