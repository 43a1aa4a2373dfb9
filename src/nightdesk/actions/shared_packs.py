"""Hand-over packs: made of what was looked at, given out as a file, sent by hand, told to stop."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import new_reference
from nightdesk.actions._sharing import add_move, entry_of, groups_of, recipient_of, refuse_long_words
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.pdf import pdf
from nightdesk.outside.pdf_letters import printable
from nightdesk.records.cases import Case
from nightdesk.records.share_standing import answers_of, print_of, standing_of
from nightdesk.records.shared_values import values_of
from nightdesk.records.sharing import SharedPack, SharedPackDownload, ShareRecipient
from nightdesk.rules import shared_pack as rule
from nightdesk.rules import sharing
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_content import Heading, basis_of, consents_of, content
from nightdesk.rules.shared_entry import Piece
from nightdesk.rules.sharing import Fate, SharingRefused, Standing

TEMPLATE = "shared_pack"
OLDER_TABLE = (
    "The table of what may go where has a newer edition since this pack was made. Make it again by the new one, as the page "
    "of the pack offers; then set this one aside."
)
NO_PACK = "There is no such pack in this case. Go back to the page of what is shared and choose it there."


@dataclass(frozen=True)
class Wanted:
    """A pack as the preview shows it: for what, which groups, and the print of what was looked at."""

    key: UUID
    recipient: UUID
    purpose: str
    groups: frozenset[str]
    seen: str


@together
def make_pack(*, actor: Reader, at: datetime, reference: str, wanted: Wanted) -> SharedPack:
    """Make a pack of exactly what was looked at, and seal it. A form sent twice makes one.

    Raises SharingRefused when something may not go, when nothing would, or when the record changed since it was looked at.
    """
    case = working_case(actor, reference)
    row = recipient_of(case, wanted.recipient)
    if known := row.packs.filter(key=wanted.key).first():
        return known
    standing = standing_of(row, entry_of(row), wanted.purpose)
    found, values = _looked_at(case, row, standing, wanted, at)
    basis, code = basis_of(found, values), new_reference()
    holds = printable(content(_heading(actor, at, row, standing, basis, code), found, values, pack()))
    made = SharedPack(
        recipient=row, vault=row.vault, code=code, key=wanted.key, purpose=wanted.purpose, edition=pack().edition,
        basis=basis, consents=list(consents_of(basis, standing.answers)), state=rule.MADE, made_at=at,
        made_by_id=UUID(actor.id), content=holds, file=base64.b64encode(pdf(TEMPLATE, holds)).decode(),
    )  # fmt: skip
    fields = sum(fate.goes and fate.field.id in values for fate in found)
    with entry(
        "pack_made",
        actor=actor,
        at=at,
        subject=reference,
        code=code,
        recipient=row.code,
        fields=fields,
        groups=len(basis),
    ):
        made.save(force_insert=True)
    return made


def _looked_at(
    case: Case, row: ShareRecipient, standing: Standing, wanted: Wanted, at: datetime
) -> tuple[tuple[Fate, ...], dict[str, tuple[Piece, ...]]]:
    """Every field with its fate, and what the fields say. Raises SharingRefused unless it is what the page showed."""
    purpose = pack().share_purposes.get(wanted.purpose)
    if purpose is None or row.kind not in purpose.kinds:
        raise SharingRefused("Choose what it is for.")
    known = groups_of(row)
    if wanted.groups - set(known):
        raise SharingRefused("Choose from the groups that the page offers.")
    sharing.refuse_unless_all_go(wanted.groups, standing, at)
    found = sharing.fates(pack().share_fields, standing, at, set(known) - wanted.groups)
    values = values_of(case, pack(), force_zone())
    sharing.refuse_if_nothing_goes(fate for fate in found if fate.field.id in values)
    if print_of(sharing.fates(pack().share_fields, standing, at), values) != wanted.seen:
        raise SharingRefused(
            "The record changed since this page was opened. Look at it again, then make the pack."
        )
    return found, values


def _heading(
    actor: Reader, at: datetime, row: ShareRecipient, standing: Standing, basis: dict[str, str], code: str
) -> Heading:
    service, unit = pack().services.get(row.service), row.case.unit
    called, kind = service.label if service else row.opened("name"), standing.recipient.label
    return Heading(
        code=code, reference=row.case.disclosure.reference, made_by=actor.name, made_at=_moment(at),
        for_whom=called if called == kind else f"{kind}: {called}", answer_to=f"{unit.name}. {unit.ring}",
        purpose=pack().share_purposes[standing.purpose].text_in("en"),
        basis=(*_answers(basis, standing), *_decisions(basis, standing, at)),
    )  # fmt: skip


def _answers(basis: dict[str, str], standing: Standing) -> list[str]:
    """A sentence for each answer that lets something go."""
    numbers = consents_of(basis, standing.answers)
    words = pack().share_lines["by_consent"].text_in("en").rstrip(".")
    return [
        f"{words}: answer {one.number} of {_moment(one.answered_at)}, holds until {_day_before(one.until_at)}."
        for one in standing.answers if one.number in numbers and one.until_at
    ]  # fmt: skip


def _decisions(basis: dict[str, str], standing: Standing, at: datetime) -> list[str]:
    """A sentence for each decision that lets something go without consent."""
    without = {group for group, why in basis.items() if why == sharing.WITHOUT}
    return [
        f"Without consent: {pack().share_grounds[one.ground].text_in('en')}. Decided {_moment(one.decided_at)}, "
        f"until {_moment(one.until_at)}, for: {', '.join(_groups(one.groups & without))}."
        for one in standing.decisions
        if any(one.lets(group, at) for group in without) and one.ground in pack().share_grounds
    ]


def _groups(codes: frozenset[str]) -> list[str]:
    return [group.label for group in pack().share_groups if group.id in codes]


def _moment(at: datetime) -> str:
    local = timezone.localtime(at, force_zone())
    return f"{local.day} {local:%b %Y, %H:%M}"


def _day_before(end: datetime) -> str:
    """The last day on which it holds: consents end at midnight."""
    local = timezone.localtime(end - timedelta(microseconds=1), force_zone())
    return f"the end of {local.day} {local:%b %Y}"


def give_out_pack(*, actor: Reader, at: datetime, reference: str, code: str) -> bytes:
    """The file of a pack, noted with who took it and when.

    Of one that nobody noted as sent only while all of it may still go; one that went is a record. Raises
    SharingRefused, NotFound.
    """
    with entry("pack_given_out", actor=actor, at=at, subject=reference) as line:
        row = _pack(working_case(actor, reference), code)
        if row.state == rule.UNUSED:
            raise SharingRefused("This pack was set aside: nothing of it may go anywhere. Make a new one.")
        if not _was_sent(row):
            _refuse_unless_it_may_still_go(row, at)
        SharedPackDownload.objects.create(pack=row, at=at, by_id=UUID(actor.id))
        line.facts = {"code": row.code, "recipient": row.recipient.code}
        return base64.b64decode(row.opened("file"))


def move_pack(
    *, actor: Reader, at: datetime, reference: str, code: str, move: str, seen: int, way: str = "", address: str = "",
    words: str = "", done_at: datetime | None = None,
) -> SharedPack:  # fmt: skip
    """Sent by hand, set aside, told to delete, deleted or kept. `seen`: how many moves the page knew.

    Sending is refused when any of it may not go any more; a file that was taken may have gone before a newer edition of the
    table, and that is written down. Raises SharingRefused, NotFound.
    """
    with entry("pack_moved", actor=actor, at=at, subject=reference) as line:
        row = _pack(working_case(actor, reference), code)
        if row.moves.count() != seen:
            raise SharingRefused(
                "Somebody wrote something down about this pack since the page was opened. Look again."
            )
        refuse_long_words(words, address)
        rule.refuse_if_incomplete(
            move, way=way, ways=pack().send_ways.ids(), address=address, words=words, done_at=done_at, since=row.made_at,
            at=at,
        )  # fmt: skip
        if move == "send" and row.state == rule.MADE:
            _refuse_unless_it_went_rightly(row, done_at or at)
        if move == "never_left" and _was_sent(row):
            raise SharingRefused("It was written down as sent. Tell them to stop using it and to delete it.")
        given: dict[str, Any] = {"way": way, "address": address} if move in rule.NEEDS_WAY else {}
        add_move(row, move, actor=actor, at=at, done_at=done_at or at, words=words, **given)
        line.facts = {
            "code": row.code, "recipient": row.recipient.code, "move": move, "state": row.state, "way": given.get("way", ""),
        }  # fmt: skip
    return row


def _pack(case: Case, code: str) -> SharedPack:
    """A pack of this case with its vault. Raises NotFound."""
    found = SharedPack.objects.select_related("recipient").filter(recipient__case=case, code=code).first()
    if found is None:
        raise NotFound(NO_PACK)
    found.vault = found.recipient.vault = case.disclosure.vault
    return found


def _was_sent(row: SharedPack) -> bool:
    return row.moves.filter(move="send").exists()


def _refuse_unless_it_went_rightly(row: SharedPack, at: datetime) -> None:
    """Nobody sends what nobody took: without the file in somebody's hands it is still to go, by the table of today."""
    if not row.downloads.exists():
        return _refuse_unless_it_may_still_go(row, at)
    decisions = (one.decision() for one in row.recipient.decisions.order_by("decided_at"))
    return sharing.refuse_unless_it_could_go(row.basis, row.purpose, answers_of(row.recipient), decisions, at)


def _refuse_unless_it_may_still_go(row: SharedPack, at: datetime) -> None:
    if row.edition != pack().edition:
        raise SharingRefused(OLDER_TABLE)
    standing = standing_of(row.recipient, entry_of(row.recipient), row.purpose)
    sharing.refuse_unless_all_go(row.basis, standing, at)
