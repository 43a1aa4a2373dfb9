"""What the actions of the shield share: its row with a vault of its own, and how the actor stands to the case."""

from datetime import datetime

from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sealed import Vault
from nightdesk.records.shield import VAULT, Shield, Stand
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import may_go_on
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR


def shield_of(disclosure: Disclosure, at: datetime) -> Shield:
    """The shield of a disclosure, made if there is none yet. The disclosure is locked by the caller."""
    found = Shield.objects.select_related("vault").filter(disclosure=disclosure).first()
    if found is not None:
        return found
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save(force_insert=True)
    return Shield.objects.create(disclosure=disclosure, vault=vault, made_at=at)


def stand_of(actor: Reader, disclosure: Disclosure) -> Stand:
    """How the actor stands to the case of a disclosure."""
    return Stand.of(Case.objects.filter(disclosure=disclosure).first(), actor.id, actor.unit)


def may_enter(actor: Reader, disclosure: Disclosure, at: datetime) -> bool:
    """Whether the actor may add to the shield: the counter that took it, within its shift, or the unit of the case."""
    if actor.role not in (COUNTER, SOIT, SUPERVISOR):
        return False
    station = disclosure.station
    own_unit = bool(actor.unit) and station is not None and str(station.unit_id) == actor.unit
    at_counter = may_go_on(
        role=actor.role, own_station=bool(actor.station) and str(disclosure.station_id) == actor.station,
        own_unit=own_unit or str(disclosure.taken_by_id) == actor.id, opened_at=disclosure.opened_at, now=at,
    )  # fmt: skip
    stand = stand_of(actor, disclosure)
    return at_counter or may_open_without_reason(role=actor.role, own=stand.own, own_unit=stand.own_unit)
