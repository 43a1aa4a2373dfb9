"""Early evidence kits: opened, each step noted as it went, closed, and the card that the person takes away."""

import secrets
import uuid
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import locked_disclosure
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.codes import new_kit_number
from nightdesk.outside.current import pack
from nightdesk.outside.receipt_words import receipt_words
from nightdesk.outside.slow_digest import salt_of, words_digest
from nightdesk.records.kits import Kit, KitStep
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import kit as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.kit import KitRefused
from nightdesk.rules.kit_number import read_number

NO_KIT: Final = (
    "There is no such kit for this reference. Go back to the page of the person and open the kit there."
)
CLOSED: Final = "This kit is closed and its bag is sealed. Open another kit for what is done now."
NOTED_SINCE: Final = "Something was noted in this kit since the page was opened. Look again, then answer."
CARD_SINCE: Final = (
    "Another card was made since this page was opened; its words hold. Open the kit again for new ones."
)
_KIT: Final = PreparedRows(
    lambda: Kit.objects.filter(disclosure__reference=given("reference"), number=given("number"))
)
_NEWEST: Final = PreparedRows(
    lambda: KitStep.objects.filter(kit_id=given("kit"), step=given("step")).order_by("-id")[:1]
)


def open_kit(*, actor: Reader, at: datetime, reference: str, number: str = "") -> Kit:
    """Open a kit for the person of a disclosure: `number` is what is printed on the bag, "" to have one made.

    Sent twice, the second finds the first. Raises KitRefused for a number that is none or is in use, or when another kit of
    the person is still open; NotFound for an unknown reference.
    """
    read = read_number(number)
    if number.strip() and not read:
        raise KitRefused(
            "That is no kit number. It has ten letters and digits, such as 7EK9-4RCH-6J: check each one on the bag."
        )
    if (opened := _opened(reference)) and read in ("", opened.number):
        return opened
    how = "typed" if read else "made"
    try:
        with entry("kit_opened", actor=actor, at=at, subject=reference) as line:
            disclosure = locked_disclosure(reference)
            if _opened(reference):
                raise KitRefused(
                    "A kit is open for this person already. Go on with that one, or close it first."
                )
            edition = rule.edition_of(pack().kit_steps)
            kit = Kit(
                number=read or new_kit_number(), disclosure=disclosure, edition=edition, begun_at=at, begun_by_id=_who(actor)
            )  # fmt: skip
            kit.save(force_insert=True)
            line.facts |= {"kit": kit.number, "how": how, "edition": edition}
    except IntegrityError as fault:
        raise KitRefused(
            "A kit with this number is in use already. Take another bag, or check the number on this one."
        ) from fault
    return kit


def note_step(
    *, actor: Reader, at: datetime, reference: str, number: str, step: str, outcome: str, seen: int,
    done_at: datetime | None = None,
) -> KitStep:  # fmt: skip
    """Note how a step went: done (at `done_at`, or now), declined or not possible. A change of mind is a further row.

    `seen` is how many rows the page knew. The first time a step that gives a specimen is done, the exhibit is entered with
    whoever notes it as its first holder. The same answer sent twice is kept once.

    Raises KitRefused, NotFound, or CustodyRefused as enter_exhibit.
    """
    rule.refuse_if_no_such_answer(pack().kit_steps, step, outcome)
    if (
        (before := _newest(reference, number, step))
        and before.outcome == outcome
        and done_at in (None, before.done_at)
    ):
        return before
    with entry(
        "kit_step_noted", actor=actor, at=at, subject=reference, kit=number, step=step, outcome=outcome
    ):
        locked_disclosure(reference)
        kit = _kit(reference, number)
        if kit.closed_at is not None:
            raise KitRefused(CLOSED)
        if kit.steps.count() != seen:
            raise KitRefused(NOTED_SINCE)
        when = done_at if done_at and outcome == rule.DONE else at
        rule.refuse_if_not_done_then(when, begun_at=kit.begun_at, now=at)
        first = not kit.steps.filter(step=step, outcome=rule.DONE).exists()
        row = KitStep.objects.create(
            kit=kit, step=step, outcome=outcome, done_at=when, noted_at=at, noted_by_id=_who(actor)
        )
        named = pack().kit_steps[step]
        if named.specimen and first and outcome == rule.DONE:
            enter_exhibit(
                actor=actor, at=at, reference=reference, kind=named.specimen, taken_at=when, description=named.label, kit=kit
            )  # fmt: skip
    return row


def close_kit(*, actor: Reader, at: datetime, reference: str, number: str) -> Kit:
    """The bag is sealed: nothing more is noted in this kit. Closed twice, the first holds. Raises NotFound."""
    kit = _kit(reference, number)
    if kit.closed_at is not None:
        return kit
    with entry("kit_closed", actor=actor, at=at, subject=reference) as line:
        locked_disclosure(reference)
        outcomes = {row.step: row.outcome for row in kit.steps.order_by("id")}
        line.facts |= {"kit": kit.number} | rule.counts(pack().kit_steps, outcomes)
        kit.closed_at, kit.closed_by_id = at, _who(actor)
        kit.save(update_fields=["closed_at", "closed_by"])
    return kit


def make_card(
    *, actor: Reader, at: datetime, reference: str, number: str, key: uuid.UUID, before: str
) -> tuple[str, ...]:
    """The words of the person's card: shown now and kept nowhere, only their digest is. Earlier words stop working.

    `key` is the form's own and `before` the mark of the card that the page knew ("" for none): the same form sent again
    gives the same words, an older one is refused. Raises KitRefused or NotFound.
    """
    kit = _kit(reference, number)
    words = kit.card_words(key, receipt_words())
    digest = words_digest(" ".join(words), salt_of(kit.pk, kit.number))
    if kit.words_digest and secrets.compare_digest(bytes(kit.words_digest), digest):
        return words
    with entry("kit_card_made", actor=actor, at=at, subject=reference, kit=kit.number):
        locked_disclosure(reference)
        kit.refresh_from_db()
        if kit.card_mark() != before:
            raise KitRefused(CARD_SINCE)
        kit.words_digest = digest
        kit.save(update_fields=["words_digest"])
    return words


def _who(actor: Reader) -> uuid.UUID:
    return uuid.UUID(actor.id)  # a kit is never anybody's but a member of staff's


def _opened(reference: str) -> Kit | None:
    return Kit.objects.filter(disclosure__reference=reference, closed_at=None).first()


def _kit(reference: str, number: str) -> Kit:
    found = _KIT.first(reference=reference, number=number)
    if found is None:
        raise NotFound(NO_KIT)
    return found


def _newest(reference: str, number: str, step: str) -> KitStep | None:
    return _NEWEST.first(kit=_kit(reference, number).pk, step=step)
