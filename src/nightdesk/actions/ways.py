"""The ways in which somebody is told: added, tried out, confirmed, put in order, withdrawn. Each sees to their own."""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from nightdesk.actions._entry import entry, together
from nightdesk.actions._outbox import message_by
from nightdesk.actions._rows import staff_id
from nightdesk.actions._tries import WaitFirst, count_try, forget_tries
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.outside.phones import normal_phone
from nightdesk.outside.webhooks import WebhookRefused, refuse_bad_address, secret_of
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.messages import trial_notice
from nightdesk.rules.ways import SCREEN, SECRET_OVERLAP, Way

MOST_SECRETS: Final = 3  # in a day: each signs for as long, and a header has its limits
MOST: Final = 6  # ways of one person: who needs more is not reached by more
TEST_EVERY: Final = timedelta(seconds=30)  # a test costs a text message
CODE_HOLDS: Final = timedelta(minutes=30)
CODE: Final = re.compile(r"\b(\d{6})\b")
PHONE: Final = re.compile(r"\+\d{8,15}")


class WayRefused(Exception):
    """A way can't be kept as asked; the sentence says what to do."""


def add_way(
    *, actor: Reader, at: datetime, staff: Staff, channel: str, address: str = "", confirmed: bool = False
) -> ContactWay:
    """One more way of `staff`, after those they have. Told by it only once it is confirmed; a screen needs no confirming.

    Added twice, it is there once. Raises WayRefused for an address that is none.
    """
    address = _clean_address(channel, address)
    own = ContactWay.objects.filter(staff=staff, withdrawn_at=None)
    if (same := own.filter(channel=channel, address__iexact=address).first()) is not None:
        return same
    if own.count() >= MOST:
        raise WayRefused(
            f"You have {MOST} ways already. Withdraw one that you do not use, then add this one."
        )
    with entry("way_added", actor=actor, at=at, username=staff.username, channel=channel):
        last = ContactWay.objects.filter(staff=staff).order_by("-place").first()
        known = confirmed or channel == SCREEN
        return ContactWay.objects.create(
            staff=staff, channel=channel, address=address, place=last.place + 1 if last else 1, added_at=at,
            added_by_id=staff_id(actor), verified_at=at if known else None,
        )  # fmt: skip


@together
def add_own_way(*, actor: Reader, at: datetime, channel: str, address: str) -> ContactWay:
    """One more way of the actor's own, and a test message to it. Raises WayRefused."""
    staff = Staff.objects.get(pk=actor.id)
    way = add_way(actor=actor, at=at, staff=staff, channel=channel, address=address)
    if way.verified_at is None and not _tested_since(way, at - TEST_EVERY):
        try_out(actor=actor, at=at, way=way.pk)
    return way


def _tested_since(way: ContactWay, since: datetime) -> bool:
    return Message.objects.filter(way=way, about="test", made_at__gt=since).exists()


def _clean_address(channel: str, address: str) -> str:
    """The address in the one form that is kept. Raises WayRefused."""
    address = address.strip()
    if channel == "screen":
        return ""
    if channel == "sms":
        number = normal_phone(address, pack().about.country)
        if not PHONE.fullmatch(number):
            raise WayRefused("Enter a mobile number with all its digits, such as 07700 900123.")
        return number
    try:
        if channel == "email":
            validate_email(address)
        else:
            refuse_bad_address(address, private=settings.WEBHOOK_PRIVATE)
    except ValidationError:
        raise WayRefused("Enter an e-mail address, such as name@force.example.") from None
    except WebhookRefused as refusal:
        raise WayRefused(str(refusal)) from None
    return address


def _own(actor: Reader, way: UUID) -> ContactWay:
    found = (
        ContactWay.objects.select_related("staff")
        .filter(pk=way, staff=staff_id(actor), withdrawn_at=None)
        .first()
    )
    if found is None:
        raise NotFound("There is no such way of yours. Go back to “How I am told”.")
    return found


def try_out(*, actor: Reader, at: datetime, way: UUID) -> None:
    """Send a test message with a code by one way of the actor's own. Raises WayRefused when one has just been sent."""
    own = _own(actor, way)
    if own.channel == SCREEN:
        raise WayRefused(
            "A screen needs no test: look for the strip at the top of this page when you are called."
        )
    if _tested_since(own, at - TEST_EVERY):
        raise WayRefused("A test message has just been sent. Wait half a minute before you send another.")
    notice = trial_notice(code=f"{secrets.randbelow(10**6):06}")
    with entry("way_tried", actor=actor, at=at, username=actor.username, channel=own.channel):
        message_by(
            Way(own.pk, own.channel, own.address), at=at, due_at=at, staff=own.staff, about="test", notice=notice,
            page=None, telling=uuid4(),
        ).save(force_insert=True)  # fmt: skip


def confirm_way(*, actor: Reader, at: datetime, way: UUID, code: str) -> ContactWay:
    """The actor typed the code of the newest test message: the way is theirs, and works. Raises WayRefused."""
    own = _own(actor, way)
    try:
        count_try("way_code", str(own.pk), at)
    except WaitFirst as wait:
        raise WayRefused(f"That was wrong too often. Wait {wait.seconds} seconds, then try again.") from None
    tests = Message.objects.filter(way=own, about="test", made_at__gt=at - CODE_HOLDS)
    newest = tests.order_by("-made_at").first()
    sent = CODE.search(newest.body) if newest else None
    typed = "".join(code.split())
    if sent is None or not hmac.compare_digest(sent[1].encode(), typed.encode()):
        raise WayRefused(
            "That is not the code of the newest test message. Check it, or send another test message."
        )
    forget_tries("way_code", str(own.pk), at)
    with entry("way_confirmed", actor=actor, at=at, username=actor.username, channel=own.channel):
        own.verified_at, own.worked_at, own.failed_at, own.fault = own.verified_at or at, at, None, ""
        own.save(update_fields=["verified_at", "worked_at", "failed_at", "fault"])
    return own


@together
def put_first(*, actor: Reader, at: datetime, way: UUID) -> None:
    """This way is tried first; the others keep their order. Nothing when it is first already."""
    own = _own(actor, way)
    rows = list(ContactWay.objects.filter(staff=own.staff, withdrawn_at=None).order_by("place", "added_at"))
    if rows[0].pk == own.pk:
        return
    with entry("way_preferred", actor=actor, at=at, username=actor.username, channel=own.channel):
        for place, row in enumerate([own, *(row for row in rows if row.pk != own.pk)], start=1):
            ContactWay.objects.filter(pk=row.pk).update(place=place)


def make_secret(*, actor: Reader, at: datetime, way: UUID, number: int) -> str:
    """A new signing secret of the actor's own webhook: shown once, kept nowhere. Both sign for a day, then the new one.

    `number` is which it would be, as the page had it: sent twice, the second is refused. Raises WayRefused.
    """
    if not settings.WEBHOOK_SECRET:
        raise WayRefused("Webhooks are not set up here. Ask the admin, then make a new secret.")
    with entry("way_secret_made", actor=actor, at=at, username=actor.username, number=number):
        own = _own(actor, way)
        if own.channel != "webhook":
            raise WayRefused("Only a webhook has a secret. Choose a webhook of yours.")
        ContactWay.objects.select_for_update(no_key=True).get(pk=own.pk)
        if number != own.secrets.count() + 1:
            raise WayRefused(
                "A new secret has just been made. If you did not note it down, make another one now."
            )
        if own.secrets.filter(made_at__gt=at - SECRET_OVERLAP).count() >= MOST_SECRETS:
            raise WayRefused(
                "Three new secrets are enough for a day. Use the newest, or wait until tomorrow."
            )
        made = own.secrets.create(number=number, made_at=at, made_by_id=staff_id(actor))
    return secret_of(settings.WEBHOOK_SECRET, own.address, str(made.pk))


def withdraw_way(*, actor: Reader, at: datetime, way: UUID) -> None:
    """The actor is not told by this way any more; what was sent by it stays on record."""
    own = _own(actor, way)
    with entry("way_ended", actor=actor, at=at, username=actor.username, channel=own.channel):
        own.withdrawn_at, own.withdrawn_by_id = at, staff_id(actor)
        own.save(update_fields=["withdrawn_at", "withdrawn_by"])
        Message.objects.filter(way=own, sent_at=None).update(due_at=None)
