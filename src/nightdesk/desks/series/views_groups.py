"""Groups to look at: what a comparison of the whole database proposes, and what analysts do with each."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import link_groups as actions
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import now_of, page
from nightdesk.desks.series import shown_groups
from nightdesk.desks.series.forms import AsideForm
from nightdesk.desks.series.looks import look, page_asked
from nightdesk.queries import link_groups as queries
from nightdesk.rules.link_group import LinkGroupRefused


@page("link_groups")
def link_groups(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at, the most acts first; and what was decided."""
    look(request, "link_groups")
    view = request.GET.get("show", "open")
    view = view if view in queries.VIEWS else "open"
    found = queries.groups(request.reader, view, page_asked(request))
    return render(request, "series/groups.html", shown_groups.groups(found, view))


@page("link_group")
def link_group(request: HttpRequest, group: UUID) -> HttpResponse:
    """Its reports, what holds them together, and what contradicts."""
    return group_page(request, group)


def group_page(
    request: HttpRequest, group: UUID, *, status: int = 200, form: Any = None, fault: str = ""
) -> HttpResponse:
    """The page of now; `form` is one that was not taken, with what was typed."""
    look(request, "link_group", str(group), there=queries.exists(request.reader, group))
    seen = queries.group(request.reader, group)
    if seen is None:  # the last of its reports went a moment ago
        raise NotFound(_("There is nothing at this address of the series desk. Go back to its list."))
    context = shown_groups.group(seen) | {"form": form or AsideForm(), "fault": fault}
    return render(request, "series/group.html", context, status=status)


@page("link_group_raise", "POST")
def link_group_raise(request: HttpRequest, group: UUID) -> HttpResponse:
    """Its pairs become candidates."""
    try:
        actions.take_up(actor=request.reader, at=now_of(request), group=group)
    except LinkGroupRefused as refusal:
        return group_page(request, group, status=409, fault=str(refusal))
    return redirect("link_group", group=group)


@page("link_group_aside", "POST")
def link_group_aside(request: HttpRequest, group: UUID) -> HttpResponse:
    """Set aside, with a reason."""
    form = AsideForm(request.POST)
    if not form.is_valid():
        return group_page(request, group, status=422, form=form)
    try:
        actions.set_aside(actor=request.reader, at=now_of(request), group=group, why=form.cleaned_data["why"])
    except LinkGroupRefused as refusal:
        return group_page(request, group, status=409, form=form, fault=str(refusal))
    return redirect("link_group", group=group)
