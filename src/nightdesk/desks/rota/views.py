"""The rota's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.rota import shown
from nightdesk.queries.rota import on_now


@page("rota")
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on now, layer by layer, and whom to ring."""
    units = shown.on_now(on_now(request.reader, database_now()))
    return render(request, "rota/on_now.html", {"units": units})
