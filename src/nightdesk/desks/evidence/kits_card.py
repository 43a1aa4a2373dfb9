"""The card that the person takes away: number, words, and how to follow the kit. The words are shown once."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.actions import kits as actions
from nightdesk.actions import reading
from nightdesk.desks.evidence.kits import kit_page, refuse_unless_theirs, typed
from nightdesk.desks.furniture import said as spoken
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.outside.current import pack
from nightdesk.outside.pdf import pdf
from nightdesk.queries.kits import card_fits
from nightdesk.rules.kit import KitRefused

LONGEST_WORDS = 80
TEMPLATE = "kit_card"


@page("kit_card", "POST")
def kit_card(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the words and show them: sent again by the same form, the same card; they are kept nowhere."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    number = typed(request, "number")
    try:
        words = actions.make_card(
            actor=request.reader, at=now, reference=reference, number=number, key=_key(typed(request, "key")),
            before=typed(request, "before"),
        )  # fmt: skip
    except KitRefused as refusal:
        return kit_page(request, reference, now, {}, fault=str(refusal), status=409)
    card = card_facts(number, " ".join(words), _language(request))
    return render(request, "evidence/kit_card.html", card | {"reference": reference})


@page("kit_card_pdf", "POST")
def kit_card_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same card as a sheet; only with words that work, so that no wrong card is ever handed out."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    number, words = typed(request, "number"), storable(request.POST.get("words", ""))[:LONGEST_WORDS]
    if not card_fits(request.reader, reference, number, words, now):
        fault = _("These words do not hold any more. Make a new card.")
        return kit_page(request, reference, now, {}, fault=fault, status=409)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="kit_card_pdf")
    made = pdf(TEMPLATE, sheet_facts(card_facts(number, words, _language(request))))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="card.pdf"'  # names nobody and nothing
    return response


def card_facts(number: str, words: str, language: str) -> dict[str, Any]:
    """What stands on the card: each sentence in the person's language, with the English beside it when that is another."""
    said = spoken.lines(pack().kit_lines, language)
    return {
        "number": number, "words": words.split(), "language": language, "said": said, "dir": spoken.direction(language),
        "lang": said["card_title"].language, "address": settings.NIGHTDESK_ADDRESS + reverse("track_kit"),
        "unsigned": spoken.unsigned(pack().kit_lines, language), "other": bool(said["card_title"].english),
    }  # fmt: skip


def sheet_facts(card: dict[str, Any]) -> dict[str, object]:
    """The same for the sheet, as plain values."""
    said = {name: {"words": line.words, "english": line.english} for name, line in card["said"].items()}
    return {**card, "said": said, "title": said["card_title"]["words"]}


def _language(request: HttpRequest) -> str:
    chosen = typed(request, "say")
    return chosen if spoken.known(chosen) else get_language() or "en-gb"


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise KitRefused(_("The page sent something that could not be read. Open the kit again.")) from fault
