"""A sheet for the person: with whom they let us share, until when, what was sent, and how to take it back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format

from nightdesk.desks.caseroom.shown_sharing import day_before, name_of
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.outside.current import pack
from nightdesk.outside.pdf import pdf
from nightdesk.outside.pdf_letters import printable
from nightdesk.queries import sharing as queries
from nightdesk.queries.sharing import RecipientSeen

TEMPLATE = "consent_sheet"
RIGHT_TO_LEFT = ("ar",)


@page("consent_sheet")
def consent_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet as a PDF, in a language of the pack. Its name and its title say nothing of what happened."""
    now = database_now()
    read_theirs(request, reference, now, "consent_sheet")
    wanted = request.GET.get("language", "en")
    language = wanted if wanted in pack().about.languages else "en"
    rows = queries.recipients_of(request.reader, reference, now)
    answer = HttpResponse(
        pdf(TEMPLATE, printable(sheet_facts(rows, language, now))), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'attachment; filename="sheet.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def sheet_facts(rows: tuple[RecipientSeen, ...], language: str, now: datetime) -> dict[str, Any]:
    """What the template prints: every recipient that the person ever said yes to."""
    said = {
        name: pack().share_lines[f"sheet_{name}"].text_in(language)
        for name in ("title", "intro", "none", "until", "withdraw", "sent", "ended")
    }
    english = pack().share_lines["sheet_withdraw"].text_in("en")
    return {
        "title": said["title"], "lang": language.replace("_", "-"), "rtl": language in RIGHT_TO_LEFT, "intro": said["intro"],
        "said": said, "english": "" if said["withdraw"] == english else english,
        "rows": [_row(row, language, now) for row in rows if any(one.answer.yes for one in row.consents)],
    }  # fmt: skip


def _row(row: RecipientSeen, language: str, now: datetime) -> dict[str, Any]:
    """One recipient: what may go there now; or that it has ended, with what the newest yes was about."""
    given = {group for group, state in row.states.items() if state == "given"}
    newest = next(one.answer for one in row.consents if one.answer.yes)
    until = min(
        (one.answer.until_at for one in row.consents if one.answer.stands(now) and one.answer.until_at),
        default=None,
    )
    groups = [group for group in pack().share_groups if group.id in (given or newest.yes)]
    sent = [one.sent_at for one in row.packs if one.sent_at is not None]
    return {
        "name": name_of(row.kind, row.service, row.name), "groups": [group.text_in(language) for group in groups],
        "ended": not given or until is None, "until": _day(day_before(until), language) if until else "",
        "sent": [_day(at, language) for at in sent],
    }  # fmt: skip


def _day(at: datetime, language: str) -> str:
    with translation.override(language.replace("_", "-").lower()):
        return date_format(timezone.localtime(at), "j E Y")
