"""demo: a fictional force on this machine, in a folder of its own, served at once."""

import argparse
import contextlib
import fcntl
import gc
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from nightdesk.site.cli_serve import (
    apply_migrations,
    embedded_file,
    gather_static,
    refuse_unusable_pack,
    serve_waitress,
    worker_seconds,
)
from nightdesk.site.cli_start import Refused, Words, listen, start, table, whole_number, word

SEED = 22
PORTS_TRIED = 50
THREADS = 8
LOCAL = "127.0.0.1"  # the demo is for this machine only
# What a force sets for itself; in the demo the folder decides, so that nothing real is ever opened or written to.
NOT_FOR_THE_DEMO = (
    "SECRET_KEY",
    "KEYS",
    "KEYSET_WRAP",
    "KEYSET_BLIND",
    "MAIL",
    "HTTPS",
    "BEHIND_PROXY",
    "HOSTS",
    "SITE",
)


def add_words(words: Words) -> None:
    """The one word."""
    made = word(words, "demo", demo, "A living fictional force on this machine, in var/demo.")
    made.add_argument(
        "--port", type=whole_number(1, 65535), default=8000, help="taken: the next free one is used"
    )
    made.add_argument(
        "--seed", type=whole_number(0, 10**9), default=SEED, help="another number, other people and cases"
    )
    made.add_argument("--disclosures", type=whole_number(40, 5000), default=200)
    made.add_argument("--fresh", action="store_true", help="throw the force away and make it anew")
    made.add_argument("--no-serve", action="store_true", help="make the force, then end")


def demo(given: argparse.Namespace) -> int:
    """Make what is absent, start the worker and the server, and end by saying where it is and who can sign in."""
    began = time.perf_counter()
    folder = demo_folder()
    refuse_outside_the_demo(os.environ.get("NIGHTDESK_DEMO"), os.environ.get("NIGHTDESK_DATABASE"))
    held = None if given.no_serve else free_port(given.port)
    port = held.getsockname()[1] if held else given.port
    set_environment(folder, port)
    with made_alone(folder, fresh=given.fresh):
        start()
        made = _make(given)
    print(f"{made} ({time.perf_counter() - began:.0f} seconds)", flush=True)
    if held is None:
        return 0
    _serve(held, port)
    return 0


def demo_folder() -> Path:
    """var/demo, or the folder demo inside NIGHTDESK_DATA: never a folder with real records."""
    return Path(os.environ.get("NIGHTDESK_DATA") or "var").absolute() / "demo"


def refuse_outside_the_demo(demo: str | None, database: str | None) -> None:
    """Raise Refused when this machine is set up for real work: demo mode shut, or a database that is not the demo's."""
    if demo is not None and demo.lower() in ("0", "no", "false", "off"):
        raise Refused(
            "NIGHTDESK_DEMO is off here, so no demo is made. Run it on another machine, or take the setting away."
        )
    if database and "demo" not in database.rsplit("/", 1)[-1]:
        raise Refused(
            "NIGHTDESK_DATABASE names a database without “demo” in its name, so no demo is made in it. "
            "Take the setting away, or name a database for the demo."
        )


def set_environment(folder: Path, port: int) -> None:
    """Demo mode, with data, keys and database in `folder`, and nothing of a real site."""
    for name in NOT_FOR_THE_DEMO:
        for whole in (f"NIGHTDESK_{name}", f"NIGHTDESK_{name}_FILE"):
            os.environ.pop(whole, None)
    os.environ |= {
        "NIGHTDESK_DEMO": "1",
        "NIGHTDESK_DATA": str(folder),
        "NIGHTDESK_ADDRESS": f"http://{LOCAL}:{port}",
    }


@contextlib.contextmanager
def made_alone(folder: Path, *, fresh: bool) -> Iterator[None]:
    """Only one demo makes the force of a folder; others wait for it, and then share it.

    Raises Refused for --fresh while another demo runs from the folder.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)  # held as long as this process lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fresh:
            raise Refused(
                "A demo runs from this folder. End it first, or start this one without --fresh."
            ) from fault
        fcntl.flock(lock, fcntl.LOCK_SH)
    else:
        if fresh:
            throw_away(folder)
    yield
    fcntl.flock(lock, fcntl.LOCK_SH)


def throw_away(folder: Path) -> None:
    """Remove what a demo made in its folder, and nothing else that may lie there."""
    for found in folder.glob("nightdesk.sqlite3*"):
        found.unlink()
    for name in ("keys", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)


def free_port(wanted: int) -> socket.socket:
    """A listening socket on the wanted port, or on the next one that is free, which is said. Raises Refused."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        try:
            held = listen(LOCAL, port)
        except OSError:
            continue
        if port != wanted:
            print(f"Port {wanted} is taken; using {port}.", flush=True)
        return held
    raise Refused(f"No port from {wanted} on is free. Choose another with --port.")


def _make(given: argparse.Namespace) -> str:
    """Folder, keys, tables, styles and the force, as far as they are absent; what was done, in words."""
    from django.conf import settings

    from nightdesk.jobs.demo import DemoRefused, make_force, refuse_if_real
    from nightdesk.outside.keys import make_key_files
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.journal import demo_made_at
    from nightdesk.rules.access import SYSTEM

    print("Getting the demo ready ...", flush=True)
    make_key_files(Path(settings.NIGHTDESK_KEYS))
    _bring_up()
    gather_static()
    try:
        refuse_if_real()
        if made_at := demo_made_at(SYSTEM):
            return f"The fictional force of {made_at:%d %B %Y} is as you left it; --fresh makes a new one."
        refuse_unusable_pack()
        gc.disable()  # a hundred thousand short-lived rows and no cycles: looking for some is an eighth of the wait
        count = make_force(now=database_now(), seed=given.seed, count=given.disclosures, tick=_progress)
        gc.enable()
    except DemoRefused as fault:
        raise Refused(str(fault)) from fault
    return f"A fictional force was made, with {count} disclosures."


def _bring_up() -> None:
    """The database of this edition: made at once where there is none, which saves a quarter of a minute; else migrated."""
    from nightdesk.site.tables import begin_empty

    embedded_file()
    if not begin_empty():
        apply_migrations()


def _progress(acts: int) -> None:
    """Show that something is happening, where somebody is looking."""
    if acts % 100 == 0 and sys.stdout.isatty():
        print(f"\r{acts} things have happened in the fictional force ...", end="\r", flush=True)


def _serve(held: socket.socket, port: int) -> None:
    """Workers and server until Ctrl-C. The workers are threads here, so that they end with the server whatever happens."""
    from nightdesk.jobs.demo_groups import run_linkage
    from nightdesk.jobs.worker import Worker

    stop = threading.Event()
    runs = (Worker(stop, seconds=worker_seconds()).run, lambda: run_linkage(stop))
    workers = [threading.Thread(target=run, daemon=True) for run in runs]
    for worker in workers:
        worker.start()
    print(closing_words(port), flush=True)
    try:
        with held:
            serve_waitress(held, THREADS)
    finally:
        stop.set()
        for worker in workers:
            worker.join(timeout=15)
        print("The demo has ended.", file=sys.stderr)


def closing_words(port: int) -> str:
    """Who can sign in as what, and, last, the address."""
    from nightdesk.jobs.demo import PASSPHRASE
    from nightdesk.queries.force import accounts
    from nightdesk.rules.access import SYSTEM

    rows = [(a.username, a.name, a.role, a.station or a.unit) for a in accounts(SYSTEM) if a.is_demo]
    who = table(("username", "name", "role", "station or unit"), rows)
    return (
        f"\n{who}\n\nEverybody and everything here is invented. The password of all of them: {PASSPHRASE}\n"
        f"Messages that would be sent are shown on the demo’s message page. Ctrl-C ends the demo.\n\nhttp://{LOCAL}:{port}/"
    )
