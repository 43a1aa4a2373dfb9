"""What a new turn does to its officer's rest, and that whoever decides was asked."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from nightdesk.actions._entry import entry
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.cover import REST
from nightdesk.rules.rota import Span
from nightdesk.rules.strain import Strain, refuse_if_unanswered, strains


def strains_of(new: Span, *, given_up: Iterable[Span] = ()) -> list[Strain]:
    """What lies too close to `new` of its officer's other turns, in every unit and layer."""
    rows = Shift.objects.standing().filter(staff_id=new.staff)
    near = rows.filter(starts_at__lte=new.ends_at + REST, ends_at__gte=new.starts_at - REST)
    return strains(new, near.spans(), given_up=given_up)


def pass_over_strain(
    *, actor: Reader, at: datetime, unit: Unit, found: Iterable[Strain], answered: str
) -> None:
    """Note that the actor saw what would be too close and decided, a line for each officer. Nothing found: no line.

    Raises StrainUnanswered when `answered` does not name exactly what is found.
    """
    listed = sorted(found, key=lambda one: one.staff)
    refuse_if_unanswered(listed, answered)
    for staff, own in groupby(listed, key=lambda one: one.staff):
        username = Staff.objects.values_list("username", flat=True).get(pk=staff)
        count = len(list(own))
        with entry("short_rest_noted", actor=actor, at=at, unit=unit.code, username=username, count=count):
            pass
