"""What stands in a case of the bench beside its line in the queue, in the sizes that a case has.

The account with triage and identifiers, the paging with its messages, entries with their versions, contacts with their
notes, tasks, moves of duties, a file of some, openings of some, and the journal. Nothing of it is opened by the bench: what
is sealed are random bytes of the length that sealing gives, which a database can't tell from others.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

SEAL: Final = 29  # bytes that sealing adds: form, nonce, tag
ENTRIES: Final = (("person", "suspect"), ("person", "witness"), ("place", ""), ("object", ""))
CONTACTS: Final = 4
HOUR: Final = timedelta(hours=1)
FILES: Final = 0.3  # share of cases with one
OPENINGS: Final = 0.03  # opened by somebody whose case it was not
BODY: Final = (
    "Front counter, Station 0. A disclosure waits for you: answer by the link below, or say that you can't. "
    * 2
)
LINES: Final = (
    ("disclosure_taken", {"channel": "counter", "station": "S0"}), ("basics_recorded", {"number": 1, "changed": 9}),
    ("disclosure_accepted", {"number": 1, "missing": []}),
    ("triage_recorded", {"proposed": ["sexual_offence"], "edition": "bench", "urgency": "soon"}),
    ("case_opened", {"unit": "U0"}), ("referral_made", {"unit": "U0", "because": ["sexual_offence"], "urgency": "soon"}),
    ("referral_paged", {"step": 0, "layer": "soit", "told": 1}), ("message_sent", {"channel": "sms", "attempt": 1}),
    ("referral_acknowledged", {"step": 0}), ("record_read", {"what": "case", "reason": ""}),
    ("particular_recorded", {"particular": "person", "entry": "", "role": "suspect", "number": 1, "changed": 5,
                             "from_account": True}),
    ("record_read", {"what": "case", "reason": ""}), ("contact_begun", {"way": "phone_call", "direction": "out",
                                                                        "warnings": [], "plan": 0}),
    ("contact_noted", {"way": "phone_call", "outcome": "reached", "number": 1, "promised": True}),
    ("task_made", {"task": "evidence", "origin": "manual", "own": True}), ("record_read", {"what": "case", "reason": ""}),
)  # fmt: skip


class Rows:
    """Rows to be written, by their table, in the order in which tables were first used: each after those it points at."""

    def __init__(self, here: Any) -> None:
        self.here, self.dice = here, here.dice
        self.found: defaultdict[type[Any], list[Any]] = defaultdict(list)
        self.cases = 0

    def add(self, row: Any) -> Any:
        """The row, which is written with the others."""
        self.found[type(row)].append(row)
        return row

    def key(self) -> UUID:
        """It begins with eight zeros: a copy has its number there."""
        return UUID(int=self.dice.getrandbits(96))

    def sealed(self, size: int = 0) -> Any:
        """A sealed value of so many bytes."""
        from nightdesk.records.sealed import Sealed

        return Sealed(self.dice.randbytes(size + SEAL))

    def somebody(self, case: Any) -> Any:
        """Its owner, or who took it when it is nobody's."""
        return case.owner or self.here.counter


def follow(rows: Rows, case: Any) -> None:
    """Everything that followed."""
    _account(rows, case)
    _paging(rows, case)
    _entries(rows, case)
    _contacts(rows, case)
    _others(rows, case)
    _lines(rows, case)


def _account(rows: Rows, case: Any) -> None:
    """What was told, with what tells people apart, and what triage made of it."""
    from nightdesk.records.disclosures import BasicsVersion, Identifier, Triage

    told = case.disclosure
    common = {"disclosure": told, "vault": told.vault}
    version = rows.add(
        BasicsVersion(
            **common, id=rows.key(), number=1, recorded_at=told.opened_at, recorded_by=rows.here.counter,
            earliest_at=told.opened_at - 9 * HOUR, latest_at=told.opened_at - 3 * HOUR, what=rows.sealed(450),
            rest=rows.sealed(900),
        )
    )  # fmt: skip
    for about, kind in (("discloser", "phone"), ("suspect", "handle"), ("suspect", "name_used")):
        rows.add(
            Identifier(
                **common, id=rows.key(), version=version, about=about, person_number=0, kind=kind, value=rows.sealed(14),
                blind=rows.dice.randbytes(16),
            )
        )  # fmt: skip
    rows.add(
        Triage(
            **common, id=rows.key(), version=version, at=told.opened_at, edition="bench", urgency="soon",
            levels={"sexual_offence": "likely", "chemsex": "possible"}, because=["sexual_offence"],
            reasons=rows.sealed(400),
        )
    )  # fmt: skip


def _paging(rows: Rows, case: Any) -> None:
    """Two were told, one by two ways."""
    from nightdesk.records.messages import Message, MessageAttempt
    from nightdesk.records.referrals import Page, Referral

    dice, at = rows.dice, case.opened_at
    referral = rows.found[Referral][-1]
    officers = next(unit for unit in rows.here.officers if unit[0].unit_id == case.unit_id)
    for step, staff in enumerate(dice.sample(officers, 2)):  # the second never said anything
        page = rows.add(
            Page(
                id=rows.key(), referral=referral, step=step, layer="soit", staff=staff, told_at=at,
                answered_at=None if step or not case.owner else at,
                token="0" * 8 + f"{dice.getrandbits(140):035x}",
            )
        )  # fmt: skip
        telling = rows.key()
        for channel in ("sms", "email")[: 2 - step]:
            message = rows.add(
                Message(
                    id=rows.key(), telling=telling, page=page, staff=staff, channel=channel, address="officer@force.invalid",
                    subject=f"{case.disclosure.reference}: somebody waits", body=BODY, made_at=at, sent_at=at, attempts=1,
                )
            )  # fmt: skip
            rows.add(MessageAttempt(message=message, number=1, at=at, left=True))


def _entries(rows: Rows, case: Any) -> None:
    """People, a place and an object, the first put right once; two belong together."""
    from nightdesk.records.particulars import Particular, ParticularLink, ParticularVersion

    common = {"vault": case.disclosure.vault}
    made = []
    for kind, role in ENTRIES:
        made.append(
            rows.add(
                Particular(
                    **common, id=rows.key(), case=case, kind=kind, role=role, withdrawn_why=rows.sealed(),
                    taken_from=rows.dice.randbytes(16),
                )
            )
        )  # fmt: skip
        for number in range(1, 3 if len(made) == 1 else 2):
            rows.add(
                ParticularVersion(
                    **common, id=rows.key(), particular=made[-1], number=number, at=case.opened_at,
                    by=rows.somebody(case), values=rows.sealed(380), why=rows.sealed(40 if number > 1 else 0),
                )
            )  # fmt: skip
    rows.add(
        ParticularLink(
            **common, id=rows.key(), case=case, kind="was_at", one=made[0], other=made[2], basis="told",
            made_at=case.opened_at, made_by=rows.somebody(case), why=rows.sealed(),
        )
    )  # fmt: skip


def _contacts(rows: Rows, case: Any) -> None:
    """Calls with what came of them, the first put right; and what is to be done."""
    from nightdesk.records.contact_log import ContactNote, PersonContact

    by, common = rows.somebody(case), {"vault": case.disclosure.vault}
    contact = None
    for turn in range(CONTACTS):
        at = case.opened_at + 5 * turn * HOUR
        contact = rows.add(
            PersonContact(
                **common, id=rows.key(), case=case, sender_key=rows.key(), way="phone_call", direction="out", begun_at=at,
                noted_at=at, noted_by=by, plan=0, reason=rows.sealed(),
            )
        )  # fmt: skip
        for number in range(1, 2 if turn else 3):
            rows.add(
                ContactNote(
                    **common, id=rows.key(), contact=contact, number=number, outcome="reached", at=at, by=by,
                    words=rows.sealed(90), agreed=rows.sealed(40),
                )
            )  # fmt: skip
    _tasks(rows, case, contact)


def _tasks(rows: Rows, case: Any, contact: Any) -> None:
    """One out of a contact, which is open while the case runs, and one besides."""
    from nightdesk.records.tasks import Task, TaskMove

    by, common = rows.somebody(case), {"vault": case.disclosure.vault}
    for turn, origin in enumerate((contact, None)):
        due = case.opened_at + 40 * HOUR
        done = bool(turn) or not case.in_queue
        task = rows.add(
            Task(
                **common, id=rows.key(), case=case, sender_key=rows.key(), kind="evidence", title=rows.sealed(50),
                contact=origin, made_at=case.opened_at, made_by=by, for_whom=by, due_at=due,
                state="done" if done else "open",
            )
        )  # fmt: skip
        if done:
            rows.add(
                TaskMove(
                    **common, id=rows.key(), task=task, number=1, move="do", state="done", at=due, by=by, due_before=due,
                    due_at=due, from_whom=by, to_whom=by, words=rows.sealed(10),
                )
            )  # fmt: skip


def _others(rows: Rows, case: Any) -> None:
    """How its duties were met; a file of some; openings by others of some, which the owner saw."""
    from nightdesk.records.attachments import Attachment
    from nightdesk.records.duties import Duty, DutyMove
    from nightdesk.records.openings import CaseOpening, OpeningSeen

    by, at, common = rows.somebody(case), case.opened_at, {"vault": case.disclosure.vault}
    for duty in rows.found[Duty][-4:]:
        if duty.state != "owed":
            rows.add(
                DutyMove(
                    **common, id=rows.key(), duty=duty, number=1, move="meet" if duty.state == "met" else "miss",
                    state=duty.state, at=duty.due_at, by=by,
                    words=rows.sealed(20),
                )
            )  # fmt: skip
    if rows.dice.random() < FILES:
        texts = {name: rows.sealed(40) for name in ("sha256", "name", "title", "origin", "shows")}
        rows.add(
            Attachment(
                **common, **texts, id=rows.key(), case=case, number=1, sender_key=rows.key(), kind="picture",
                media_type="image/png", extension="png", size=300_000, parts_count=2, blind=rows.dice.randbytes(16),
                added_at=at, added_by=by, scan="clean",
            )
        )  # fmt: skip
    if rows.dice.random() < OPENINGS:
        opening = rows.add(
            CaseOpening(
                **common, id=rows.key(), case=case, opened_at=at, opened_by=rows.here.staff["supervisor"],
                until_at=at + 8 * HOUR, reason="asked", words=rows.sealed(60),
            )
        )  # fmt: skip
        rows.add(OpeningSeen(opening=opening, at=at, by=by))


def _lines(rows: Rows, case: Any) -> None:
    from nightdesk.records.journal import JournalLine

    told, actor = case.disclosure, str(rows.somebody(case).pk)
    for kind, facts in LINES:
        rows.add(
            JournalLine(
                at=told.opened_at, kind=kind, actor=actor, role="soit", subject=told.reference, facts=facts,
                previous=b"x" * 32, digest=b"x" * 32,
            )
        )  # fmt: skip
