"""With whom a case is shared: what the person answered, who was passed on, which packs went; and what a pack would hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from nightdesk.outside.current import force_zone, pack
from nightdesk.records.cases import Case
from nightdesk.records.share_standing import print_of, standing_of
from nightdesk.records.shared_values import values_of
from nightdesk.records.sharing import Consent, ConsentEnd, PassingOn, SharedPack, ShareRecipient
from nightdesk.rules import passing_on, shared_pack
from nightdesk.rules.access import Reader
from nightdesk.rules.consent import Answer, state_of
from nightdesk.rules.shared_entry import Piece
from nightdesk.rules.sharing import Fate, fates, groups_for


@dataclass(frozen=True)
class ConsentSeen:
    """One answer with its words, who asked, and how it ended."""

    answer: Answer
    noted_at: datetime
    by: str
    way: str
    words: str
    replaces: int
    ended_by: str = ""
    ended_way: str = ""
    ended_words: str = ""


@dataclass(frozen=True)
class DecisionSeen:
    """One decision without consent."""

    ground: str
    groups: tuple[str, ...]
    decided_at: datetime
    until_at: datetime
    by: str
    person_told: bool
    reason: str


@dataclass(frozen=True)
class Step:
    """One move of a passing on or of a pack."""

    move: str
    state: str
    at: datetime
    done_at: datetime
    by: str
    words: str
    way: str = ""
    address: str = ""


@dataclass(frozen=True)
class PassingSeen:
    """One passing on, its moves oldest first; `duty`: the kind of the duty that it answered."""

    state: str
    offered_at: datetime
    duty: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PackRow:
    """A pack in a list: nothing of what it holds."""

    code: str
    kind: str
    recipient: UUID
    purpose: str
    state: str
    basis: Mapping[str, str]
    consents: tuple[int, ...]
    made_at: datetime
    made_by: str
    sent_at: datetime | None = None  # None when it never left by hand: made only, or only taken as a file


@dataclass(frozen=True)
class PackSeen:
    """One pack with its history and who took the file. `name`: whom it is for, "" for a service."""

    row: PackRow
    service: str
    name: str
    steps: tuple[Step, ...]
    downloads: tuple[tuple[datetime, str], ...]
    older_table: bool  # it was made by another edition of the table than today's


@dataclass(frozen=True)
class RecipientSeen:
    """One recipient: `states` says for each group how it stands now, whatever the purpose."""

    id: UUID
    kind: str
    service: str
    name: str
    consents: tuple[ConsentSeen, ...]
    decisions: tuple[DecisionSeen, ...]
    passings: tuple[PassingSeen, ...]
    packs: tuple[PackRow, ...]
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a pack would hold: every field with its fate, what the fields say, and the print of it."""

    found: tuple[Fate, ...]
    values: Mapping[str, tuple[Piece, ...]]
    seen: str


@dataclass(frozen=True)
class Summary:
    """For the case page: how many answers stand, passings on are open, packs are with somebody and have to be stopped."""

    stands: int
    open: int
    with_them: int
    stops: int


def summary(reader: Reader, reference: str, now: datetime) -> Summary:
    """Two statements, whatever there is."""
    rows = ShareRecipient.objects.filter(case__disclosure__reference=reference)
    standing = Consent.objects.filter(
        ~Exists(ConsentEnd.objects.filter(consent=OuterRef("pk"))), recipient__case__disclosure__reference=reference,
        replaced_by_answer=None, until_at__gt=now,
    )  # fmt: skip
    counts = rows.aggregate(
        open=Count("passings_on", filter=Q(passings_on__state__in=passing_on.OPEN), distinct=True),
        with_them=Count("packs", filter=Q(packs__state__in=shared_pack.WITH_THEM), distinct=True),
        stops=Count("packs", filter=Q(packs__state=shared_pack.STOP_OWED), distinct=True),
    )
    return Summary(stands=standing.count(), **counts)


def recipients_of(reader: Reader, reference: str, now: datetime) -> tuple[RecipientSeen, ...]:
    """Every recipient of a case, in the order they were written down. Opens seals: the page has journalled the reading."""
    case = Case.objects.select_related("disclosure__vault").filter(disclosure__reference=reference).first()
    if case is None:
        return ()
    rows = case.recipients.prefetch_related(
        "consents__noted_by", "consents__end__ended_by", "consents__end__vault", "consents__replaced_by_answer",
        "consents__replaces", "decisions__decided_by", "passings_on__moves__by", "passings_on__duty", "packs__made_by",
        "packs__moves",
    )  # fmt: skip
    return tuple(_recipient(row, case, now) for row in rows.order_by("added_at", "pk"))


def recipient(reader: Reader, reference: str, key: UUID, now: datetime) -> RecipientSeen | None:
    """One recipient; None when the case has no such."""
    return next((row for row in recipients_of(reader, reference, now) if row.id == key), None)


def _recipient(row: ShareRecipient, case: Case, now: datetime) -> RecipientSeen:
    vault = case.disclosure.vault
    row.vault = vault
    consents = sorted(row.consents.all(), key=lambda one: -one.number)
    answers = tuple(one.answer() for one in consents)
    return RecipientSeen(
        id=row.pk, kind=row.kind, service=row.service, name=row.opened("name"),
        consents=tuple(_consent(one, vault) for one in consents),
        decisions=tuple(_decision(one, vault) for one in sorted(row.decisions.all(), key=lambda d: d.decided_at)),
        passings=tuple(
            _passing(one, vault) for one in sorted(row.passings_on.all(), key=lambda p: p.offered_at, reverse=True)
        ),
        packs=tuple(pack_row(one, row) for one in sorted(row.packs.all(), key=lambda p: p.made_at, reverse=True)),
        states={
            group: state_of(group, None, answers, now) for group in groups_for(pack().share_fields, row.kind)
        },
    )  # fmt: skip


def _consent(row: Any, vault: Any) -> ConsentSeen:
    row.vault, end = vault, getattr(row, "end", None)
    ended: dict[str, str] = {}
    if end is not None:
        end.vault = vault
        ended = {"ended_by": end.ended_by.name, "ended_way": end.way, "ended_words": end.opened("words")}
    return ConsentSeen(
        row.answer(), row.noted_at, row.noted_by.name, row.way, row.opened("words"),
        row.replaces.number if row.replaces else 0, **ended,
    )  # fmt: skip


def _decision(row: Any, vault: Any) -> DecisionSeen:
    row.vault = vault
    return DecisionSeen(
        row.ground, tuple(row.groups), row.decided_at, row.until_at, row.decided_by.name, row.person_told,
        row.opened("reason"),
    )  # fmt: skip


def _passing(row: PassingOn, vault: Any) -> PassingSeen:
    moves = sorted(row.moves.all(), key=lambda move: move.number)
    return PassingSeen(
        row.state,
        row.offered_at,
        row.duty.kind if row.duty else "",
        tuple(_step(move, vault) for move in moves),
    )


def _step(move: Any, vault: Any) -> Step:
    move.vault = vault
    more = {"way": move.way, "address": move.opened("address")} if hasattr(move, "address") else {}
    return Step(move.move, move.state, move.at, move.done_at, move.by.name, move.opened("words"), **more)


def pack_row(row: SharedPack, to: ShareRecipient) -> PackRow:
    """A pack as a line of a list."""
    return PackRow(
        row.code,
        to.kind,
        to.pk,
        row.purpose,
        row.state,
        dict(row.basis),
        tuple(row.consents),
        row.made_at,
        row.made_by.name,
        next((move.done_at for move in row.moves.all() if move.move == "send"), None),
    )


def pack_of(reader: Reader, reference: str, code: str) -> PackSeen | None:
    """One pack with its history. Opens seals: the page has journalled the reading."""
    rows = SharedPack.objects.select_related("recipient__case__disclosure__vault", "made_by")
    row = rows.filter(recipient__case__disclosure__reference=reference, code=code).first()
    if row is None:
        return None
    to, vault = row.recipient, row.recipient.case.disclosure.vault
    to.vault = vault
    moves = row.moves.select_related("by").order_by("number")
    downloads = row.downloads.select_related("by").order_by("at", "pk")
    return PackSeen(
        pack_row(row, to), to.service, to.opened("name"), tuple(_step(move, vault) for move in moves),
        tuple((one.at, one.by.name) for one in downloads), older_table=row.edition != pack().edition,
    )  # fmt: skip


def held_by(reader: Reader, reference: str, code: str) -> frozenset[str]:
    """The groups that a pack of this case holds; none for no such pack. Opens nothing."""
    rows = SharedPack.objects.filter(recipient__case__disclosure__reference=reference, code=code)
    return frozenset(group for basis in rows.values_list("basis", flat=True) for group in basis)


def preview(reader: Reader, reference: str, key: UUID, purpose: str, now: datetime) -> Preview | None:
    """What a pack for this recipient and purpose would hold now. Opens seals: the page has journalled the reading."""
    case = Case.objects.select_related("disclosure__vault").filter(disclosure__reference=reference).first()
    row = case.recipients.filter(pk=key).first() if case else None
    kind = pack().recipients.get(row.kind) if row else None
    if case is None or row is None or kind is None:
        return None
    found = fates(pack().share_fields, standing_of(row, kind, purpose), now)
    values = values_of(case, pack(), force_zone())
    return Preview(found, values, print_of(found, values))
