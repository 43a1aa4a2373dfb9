"""A look-back whose process is killed goes on from its last batch: nothing proposed twice, nothing passed over."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

from nightdesk.queries.clock import database_now
from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.records.journal import JournalLine
from tests.actions.flags import told
from tests.actions.together import address_of_this_database, whole_journal
from tests.people import make_cast

TOLD = 8
# As the command does it, with batches of one, so that there is something to be killed between.
WORK = """
import sys, django
django.setup()
from datetime import datetime
from nightdesk.actions.look_backs import begin_look_back, read_batch
from nightdesk.queries.clock import database_now
from nightdesk.rules.access import SYSTEM
run = begin_look_back(actor=SYSTEM, at=database_now(), since_at=datetime.fromisoformat(sys.argv[1]))
while run.ended_at is None:
    run = read_batch(actor=SYSTEM, at=database_now(), run=run.pk, most=1)
    print(run.read, flush=True)
"""


def started(since: str) -> subprocess.Popen[str]:
    """A process of its own on the database of this test."""
    return subprocess.Popen(
        [sys.executable, "-c", WORK, since], env=os.environ | {"NIGHTDESK_DATABASE": address_of_this_database()},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_killed_twice_on_the_way_it_comes_to_the_same_end(journey_db: None) -> None:
    """After the second and the fifth batch, with SIGKILL; the run, its counts and its one end are as if nothing happened."""
    now = database_now()
    cast = make_cast(now)
    for _ in range(TOLD):
        told(cast, now)
    expected = CaseFlag.objects.count()
    CaseFlag.objects.all().delete()
    since = (now - timedelta(days=1)).isoformat()
    for after in (2, 5):
        with started(since) as process:
            assert process.stdout is not None
            while int(process.stdout.readline()) < after:
                pass
            process.send_signal(signal.SIGKILL)
        assert LookBack.objects.get().ended_at is None
    with started(since) as process:
        assert process.wait(120) == 0
    run = LookBack.objects.get()
    assert (run.read, run.total, run.waiting, run.decided) == (TOLD, TOLD, 0, 0)
    assert CaseFlag.objects.count() == sum(run.proposed.values()) == expected
    kinds = list(JournalLine.objects.values_list("kind", flat=True))
    assert (kinds.count("look_back_begun"), kinds.count("look_back_ended")) == (1, 1)
    whole_journal()
