"""What the actions on flags share: which flags a record has, and the row of one that is proposed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nightdesk.actions._rows import locked_disclosure
from nightdesk.actions.refusals import NotFound
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.records.staff import Unit
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import Decided, Grounds

NOT_YOURS = "There is no case of your unit with this reference. Check the reference."


def unit_and_owner(disclosure: Disclosure) -> tuple[Unit | None, UUID | None]:
    """Whose flags these are: the case's unit and owner; without a case the unit of the station or of whoever took it."""
    case = Case.objects.filter(disclosure=disclosure).select_related("unit").first()
    if case is not None:
        return case.unit, case.owner_id
    if disclosure.station is not None:
        return disclosure.station.unit, None
    return (disclosure.taken_by.unit if disclosure.taken_by else None), None


def disclosure_to_flag(actor: Reader, reference: str) -> Disclosure:
    """The disclosure, locked for writing. Raises NotFound unless the actor decides about its flags."""
    disclosure = locked_disclosure(reference, NOT_YOURS)
    unit, owner = unit_and_owner(disclosure)
    own_unit = bool(actor.unit) and unit is not None and str(unit.pk) == actor.unit
    if not rule.may_work_on(role=actor.role, own=str(owner) == actor.id, own_unit=own_unit):
        raise NotFound(NOT_YOURS)
    return disclosure


def decided(row: CaseFlag) -> Decided:
    """What an earlier flag says about proposing it again. Opens its grounds only when a person has said no."""
    reasons: frozenset[tuple[str, str]] = frozenset()
    if row.state not in rule.OPEN:
        reasons = frozenset((reason["rule"], reason["words"]) for reason in row.opened("grounds"))
    return Decided(row.code, row.state, row.edition, row.version.number if row.version else 0, reasons)


def earlier_flags(disclosures: Iterable[Disclosure]) -> dict[UUID, list[CaseFlag]]:
    """Every flag there is on these, by disclosure."""
    by_id = {disclosure.pk: disclosure for disclosure in disclosures}
    found: dict[UUID, list[CaseFlag]] = {key: [] for key in by_id}
    for row in CaseFlag.objects.filter(disclosure__in=by_id).select_related("version"):
        row.vault = by_id[row.disclosure_id].vault  # read already: no second query for the same key
        found[row.disclosure_id].append(row)
    return found


def proposal(
    *, at: datetime, version: BasicsVersion, found: Grounds, origin: str, edition: str, found_by: UUID | None = None,
    run: LookBack | None = None,
) -> CaseFlag:  # fmt: skip
    """The row of a proposed flag, not saved yet."""
    return CaseFlag(
        disclosure=version.disclosure, vault=version.disclosure.vault, version=version, code=found.code,
        state=rule.PROPOSED, origin=origin, level=found.level, found_at=at, found_by_id=found_by, edition=edition,
        run=run, grounds=rule.kept_grounds(found),
    )  # fmt: skip
