"""Settings from the environment. A secret may come from a file (NAME_FILE). A wrong value stops the start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSetting(SystemExit):
    """A setting is missing or wrong: nothing starts."""


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file that NAME_FILE names; stops when neither is there and no default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(
            f"{name} is not set. Set it in the environment, or put it in a file and set {name}_FILE."
        )
    return value


def yes(name: str, default: str = "0") -> bool:
    """True for 1, yes, true, on; False for 0, no, false, off or empty; anything else stops."""
    value = text(name, default).lower()
    if value not in ("1", "yes", "true", "on", "0", "no", "false", "off", ""):
        raise BadSetting(f"{name} is “{value}”. Write 1 or 0.")
    return value in ("1", "yes", "true", "on")


def whole(name: str, default: int) -> int:
    """A whole number; anything else stops."""
    value = text(name, str(default))
    if not value.isdigit():
        raise BadSetting(f"{name} is “{value}”. Write a whole number.")
    return int(value)


def database(address: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME` (or a socket folder)."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(parts)
    raise BadSetting("NIGHTDESK_DATABASE must begin with sqlite:/// or postgresql://")


def _sqlite(path: str) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at once: with the default, two writers that read first end in "database is locked".
    # FULL: what was accepted survives a power cut (web-stack 5.3, measured Nov 2026).
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-32000"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _postgresql(parts: Any) -> dict[str, Any]:
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 30}},
    }
