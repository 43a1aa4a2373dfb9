"""Entries of a pack, and how one is found by its id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from nightdesk.rules.pack_entries import Entry

E = TypeVar("E", bound=Entry)


class UnknownEntry(KeyError):
    """An id that the pack does not have: a newer record read with an older pack, or a slip in code."""

    def __str__(self) -> str:
        return str(self.args[0])


class Entries(Generic[E]):
    """Entries of one kind in the order of the file, found by id: `pack.drugs["ghb"]`."""

    def __init__(self, entries: list[E]) -> None:
        self._by_id = {entry.id: entry for entry in entries}

    def __iter__(self) -> Iterator[E]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._by_id

    def __getitem__(self, entry_id: str) -> E:
        if entry_id not in self._by_id:
            raise UnknownEntry(f'No entry "{entry_id}" here; the pack has {", ".join(self._by_id)}.')
        return self._by_id[entry_id]

    def get(self, entry_id: str) -> E | None:
        """The entry, or None when the pack has none of that id."""
        return self._by_id.get(entry_id)

    def ids(self) -> tuple[str, ...]:
        """All ids, in the order of the file."""
        return tuple(self._by_id)
