"""Several people at the same moment: each in a thread of their own, with a connection of their own."""

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit


def at_once(*doings: Callable[[], Any], patience: float = 30) -> list[Any]:
    """Start all at the same moment; what each returned, or the fault it raised, in order."""
    from django.db import connections

    start, results = threading.Barrier(len(doings)), [None] * len(doings)

    def one(number: int, doing: Callable[[], Any]) -> None:
        start.wait(patience)
        try:
            results[number] = doing()
        except Exception as fault:
            results[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair, daemon=True) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)
    assert not [thread for thread in threads if thread.is_alive()], "Somebody waits for ever."
    return results


def without_faults(results: Sequence[Any]) -> list[Any]:
    """The results, when nobody's doing failed."""
    assert not (faults := [repr(result) for result in results if isinstance(result, Exception)]), faults
    return list(results)


def whole_journal() -> int:
    """How many lines there are; the chain must be whole."""
    from nightdesk.queries.journal import verify_journal
    from nightdesk.rules.access import SYSTEM

    found = verify_journal(SYSTEM)
    assert found.whole, (found.broken_at, found.why)
    return found.lines


def address_of_this_database() -> str:
    """NIGHTDESK_DATABASE for another process that works on the database of this very test."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["NIGHTDESK_DATABASE"])._replace(path=f"/{name}").geturl()
