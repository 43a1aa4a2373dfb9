"""How often the shield was opened, considered and decided, and how reports of being turned away stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.shield import shown
from nightdesk.queries.shield_figures import shield_figures as counted


@page("shield_figures")
def shield_figures(request: HttpRequest) -> HttpResponse:
    """Counts alone, and the ways to what waits."""
    context = shown.figures(counted(request.reader, database_now()))
    return render(request, "shield/figures.html", context | {"follows_up": request.reader.role != "auditor"})
