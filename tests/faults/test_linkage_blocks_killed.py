"""A linkage worker that is killed while it seals blocks: each is there whole or not at all, and the next start is right."""

import os
import signal
import subprocess
import sys
import threading

from nightdesk.jobs.linkage import PACK, LinkageWorker
from nightdesk.jobs.linkage_blocks import to_pack
from nightdesk.linkage.block import form_of
from nightdesk.linkage.packing import Packing
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_blocks import blocks
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_reports import VAULT, LinkBlock, LinkReport
from nightdesk.records.messages import JOB, Heartbeat
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import SYSTEM
from tests.actions.together import address_of_this_database, whole_journal
from tests.jobs.test_linkage import KARL, WEIGHTS, told, worker
from tests.jobs.test_linkage_blocks import as_values, held, in_blocks
from tests.people import make_cast

REPORTS = 4
# One report to a block; a word in the middle of keeping each, when it is sealed, and one when it is kept.
WORK = """
import threading, django
django.setup()
from nightdesk.actions import link_blocks
from nightdesk.jobs import linkage
from nightdesk.linkage.packing import Packing
from nightdesk.linkage.weights import shipped
whole = link_blocks.LinkBlock.save
def save(row, **given):
    whole(row, **given)
    print("sealed", flush=True)
link_blocks.LinkBlock.save = save
pack = linkage.pack_span
def pack_span(*given):
    done = pack(*given)
    print("kept", flush=True)
    return done
linkage.pack_span = pack_span
running = linkage.LinkageWorker(
    threading.Event(), weights=shipped().without_ethnicity(), packing=Packing(full=1, few=1)
)
running.round()
print("done", flush=True)
"""


def killed_after(words: int) -> None:
    """A worker that is ended by SIGKILL after so many words."""
    with subprocess.Popen(
        [sys.executable, "-c", WORK], env=os.environ | {"NIGHTDESK_DATABASE": address_of_this_database()},
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for _ in range(words):
            assert process.stdout.readline().strip() != "done"
        process.send_signal(signal.SIGKILL)


def due_again() -> None:
    """As if the time had passed after which another worker does what one that died had claimed."""
    Heartbeat.objects.filter(name=f"{JOB}{PACK}").delete()


def blocks_there() -> int:
    """How many there are; each has a key that opens and a line, and no other key or line was left behind."""
    known = len(blocks(SYSTEM, form_of(WEIGHTS.behaviours)))
    lines = JournalLine.objects.filter(kind="linkage_packed").count()
    others = {
        *LinkReport.objects.values_list("vault", flat=True),
        *LinkCandidate.objects.values_list("vault", flat=True),
    }
    keys = Vault.objects.filter(purpose=VAULT).exclude(pk__in=others).count()
    assert known == lines == keys == LinkBlock.objects.count() == len(in_blocks())
    return known


def test_killed_while_sealing_it_has_sealed_what_it_has_and_begins_again(journey_db: None) -> None:
    """In the middle of a block, and between one and the next: a block, its key and its line are there together."""
    people = make_cast(database_now())
    for _ in range(REPORTS):
        told(people.priya, KARL)
        worker().round()
    wanted = as_values(held())
    for words in (1, 2, 3):  # the next to be sealed is killed before, with or after it is kept
        due_again()
        killed_after(words)
        known = blocks_there()
        assert as_values(held()) == wanted
    assert known >= 1
    due_again()
    running = LinkageWorker(threading.Event(), weights=WEIGHTS, packing=Packing(full=1, few=1))
    running.round()
    assert to_pack(running.reports, running.packing) == []
    assert in_blocks() == set(LinkReport.objects.values_list("pk", flat=True))
    assert blocks_there() == REPORTS
    assert as_values(held()) == wanted
    whole_journal()
