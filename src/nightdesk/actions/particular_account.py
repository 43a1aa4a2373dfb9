"""Taking over what the first account says, so that nothing is typed twice. The account stays as it was told."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import uuid4

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import together
from nightdesk.actions.particular_links import link_particulars
from nightdesk.actions.particulars import keep_particular
from nightdesk.records.particular_marks import offers, taken_marks
from nightdesk.rules.access import Reader
from nightdesk.rules.particular_account import ties
from nightdesk.rules.particular_field import TOLD, ParticularRefused

NEWER: Final = "The first account was put right since this page was opened. Look at what it offers now."


@together
def take_from_account(
    *, actor: Reader, at: datetime, reference: str, version: int, codes: Collection[str]
) -> int:
    """Make entries of the chosen parts of the basics, and the links that the account itself tells; how many were made.

    `version` is the one of the basics that the page showed. What was taken over already is left as it is. Raises
    ParticularRefused, NotFound.
    """
    case = working_case(actor, reference)
    newest = case.disclosure.versions.select_related("vault").latest("number")
    if newest.number != version:
        raise ParticularRefused(NEWER)
    offered = offers(newest.basics(), taken_marks(reference))
    chosen = [(part, mark) for part, mark in offered if part.code in codes]
    made = {
        part.code: keep_particular(
            actor=actor, at=at, reference=reference, kind=part.kind, role=part.role, key=uuid4(), seen=0,
            values=part.values, taken_from=mark,
        )
        for part, mark in chosen
    }  # fmt: skip
    for link, one, other in ties([part for part, _mark in chosen]):
        link_particulars(
            actor=actor, at=at, reference=reference, kind=link, one=made[one].pk, other=made[other].pk, basis=TOLD
        )  # fmt: skip
    return len(made)
