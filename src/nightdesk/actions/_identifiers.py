"""From the basics to identifier rows: each in its normal form, indexed blind, the value as given sealed."""

from collections.abc import Iterator

from nightdesk.outside.current import pack
from nightdesk.outside.phones import normal_phone
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Identifier
from nightdesk.records.sealed import blind_index
from nightdesk.rules import identifiers
from nightdesk.rules.basics import Basics, Suspect


def identifier_rows(disclosure: Disclosure, version: BasicsVersion, basics: Basics) -> list[Identifier]:
    """Rows, not yet saved, for everything in `basics` that tells a person apart; “unknown” typed as a phone does not."""
    given = [("discloser", 0, "", kind, value) for kind, value in _of_person(basics)]
    for number, suspect in enumerate(basics.suspects, start=1):
        given += [("suspect", number, suspect.platform, kind, value) for kind, value in _of_suspect(suspect)]
    return [
        Identifier(
            disclosure=disclosure, version=version, vault=disclosure.vault, about=about, person_number=number,
            kind=kind, platform=platform if kind == "handle" else "", value=value,
            blind=blind_index(kind, normal),
        )
        for about, number, platform, kind, value in given
        if identifiers.tells_apart(normal := normal_form(kind, value))
    ]  # fmt: skip


def _of_person(basics: Basics) -> Iterator[tuple[str, str]]:
    for kind, value in (
        ("name_used", basics.call_me),
        ("phone", basics.contact_phone),
        ("email", basics.contact_email),
    ):
        if value:
            yield kind, value


def _of_suspect(suspect: Suspect) -> Iterator[tuple[str, str]]:
    for kind in ("name_used", "handle", "phone", "email", "address", "vehicle"):
        if value := getattr(suspect, kind):
            yield kind, value


def normal_form(kind: str, value: str) -> str:
    """The form in which two identifiers of a kind are equal."""
    if kind == "phone":
        return normal_phone(value, pack().about.country)
    makers = {"handle": identifiers.handle, "email": identifiers.email, "vehicle": identifiers.vehicle}
    return makers.get(kind, identifiers.plain)(value)
