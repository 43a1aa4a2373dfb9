"""serve, worker, migrate, static: what runs in a force."""

import argparse
import signal
import socket
import sys
from pathlib import Path

from nightdesk.site import env
from nightdesk.site.cli_start import Refused, Words, listen, start, stopped_by_signals, whole_number, word

TARGET = "nightdesk.site.wsgi:application"
# Bytes of answers that wait for slow readers, then the page waits. Waitress would write more than it is told to hold into
# a temporary file, in clear: so it is told to hold as much as it ever lets wait, and as much as is ever sent to it.
MOST_WAITING = 16_000_000
KILL_SECONDS = 10  # a server process that does not end by itself within this long is ended


def add_words(words: Words) -> None:
    """The four words."""
    made = word(words, "serve", serve, "Serve the site. Runs until it is ended.")
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    made.add_argument("--port", type=whole_number(1, 65535), default=8000)
    made.add_argument("--workers", type=whole_number(1, 64), default=2, help="processes (granian)")
    made.add_argument("--threads", type=whole_number(1, 64), default=4, help="threads in each process")
    made.add_argument("--server", choices=("granian", "waitress"), default="granian")
    made = word(words, "worker", work, "Page, send and repeat. Runs until it is ended; any number may run.")
    made.add_argument("--once", action="store_true", help="do what is due now, then end")
    word(words, "migrate", migrate, "Bring the database to this edition.")
    word(words, "static", collect_static, "Collect styles and scripts for serving.")


def serve(given: argparse.Namespace) -> int:
    """Serve until a signal, after everything that must be right was checked."""
    start()
    refuse_bad_start()
    try:
        held = listen(given.host, given.port)
    except OSError as fault:
        raise Refused(
            f"Port {given.port} of {given.host} can’t be used ({fault.strerror}). Choose another with --port."
        ) from fault
    print(f"Nightdesk serves on http://{given.host}:{given.port}", flush=True)
    with held:
        if given.server == "waitress":
            serve_waitress(held, given.threads)
    if given.server == "granian":  # its processes open the port themselves, so it is let go first
        _serve_granian(given)
    return 0


def serve_waitress(held: socket.socket, threads: int) -> None:
    """Serve on a listening socket with waitress until a signal; requests that are under way are finished."""
    from django.conf import settings
    from waitress.server import create_server  # type: ignore[import-untyped]

    from nightdesk.site.wsgi import application

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress ends in good order on SystemExit
    most = settings.NIGHTDESK_ATTACHMENT_MB * 4_000_000  # more than a page listens to (uploads.HANG_UP_AT)
    create_server(
        application, sockets=[held], threads=threads, ident="Nightdesk", max_request_body_size=most, inbuf_overflow=most,
        outbuf_overflow=2 * MOST_WAITING, outbuf_high_watermark=MOST_WAITING,
    ).run()  # fmt: skip


def let_go_of_database() -> None:
    """Close every connection and pool: granian forks, and two processes that share a connection get each other's rows."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def _serve_granian(given: argparse.Namespace) -> None:
    let_go_of_database()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        TARGET, address=given.host, port=given.port, interface=Interfaces.WSGI, workers=given.workers,
        blocking_threads=given.threads, websockets=False, log_level=LogLevels.warning, respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
    ).serve()  # fmt: skip


def refuse_bad_start() -> None:
    """Raise Refused unless checks, keys, pack, migrations, the journal's guard and static files are right."""
    from django.conf import settings
    from django.core.checks import run_checks

    from nightdesk.queries.journal import journal_is_guarded

    refuse_without_keys()
    refuse_unusable_pack()
    if faults := [fault.msg for fault in run_checks() if fault.is_serious()]:
        raise Refused("\n".join(faults))
    if waiting := pending_migrations():
        raise Refused(f"The database is behind by {waiting} migrations. Run: nightdesk migrate")
    if not journal_is_guarded():
        raise Refused(
            "The journal’s guard is not in the database, so nothing is served. Tell the auditor: nightdesk journal verify"
        )
    if not settings.DEMO and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise Refused("Styles and scripts are not collected. Run: nightdesk static")


def refuse_without_keys() -> None:
    """Raise Refused when the keys that seal records are not there or can't be read."""
    from nightdesk.outside.keys import KeysMissing, provider

    try:
        provider()
    except KeysMissing as fault:
        raise Refused(str(fault)) from fault
    except Exception as fault:  # Tink has a fault of its own for every way in which a file can be wrong
        raise Refused(
            "The keysets can’t be read. Put back the right ones; without them no record opens."
        ) from fault


def refuse_unusable_pack() -> None:
    """Raise Refused when the pack has errors: nothing is served, and no disclosure taken, on half a lexicon."""
    from django.conf import settings

    from nightdesk.outside import current

    try:
        current.pack()
        current.lexicon()
    except ValueError as fault:  # PackProblems and LexiconProblem
        raise Refused(
            f"The pack {settings.NIGHTDESK_PACK} can’t be used. See what is wrong with: nightdesk pack check"
        ) from fault


def pending_migrations() -> int:
    """How many migrations the database still needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def work(given: argparse.Namespace) -> int:
    """Run the worker; with --once one round, and exit code 1 when it could not be done."""
    start()
    from nightdesk.jobs.worker import Worker

    worker = Worker(stopped_by_signals(), seconds=worker_seconds())
    if given.once:
        return 0 if worker.try_round() else 1
    print("The worker runs.", flush=True)
    worker.run()
    return 0


def worker_seconds() -> int:
    """How long the worker waits between two rounds; raises BadSetting."""
    if (seconds := env.whole("NIGHTDESK_WORKER_SECONDS", 2)) < 1:
        raise env.BadSetting("NIGHTDESK_WORKER_SECONDS is 0. Write at least 1.")
    return seconds


def migrate(given: argparse.Namespace) -> int:
    """Apply what is pending."""
    start()
    waiting = pending_migrations()
    apply_migrations()
    print(f"The database is up to date ({waiting} migrations applied).")
    return 0


def apply_migrations() -> None:
    """Bring the database to this edition; an embedded one is made if it is not there."""
    from django.core.management import call_command

    embedded_file()
    call_command("migrate", interactive=False, verbosity=0)


def embedded_file() -> None:
    """Make the file of an embedded database if it is not there, readable by its owner only."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = Path(database["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)


def collect_static(given: argparse.Namespace) -> int:
    """Collect styles and scripts, under names that change with their content."""
    start()
    from django.conf import settings

    gather_static()
    print(f"Styles and scripts are in {settings.STATIC_ROOT}.")
    return 0


def gather_static() -> None:
    """As `nightdesk static`, silently."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
