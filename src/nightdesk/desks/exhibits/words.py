"""The words of the exhibits room: acts, places, states and faults as pages say them."""

from typing import Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.outside.current import pack
from nightdesk.rules.pack_exhibits import kind_of

STATES: Final = {
    "": gettext_lazy("All"),
    "offered": gettext_lazy("Being handed to me"),
    "with_me": gettext_lazy("With me"),
    "with_staff": gettext_lazy("With a colleague or me"),
    "in_store": gettext_lazy("In a store"),
    "out": gettext_lazy("Out (SARC, laboratory, hospital, court)"),
    "overdue": gettext_lazy("Overdue at the laboratory"),
    "in_fault": gettext_lazy("In a store with a fault"),
    "returned": gettext_lazy("Given back to the person"),
    "destroyed": gettext_lazy("Destroyed"),
}
PLACES: Final = {
    "sarc": gettext_lazy("SARC"),
    "laboratory": gettext_lazy("Laboratory"),
    "hospital": gettext_lazy("Hospital"),
    "court": gettext_lazy("Court"),
    "person": gettext_lazy("The person"),
    "destroyed": gettext_lazy("Destroyed"),
}
DONE: Final = {
    "taken": gettext_lazy("Taken"),
    "handed": gettext_lazy("Handed over"),
    "stored": gettext_lazy("Put in a store"),
    "sent": gettext_lazy("Sent out"),
    "received": gettext_lazy("Received again"),
    "returned": gettext_lazy("Given back to the person"),
    "destroyed": gettext_lazy("Destroyed"),
}
ACTS: Final = {
    "handed": gettext_lazy("Hand it to a colleague"),
    "stored": gettext_lazy("Put it in a store"),
    "sent": gettext_lazy("Send it out"),
    "received": gettext_lazy("I have it now"),
    "returned": gettext_lazy("Give it back to the person"),
    "destroyed": gettext_lazy("I have destroyed it"),
    "take_over": gettext_lazy("I take it over"),
}
FACTS: Final = {
    "kind": gettext_lazy("Kind"),
    "taken_at": gettext_lazy("When it was taken"),
    "taken_where": gettext_lazy("Where it was taken"),
    "seal": gettext_lazy("Seal"),
    "description": gettext_lazy("Description"),
}
CORRECTIONS: Final = {
    "mistyped": gettext_lazy("It was mistyped"),
    "misread": gettext_lazy("It was misread or misheard"),
    "mixed_up": gettext_lazy("It was mixed up with another exhibit"),
    "better_known": gettext_lazy("It is better known now"),
}
FAULTS: Final = {
    "too_warm": gettext_lazy("Too warm"),
    "too_cold": gettext_lazy("Too cold"),
    "no_readings": gettext_lazy("No readings"),
    "door_open": gettext_lazy("The door was open"),
    "power_cut": gettext_lazy("Power cut"),
    "broken": gettext_lazy("It does not work"),
    "overfull": gettext_lazy("Overfull"),
    "other": gettext_lazy("Something else"),
}


def kind_words(code: str) -> str:
    """What kind of exhibit it is, in the language of the page; an unknown code of an older pack as it is."""
    kind = kind_of(pack(), code)
    return kind.text_in(get_language() or "en") if kind else code.replace("_", " ")


def entry_words(section: str, code: str) -> str:
    """The words of another entry of the pack: a kind of store, a reason."""
    entry = getattr(pack(), section).get(code)
    return entry.text_in(get_language() or "en") if entry else code.replace("_", " ")


def holder_words(kind: str, name: str) -> str:
    """Who or what has it: a name, a store, or a place outside."""
    return name or str(PLACES.get(kind, kind))


def degrees(tenths: int | None) -> str:
    """“4.5 °C”; "" for no reading."""
    return (
        ""
        if tenths is None
        else _("%(degrees)s °C") % {"degrees": f"{tenths / 10:.1f}".replace("-", "\u2212")}
    )
