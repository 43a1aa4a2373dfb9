"""The acts that must be whole or not at all, each as a scene that can be broken off anywhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from nightdesk.actions import intake, referrals, worker
from nightdesk.outside.current import pack
from nightdesk.records.cases import CaseStatus
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.sealed import Vault
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from tests.faults.crash import AT, Scene
from tests.people import as_reader, make_cast
from tests.records.taking import MARKED, small_triage

ADDRESS = "https://desk.example.test"


def make_force() -> None:
    """The cast, committed."""
    make_cast(AT)


def all_scenes() -> list[Scene]:
    """Every scene. What a process reads once (pack, triage) is read before the forks."""
    pack()
    intake.lexicon, intake.triage = lambda: None, small_triage  # type: ignore[assignment]
    from tests.faults.scenes_paging import paging_scenes

    return [
        Keeping(),
        Accepting(),
        Correcting(),
        Paging(),
        Answering(),
        Declining(),
        Sending(),
        *paging_scenes(),
    ]


def who(username: str) -> Reader:
    """A member of the cast."""
    return as_reader(Staff.objects.get(username=username))


def told(key: UUID) -> Disclosure | None:
    """The disclosure of a page, if it is there."""
    return Disclosure.objects.filter(sender_key=key).first()


def lines(key: UUID) -> int:
    """Lines about it."""
    found = told(key)
    return JournalLine.objects.filter(subject=found.reference).count() if found else 0


def accept(key: UUID, at: datetime, basics: Any = MARKED) -> None:
    """Priya sends it on."""
    intake.accept_disclosure(actor=who("priya"), at=at, sender_key=key, channel="counter", basics=basics)


class Keeping(Scene):
    """What is typed is kept: vault, disclosure, version."""

    all_of_it, nothing = (1, 1, 2), (0, 0, 0)

    def do(self, key: UUID, at: datetime) -> None:
        """Save."""
        intake.keep_basics(actor=who("priya"), at=at, sender_key=key, channel="counter", basics=MARKED)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Disclosure, versions, lines; no vault without a disclosure."""
        assert Vault.objects.count() == Disclosure.objects.count()
        found = told(key)
        return (1, found.versions.count(), lines(key)) if found else (0, 0, 0)


def followed(key: UUID) -> tuple[int, ...]:
    """Versions, triages, clocks, identifiers, referrals, cases, lines of a disclosure."""
    found = told(key)
    if found is None:
        return (0,) * 7
    rows = (found.versions, found.triages, found.clocks, found.identifiers)
    asked = (hasattr(found, "referral"), hasattr(found, "case"), lines(key))
    return (*(row.count() for row in rows), *map(int, asked))


class Accepting(Scene):
    """Sent on in one go: everything that follows, or nothing."""

    all_of_it, nothing = (1, 1, 1, 9, 1, 1, 7), (0,) * 7

    def do(self, key: UUID, at: datetime) -> None:
        """Send."""
        accept(key, at)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """All that follows."""
        assert Vault.objects.count() == Disclosure.objects.count()
        return followed(key)


class Correcting(Scene):
    """Sent again with other answers: a second version with its triage and clock, the first referral."""

    all_of_it, nothing = (2, 2, 2, 18, 1, 1, 11), (1, 1, 1, 9, 1, 1, 7)

    def before(self, key: UUID) -> None:
        """The first telling."""
        accept(key, AT)

    def do(self, key: UUID, at: datetime) -> None:
        """The second."""
        from dataclasses import replace

        accept(key, at, replace(MARKED, where_words="another flat"))

    def counts(self, key: UUID) -> tuple[int, ...]:
        """All that follows."""
        return followed(key)


class OneReferral(Scene):
    """A referral that is waiting; those of earlier scenes are put to rest first."""

    def before(self, key: UUID) -> None:
        """Raise one."""
        Referral.objects.filter(next_step_at__isnull=False).update(state="acknowledged", next_step_at=None)
        accept(key, AT)

    def of(self, key: UUID) -> Referral:
        """It."""
        return Referral.objects.get(disclosure__sender_key=key)


class Paging(OneReferral):
    """A step: page, message, move and cursor."""

    all_of_it, nothing = (1, 1, 1, 1), (0, 0, 0, 0)

    def do(self, key: UUID, at: datetime) -> None:
        """The worker wakes."""
        worker.take_due_step(at=at, address=ADDRESS)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Pages, messages, moves, and where the cursor stands."""
        referral = self.of(key)
        messages = Message.objects.filter(page__referral=referral)
        return referral.pages.count(), messages.count(), referral.moves.count(), referral.step


class Answering(Paging):
    """One tap: the referral is answered and the case has an owner."""

    all_of_it, nothing = (1, 1, 1, 2), (0, 0, 0, 1)

    def before(self, key: UUID) -> None:
        """Sana was told."""
        super().before(key)
        super().do(key, AT)

    def do(self, key: UUID, at: datetime) -> None:
        """Sana taps."""
        referrals.acknowledge_page(at=at, token=Page.objects.get(referral=self.of(key)).token)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Answers, moves, owners, status rows."""
        referral = self.of(key)
        answered = referral.pages.filter(answered_at__isnull=False).count()
        moves = ReferralMove.objects.filter(referral=referral, move="acknowledge").count()
        case = referral.disclosure.case
        return answered, moves, int(case.owner_id is not None), CaseStatus.objects.filter(case=case).count()


class Declining(Answering):
    """Whoever had it hands it back: never half."""

    all_of_it, nothing = (1, 0, 3, 1), (0, 1, 2, 0)

    def before(self, key: UUID) -> None:
        """Sana has it."""
        super().before(key)
        super().do(key, AT)

    def do(self, key: UUID, at: datetime) -> None:
        """She can't; said once."""
        reference = self.of(key).disclosure.reference
        if self.of(key).state != "paged":
            referrals.move_referral(
                actor=who("sana"), at=at, reference=reference, move="decline", reason="in_court"
            )

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Declines, owners, status rows, and whether everybody is told again."""
        referral = self.of(key)
        case, declined = referral.disclosure.case, referral.moves.filter(move="decline").count()
        statuses = CaseStatus.objects.filter(case=case).count()
        return declined, int(case.owner_id is not None), statuses, int(referral.state == "paged")


class Sending(Paging):
    """A message leaves: noted as sent, or due again; one line for it."""

    all_of_it, nothing = (1, 0), (0, 1)

    def before(self, key: UUID) -> None:
        """It waits in the outbox."""
        super().before(key)
        super().do(key, AT)

    def do(self, key: UUID, at: datetime) -> None:
        """The worker sends what is due."""
        worker.send_due_messages(clock=lambda: at, send=lambda message: None)

    def counts(self, key: UUID) -> tuple[int, ...]:
        """Sent, and still due."""
        mine = Message.objects.filter(page__referral=self.of(key))
        return mine.filter(sent_at__isnull=False).count(), mine.filter(due_at__isnull=False).count()
