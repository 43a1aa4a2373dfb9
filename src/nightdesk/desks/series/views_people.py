"""Who reads the series desk besides the analysts: a supervisor names officers, and ends it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import series_desk as actions
from nightdesk.desks.furniture.pages import now_of, page, storable
from nightdesk.desks.series.forms import NameForm
from nightdesk.queries import series as queries
from nightdesk.queries.candidates import may_see_desk
from nightdesk.rules.series import SeriesRefused


@page("series_people", "GET", "POST")
def series_people(request: HttpRequest) -> HttpResponse:
    """Who is named, and by whom; naming one more."""
    people = queries.to_be_named(request.reader)
    form = NameForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        try:
            actions.name_reader(
                actor=request.reader, at=now_of(request), username=form.cleaned_data["username"]
            )
            return redirect("series_people")
        except SeriesRefused as refusal:
            form.add_error(None, str(refusal))
    waiting, overdue = queries.owed(request.reader, now_of(request))
    context = {
        "form": form, "people": people, "named": queries.named_readers(request.reader), "waiting": waiting,
        "overdue": overdue, "sees": may_see_desk(request.reader),
    }  # fmt: skip
    return render(request, "series/people.html", context, status=422 if form.is_bound else 200)


@page("series_person_end", "POST")
def series_person_end(request: HttpRequest) -> HttpResponse:
    """An officer reads the desk no more."""
    username = storable(request.POST.get("username", ""))[:60]
    actions.end_reader(actor=request.reader, at=now_of(request), username=username)
    return redirect("series_people")
