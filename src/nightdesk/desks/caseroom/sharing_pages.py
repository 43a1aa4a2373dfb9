"""What the pages of sharing have in common: whose case it is, the page of one recipient, and forms about one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_packs
from nightdesk.desks.caseroom import shown_sharing as shown
from nightdesk.desks.caseroom.forms_sharing import StepForm
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.outside.current import pack
from nightdesk.queries import sharing as queries
from nightdesk.queries.duties import DutySeen, duty_of
from nightdesk.queries.sharing import RecipientSeen
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import SUPERVISOR


def recipient_page(
    request: HttpRequest,
    reference: str,
    key: UUID,
    now: datetime,
    *,
    fault: str = "",
    step: StepForm | None = None,
) -> HttpResponse:
    """The page of one recipient; what could not be done is said at its top, and what was typed stays."""
    to = recipient_read(request, reference, key, now, "sharing_with")
    context = shown.recipient(to, reference, now) | {
        "reference": reference, "fault": fault, "groups": shown.groups(to), "form": step,
        "answers": [shown.answer(one, now) for one in to.consents],
        "decisions": [shown.decision(one, now) for one in to.decisions],
        "passings": [shown.passing(one) for one in to.passings],
        "packs": [shown_packs.pack_row(row, reference) for row in to.packs],
        "supervises": request.reader.role == SUPERVISOR,
    }  # fmt: skip
    if step is None and to.passings and context["passings"][0]["open"]:
        context["form"] = StepForm(
            moves=context["passings"][0]["moves"], initial={"seen": context["passings"][0]["seen"]}
        )
    status = 200 if not fault and step is None else 422
    return render(request, "caseroom/sharing_with.html", context, status=status)


def form_page(
    request: HttpRequest, template: str, reference: str, to: RecipientSeen, form: Any, more: dict[str, Any], *,
    fault: str = "",
) -> HttpResponse:  # fmt: skip
    """A form about one recipient."""
    context = {
        "reference": reference,
        "to": to.id,
        "name": shown.name_of(to.kind, to.service, to.name),
        "form": form,
    }
    return render(request, template, context | more, status=422 if fault or form.is_bound else 200)


def recipient_read(
    request: HttpRequest, reference: str, key: UUID, now: datetime, what: str
) -> RecipientSeen:
    """The recipient, after the reading was journalled. Raises NotFound."""
    read_theirs(request, reference, now, what)
    found = queries.recipient(request.reader, reference, key, now)
    if found is None:
        raise NotFound(_("There is no such recipient in this case. Go back to the case and choose it there."))
    return found


def duty_to_answer(reader: Reader, reference: str, key: str) -> DutySeen | None:
    """The duty to offer that somebody came from, if its key is one."""
    try:
        found = duty_of(reader, reference, UUID(key))
    except ValueError:
        return None
    return found if found and kind_for(found) else None


def kind_for(duty: DutySeen) -> str:
    """The kind of recipient that this duty is about to offer; "" for another duty."""
    return next((kind.id for kind in pack().recipients if kind.duty == duty.kind), "")
