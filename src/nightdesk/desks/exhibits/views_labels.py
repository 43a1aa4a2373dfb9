"""Labels to print: a PDF sheet with the codes of the exhibits that are ticked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.exhibits import labels
from nightdesk.desks.exhibits.forms_labels import LabelsForm
from nightdesk.desks.exhibits.words import kind_words
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.outside.current import pack
from nightdesk.outside.pdf import LettersMissing, pdf
from nightdesk.queries.exhibits import Sought, listed

OFFERED = 60  # the newest of the search; look for others by case or code


@page("exhibit_labels", "GET", "POST")
def exhibit_labels(request: HttpRequest) -> HttpResponse:
    """Tick exhibits, say which sheet is in the printer, and get the PDF."""
    text = storable(request.GET.get("about", ""))[:20]
    rows = listed(request.reader, Sought(text=text), database_now(), rows=OFFERED)
    choices = [(row.code, f"{row.code} · {row.court_ref} · {kind_words(row.kind)}") for row in rows]
    ticked = [row.code for row in rows] if text else []
    form = LabelsForm(
        request.POST if request.method == "POST" else None, exhibits=choices, initial={"codes": ticked}
    )
    if form.is_valid():
        given = form.cleaned_data
        chosen = labels.in_order(rows, given["codes"])
        facts = labels.facts(
            pack().label_sheets[given["sheet"]], chosen, start=given["start"], copies=given["copies"]
        )
        try:
            answer = HttpResponse(pdf("labels", facts), content_type="application/pdf")
            answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
            return answer
        except LettersMissing as fault:
            form.add_error(None, str(fault))
    context = {"form": form, "text": text, "any": bool(rows)}
    return render(request, "exhibits/labels.html", context, status=422 if form.is_bound else 200)
