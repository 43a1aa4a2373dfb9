"""Real worker processes: two at once, started too early, asked to end."""

from pathlib import Path

from tests.jobs.mailbox import mail_server
from tests.jobs.processes import begin, ended, environment, nightdesk, raising, wait_until

REFERRALS = 12


def test_two_workers_tell_nobody_twice(migrated_database: str, tmp_path: Path) -> None:
    with mail_server() as mail:
        env = environment(
            tmp_path, migrated_database, NIGHTDESK_MAIL=mail.address, NIGHTDESK_WORKER_SECONDS="1"
        )
        raising(env, "raise", str(REFERRALS))
        workers = [begin(env, "worker") for _ in range(2)]
        wait_until(lambda: len(mail.call_outs) >= REFERRALS)
        codes = [ended(worker) for worker in workers]
    assert [code for code, _ in codes] == [0, 0], codes
    assert len({letter["Message-ID"] for letter in mail.call_outs}) == len(mail.call_outs) == REFERRALS
    assert raising(env, "pages") == f"{REFERRALS} {REFERRALS}"
    assert nightdesk(env, "journal", "verify").returncode == 0


def test_a_worker_waits_for_a_database_that_is_not_ready(own_database: str, tmp_path: Path) -> None:
    env = environment(tmp_path, own_database, NIGHTDESK_WORKER_SECONDS="1")
    worker = begin(env, "worker")
    assert worker.stdout
    assert "runs" in worker.stdout.readline()
    assert nightdesk(env, "migrate").returncode == 0
    wait_until(lambda: raising(env, "beat") == "1")
    code, said = ended(worker)
    assert code == 0
    assert "Traceback" not in said


def test_a_worker_asked_once_does_what_is_due_and_ends(own_database: str, tmp_path: Path) -> None:
    env = environment(tmp_path, own_database)
    early = nightdesk(env, "worker", "--once")
    assert early.returncode == 1
    assert "worker_waits_for_database" in early.stderr
    nightdesk(env, "migrate")
    raising(env, "raise", "2")
    with mail_server() as mail:
        done = nightdesk(env | {"NIGHTDESK_MAIL": mail.address}, "worker", "--once")
    assert done.returncode == 0, done.stderr
    assert len(mail.call_outs) == 2
