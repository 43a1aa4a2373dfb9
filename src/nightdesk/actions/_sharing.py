"""What the actions on sharing have in common: the recipient of a case, its entry in the pack, and packs that owe a stop."""

from datetime import datetime
from uuid import UUID

from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.share_standing import answers_of
from nightdesk.records.sharing import SharedPack, SharedPackMove, ShareRecipient
from nightdesk.rules import shared_pack as pack_rule
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_sharing import Recipient
from nightdesk.rules.sharing import SharingRefused, groups_for

NO_RECIPIENT = (
    "There is no such recipient in this case. Go back to the page of what is shared and choose it there."
)
LONGEST_WORDS = 2000


def recipient_of(case: Case, key: UUID) -> ShareRecipient:
    """A recipient of this case with its vault. Raises NotFound."""
    found = case.recipients.filter(pk=key).first()
    if found is None:
        raise NotFound(NO_RECIPIENT)
    found.vault, found.case = case.disclosure.vault, case
    return found


def entry_of(row: ShareRecipient) -> Recipient:
    """Its kind in the pack. Raises SharingRefused when today's pack has none."""
    found = pack().recipients.get(row.kind)
    if found is None:
        raise SharingRefused(
            "The pack of today does not know this kind of recipient any more. Ask the admin."
        )
    return found


def groups_of(row: ShareRecipient) -> tuple[str, ...]:
    """The groups that have something for this kind of recipient."""
    return groups_for(pack().share_fields, row.kind)


def refuse_long_words(*texts: str) -> None:
    """Raise SharingRefused for more than a form takes."""
    if any(len(text) > LONGEST_WORDS for text in texts):
        raise SharingRefused(f"That is more than {LONGEST_WORDS} characters. Shorten it, then keep it.")


def owe_stops(row: ShareRecipient, *, actor: Reader, at: datetime) -> int:
    """Packs that hold what the person has said no to since: those that went, or may have, have to stop being used, the
    others are set aside. How many have to be stopped. The case is locked."""
    answers, stops = answers_of(row), 0
    for found in row.packs.filter(state__in=(pack_rule.MADE, pack_rule.SENT)):
        if pack_rule.owes_stop(found.basis, answers, at):
            found.vault = row.vault
            move = pack_rule.move_when_said_no(found.state, taken=found.downloads.exists())
            stops += move == "owe_stop"
            add_move(found, move, actor=actor, at=at, done_at=at)
    return stops


def add_move(
    row: SharedPack, move: str, *, actor: Reader, at: datetime, done_at: datetime, way: str = "", address: str = "",
    words: str = "",
) -> None:  # fmt: skip
    """One move of a pack, by the table. Raises SharingRefused."""
    row.state = pack_rule.next_state(row.state, move)
    row.save(update_fields=["state"])
    SharedPackMove.objects.create(
        pack=row, vault=row.vault, number=row.moves.count() + 1, move=move, state=row.state, at=at,
        by_id=UUID(actor.id), done_at=done_at, way=way, address=address.strip(), words=words.strip(),
    )  # fmt: skip
