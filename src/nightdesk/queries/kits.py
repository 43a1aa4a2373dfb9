"""Kits as the counter and the specialist see them, and what the page for the person may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from nightdesk.outside.receipt_words import receipt_words
from nightdesk.outside.slow_digest import salt_of, words_digest
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.disclosures import may_see
from nightdesk.records.exhibits import Exhibit
from nightdesk.records.kits import Kit, KitStep
from nightdesk.rules.access import Reader
from nightdesk.rules.kit_tracking import Holder

DEMO_NUMBER: Final = (
    "7EK9-4RCH-6J"  # the kit of the demo that a visitor may follow, and the form that made its card
)
DEMO_KEY: Final = UUID("00000000-0000-4000-8000-000000000022")


@dataclass(frozen=True)
class Noted:
    """One answer: which step, how it went, when, and who noted it when."""

    step: str
    outcome: str
    done_at: datetime
    noted_at: datetime
    by: str


@dataclass(frozen=True)
class KitSeen:
    """A kit with everything that was noted, oldest first. No name of the person and nothing of what was told."""

    number: str
    edition: str
    begun_at: datetime
    begun_by: str
    closed_at: datetime | None
    closed_by: str
    card_mark: str
    noted: tuple[Noted, ...] = field(default_factory=tuple)

    def newest(self) -> Mapping[str, Noted]:
        """The answer that holds, by step."""
        return {row.step: row for row in self.noted}

    def outcomes(self) -> Mapping[str, str]:
        """How each step ended, by step."""
        return {row.step: row.outcome for row in self.noted}


def ways_to(reader: Reader, reference: str, now: datetime) -> tuple[bool, bool]:
    """Whether the reader may open the disclosure at the counter, and whether its case without a reason."""
    return may_see(reader, reference, now), needs_reason(reader, reference) is False


def may_work_on(reader: Reader, reference: str, now: datetime) -> bool:
    """Whether the reader may work with its kits: the counter that took it, within its shift, or the unit of the case."""
    return any(ways_to(reader, reference, now))


def kits_of(reader: Reader, reference: str, now: datetime) -> tuple[KitSeen, ...]:
    """The kits of a disclosure, newest first; none for a reader who may not work on them."""
    if not may_work_on(reader, reference, now):
        return ()
    kits = Kit.objects.filter(disclosure__reference=reference).select_related("begun_by", "closed_by")
    return tuple(_seen(kit) for kit in kits.order_by("-begun_at", "-number"))


def _seen(kit: Kit) -> KitSeen:
    rows = KitStep.objects.filter(kit=kit).select_related("noted_by").order_by("id")
    return KitSeen(
        number=kit.number, edition=kit.edition, begun_at=kit.begun_at, begun_by=kit.begun_by.name, closed_at=kit.closed_at,
        closed_by=kit.closed_by.name if kit.closed_by else "", card_mark=kit.card_mark(),
        noted=tuple(Noted(r.step, r.outcome, r.done_at, r.noted_at, r.noted_by.name) for r in rows),
    )  # fmt: skip


def card_fits(reader: Reader, reference: str, number: str, words: str, now: datetime) -> bool:
    """Whether these are the words of the card that holds: a sheet is only printed with words that work."""
    kit = Kit.objects.filter(disclosure__reference=reference, number=number).first()
    if kit is None or not kit.words_digest or not may_work_on(reader, reference, now):
        return False
    return words_digest(words, salt_of(kit.pk, kit.number)) == bytes(kit.words_digest)


def holders(reader: None, number: str) -> tuple[Holder, ...]:
    """Who has each exhibit of a kit now, by kind only. The person asks, after their words were checked: no reader."""
    exhibits = Exhibit.objects.filter(kit__number=number).prefetch_related("custody")
    return tuple(Holder(_kind(exhibit)) for exhibit in exhibits)


def _kind(exhibit: Exhibit) -> str:
    newest = max(exhibit.custody.all(), key=lambda link: link.number)
    return newest.outside or ("store" if newest.store_id else "staff")


def demo_card(reader: None) -> tuple[str, str] | None:
    """Number and words of the demo's kit, for whoever tries the page; None outside the demo, or when the card is another."""
    kit = Kit.objects.filter(number=DEMO_NUMBER).first() if settings.DEMO else None
    if kit is None or not kit.words_digest:
        return None
    words = " ".join(kit.card_words(DEMO_KEY, receipt_words()))
    fits = words_digest(words, salt_of(kit.pk, kit.number)) == bytes(kit.words_digest)
    return (kit.number, words) if fits else None
