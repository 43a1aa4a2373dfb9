"""Two notice workers at the same moment, each a process of its own, one of them killed: nothing told twice, nothing lost."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions.staff import add_staff
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.notices import NoticeRow
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.pack_notices import TASK
from tests.actions.test_away import away
from tests.actions.test_hand_over import has_one
from tests.actions.test_notices import a_task
from tests.actions.together import address_of_this_database, whole_journal
from tests.people import make_cast

HOUR = timedelta(hours=1)
EACH = 13
ROUNDS = 4
# A round for each time it is given, five things of a kind at most: what is left is for the next.
WORK = """
import sys, django
django.setup()
from datetime import datetime
from nightdesk.actions import notices
from nightdesk.jobs.notices import tell_overdue
notices.MOST = 5
print("ready", flush=True)
for line in sys.stdin:
    print(tell_overdue(datetime.fromisoformat(line.strip())), flush=True)
"""


class Worker:
    """One process on the database of this test."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORK], env=os.environ | {"NIGHTDESK_DATABASE": address_of_this_database()},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.says() == "ready"

    def says(self) -> str:
        """Its next word; nothing when it is gone."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def begin(self, at: datetime) -> None:
        """A round; it is not waited for."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{at.isoformat()}\n")
        self.process.stdin.flush()

    def end(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.communicate(timeout=60)


def overdue(cast: Any, now: datetime) -> datetime:
    """Tasks of two officers, and of a third who is away: those are the supervisor's. A time of day to tell them at."""
    reference = has_one(cast, now)
    new: dict[str, Any] = {"actor": SYSTEM, "at": now, "role": "soit", "unit": cast.unit_a}
    ann = add_staff(**new, username="ann", name="Ann", email="ann@force.test")
    at = (now + timedelta(days=1)).replace(hour=10)
    for number in range(EACH):
        for staff in (cast.sana, cast.rae, ann):
            a_task(staff, now, reference, at - 6 * HOUR + number * timedelta(minutes=1))
    away(ann, now)
    return at


def things_told() -> Counter[str]:
    """Person → of how many things they were told by mail, as the messages say."""
    told: Counter[str] = Counter()
    for name, subject in Message.objects.filter(about="notice", channel="email").values_list(
        "staff__username", "subject"
    ):
        several = re.match(r"(\d+) things wait", subject)
        told[name] += int(several[1]) if several else 1
    return told


def rounds(first: Worker, second: Worker, at: datetime, begin: int) -> int:
    """Both at the same moment, again and again; how many things they told."""
    told = 0
    for number in range(begin, begin + ROUNDS):
        for worker in (first, second):
            worker.begin(at + number * timedelta(minutes=5))
        told += int(first.says()) + int(second.says())
    return told


def test_two_workers_at_once_and_one_killed_tell_each_thing_once(journey_db: None) -> None:
    """Each task is one row, told in one message, with one line, whoever did it; the killed one's are told by another."""
    cast = make_cast(database_now())
    at = overdue(cast, database_now())
    first, second = Worker(), Worker()
    assert rounds(first, second, at, 0) > 0
    for worker in (first, second):
        worker.begin(at + ROUNDS * timedelta(minutes=5))
    first.end(signal.SIGKILL)
    second.says()
    first = Worker()
    rounds(first, second, at, ROUNDS + 1)
    for worker in (first, second):
        worker.end()
    tasks = NoticeRow.objects.filter(kind=TASK)
    assert Counter(tasks.values_list("staff__username", flat=True)) == dict.fromkeys(
        ("sana", "rae", "maud"), EACH
    )
    rows = NoticeRow.objects.filter(dropped_at=None)
    assert not rows.filter(told_at=None).exists()
    assert things_told() == Counter(rows.values_list("staff__username", flat=True))
    assert JournalLine.objects.filter(kind="notice_told").count() == rows.count()
    whole_journal()
