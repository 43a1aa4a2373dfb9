"""The real server and the real worker are killed while counters send: what was accepted is there once, and is paged."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller

from bench._senders import FORM, Sender
from bench.intake import ROOT, free_port, prepared, python, wait_for
from tests.actions.test_mail import Mailbox

SENDERS, DEATHS = 3, 3
PATIENCE = 180  # seconds: how long anything may take on a busy machine


class Site:
    """Server and worker, each with its children in a group of its own, so that a kill leaves nobody behind."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment, self.port = environment, port
        self.said = Path(environment["NIGHTDESK_DATA"], "said")
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """As a force starts them."""
        for words in (["serve", "--port", str(self.port)], ["worker"]):
            with self.said.open("ab") as said:
                started = subprocess.Popen(
                    [sys.executable, "-m", "nightdesk.site", *words],
                    env=self.environment, cwd=ROOT, stdout=said, stderr=said, start_new_session=True,
                )  # fmt: skip
            self.running.append(started)
        wait_for(self.port, self.running[0], self.said)

    def kill(self) -> None:
        """Power gone: no process has time for a last word."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
        self.running.clear()


@pytest.fixture
def mailbox() -> Mailbox:
    """What arrives."""
    return Mailbox()


@pytest.fixture
def site(migrated_database: str, tmp_path: Path, mailbox: Mailbox) -> Iterator[Site]:
    """An empty database, keys, a mail server; server and worker not started yet."""
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    environment = prepared(tmp_path, migrated_database, ("static",)) | {
        "NIGHTDESK_MAIL": f"smtp://127.0.0.1:{mail.port}", "NIGHTDESK_WORKER_SECONDS": "1",
    }  # fmt: skip
    made = Site(environment, free_port())
    yield made
    made.kill()
    mail.stop()


def send_until_answered(sender: Sender, serial: str) -> None:
    """One disclosure, sent again with the same key until the server accepts it, however often that dies."""
    fields, until = sender.whole(serial), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            status, _, _ = sender._ask("POST", FORM, urlencode(fields))
        except (OSError, HTTPException):
            sender.close()
            time.sleep(0.1)
            continue
        if status == 302:
            sender.tally.accepted.append(serial)
            return
        if status != 503:  # "slow down" is no fault: a browser tries again, and so do we
            sender.tally.failed.append(str(status))
        time.sleep(0.2)
    sender.tally.failed.append("no answer")


def keep_sending(sender: Sender, enough: threading.Event) -> None:
    """One after another until it is enough."""
    while not enough.is_set():
        sender.count += 1
        send_until_answered(sender, f"[ndkill{sender.number}-{sender.count}]")
    sender.close()


def test_what_was_accepted_survives_every_death_and_is_paged(
    site: Site, mailbox: Mailbox, tmp_path: Path
) -> None:
    """Each accepted one once, with triage, clock, referral and case, in one chain; and a page left for each."""
    cookies = json.loads(python(["-m", "bench._force", "make", str(SENDERS)], site.environment))["cookies"]
    senders = [Sender(site.port, cookie, "kill", number, 7) for number, cookie in enumerate(cookies)]
    site.start()
    for sender in senders:
        sender.open_form()
    enough, chance = threading.Event(), random.Random(7)
    threads = [threading.Thread(target=keep_sending, args=(sender, enough)) for sender in senders]
    for thread in threads:
        thread.start()
    for death in range(1, DEATHS + 1):
        wait_for_accepted(senders, SENDERS * death)  # however slow the machine is, each life accepted some
        time.sleep(chance.random())
        site.kill()
        site.start()
    enough.set()
    for thread in threads:
        thread.join(2 * PATIENCE)
    accepted = [serial for sender in senders for serial in sender.tally.accepted]
    assert not [fault for sender in senders for fault in sender.tally.failed]
    assert len(accepted) >= SENDERS * DEATHS
    wait_for_pages(mailbox, len(accepted))
    found = looked_through(site, tmp_path / "accepted", accepted)
    assert {name: found[name] for name in ("lost", "doubled", "incomplete", "chain_ok")} == {
        "lost": 0, "doubled": 0, "incomplete": 0, "chain_ok": True,
    }  # fmt: skip
    assert found["disclosures"] == found["referrals"] == len(accepted)


def looked_through(site: Site, file: Path, accepted: list[str]) -> Any:
    """What became of the accepted ones, by the product's own code."""
    file.write_text("\n".join(accepted))
    return json.loads(python(["-m", "bench._force", "check", str(file)], site.environment))


def wait_for_accepted(senders: list[Sender], wanted: int) -> None:
    """Until so many were accepted."""
    until = time.monotonic() + PATIENCE
    while sum(len(sender.tally.accepted) for sender in senders) < wanted and time.monotonic() < until:
        time.sleep(0.05)


def wait_for_pages(mailbox: Mailbox, wanted: int) -> None:
    """Until a page left for each disclosure (the claims of dead workers run out first)."""
    until = time.monotonic() + PATIENCE + 30
    while len(references(mailbox)) < wanted and time.monotonic() < until:
        time.sleep(0.2)
    assert len(references(mailbox)) == wanted


def references(mailbox: Mailbox) -> set[str]:
    """Disclosures that somebody was paged for; a letter about a gap in the rota is none."""
    subjects = [str(letter["Subject"]).split() for letter in list(mailbox.letters)]
    return {words[1].rstrip(":") for words in subjects if words[0] == "Call-out"}
