"""Unexplained deaths: entered, corrected in versions, read from a coroner's file. All of it is sealed."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import new_reference, staff_id, unit_for
from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.deaths import Death, DeathVersion
from nightdesk.records.sealed import Vault, blind_index
from nightdesk.records.staff import Unit
from nightdesk.rules import death as rule
from nightdesk.rules.access import AccessRefused, Reader, may_open
from nightdesk.rules.death import DeathRefused
from nightdesk.rules.link_code import DELIVERIES

VAULT: Final = "death"
NO_SUCH: Final = "There is no death with this reference that you can see. Check the reference."
CORRECTED_SINCE: Final = (
    "Somebody corrected this since the page was opened. Look at what it says now, then correct again."
)
IMPORTED: Final = "import"


def enter_death(
    *,
    actor: Reader,
    at: datetime,
    key: UUID,
    source: str,
    values: Mapping[str, Any],
    unit: Unit | None = None,
) -> Death:
    """Keep what is known of a death, as its first version. Sent twice it is kept once. `unit`: by default the actor's.

    Raises DeathRefused, AccessRefused for a role that enters none, NotFound when the actor belongs to no unit.
    """
    if (kept := Death.objects.filter(sender_key=key).first()) is not None:
        return kept
    _refuse_unless_enters(actor, at)
    told = rule.kept(values)
    rule.refuse_if_not_kept(told, _codes())
    whose = unit or unit_for(actor=actor, station_id=actor.station or None)
    try:
        with entry(
            "death_entered", actor=actor, at=at, source=source, answers=_answers(told),
            markers=len(told.get("markers", {})),
        ) as line:  # fmt: skip
            row = _row(actor, at, key, source, whose)
            _version(row, actor, at, 1, told)
            line.subject = row.reference
    except IntegrityError:  # the same form, sent twice at the same moment
        return Death.objects.get(sender_key=key)
    return row


def correct_death(
    *, actor: Reader, at: datetime, reference: str, seen: int, values: Mapping[str, Any]
) -> int:
    """Keep a new version; its number. `seen` is the version the page showed. What is equal makes no version.

    Raises DeathRefused when somebody corrected it meanwhile, NotFound for whoever may not.
    """
    told = rule.kept(values)
    there = _found(actor, reference)
    rule.refuse_if_not_kept(told, _codes(_newest(there).opened("values")))
    if (standing := _standing(there, actor, seen, told)) is not None:
        return standing
    with entry("death_corrected", actor=actor, at=at, subject=reference) as line:
        row = _found(actor, reference, for_writing=True)
        newest = _newest(row)
        if newest.number != seen:
            raise DeathRefused(CORRECTED_SINCE)
        _version(row, actor, at, seen + 1, told)
        line.facts |= {"number": seen + 1, "changed": len(rule.changes(newest.opened("values"), told))}
    return seen + 1


def _standing(row: Death, actor: Reader, seen: int, told: Mapping[str, Any]) -> int | None:
    """The number of the newest version where it already says what was sent: sent twice, or nothing was changed."""
    newest = _newest(row)
    same = not rule.changes(newest.opened("values"), told)
    again = newest.number == seen + 1 and newest.by_id == staff_id(actor)
    return newest.number if same and (again or newest.number == seen) else None


def _newest(row: Death) -> DeathVersion:
    newest = row.versions.order_by("-number")[0]
    newest.vault = row.vault
    return newest


@together
def import_death(
    *, actor: Reader, at: datetime, number: str, unit: Unit, values: Mapping[str, Any], dry_run: bool = False
) -> str:
    """One line of a coroner's file: "entered", "corrected" or "same". `number` is the coroner's own, kept sealed.

    The key of the entry comes of it by a keyed index, so that the same line is never kept twice and tells no number. With
    `dry_run` nothing is written and the answer is what would be. Raises DeathRefused for a line that can't be kept.
    """
    key = uuid.UUID(bytes=blind_index("coroner_number", number.strip().casefold()))
    told = rule.kept(values)
    there = Death.objects.select_related("vault").filter(sender_key=key).first()
    newest = _newest(there) if there is not None else None
    rule.refuse_if_not_kept(told, _codes())
    told["coroner_number"] = number.strip()
    if newest is not None and not rule.changes(newest.opened("values"), told):
        return "same"
    if there is None or newest is None:
        if not dry_run:
            enter_death(actor=actor, at=at, key=key, source=IMPORTED, values=told, unit=unit)
        return "entered"
    if not dry_run:
        correct_death(actor=actor, at=at, reference=there.reference, seen=newest.number, values=told)
    return "corrected"


def _codes(before: Mapping[str, Any] | None = None) -> dict[str, tuple[str, ...]]:
    """The codes that each chosen answer may have: those of the pack, and what was kept `before` by an older pack."""
    held, kept = pack(), before or {}
    found = {name: getattr(held, section).ids() for name, section in rule.CHOICES.items()} | {
        "delivery": DELIVERIES
    }
    older = {name: (*known, kept[name]) if name in kept else known for name, known in found.items()}
    return {**older, "markers": (*held.death_markers.ids(), *kept.get("markers", {}))}


def _answers(told: Mapping[str, Any]) -> int:
    return len([name for name in told if name != "markers"])


def _refuse_unless_enters(actor: Reader, at: datetime) -> None:
    if actor.role != "system" and not may_open("death_new", actor.role):
        note_refusal(actor=actor, at=at, what="death_new")
        raise AccessRefused(
            "Deaths are entered at a counter, by specialists and by supervisors. Ask one of them."
        )


def _row(actor: Reader, at: datetime, key: UUID, source: str, unit: Unit) -> Death:
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save(force_insert=True)
    row = Death(
        reference=new_reference(), sender_key=key, source=source, unit=unit, station_id=actor.station or None,
        entered_at=at, entered_by_id=staff_id(actor), vault=vault,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _version(row: Death, actor: Reader, at: datetime, number: int, told: Mapping[str, Any]) -> None:
    DeathVersion(
        vault=row.vault, death=row, number=number, at=at, by_id=staff_id(actor), values=dict(told)
    ).save(force_insert=True)


def _found(actor: Reader, reference: str, *, for_writing: bool = False) -> Death:
    """The death, for whoever may correct it. Raises NotFound: “no such” and “not yours” look alike."""
    rows = Death.objects.select_related("vault")
    if for_writing:
        rows = rows.select_for_update(of=("self",), no_key=True)
    row = rows.filter(reference=reference).first()
    if row is None or not _may_correct(actor, row):
        raise NotFound(NO_SUCH)
    return row


def _may_correct(actor: Reader, row: Death) -> bool:
    own = bool(actor.unit) and str(row.unit_id) == actor.unit
    entered = str(row.entered_by_id) == actor.id
    return actor.role == "system" or rule.may_correct(role=actor.role, own_unit=own, entered=entered)
