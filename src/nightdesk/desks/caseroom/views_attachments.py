"""Attachments of a case: listed, added, looked at, given out, withdrawn; those of a unit that need its supervisor."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import attachments as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_attachments as shown
from nightdesk.desks.caseroom import shown_chat
from nightdesk.desks.caseroom.forms_attachments import AttachmentForm, WithdrawForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.queries import attachments as queries
from nightdesk.rules.attachment import AttachmentRefused
from nightdesk.rules.chat import ChatUnreadable


@page("attachments_unit")
def attachments_unit(request: HttpRequest) -> HttpResponse:
    """What the scanner found in the unit's files, and what it has not looked at."""
    rows = [shown.waiting(row) for row in queries.of_unit(request.reader)]
    return render(request, "caseroom/attachments_unit.html", {"rows": rows, "scanner": shown.has_scanner()})


@page("attachments")
def attachments(request: HttpRequest, reference: str) -> HttpResponse:
    """Every file of a case, newest first."""
    read_theirs(request, reference, database_now(), "attachments")
    rows = [shown.line(row, reference) for row in queries.attachments_of(request.reader, reference)]
    return render(request, "caseroom/attachments.html", {"reference": reference, "rows": rows})


@page("attachment_add", "GET", "POST")
def attachment_add(request: HttpRequest, reference: str) -> HttpResponse:
    """A file, sealed into the case; refused with a sentence."""
    refuse_unless_theirs(request, reference, database_now(), "attachment_add")
    form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
    if form.is_valid():
        try:
            row = acts.keep_attachment(
                actor=request.reader, at=database_now(), reference=reference, key=form.cleaned_data["key"],
                file=form.cleaned_data["file"], described=form.described(),
            )  # fmt: skip
            return redirect("attachment", reference=reference, which=row.number)
        except AttachmentRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"reference": reference, "form": form, "scanner": shown.has_scanner()}
    return render(request, "caseroom/attachment_add.html", context, status=422 if form.is_bound else 200)


@page("attachment")
def attachment(request: HttpRequest, reference: str, which: int) -> HttpResponse:
    """One file: what was said of it, what it is, and what can be done with it."""
    read_theirs(request, reference, database_now(), "attachment")
    return _attachment_page(request, reference, which)


@page("attachment_download", "POST")
def attachment_download(request: HttpRequest, reference: str, which: int) -> HttpResponseBase:
    """The file itself, never shown by the browser: under a neutral name, after its line in the journal."""
    refuse_unless_theirs(request, reference, database_now(), "attachment_download")
    try:
        out = acts.give_out(
            actor=request.reader, at=database_now(), reference=reference, number=which, knows="knows" in request.POST
        )  # fmt: skip
    except AttachmentRefused as refusal:
        read_theirs(
            request, reference, database_now(), "attachment"
        )  # nothing was given out, but this page opens seals
        return _attachment_page(request, reference, which, fault=str(refusal))
    answer = StreamingHttpResponse(out.pieces, content_type=out.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{out.name}"'
    answer["Content-Length"] = str(out.size)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("attachment_picture")
def attachment_picture(request: HttpRequest, reference: str, which: int) -> HttpResponse:
    """The small picture: drawn anew by us, the one thing of a file that a browser shows."""
    read_theirs(request, reference, database_now(), "attachment_picture")
    drawn = queries.picture_of(request.reader, reference, which)
    if drawn is None:
        raise NotFound(_("This file has no small picture."))
    answer = HttpResponse(drawn, content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("attachment_about")
def attachment_about(request: HttpRequest, reference: str, which: int) -> HttpResponse:
    """What a picture says about itself: asked for by a press, since it may say where somebody lives."""
    read_theirs(request, reference, database_now(), "attachment_about")
    _row(request, reference, which)
    said = queries.said_by_file(request.reader, reference, which)
    context = {"reference": reference, "which": which, "rows": shown.said_by_file(said)}
    return render(request, "caseroom/attachment_about.html", context)


@page("attachment_chat")
def attachment_chat(request: HttpRequest, reference: str, which: int) -> HttpResponse:
    """An exported chat as a plain page."""
    read_theirs(request, reference, database_now(), "attachment_chat")
    row = _row(request, reference, which)
    context: dict[str, Any] = {"reference": reference, "which": which, "title": row.title, "fault": ""}
    try:
        messages = queries.chat_of(request.reader, reference, which)
    except ChatUnreadable as fault:
        messages, context["fault"] = (), str(fault)
    context |= shown_chat.chat(messages, request.GET.get("page", ""))
    return render(request, "caseroom/attachment_chat.html", context)


@page("attachment_withdraw", "GET", "POST")
def attachment_withdraw(request: HttpRequest, reference: str, which: int) -> HttpResponse:
    """It does not belong to the case: with a reason. It stays, and is shown as withdrawn."""
    read_theirs(request, reference, database_now(), "attachment_withdraw")
    row = _row(request, reference, which)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.withdraw_attachment(
                actor=request.reader, at=database_now(), reference=reference, number=which, **form.cleaned_data
            )  # fmt: skip
            return redirect("attachment", reference=reference, which=which)
        except AttachmentRefused as refusal:
            form.add_error("words", str(refusal))
    context = {"reference": reference, "form": form, "row": shown.line(row, reference)}
    return render(request, "caseroom/attachment_withdraw.html", context, status=422 if form.is_bound else 200)


def _attachment_page(request: HttpRequest, reference: str, which: int, *, fault: str = "") -> HttpResponse:
    row = _row(request, reference, which)
    context = {"reference": reference, "which": which, "fault": fault} | shown.attachment(row, reference)
    return render(request, "caseroom/attachment.html", context, status=409 if fault else 200)


def _row(request: HttpRequest, reference: str, which: int) -> queries.AttachmentSeen:
    row = queries.attachment_of(request.reader, reference, which)
    if row is None:
        raise NotFound(acts.NO_ATTACHMENT)
    return row
