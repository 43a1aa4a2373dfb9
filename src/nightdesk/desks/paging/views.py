"""How somebody is told: their own ways, who of a unit can't be reached, what rings on the screen, the history of a page."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nightdesk.actions import screens, ways
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.ways import WayRefused
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.desks.paging import shown
from nightdesk.desks.paging.forms import WayForm
from nightdesk.outside.webhooks import secret_of
from nightdesk.queries.paging import call_outs as open_calls
from nightdesk.queries.paging import history
from nightdesk.queries.ways import own_ways, unit_reach

LONGEST_NUMBER = 6


@page("my_ways", "GET", "POST")
def my_ways(request: HttpRequest) -> HttpResponse:
    """One's own ways; a new one is sent a test message at once."""
    form, now = WayForm(request.POST if request.method == "POST" else None), database_now()
    if form.is_valid():
        try:
            way = ways.add_own_way(actor=request.reader, at=now, **form.cleaned_data)
        except WayRefused as refusal:
            form.add_error("address", str(refusal))
        else:
            if way.channel == "webhook" and way.added_at == now and settings.WEBHOOK_SECRET:
                return _ways_page(request, WayForm(), secret=secret_of(settings.WEBHOOK_SECRET, way.address))
            return redirect("my_ways")
    return _ways_page(request, form, status=422 if form.is_bound else 200)


@page("way_test", "POST")
def way_test(request: HttpRequest, way: UUID) -> HttpResponse:
    """Send a test message with a code."""
    try:
        ways.try_out(actor=request.reader, at=database_now(), way=way)
    except WayRefused as refusal:
        return _ways_page(request, WayForm(), fault=str(refusal), status=409)
    return redirect("my_ways")


@page("way_confirm", "POST")
def way_confirm(request: HttpRequest, way: UUID) -> HttpResponse:
    """The code of the test message: from now on this way is used."""
    code = storable(request.POST.get("code", ""))[:40]
    try:
        ways.confirm_way(actor=request.reader, at=database_now(), way=way, code=code)
    except WayRefused as refusal:
        return _ways_page(request, WayForm(), fault=str(refusal), status=422)
    return redirect("my_ways")


@page("way_first", "POST")
def way_first(request: HttpRequest, way: UUID) -> HttpResponse:
    """Try this way first."""
    ways.put_first(actor=request.reader, at=database_now(), way=way)
    return redirect("my_ways")


@page("way_withdraw", "POST")
def way_withdraw(request: HttpRequest, way: UUID) -> HttpResponse:
    """Not by this way any more."""
    ways.withdraw_way(actor=request.reader, at=database_now(), way=way)
    return redirect("my_ways")


@page("way_secret", "POST")
def way_secret(request: HttpRequest, way: UUID) -> HttpResponse:
    """A new secret of a webhook, shown once."""
    typed = storable(request.POST.get("number", ""))
    number = int(typed) if typed.isdecimal() and len(typed) < LONGEST_NUMBER else 0
    try:
        secret = ways.make_secret(actor=request.reader, at=database_now(), way=way, number=number)
    except WayRefused as refusal:
        return _ways_page(request, WayForm(), fault=str(refusal), status=409)
    return _ways_page(request, WayForm(), secret=secret)


def _ways_page(
    request: HttpRequest, form: WayForm, *, fault: str = "", secret: str = "", status: int = 200
) -> HttpResponse:
    context = shown.ways(own_ways(request.reader), database_now())
    context |= {"form": form, "fault": fault, "secret": secret}
    return render(request, "paging/ways.html", context, status=status)


@page("unit_ways")
def unit_ways(request: HttpRequest) -> HttpResponse:
    """For a supervisor: who of the unit can't be reached, or by one way only."""
    rows = shown.reach(unit_reach(request.reader, database_now()))
    return render(
        request, "paging/unit.html", {"rows": rows, "missing": [r for r in rows if not r["reached"]]}
    )


@page("call_outs")
def call_outs(request: HttpRequest) -> HttpResponse:
    """What the reader is asked to answer, each with one tap."""
    return render(request, "paging/call_outs.html", shown.calls(open_calls(request.reader)))


@page("call_outs_live")
def call_outs_live(request: HttpRequest) -> HttpResponse:
    """The strip at the top of every page of theirs, read again every few seconds. No person's data."""
    return render(request, "paging/strip.html", {"strip": shown.calls(open_calls(request.reader))})


@never_cache
def locked_strip(request: HttpRequest) -> HttpResponse:
    """The same for a desk that is locked; no page of its own, the lock answers with it (site/desk_time.py)."""
    strip = shown.locked_calls(open_calls(request.locked_reader))
    return render(request, "paging/strip_locked.html", {"strip": strip})


@page("call_outs_shown", "POST")
def call_outs_shown(request: HttpRequest) -> HttpResponse:
    """The script of a page says which call-outs it showed."""
    tokens = [storable(token) for token in request.POST.getlist("page")]
    screens.note_shown(actor=request.reader, at=database_now(), tokens=tokens)
    return HttpResponse(status=204)


@page("page_history")
def page_history(request: HttpRequest, reference: str) -> HttpResponse:
    """How a referral was paged: who, when, how, and what came of it. Names of staff only."""
    found = history(request.reader, storable(reference)[:LONGEST_REFERENCE], database_now())
    if found is None:
        raise NotFound(_("There is no referral with this reference that you may see. Check the reference."))
    return render(request, "paging/history.html", {"reference": reference, "events": shown.events(found)})
