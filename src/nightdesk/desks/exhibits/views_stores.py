"""Stores: how full, how warm, what is wrong; temperatures read in from a file; opened and closed by supervisors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nightdesk.actions import stores as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.stores import StoreRefused
from nightdesk.actions.temperatures import read_temperatures_in
from nightdesk.desks.exhibits import shown, shown_stores
from nightdesk.desks.exhibits.forms_stores import FaultForm, ReadingsForm, StoreForm, sent_along
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.queries import force
from nightdesk.queries import store_history as history_query
from nightdesk.queries import stores as query
from nightdesk.rules.readings_file import Unreadable, read_readings


@page("stores")
def stores(request: HttpRequest) -> HttpResponse:
    """All stores: the reader's own first."""
    rows = [shown.store_row(row) for row in query.stores(request.reader, database_now())]
    may_add = bool(request.reader.role == "supervisor" and query.stations_of(request.reader))
    return render(request, "exhibits/stores.html", {"rows": rows, "may_add": may_add})


@page("store")
def store(request: HttpRequest, code: str) -> HttpResponse:
    """One store: temperatures of a week, faults and what lay inside."""
    return _page(request, code)


@page("store_history")
def store_history(request: HttpRequest, code: str) -> HttpResponse:
    """What lay in it, newest first; with `from` and `until`, what lay in it then, as in the time of a fault."""
    since, until = (shown_stores.moment_in(request.GET.get(name, "")) for name in ("from", "until"))
    found = history_query.store_history(
        request.reader, code, database_now(), since=since, until=until,
        page=shown.page_number(request.GET),
    )  # fmt: skip
    if found is None:
        raise NotFound(_("There is no store with this code. Look at the list of stores."))
    context = shown_stores.history(found, request.GET) | {"code": code, "since": since, "until": until}
    return render(request, "exhibits/store_history.html", context)


@page("store_fault", "POST")
def store_fault(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody saw a fault; or it is in order again."""
    common: dict[str, Any] = {"actor": request.reader, "at": database_now(), "code": code}
    ended, form = storable(request.POST.get("ended", "")), FaultForm(request.POST)
    try:
        if ended:
            acts.end_fault(**common, kind=ended)
        elif form.is_valid():
            acts.note_fault(
                **common, kind=form.cleaned_data["kind"], starts_at=form.cleaned_data["starts_at"]
            )
        else:
            return _page(request, code, form=form)
    except StoreRefused as refusal:
        return _page(request, code, fault=str(refusal))
    return redirect("store", code=code)


@page("store_change", "POST")
def store_change(request: HttpRequest, code: str) -> HttpResponse:
    """Close it: nothing more is put in. Or open it again."""
    change = acts.reopen_store if request.POST.get("change") == "open" else acts.close_store
    try:
        change(actor=request.reader, at=database_now(), code=code)
    except StoreRefused as refusal:
        return _page(request, code, fault=str(refusal))
    return redirect("store", code=code)


@page("store_new", "GET", "POST")
def store_new(request: HttpRequest) -> HttpResponse:
    """Add a store in a station of the unit."""
    stations = query.stations_of(request.reader)
    form = StoreForm(request.POST if request.method == "POST" else None, stations=stations)
    if form.is_valid():
        station = force.station_by_code(request.reader, form.cleaned_data.pop("station"))
        try:
            if station is not None:
                made = acts.add_store(
                    actor=request.reader, at=database_now(), station=station, **form.cleaned_data
                )
                return redirect("store", code=made.code)
        except StoreRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "exhibits/store_new.html", {"form": form}, status=422 if form.is_bound else 200)


@page("store_readings", "GET", "POST")
def store_readings(request: HttpRequest) -> HttpResponse:
    """A file of temperatures: first what it would change, then read in."""
    now, zone = database_now(), timezone.get_current_timezone()
    form = ReadingsForm(request.POST, request.FILES) if request.method == "POST" else ReadingsForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        raw = form.cleaned_data["raw"]
        try:
            if "keep" in request.POST:
                done = read_temperatures_in(actor=request.reader, at=now, raw=raw, zone=zone)
                context |= {"done": shown_stores.weighed(done.weighed, faults=done.faults)}
            else:
                found = query.weighed(request.reader, *read_readings(raw, zone), now)
                context |= {"checked": shown_stores.weighed(found), "along": sent_along(raw)}
        except Unreadable as fault:
            form.add_error(None, str(fault))
    return render(request, "exhibits/readings.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, code: str, *, fault: str = "", form: FaultForm | None = None) -> HttpResponse:
    now = database_now()
    seen = query.store(request.reader, code, now)
    if seen is None:
        raise NotFound(_("There is no store with this code. Look at the list of stores."))
    context = shown_stores.store(seen, now) | {"fault": fault, "form": form or FaultForm()}
    return render(request, "exhibits/store.html", context, status=409 if fault else 422 if form else 200)
