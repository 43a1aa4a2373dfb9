"""Further offences with a case: suggested with grounds, as the class of the crime is, and chosen by a person. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from nightdesk.rules.case import CaseRefused
from nightdesk.rules.pack_closing import OF_FLAG
from nightdesk.rules.pack_duties import OffenceClass
from nightdesk.rules.recording import LONGEST_POLICE_NUMBER, Pointers, Suggestion, suggestions

LONGEST_WORDS: Final = 4000


@dataclass(frozen=True)
class Added:
    """A further offence: its class, why in words, and what the force's own system calls it."""

    offence_class: str
    why: str
    police_number: str = ""


def pointing(known: Pointers, flags: Iterable[str]) -> Pointers:
    """What is known, with the flags that are proposed or raised among the labels."""
    return replace(known, labels=known.labels | {f"{OF_FLAG}{flag}" for flag in flags})


def still_suggested(
    classes: Iterable[OffenceClass], known: Pointers, recorded: Collection[str]
) -> tuple[Suggestion, ...]:
    """What the facts point to and nobody has recorded yet, the best grounded first."""
    return tuple(one for one in suggestions(classes, known) if one.entry.id not in recorded)


def refuse_if_incomplete(added: Added, classes: Collection[str]) -> None:
    """Raise CaseRefused, saying what is missing."""
    if added.offence_class not in classes:
        raise CaseRefused("Choose the offence. The ones suggested are only suggested.", "offence_class")
    if not added.why.strip() or len(added.why) > LONGEST_WORDS:
        raise CaseRefused("Say in a few words what it rests on.", "why")
    if len(added.police_number) > LONGEST_POLICE_NUMBER:
        raise CaseRefused(
            f"The crime number has at most {LONGEST_POLICE_NUMBER} signs. Check it.", "police_number"
        )


def refuse_if_unsaid(why: str) -> None:
    """Raise CaseRefused when a further offence is withdrawn without a word."""
    if not why.strip() or len(why) > LONGEST_WORDS:
        raise CaseRefused("Say in a few words why it is withdrawn.", "why")
