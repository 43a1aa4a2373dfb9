"""A linkage worker that is killed on the way loses nothing and doubles nothing: another one goes on where it was."""

import os
import signal
import subprocess
import sys
import threading

from nightdesk.jobs.linkage import LinkageWorker
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_sources import place_of
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import COMPARED, READ, LinkReport
from nightdesk.rules.access import SYSTEM
from tests.actions.together import address_of_this_database, whole_journal
from tests.jobs.test_linkage import KARL, told
from tests.people import make_cast

REPORTS = 6
# One line of the journal at a time, and a word before and after each thing that is kept, to be killed in between.
WORK = """
import threading, django
django.setup()
from nightdesk.jobs import linkage, linkage_extracts
whole = linkage_extracts.changes
linkage_extracts.changes = lambda reader: whole(reader, 1)
kept = linkage.keep_candidates
def keep(**given):
    print("comparing", flush=True)
    done = kept(**given)
    print("compared", flush=True)
    return done
linkage.keep_candidates = keep
linkage.LinkageWorker(threading.Event()).round()
print("done", flush=True)
"""


def started() -> subprocess.Popen[str]:
    """A linkage worker on the database of this test."""
    return subprocess.Popen(
        [sys.executable, "-c", WORK], env=os.environ | {"NIGHTDESK_DATABASE": address_of_this_database()},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed_after(words: int) -> None:
    """A worker that is ended by SIGKILL after so many words."""
    with started() as process:
        assert process.stdout is not None
        for _ in range(words):
            assert process.stdout.readline().strip() != "done"
        process.send_signal(signal.SIGKILL)


def test_killed_again_and_again_it_comes_to_the_same_end(journey_db: None) -> None:
    """In the middle of comparing and between; every report is there once, and every pair is one candidate, raised once."""
    cast = make_cast(database_now())
    for _ in range(REPORTS):
        told(cast.priya, KARL)
    for words in (1, 2, 3, 4):
        killed_after(words)
    with started() as process:
        assert process.wait(180) == 0
    assert LinkReport.objects.count() == REPORTS
    assert LinkCandidate.objects.count() == REPORTS * (REPORTS - 1) // 2
    assert LinkMove.objects.count() == LinkCandidate.objects.count()
    assert place_of(SYSTEM, COMPARED) <= place_of(SYSTEM, READ)
    before = LinkCandidate.objects.count()
    LinkageWorker(threading.Event()).round()
    assert LinkCandidate.objects.count() == before
    whole_journal()
