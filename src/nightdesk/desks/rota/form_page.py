"""The page that a form of the rota stands on: what was refused, and what is asked once more, is said there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.rota import shown
from nightdesk.desks.rota.form_base import RotaForm
from nightdesk.queries.rota_calendar import names_of
from nightdesk.rules.strain import StrainUnanswered

ANSWERED = "answered"  # the field that sends back what was decided about too little rest


def sent(request: HttpRequest) -> Any:
    """What a form is made of: what was sent, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, name: str, form: RotaForm, **more: Any) -> HttpResponse:
    """The page rota/`name`.html with a form: as it was sent, with what is wrong (422) or is to be decided (409)."""
    strain = strain_rows(request, form.asked) if form.asked else None
    wrong = form.is_bound and not form.is_valid()
    status = 409 if strain else 422 if wrong else 200
    return render(request, f"rota/{name}.html", {"form": form, "strain": strain, **more}, status=status)


def strain_rows(request: HttpRequest, asked: StrainUnanswered) -> dict[str, Any]:
    """What would be too close, in words, and the token that answers it."""
    names = names_of(request.reader, {one.staff for one in asked.strains})
    return {"token": asked.token, "rows": [shown.strain(one, names) for one in asked.strains]}


def answered(request: HttpRequest) -> str:
    """What was decided about too little rest, as the page sent it; "" when it did not ask yet."""
    return str(request.POST.get(ANSWERED, ""))[:64]
