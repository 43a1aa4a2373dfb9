"""The pack of the next edition, for what was kept under the one before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from nightdesk.outside.current import pack, packs_in_force

EDITION = "2099-01"


@contextmanager
def newer_pack(**changed: Any) -> Iterator[None]:
    """Inside, a newer edition is in force; `changed`: what else is not as before."""
    newer = replace(pack(), about=replace(pack().about, edition=EDITION), **changed)
    with packs_in_force(lambda: newer):
        yield
