"""What of the basics is put into search: names, phones, handles, e-mails, addresses, plates and days. Pure.

Never *what* happened, never the description of anybody, never notes: nobody is found by what was done to them, and
nothing of drugs is in any of these.
"""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.search_terms import Term

_OF_SUSPECT: Final = (
    ("name", "name_used"), ("phone", "phone"), ("email", "email"), ("place", "address"), ("plate", "vehicle"),
)  # fmt: skip


def basics_terms(basics: Basics, zone: tzinfo) -> tuple[Term, ...]:
    """The terms of one version; days by the clock on the wall in `zone`."""
    return tuple(term for term in _all(basics, zone) if term.value.strip())


def _all(basics: Basics, zone: tzinfo) -> Iterator[Term]:
    yield Term("name", basics.call_me)
    yield Term("phone", basics.contact_phone)
    yield Term("email", basics.contact_email)
    yield Term("place", basics.where_words)
    yield Term("date", _days(basics, zone))
    for suspect in basics.suspects:
        yield from _of(suspect)


def _of(suspect: Suspect) -> Iterator[Term]:
    yield from (Term(kind, getattr(suspect, name)) for kind, name in _OF_SUSPECT)
    yield Term("handle", suspect.handle, suspect.platform)


def _days(basics: Basics, zone: tzinfo) -> str:
    ends = [at.astimezone(zone).date().isoformat() for at in (basics.earliest_at, basics.latest_at) if at]
    return "/".join(ends)
