"""A PostgreSQL of one's own: a fresh cluster in a temporary folder, on a Unix socket only, gone at the end.

Run as root it belongs to the user `postgres` (the server refuses root); otherwise to whoever runs it. What commits is on
disk (fsync on), as in a force, so that the benches mean something. The tests kill clients, never the server or the machine:
theirs need not wait for the disk (`durable=False`).
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlsplit

OLDEST: Final = 15
HOMES: Final = "/usr/lib/postgresql"  # where Debian keeps them, by version, outside PATH
USER: Final = "nightdesk"
CONF: Final = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 80
shared_buffers = 128MB
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
log_min_messages = fatal
"""


class PostgresMissing(Exception):
    """The server programs are not on this machine, or too old."""


def find_programs() -> Path:
    """Folder with initdb and pg_ctl, newest first; raises PostgresMissing."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path(HOMES).glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists() and _version(folder) >= OLDEST:
            return folder
    raise PostgresMissing(
        f"No PostgreSQL {OLDEST} or newer was found. Install it (Debian: apt-get install postgresql)."
    )


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\b(\d+)", said)
    return int(found.group(1)) if found else 0


class Postgres:
    """`with Postgres() as server:` a running server; `server.address` is a value for NIGHTDESK_DATABASE."""

    def __init__(self, *, durable: bool = True) -> None:
        self.durable = durable
        self.programs = find_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="ndpg-", dir="/tmp"))
        self.address = f"postgresql://{USER}@/{USER}?host={quote(str(self.folder), safe='')}"
        self.owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def __enter__(self) -> "Postgres":
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        conf = CONF.format(folder=self.folder, durable="on" if self.durable else "off")
        with open(f"{data}/postgresql.conf", "a") as file:
            file.write(conf)
        try:
            self._run("pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w", "-t", "60", "start")
            make_database(self.address, USER)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        data = str(self.folder / "data")
        self._run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", must=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def pid(self) -> int:
        """Process id of the server: the parent of all its processes."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def _run(self, program: str, *arguments: str, must: bool = True) -> None:
        with (self.folder / "said").open("ab") as said:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd=self.folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.STDOUT, check=False, **self.owner,
            )  # fmt: skip
        if must and done.returncode:
            raise RuntimeError(f"PostgreSQL: {program} failed.\n{(self.folder / 'said').read_text()[-2000:]}")


def _parts(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return parts.username or USER, parse_qs(parts.query)["host"][0], parts.path.lstrip("/")


def execute(address: str, statement: str) -> None:
    """Do one thing on the server of `address`, outside any of its databases."""
    import psycopg

    user, host, _ = _parts(address)
    with psycopg.connect(user=user, host=host, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


def make_database(address: str, name: str) -> str:
    """An empty database `name` on the server of `address`; its own address."""
    execute(address, f'CREATE DATABASE "{name}"')
    return address_of(address, name)


def address_of(address: str, name: str) -> str:
    """The address of the database `name` on the server of `address`."""
    user, host, _ = _parts(address)
    return f"postgresql://{user}@/{name}?host={quote(host, safe='')}"


def drop_database(address: str) -> None:
    """Drop the database of `address`, with whoever is still connected."""
    execute(address, f'DROP DATABASE IF EXISTS "{_parts(address)[2]}" WITH (FORCE)')
