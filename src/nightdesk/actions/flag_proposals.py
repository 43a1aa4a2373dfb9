"""Flags that a rule proposes: in the same transaction as the triage that leads to them, and never more than proposed."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._flag_rows import decided, earlier_flags, proposal
from nightdesk.actions._rows import staff_id
from nightdesk.outside.current import pack
from nightdesk.records.disclosures import BasicsVersion, Triage
from nightdesk.records.flags import CaseFlag
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import Grounds
from nightdesk.rules.pack_flag import is_yes
from nightdesk.rules.routing import Assessment


def propose_flags(
    *, actor: Reader, at: datetime, version: BasicsVersion, assessment: Assessment, edition: str, is_new: bool
) -> None:
    """Propose what triage of this version leads to. `is_new`: nothing can have been found before, so nothing is asked.

    What staff set aside is proposed all the same: the proposal stays beside it, and the specialist decides.
    """
    levels = rule.levels_of(assessment)
    found = rule.grounds_of(pack().flags, levels, assessment.proposals)
    if found and not is_new:
        earlier = [decided(row) for row in earlier_flags([version.disclosure])[version.disclosure_id]]
        found = tuple(
            one for one in found if not rule.stands_in_the_way(earlier, one, edition, version.number)
        )
    seen = tuple(one for one in found if one.reasons)
    added = tuple(one for one in found if not one.reasons)  # no words: a person at the desk said so, earlier
    for some, origin in ((seen, rule.TRIAGE), (added, rule.DESK)):
        if some:
            _keep(actor, at, version, some, edition, origin)


def propose_added(*, actor: Reader, at: datetime, triage: Triage, assessment: Assessment, label: str) -> None:
    """Propose what follows from a label that somebody at the desk added; what is proposed or raised already stays so."""
    if not is_yes(assessment.levels[label]):
        return
    flags = [flag for flag in pack().flags if any(label in way for way in flag.ways())]
    found = rule.grounds_of(flags, rule.levels_of(assessment), ())
    rows = earlier_flags([triage.disclosure])[triage.disclosure_id] if found else []
    there = {row.code for row in rows if row.state in rule.OPEN}
    triage.version.disclosure = triage.disclosure  # read already, with its vault
    if found := tuple(one for one in found if one.code not in there):
        _keep(actor, at, triage.version, found, triage.edition, rule.DESK, found_by=staff_id(actor))


@together
def _keep(
    actor: Reader, at: datetime, version: BasicsVersion, found: tuple[Grounds, ...], edition: str, origin: str,
    found_by: UUID | None = None,
) -> None:  # fmt: skip
    """The rows, in one statement, and their line."""
    rows = [
        proposal(at=at, version=version, found=one, origin=origin, edition=edition, found_by=found_by)
        for one in found
    ]
    with entry(
        "flags_proposed", actor=actor, at=at, subject=version.disclosure.reference,
        flags=[one.code for one in found], origin=origin, edition=edition,
    ):  # fmt: skip
        CaseFlag.objects.bulk_create(rows)
