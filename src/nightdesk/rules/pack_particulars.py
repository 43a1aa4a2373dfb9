"""Pack entries of the particulars of a case: the kinds of object, and what tells one of a kind apart."""

from __future__ import annotations

from dataclasses import dataclass

from nightdesk.rules.pack_entries import WordedEntry, Words


@dataclass(frozen=True, kw_only=True)
class ObjectKind(WordedEntry):
    """A kind of object that somebody used, lost or left; `look_for` says what tells one apart from another."""

    look_for: Words
