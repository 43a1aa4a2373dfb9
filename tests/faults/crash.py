"""Dies at a chosen point of an action, over and over: before each statement, before each commit and right after it.

Run as a process of its own on an empty database (`python -m tests.faults.crash`). It opens no connection itself: every part
runs in a fork with a connection of its own, the doing in one that kills itself at point 1, 2, 3 and so on until it outlives
them. After each death another fork looks at what is there, does it again, and looks again. Writes JSON: points per doing.
"""

import json
import os
import pickle
import signal
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

AT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
LATER = AT + timedelta(seconds=40)  # what a dead worker had claimed is due again
SPACE = UUID(int=7)
MOST = 200


def in_fork(doing: Callable[[], Any]) -> tuple[bool, Any]:
    """Do it in a fork: (True, result), or (False, None) when it was killed. A fault there is raised here, with its text."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            said = pickle.dumps((True, doing()))
        except BaseException as fault:
            said = pickle.dumps((False, repr(fault)))
        os.write(writing, said)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False, None
    fine, result = pickle.loads(said)  # noqa: S301  from our own child
    if not fine:
        raise RuntimeError(result)
    return True, result


def dying_at(point: int, doing: Callable[[], Any]) -> Any:
    """Do it, and be killed at the point-th of: a statement, a commit, the moment after a commit."""
    from django.db import connection

    passed = 0

    def pass_point() -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def at_statement(execute: Any, *arguments: Any) -> Any:
        pass_point()
        return execute(*arguments)

    commit = connection._commit

    def at_commit() -> None:
        pass_point()
        commit()
        pass_point()

    connection.ensure_connection()
    connection._commit = at_commit
    with connection.execute_wrapper(at_statement):
        return doing()


def every_point(scene: "Scene") -> int:
    """Play a scene once for each point of its doing, dying there; how many points there were."""
    head = 0
    for point in range(1, MOST):
        key = uuid5(SPACE, f"{type(scene).__name__} {point}")
        outlived, _ = in_fork(lambda k=key, p=point: die_in(scene, k, p))
        _, head = in_fork(lambda k=key, o=outlived, h=head: look_and_do_again(scene, k, o, h))
        if outlived:
            return point - 1
    raise RuntimeError(f"{type(scene).__name__} never ends.")


def die_in(scene: "Scene", key: UUID, point: int) -> None:
    """Make what it needs, then do it and die on the way."""
    scene.before(key)
    dying_at(point, lambda: scene.do(key, AT))


def look_and_do_again(scene: "Scene", key: UUID, outlived: bool, head: int) -> int:
    """What is there after the death; after doing it again all must be there. Checks the journal from line `head` on."""
    from nightdesk.queries.journal import verify_journal
    from nightdesk.rules.access import SYSTEM

    scene.look(key, outlived)
    scene.do(key, LATER)
    scene.look(key, True)
    found = verify_journal(SYSTEM, from_seq=head + 1)
    assert found.whole, (found.broken_at, found.why)
    return found.head


class Scene(ABC):
    """What is there before, what is done, and what must be there when it was done (`whole`) or may have been."""

    def before(self, key: UUID) -> None:  # noqa: B027  most need nothing
        """Make what the doing needs."""

    @abstractmethod
    def do(self, key: UUID, at: datetime) -> None:
        """The doing; done a second time it changes nothing more."""

    @abstractmethod
    def counts(self, key: UUID) -> tuple[int, ...]:
        """How many rows there are of each kind that it writes."""

    all_of_it: tuple[int, ...]
    nothing: tuple[int, ...]

    def look(self, key: UUID, whole: bool) -> None:
        """All of it, or (unless `whole`) nothing."""
        found = self.counts(key)
        allowed = [self.all_of_it] if whole else [self.all_of_it, self.nothing]
        assert found in allowed, (type(self).__name__, found)


def main() -> int:
    """Set up, play every scene, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.site.settings")
    import django

    django.setup()
    from tests.faults import scenes

    in_fork(scenes.make_force)
    sys.stdout.write(json.dumps({type(scene).__name__: every_point(scene) for scene in scenes.all_scenes()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
