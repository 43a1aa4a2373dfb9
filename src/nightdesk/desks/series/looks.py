"""Every look at the series desk is noted before anything is shown; whoever may not see it learns of nothing by trying."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.series_desk import read_series_desk
from nightdesk.desks.furniture.pages import now_of
from nightdesk.queries.candidates import may_see_desk


def look(request: HttpRequest, what: str, about: str = "", *, there: bool = True) -> None:
    """Note the look at `what` (a page code). Raises NotFound, noted too, when it is not `there` or not for this reader."""
    now = now_of(request)
    if not may_see_desk(request.reader):
        note_refusal(actor=request.reader, at=now, what=what)
        raise NotFound(
            _("The series desk is for analysts and for officers whom a supervisor has named. Ask yours.")
        )
    if not there:
        raise NotFound(_("There is nothing at this address of the series desk. Go back to its list."))
    read_series_desk(actor=request.reader, at=now, what=what, about=about)


def page_asked(request: HttpRequest) -> int:
    """Which page of a list; the first when it is no number."""
    number = request.GET.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 7 else 1
