"""What a worker does, broken off anywhere: an answer that runs out, a case that goes to somebody else, a whole round."""

import os
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from nightdesk.actions import hand_over, worker
from nightdesk.actions.receipts import SOON, note_receipts
from nightdesk.actions.referrals import move_referral
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.ways import add_way
from nightdesk.jobs.worker import Worker
from nightdesk.records.cases import CaseStatus
from nightdesk.records.messages import Message
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.faults.crash import AT, Scene
from tests.faults.scenes import ADDRESS, Answering, OneReferral, who

HOLD = timedelta(minutes=15)


def paging_scenes() -> list[Scene]:
    """The round of the worker comes last: from then on Sana has ways of her own."""
    return [Expiring(), Reminding(), Offering(), Reassigning(), Receiving(), WorkerRound()]


class Held(Answering):
    """Sana has it."""

    def before(self, key: UUID) -> None:
        """She was told and answered."""
        super().before(key)
        super().do(key, AT)


class Expiring(Held):
    """Nobody set off: the answer runs out, the case is nobody's, the next step is due. Never half."""

    all_of_it, nothing = (1, 0, 3, 1), (0, 1, 2, 0)

    def do(self, key: UUID, at: datetime) -> None:
        """The worker wakes after a quarter of an hour."""
        if self.of(key).state == "acknowledged":
            worker.take_due_step(at=at + HOLD, address=ADDRESS)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Expiries, owners, status rows, and whether everybody is told again."""
        referral = self.of(key)
        case, expired = referral.disclosure.case, referral.moves.filter(move="expire").count()
        statuses = CaseStatus.objects.filter(case=case).count()
        assert expired == referral.pages.filter(expired_at__isnull=False).count()
        return expired, int(case.owner_id is not None), statuses, int(referral.state == "paged")


class Reminding(Held):
    """On the way and not there: move, cursor and both messages, or none of them; done again, it is not said twice."""

    all_of_it, nothing = (1, 2, 1), (0, 0, 1)

    def before(self, key: UUID) -> None:
        """Sana set off; Maud is the duty inspector."""
        super().before(key)
        maud, unit = Staff.objects.get(username="maud"), self.of(key).unit
        hours = (AT - HOLD, AT + timedelta(hours=9))
        add_shifts(actor=SYSTEM, at=AT, unit=unit, shifts=[(maud, "duty_di", *hours)])
        reference = self.of(key).disclosure.reference
        move_referral(actor=who("sana"), at=AT, reference=reference, move="set_off")

    def do(self, key: UUID, at: datetime) -> None:
        """The worker wakes after an hour."""
        worker.take_due_step(at=AT + timedelta(hours=1), address=ADDRESS)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Reminders, messages, and whether Sana has it; the next one is due only when this one was made."""
        referral = self.of(key)
        made = referral.moves.filter(move="remind").count()
        due_at = AT + timedelta(hours=1, minutes=15) if made else AT + timedelta(minutes=45)
        assert referral.next_step_at == due_at
        mine = referral.disclosure.case.owner == Staff.objects.get(username="sana")
        return made, Message.objects.filter(move__referral=referral).count(), int(mine)


class Offering(Held):
    """A colleague is asked: move, page and message; the owner has it still."""

    all_of_it, nothing = (1, 1, 1, 1, 1), (0, 0, 0, 0, 1)

    def do(self, key: UUID, at: datetime) -> None:
        """Sana asks Rae."""
        reference, rae = self.of(key).disclosure.reference, Staff.objects.get(username="rae")
        hand_over.offer_case(actor=who("sana"), at=at, reference=reference, to=rae.pk, address=ADDRESS)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Moves, pages, messages, who is asked, and whether Sana has it."""
        referral = self.of(key)
        page = referral.pages.filter(layer="named")
        messages = Message.objects.filter(page__in=page).count()
        moves = referral.moves.filter(move="offer").count()
        mine = referral.disclosure.case.owner == Staff.objects.get(username="sana")
        return moves, page.count(), messages, int(referral.meant_for_id is not None), int(mine)


class Reassigning(Held):
    """Sana fell ill: her case is nobody's and asked of Rae, or it is still hers."""

    all_of_it, nothing = (1, 1, 1, 0), (0, 0, 0, 1)

    def do(self, key: UUID, at: datetime) -> None:
        """Maud gives it to Rae."""
        sana, rae = (Staff.objects.get(username=name) for name in ("sana", "rae"))
        reference = self.of(key).disclosure.reference
        hand_over.reassign_cases(
            actor=who("maud"), at=at, owner=sana.pk, to={reference: rae.pk}, address=ADDRESS
        )

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Moves, pages by name, messages, owners; and something is due as soon as nobody has it."""
        referral = self.of(key)
        page = referral.pages.filter(layer="named")
        owned = int(referral.disclosure.case.owner_id is not None)
        assert owned or referral.next_step_at is not None
        moves = referral.moves.filter(move="reassign").count()
        return moves, page.count(), Message.objects.filter(page__in=page).count(), owned


class Receiving(OneReferral):
    """What the provider says of a text message: kept with its line, or asked again."""

    all_of_it, nothing = (1, 1), (0, 0)

    def before(self, key: UUID) -> None:
        """A text message left."""
        super().before(key)
        worker.take_due_step(at=AT, address=ADDRESS)
        mine = Message.objects.filter(page__referral=self.of(key))
        mine.update(channel="sms", sent_at=AT, due_at=None, provider_ref=str(key))

    def do(self, key: UUID, at: datetime) -> None:
        """It was delivered."""
        note_receipts(at=at, ask=lambda ref: "delivered" if ref == str(key) else "sending", newer_than=SOON)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Delivered messages, and lines that say so."""
        from tests.faults.scenes import JournalLine, told

        found = told(key)
        assert found
        lines = JournalLine.objects.filter(subject=found.reference, kind="receipt_noted").count()
        return Message.objects.filter(provider_ref=str(key), delivered_at__isnull=False).count(), lines


class WorkerRound(OneReferral):
    """A whole round of the real worker: step, claim, sending, noting, sign of life. What left is noted in a file.

    Killed anywhere, the next round goes on: the page is there once, and its message leaves; a second time only when it was
    cut off between leaving and being noted, and then with the same id.
    """

    all_of_it, nothing = (1, 1, 1), (0, 0, 0)
    half = (1, 0, 1)  # the step was taken, and the message is due

    def before(self, key: UUID) -> None:
        """Sana is told by text message, then by mail."""
        super().before(key)
        sana = Staff.objects.get(username="sana")
        for channel, address in (("sms", "07700 900123"), ("email", "sana@force.test")):
            add_way(actor=SYSTEM, at=AT, staff=sana, channel=channel, address=address, confirmed=True)

    def do(self, key: UUID, at: datetime) -> None:
        """One round."""

        def post(letter: Any) -> str:
            with sent_file().open("a") as file:
                file.write(f"{letter.id}\n")
            return ""

        Worker(threading.Event(), seconds=1, post=post, now=lambda: at).round()

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Pages, messages that left, and where the cursor stands."""
        referral = self.of(key)
        mine = Message.objects.filter(page__referral=referral)
        left = mine.filter(sent_at__isnull=False)
        times = (
            [sent_file().read_text().split().count(str(message.pk)) for message in mine]
            if sent_file().exists()
            else []
        )
        assert all(count <= 2 for count in times), times
        assert sum(count > 0 for count in times) >= left.count()
        return referral.pages.count(), left.count(), referral.step

    def look(self, key: UUID, whole: bool) -> None:
        """Nothing, the step alone, or all of it."""
        found = self.counts(key)
        assert found in ([self.all_of_it] if whole else [self.all_of_it, self.half, self.nothing]), found


def sent_file() -> Path:
    """What left, across deaths."""
    return Path(os.environ["NIGHTDESK_DATA"]) / "left"
