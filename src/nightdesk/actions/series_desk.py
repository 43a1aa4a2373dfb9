"""Who reads the series desk besides the analysts; and that every look at it is noted before anything is shown."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions._entry import entry
from nightdesk.actions.refusals import NotFound
from nightdesk.records.series import SeriesDeskMember
from nightdesk.records.staff import Staff
from nightdesk.rules import series as rule
from nightdesk.rules.access import AccessRefused, Reader
from nightdesk.rules.series import SeriesRefused
from nightdesk.rules.terms import SUPERVISOR

NOBODY = "There is no such officer. Choose from the list."
ONLY_SUPERVISORS = "A supervisor names who reads the series desk. Ask yours."


def read_series_desk(*, actor: Reader, at: datetime, what: str, about: str = "") -> None:
    """The actor opened `what` (a page code) of the series desk, `about` a candidate, report or series."""
    with entry("series_desk_read", actor=actor, at=at, what=what, about=about):
        pass


def name_reader(*, actor: Reader, at: datetime, username: str) -> None:
    """A supervisor names an officer who may read the series desk. Named twice, the first holds. Raises SeriesRefused."""
    _refuse_unless_supervisor(actor)
    staff = Staff.objects.filter(username=username, is_active=True).first()
    if staff is None:
        raise SeriesRefused(NOBODY)
    rule.refuse_if_not_to_be_named(staff.role, oneself=str(staff.pk) == actor.id)
    if SeriesDeskMember.objects.filter(staff=staff, ended_at=None).exists():
        return
    with entry("series_reader_named", actor=actor, at=at, username=staff.username):
        SeriesDeskMember.objects.create(staff=staff, named_at=at, named_by_id=UUID(actor.id))


def end_reader(*, actor: Reader, at: datetime, username: str) -> None:
    """An officer reads the series desk no more, from now on. Ended twice, the first holds. Raises NotFound."""
    _refuse_unless_supervisor(actor)
    named = SeriesDeskMember.objects.filter(staff__username=username)
    if not named.exists():
        raise NotFound(NOBODY)
    row = named.filter(ended_at=None).first()
    if row is None:
        return
    with entry("series_reader_ended", actor=actor, at=at, username=username):
        row.ended_at, row.ended_by_id = at, UUID(actor.id)
        row.save(update_fields=["ended_at", "ended_by"])


def _refuse_unless_supervisor(actor: Reader) -> None:
    if actor.role != SUPERVISOR:
        raise AccessRefused(ONLY_SUPERVISORS)
