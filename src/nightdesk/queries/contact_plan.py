"""What was agreed with the person about contact, and what they wish: the newest versions, or what the counter noted."""

from dataclasses import dataclass

from nightdesk.records.contact_plan import newest_of_one
from nightdesk.records.disclosures import BasicsVersion
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.contact_plan import Agreed, agreed_from_basics, agreed_from_values
from nightdesk.rules.particular_contact import CONTACT_PLAN, WISHES
from nightdesk.rules.particular_field import Values


@dataclass(frozen=True)
class PersonSeen:
    """What was agreed about contact, and the wishes (None: nobody has asked for them here yet)."""

    agreed: Agreed
    wishes: Values | None


def person_of(reader: Reader, reference: str, basics: Basics | None = None) -> PersonSeen:
    """What holds in this case; `basics` when the page has them open already. Opens seals: the page journals first."""
    found = {row.particular.kind: row for row in newest_of_one(reference)}
    wishes = found[WISHES.code].said() if WISHES.code in found else None
    if (row := found.get(CONTACT_PLAN.code)) is not None:
        return PersonSeen(agreed_from_values(row.number, row.said()), wishes)
    return PersonSeen(agreed_from_basics(basics or noted_basics(reader, reference)), wishes)


def noted_basics(reader: Reader, reference: str) -> Basics:
    """The newest basics, as the counter noted them. Opens seals: the page journals first."""
    rows = BasicsVersion.objects.filter(disclosure__reference=reference).select_related("vault")
    newest = rows.order_by("-number").first()
    return newest.basics() if newest else Basics()


def agreed_of(reader: Reader, reference: str) -> Agreed:
    """What was agreed about contact. Opens seals: the page journals first."""
    return person_of(reader, reference).agreed
