"""The words for particulars: kinds, roles, fields, choices, what a value rests on, and links."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from nightdesk.rules.particular_field import OPINION, RECORD, SEEN, TOLD
from nightdesk.rules.terms import DONT_KNOW, NOT_ASKED, RATHER_NOT

# what an address or a list calls them: (one, heading of the list, empty)
SORTS: Final = {
    "victim": (_("Victim"), _("Victims"), _("No victim is entered yet.")),
    "witness": (_("Witness"), _("Witnesses"), _("No witness is entered yet.")),
    "suspect": (_("Suspect"), _("Suspects"), _("No suspect is entered yet.")),
    "object": (_("Object"), _("Objects"), _("No object is entered yet.")),
    "place": (_("Place"), _("Places"), _("No place is entered yet.")),
    "event": (_("Event"), _("Events"), _("No event is entered yet.")),
}
ADD: Final = {
    "victim": _("Add a victim"),
    "witness": _("Add a witness"),
    "suspect": _("Add a suspect"),
    "object": _("Add an object"),
    "place": _("Add a place"),
    "event": _("Add an event"),
}
# by name, or by kind and name where the word differs
FIELDS: Final = {
    "call": _("A name to call them by"),
    "names": _("Names told"),
    "nickname": _("Nickname, or name on an app"),
    "pronouns": _("Pronouns"),
    "age": _("Age"),
    "height": _("Height"),
    "build": _("Build"),
    "looks": _("What else they look like"),
    "phone": _("Phone"),
    "platform": _("App"),
    "handle": _("Handle"),
    "email": _("E-mail"),
    "address": _("Address"),
    "known": _("How the victim knows them"),
    "notes": _("Anything else"),
    "object.sort": _("Kind of object"),
    "object.what": _("What it is, in a few words"),
    "object.phone": _("Phone number that belongs to it"),
    "object.platform": _("App it belongs to"),
    "object.handle": _("Handle or account name"),
    "object.looks": _("What it looks like"),
    "plate": _("Registration mark"),
    "numbers": _("Other numbers and marks"),
    "now_where": _("Where it is now"),
    "use": _("What this place is"),
    "setting": _("Kind of place"),
    "venue": _("Name of the place"),
    "postcode": _("Postcode"),
    "precision": _("How exactly the place is known"),
    "event.what": _("What happened"),
    "happened": _("When"),
    "where": _("Where, in words"),
    "contact_plan.call": _("What to call them"),
    "language": _("Language"),
    "interpreter": _("Is an interpreter needed?"),
    "ways": _("Safe ways to reach them"),
    "contact_plan.phone": _("Phone that is safe"),
    "contact_plan.email": _("E-mail that is safe"),
    "contact_plan.handle": _("App and name that are safe"),
    "contact_plan.address": _("Address that is safe for letters"),
    "when": _("When is it safe?"),
    "hours": _("Safe times"),
    "zone": _("Time zone"),
    "others_answer": _("May somebody else answer?"),
    "others_read": _("Does somebody else read the messages?"),
    "if_other": _("What to say if somebody else answers"),
    "message": _("May a message be left?"),
    "keep_from": _("Who must not know"),
    "watch_for": _("What to watch for"),
    "access": _("What they need to take part"),
    "police": _("What they want of the police"),
    "with_them": _("Who is to be with them"),
    "officer_sex": _("Officer they would rather speak to"),
    "community": _("Would they like a specialist from their community?"),
    "may_be_told": _("Who may be told, and what"),
    "not_wanted": _("What they do not want"),
    "wishes": _("What else they wish"),
}
HINTS: Final = {
    "names": _("One a line."),
    "looks": _("Hair, voice, accent, marks, clothes."),
    "object.looks": _("Colour, size, marks, damage."),
    "numbers": _("One a line. Of a bank card never more than the last four figures."),
    "address": _("As it was told, however vague."),
    "event.what": _("In a sentence. The first account stays as it is, in their words."),
    "contact_plan.address": _("Ask who opens the post."),
    "contact_plan.handle": _("Agree on the words first: previews may show on a locked phone."),
    "hours": _("One a line, such as: Mon-Fri 9-17, or Sat 22:00-02:00. By the clock where they are."),
    "zone": _("Only when they are elsewhere, such as Europe/Madrid. Empty: the time here."),
    "keep_from": _("A partner, family, flatmates, people at work, a community."),
    "access": _("Sight, hearing, reading, moving, a carer, breaks, a quiet room."),
    "community": _("For example an LGBT+ adviser."),
    "not_wanted": _("In their words."),
    "where": _("Or link a place to this event afterwards."),
}
CHOICES: Final = {
    "under_13": _("Under 13"), "13_to_15": _("13 to 15"), "16_to_17": _("16 or 17"), "18_to_24": _("18 to 24"),
    "25_to_34": _("25 to 34"), "35_to_44": _("35 to 44"), "45_to_54": _("45 to 54"), "55_to_64": _("55 to 64"),
    "65_and_over": _("65 or over"),
    "under_160": _("Under 160 cm (5 ft 3)"), "160_to_169": _("160 to 169 cm (5 ft 3 to 5 ft 6)"),
    "170_to_179": _("170 to 179 cm (5 ft 7 to 5 ft 10)"), "180_to_189": _("180 to 189 cm (5 ft 11 to 6 ft 2)"),
    "190_and_over": _("190 cm or over (6 ft 3)"),
    "slim": _("Slim"), "medium": _("Medium"), "heavy": _("Heavy"), "muscular": _("Muscular"),
    "stranger": _("A stranger"), "met_by_app": _("Met by an app or a site"), "met_out": _("Met when out"),
    "acquaintance": _("An acquaintance"), "friend": _("A friend"), "partner": _("Their partner"),
    "ex_partner": _("A former partner"), "family": _("Family"), "lives_with": _("Lives with them"),
    "from_work": _("From work or study"), "in_charge": _("Somebody in charge: a carer, teacher, landlord, officer"),
    "happened": _("Where it happened"), "met": _("Where they met"), "taken_to": _("Where somebody was taken"),
    "lives": _("Where somebody lives"), "hosts": _("Where somebody hosts"), "other": _("Somewhere else"),
    "exact": _("The exact address"), "building": _("The building"), "street": _("The street"),
    "area": _("The area only"), "unknown": _("Not known"),
    "yes": _("Yes"), "no": _("No"), "any": _("At any time"), "these": _("Only at these times"),
    "action": _("Police action"), "not_now": _("No police action now"), "health_only": _("Health care only"),
    "undecided": _("Has not decided"),
}  # fmt: skip
BASES: Final = {
    TOLD: _("Somebody told us"),
    SEEN: _("An officer saw it"),
    RECORD: _("It stands in a record, a message or a picture"),
    OPINION: _("An officer’s opinion"),
}
BASIS_TAGS: Final = {TOLD: _("Told"), SEEN: _("Seen"), RECORD: _("In a record"), OPINION: _("Opinion")}
BASIS_COLOURS: Final = {OPINION: "yellow"}
STATES: Final = {
    DONT_KNOW: _("Not known"),
    RATHER_NOT: _("Would rather not say"),
    NOT_ASKED: _("Not asked"),
}
# read at the one, and at the other end
LINKS: Final = {
    "used": (_("Used"), _("Used by")),
    "owns": (_("Owns or has"), _("Belongs to")),
    "was_at": (_("Was there"), _("Who was there")),
    "lives_at": (_("Lives or stays at"), _("Who lives or stays there")),
    "was_in": (_("Was in this place"), _("Who was there")),
    "knows": (_("Knows"), _("Knows")),
    "same_as": (_("The same human as"), _("The same human as")),
    "used_in": (_("Used in"), _("What was used")),
    "found_at": (_("Found at"), _("What was found there")),
    "happened_at": (_("Happened at"), _("What happened there")),
    "came_before": (_("Came before"), _("Came after")),
}


def field_word(kind: str, name: str) -> str:
    """What a field is called on the pages of its kind."""
    return str(FIELDS.get(f"{kind}.{name}") or FIELDS[name])


def field_hint(kind: str, name: str) -> str:
    """What stands below it; "" for nothing."""
    return str(HINTS.get(f"{kind}.{name}") or HINTS.get(name, ""))
