"""What a simulated month came to, from its rows; and when the worker has something to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.prepared import Soonest
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.on_the_way import reminders_of
from nightdesk.rules.referral import HELD
from nightdesk.rules.simulation_facts import Policy, Turn

OnDuty = Callable[[UUID, datetime], frozenset[str]]  # unit, moment → layers in which somebody is on


def is_empty(reader: Reader) -> bool:
    """Whether this database holds nothing of anybody: no account, unit, disclosure or line."""
    return not any(kind.objects.exists() for kind in (Staff, Unit, Disclosure, JournalLine))


class DueNext:
    """When the next step, expiry or message is due. `wanted` says which messages still leave."""

    def __init__(self, reader: Reader, wanted: Q) -> None:
        self._columns = (
            Soonest(Referral.objects.all(), "next_step_at"),
            Soonest(Message.objects.filter(wanted), "due_at"),
        )

    def at(self) -> datetime | None:
        """The soonest; None when nothing is."""
        found = (column.at() for column in self._columns)
        return min((at for at in found if at), default=None)


def held_by(reader: Reader, staff: UUID) -> list[str]:
    """References of what somebody has and has not handed over."""
    held = Case.objects.filter(owner_id=staff, disclosure__referral__state__in=HELD)
    return list(held.order_by("opened_at").values_list("disclosure__reference", flat=True))


def rounds(reader: Reader, references: list[str]) -> dict[str, datetime]:
    """When the policy of each of these began anew."""
    rows = Referral.objects.filter(disclosure__reference__in=references, round_at__isnull=False)
    found = rows.values_list("disclosure__reference", "round_at")
    return {reference: round_at for reference, round_at in found if round_at}


@dataclass(frozen=True)
class PageRow:
    """One page: whom, in which layer, when, until when an answer was needed (None: to the end), and its messages
    (channel, left at). `reachable`: one of them left or still may."""

    step: int
    layer: str
    staff_id: UUID
    told_at: datetime
    needed_until: datetime | None
    messages: tuple[tuple[str, datetime | None], ...]
    reachable: bool


@dataclass(frozen=True)
class ReferralRow:
    """A referral with its moves and pages; `kept` is the policy in its row."""

    reference: str
    raised_at: datetime
    kept: Policy
    turns: tuple[Turn, ...]
    pages: tuple[PageRow, ...]


def referral_rows(reader: Reader, on_duty: OnDuty) -> list[ReferralRow]:
    """Every referral in the order of their raising."""
    messages = _grouped(
        Message.objects.filter(page__isnull=False).only(
            "page_id", "channel", "sent_at", "due_at", "attempts"
        ),
        "page_id",
    )
    moves = _grouped(ReferralMove.objects.order_by("id"), "referral_id")
    pages = _grouped(Page.objects.order_by("told_at"), "referral_id")
    rows = []
    for referral in Referral.objects.select_related("disclosure").order_by("raised_at"):
        own_moves, own_pages = moves.get(referral.pk, []), pages.get(referral.pk, [])
        seen = tuple(_page_row(page, messages.get(page.pk, []), own_moves) for page in own_pages)
        turns = tuple(_turn(move, seen, on_duty(referral.unit_id, move.at)) for move in own_moves)
        rows.append(
            ReferralRow(
                referral.disclosure.reference, referral.raised_at, _policy(referral.policy), turns, seen
            )
        )
    return rows


def _grouped(rows: Any, by: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


def _policy(kept: dict[str, Any]) -> Policy:
    steps = tuple((step["layer"], step["after_minutes"]) for step in kept["steps"])
    told = reminders_of(kept)
    return Policy(
        steps,
        kept.get("answer_holds_minutes"),
        (told.after_minutes, told.every_minutes, told.times) if told else None,
    )


def _page_row(page: Page, messages: list[Message], moves: list[ReferralMove]) -> PageRow:
    ends = (move.at for move in moves if move.move != "page" and move.at >= page.told_at)
    return PageRow(
        step=page.step, layer=page.layer, staff_id=page.staff_id, told_at=page.told_at, needed_until=next(ends, None),
        messages=tuple((message.channel, message.sent_at) for message in messages),
        reachable=any(message.sent_at or message.due_at or not message.attempts for message in messages),
    )  # fmt: skip


def _turn(move: ReferralMove, pages: tuple[PageRow, ...], on: frozenset[str]) -> Turn:
    by = str(move.by_id or "")
    if move.move != "page":
        return Turn(move.move, move.at, by=by)
    own = [page for page in pages if page.step == move.step]
    return Turn(
        move.move, move.at, by=by, step=move.step or 0, told=tuple((str(page.staff_id), page.layer) for page in own),
        on=on, reachable=any(page.reachable for page in own),
    )  # fmt: skip
