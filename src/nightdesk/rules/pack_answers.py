"""The choices the counter and the public form offer, as pack entries.

Ids are stored with a disclosure and never change meaning; words may be rewritten. Nothing here is a required
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nightdesk.rules.pack_entries import WordedEntry


@dataclass(frozen=True, kw_only=True)
class Choice(WordedEntry):
    """One answer on offer."""


@dataclass(frozen=True, kw_only=True)
class QuickTime(Choice):
    """A quick answer to *when*: a range counted back from the moment of telling, in hours.

    An end that is not known is None: "I don't know" has neither, "more than a week ago" has no earliest.
    """

    earliest_hours_ago: float | None = None
    latest_hours_ago: float | None = None


@dataclass(frozen=True, kw_only=True)
class SafeContact(Choice):
    """A way to reach the person; `care` tells staff what to watch for before using it."""

    care: str
    needs_detail: bool = True  # whether a number, an address or a name has to be written down


@dataclass(frozen=True, kw_only=True)
class SpokenLanguage(Choice):
    """A language a person may ask for; `code` as in IETF tags, `kind` signed for BSL and the like."""

    code: str
    own_name: str
    kind: Literal["spoken", "signed"] = "spoken"


@dataclass(frozen=True, kw_only=True)
class Platform(Choice):
    """An app or site where people meet or write; `also` are other ways its name is written."""

    kind: Literal["dating", "messages", "social", "other"]
    also: tuple[str, ...] = ()
