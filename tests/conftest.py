"""What every test stands on: settings of its own, loopback only, the journal's guard, and the cast.

Nothing outside this folder decides how tests run: every NIGHTDESK_ setting of the caller is dropped, except the address of a
PostgreSQL database (`./dev test` starts one of its own and runs the database tests on it a second time).
"""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from nightdesk.outside.keys import make_key_files
from tests.databases import Migrated, Remembered, at_once, is_empty, left_alone

pytest_plugins = ["tests.browser"]

SHARED = "TEST_FOLDER_OF_NIGHTDESK"  # the workers of xdist use the folder that the first process made
FOLDER = Path(os.environ.get(SHARED) or tempfile.mkdtemp(prefix="nightdesk-test-"))
if SHARED not in os.environ:
    os.environ[SHARED] = str(FOLDER)
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

DATABASE_FOLDERS = ("records", "actions", "queries", "desks", "jobs", "site", "faults", "journeys")
BROWSER = {"browser", "context", "new_context", "page"}
USUAL = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
MIGRATED: list[Migrated] = []  # of this process: one at the most
REMEMBERED: list[Remembered] = []
TRANSACTIONAL = ("transactional_db", "live_server", "journey_db", "django_db_reset_sequences")


# No deadline: a busy machine is no fault of a rule. The same examples every time: a red run can be run again.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


def _environment() -> None:
    given = os.environ.get("NIGHTDESK_DATABASE", "")
    for name in [name for name in os.environ if name.startswith("NIGHTDESK_")]:
        del os.environ[name]
    make_key_files(FOLDER / "keys")
    (FOLDER / "static").mkdir(exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's sync form runs a loop in this thread
        "NIGHTDESK_DATA": str(FOLDER),
        "NIGHTDESK_DATABASE": given
        if given.startswith("postgres")
        else f"sqlite:///{FOLDER / 'test.sqlite3'}",
        "NIGHTDESK_KEYS": str(FOLDER / "keys"),
        "NIGHTDESK_SECRET_KEY": "tests-only-" + "0123456789" * 5,
        "NIGHTDESK_HTTPS": "0",
        "NIGHTDESK_MAIL": "smtp://127.0.0.1:9",  # nobody listens there: a test that sends starts its own server
    }


def _settings() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick; the real one has its own test
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.WHITENOISE_USE_FINDERS = True
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: in memory all threads of the live server would share one connection and one transaction.
        database.setdefault("TEST", {})["NAME"] = database["NAME"]
        # It is thrown away: no test cuts the power. Processes that a test starts have the settings of a force.
        database["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"


_environment()
_settings()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder: what touches the database, what needs a browser, what kills processes."""
    for item in items:
        for once in item.iter_markers("once"):
            if not once.args:
                raise pytest.UsageError(
                    f"{item.nodeid}: say why it is enough once, @pytest.mark.once(REASON)."
                )
        folders = item.path.relative_to(Path(__file__).parent).parts[:-1]
        top = folders[0] if folders else ""
        if top in DATABASE_FOLDERS:
            item.add_marker(pytest.mark.database)
            if not item.get_closest_marker("django_db") and not set(TRANSACTIONAL) & set(
                getattr(item, "fixturenames", ())
            ):
                item.add_marker(pytest.mark.django_db)
        if top == "journeys" or BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.journey)
        if top == "faults":
            item.add_marker(pytest.mark.faults)


def _emptied(empty: Any) -> None:
    """A page that closes sends its last words while the tables are being emptied: then once more."""
    from django.core.management.base import CommandError
    from django.db import OperationalError

    for _again in range(4):
        try:
            empty()
            return
        except (CommandError, OperationalError):
            time.sleep(0.5)
    empty()


@pytest.fixture(scope="session")
def django_db_use_migrations() -> Iterator[bool]:
    """Tables straight from the records: thirty migrations took each worker twenty seconds, and come to the same."""
    with at_once():
        yield True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the flush after a transactional test through the journal's guard, and set the guard again at once.

    The triggers refuse DELETE and TRUNCATE on both databases, as they must; emptying a test database is the one exception.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from nightdesk.records import guard

    flush: Any = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        MIGRATED.append(Migrated(connection, FOLDER))

    def flush_through_the_guard(case: Any) -> None:
        _emptied(lambda: (guard.lift(connection), flush(case)))
        guard.set_guard(connection)

    TransactionTestCase._fixture_teardown = flush_through_the_guard
    yield
    TransactionTestCase._fixture_teardown = flush
    MIGRATED.pop().forget()
    with django_db_blocker.unblock():
        left_alone(connection)


@pytest.fixture
def journey_db(transactional_db: None) -> None:
    """A database with real commits, guard set: for browsers, threads and other processes."""


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """NIGHTDESK_DATABASE of an empty database for real processes, of the kind this run is on; dropped at the end."""
    address = os.environ["NIGHTDESK_DATABASE"]
    if not address.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    from devtools.postgres import drop_database, make_database

    own = make_database(address, _own_name(tmp_path))
    yield own
    drop_database(own)


@pytest.fixture
def migrated_database(django_db_setup: None, tmp_path: Path) -> Iterator[str]:
    """The same, with every table of this edition in it."""
    address = os.environ["NIGHTDESK_DATABASE"]
    if not address.startswith("postgres"):
        MIGRATED[0].copy_to(str(tmp_path / "own.sqlite3"))
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    from devtools.postgres import address_of, drop_database

    name = _own_name(tmp_path)
    MIGRATED[0].copy_to(name)
    yield address_of(address, name)
    drop_database(address_of(address, name))


def _own_name(tmp_path: Path) -> str:
    return f"own_{os.getpid()}_{tmp_path.name.replace('-', '_').lower()}"[:60]


@pytest.fixture
def now() -> datetime:
    """Ten past two on a Sunday morning, UTC. Tests pass time in; they never read a clock."""
    return USUAL


@pytest.fixture
def cast(db: None, now: datetime) -> Any:
    """Everybody of people.py, in a force of two units and two stations, on duty now."""
    from tests.people import make_cast

    if now != USUAL or not is_empty():
        return make_cast(now)
    if not REMEMBERED:
        made = make_cast(now)
        REMEMBERED.append(Remembered(made))
        return made
    return REMEMBERED[0].back()
