"""Pack entries of sharing: recipients, groups of fields, the table of which field may go where, purposes, ways, grounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from nightdesk.rules.pack_entries import Entry, WordedEntry
from nightdesk.rules.pack_found import Entries

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

BY_CONSENT: Final = "consent"
BY_DUTY: Final = "duty"
SARC: Final = "sarc"
ISVA: Final = "isva"
PARTNER: Final = "partner"
CPS: Final = "cps"
KINDS: Final = (SARC, ISVA, PARTNER, CPS)
SHARING_LINES: Final = (
    "classification", "do_not_pass_on", "stop_when_told", "not_everything", "by_consent", "by_duty", "without_consent",
    "sheet_title", "sheet_intro", "sheet_none", "sheet_until", "sheet_withdraw", "sheet_sent", "sheet_ended",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Recipient(Entry):
    """A kind of recipient. `services`: of the directory, to choose from. `duty`: the duty that offering them answers.

    `basis`: "consent" (nothing goes without the person's yes) or "duty" (the law says what goes; the person is told).
    `honest` says to staff what holds, and what to tell the person.
    """

    label: str
    basis: Literal["consent", "duty"]
    honest: str
    services: tuple[str, ...] = ()
    duty: str = ""
    longest_days: int = 365  # the longest time a consent is asked for


@dataclass(frozen=True, kw_only=True)
class Group(WordedEntry):
    """Fields that a person is asked about together: in words for them, and the `label` for everybody else."""

    label: str


@dataclass(frozen=True, kw_only=True)
class SharedField(Entry):
    """One row of the table: which kinds of recipient a field may go to at all, and why not to the others."""

    label: str
    group: str
    to: tuple[str, ...]
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Purpose(WordedEntry):
    """What something is shared for, and with which kinds of recipient that makes sense."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConsentWay(WordedEntry):
    """How a person gave or withdrew their consent."""


@dataclass(frozen=True, kw_only=True)
class SendWay(WordedEntry):
    """How a pack leaves, by hand."""


@dataclass(frozen=True, kw_only=True)
class Ground(WordedEntry):
    """Why something may be shared without consent: for which kinds of recipient, how many hours a decision holds."""

    kinds: tuple[str, ...]
    hours: int
    meaning: str


@dataclass(frozen=True, kw_only=True)
class SharingLine(WordedEntry):
    """A sentence of the packs, or of the sheet for the person."""


@dataclass(frozen=True, kw_only=True)
class SharingSections:
    """What the pack holds about sharing: a part of Pack."""

    recipients: Entries[Recipient]
    share_groups: Entries[Group]
    share_fields: Entries[SharedField]
    share_purposes: Entries[Purpose]
    consent_ways: Entries[ConsentWay]
    send_ways: Entries[SendWay]
    share_grounds: Entries[Ground]
    share_lines: Entries[SharingLine]


SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("sharing", "recipient", "recipients", Recipient),
    ("sharing", "group", "share_groups", Group),
    ("sharing", "field", "share_fields", SharedField),
    ("sharing", "purpose", "share_purposes", Purpose),
    ("sharing", "consent_way", "consent_ways", ConsentWay),
    ("sharing", "send_way", "send_ways", SendWay),
    ("sharing", "ground", "share_grounds", Ground),
    ("sharing", "line", "share_lines", SharingLine),
)


def sharing_problems(pack: Pack) -> Iterator[str]:
    """Sentences for rows of the table and choices that lead nowhere."""
    for field in pack.share_fields:
        where = f'sharing.toml, field "{field.id}"'
        yield from _unknown(where, "group", [field.group], pack.share_groups)
        yield from _unknown(where, "recipient", field.to, pack.recipients)
        if set(field.to) != set(pack.recipients.ids()) and not field.why_not:
            yield f'{where}: it does not go to everybody; say why in "why_not".'
    for entry in (*pack.share_purposes, *pack.share_grounds):
        yield from _unknown(f'sharing.toml, "{entry.id}"', "recipient", entry.kinds, pack.recipients)
    for recipient in pack.recipients:
        where = f'sharing.toml, recipient "{recipient.id}"'
        yield from _unknown(where, "service", recipient.services, pack.services)
        yield from _unknown(where, "duty", [recipient.duty] if recipient.duty else [], pack.duties)
        if not any(recipient.id in purpose.kinds for purpose in pack.share_purposes):
            yield f"{where}: no [[purpose]] is for them, so nothing could be asked."
        if recipient.longest_days < 1:
            yield f'{where}: "longest_days" must be 1 or more.'
    for ground in pack.share_grounds:
        if ground.hours < 1:
            yield f'sharing.toml, ground "{ground.id}": "hours" must be 1 or more.'


def _unknown(where: str, what: str, used: Iterable[str], known: Entries[Any]) -> Iterator[str]:
    for wanted in used:
        if wanted not in known:
            yield f'{where}: {what} "{wanted}" does not exist; use one of {", ".join(known.ids())}.'
