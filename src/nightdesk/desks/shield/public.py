"""“I was turned away, or threatened”: for anybody, without signing in; nothing in the address, nothing on the device."""

from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from nightdesk.actions.turned_away import NOBODY, Report, ReportRefused, WaitFirst, receive_report
from nightdesk.desks.furniture import said as spoken
from nightdesk.desks.furniture.pages import client_of, database_now, form_key, page, storable
from nightdesk.desks.shield import words
from nightdesk.outside.current import pack
from nightdesk.queries.turned_away import stations
from nightdesk.rules.turned_away import LONGEST, WHAT

LONGEST_ANSWER: Final = 200
FAULT_OF: Final = {"what": "fault_what", "told": "fault_told", "long": "fault_long"}


# Exempt: its token is a cookie, and this page sets none. What another site could send by it is one more report.
@csrf_exempt
@page("turned_away", "GET", "POST")
def turned_away(request: HttpRequest) -> HttpResponse:
    """What happened in, a receipt number out. What was typed stays on the page when something is missing."""
    language = _language(request)
    translation.activate(language)  # the language of this page alone; the middleware puts its own back
    if request.method != "POST":
        return _page(request, language, key=str(uuid4()))
    typed = _typed(request)
    report = Report(typed["what"], typed["told"], typed["station"], typed["lead"] == "yes", typed["answer"])
    try:
        key = form_key(typed["key"])
        row = receive_report(
            actor=NOBODY, at=database_now(), key=key, report=report, client=client_of(request) or "nowhere"
        )
    except WaitFirst as wait:
        response = _page(request, language, fault="wait", status=429, **typed)
        response["Retry-After"] = str(wait.seconds)
        return response
    except ReportRefused:
        return _page(request, language, fault=_fault(report), status=422, **typed)
    return _page(request, language, number=row.number, anonymous=not report.answer)


def _page(
    request: HttpRequest, language: str, *, fault: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    said = words.lines(language)
    leave = pack().kit_lines["leave"]
    context = {
        "said": said, "fault": said.get(fault), "faulty": fault, "languages": spoken.languages(), "chosen": language,
        "here": reverse("turned_away"), "leave": spoken.said(leave, language), "leave_to": leave.href,
        "leave_hint": spoken.said(pack().kit_lines["leave_hint"], language), "stations": stations(None),
        "ways": [(code, said[f"what_{code}"]) for code in WHAT], "unsigned": _unsigned(language),
        "emergency_number": pack().about.emergency_number, "language": spoken.said(pack().kit_lines["language"], language),
    }  # fmt: skip
    return render(request, "shield/public.html", context | more, status=status)


def _unsigned(language: str) -> spoken.Said | None:
    """The sentence that says so, when a translation is shown that nobody has signed."""
    if spoken.unsigned(pack().shield_lines, language):
        return spoken.said(pack().kit_lines["unsigned"], language)
    return None


def _typed(request: HttpRequest) -> dict[str, str]:
    longest = {"told": LONGEST + 1, "answer": LONGEST_ANSWER}
    names = ("key", "what", "told", "station", "lead", "answer")
    return {name: storable(request.POST.get(name, ""))[: longest.get(name, 60)] for name in names}


def _fault(report: Report) -> str:
    if report.what not in WHAT:
        return FAULT_OF["what"]
    return FAULT_OF["long" if report.told.strip() else "told"]


def _language(request: HttpRequest) -> str:
    """As chosen on the page; before that, as the person's own device asks for. Nothing is kept of it."""
    chosen = request.POST.get("in") or request.GET.get("in") or ""
    return chosen if spoken.known(chosen) else translation.get_language_from_request(request)
