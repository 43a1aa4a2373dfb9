"""What was agreed with the person about contact, as pages and rules take it; until then what the counter noted. Pure."""

from dataclasses import dataclass

from nightdesk.rules.basics import Basics
from nightdesk.rules.contact import YES, Plan
from nightdesk.rules.contact_words import hours_of
from nightdesk.rules.pack_contact import VOICEMAIL
from nightdesk.rules.particular_contact import zone_named
from nightdesk.rules.particular_field import NOTHING, Answer, Values, given
from nightdesk.rules.terms import GIVEN

AT = ("phone", "email", "handle", "address")


@dataclass(frozen=True)
class Agreed:
    """The plan that rules check, and what people read beside it. Everything may be "" (not known).

    `language` is an id of the pack; `zone` the name of their time zone ("": the force's); `hours` lines as written.
    """

    plan: Plan
    call: str = ""
    pronouns: str = ""
    language: str = ""
    zone: str = ""
    hours: tuple[str, ...] = ()
    if_other: str = ""
    keep_from: str = ""
    watch_for: str = ""
    access: str = ""


def agreed_from_basics(basics: Basics) -> Agreed:
    """What the counter noted about safe contact. Nothing was agreed about times, so none are known."""
    at = {"phone": basics.contact_phone, "email": basics.contact_email}
    plan = Plan(
        ways=basics.safe_ways, at={what: value for what, value in at.items() if value},
        message=YES if VOICEMAIL in basics.safe_ways else "", interpreter=bool(basics.interpreter),
    )  # fmt: skip
    return Agreed(
        plan, call=basics.call_me, pronouns=basics.pronouns, language=basics.interpreter, watch_for=basics.contact_notes
    )  # fmt: skip


def agreed_from_values(number: int, values: Values) -> Agreed:
    """What version `number` of the plan says; what has no value is "" here, whatever the reason."""
    one = {name: _text(values, name) for name in values}
    hours = _many(values, "hours")
    plan = Plan(
        number=number, ways=_many(values, "ways"), at={what: one[what] for what in AT if one.get(what)},
        when=one.get("when", ""), hours=hours_of(hours), others_answer=one.get("others_answer", ""),
        others_read=one.get("others_read", ""), message=one.get("message", ""), interpreter=one.get("interpreter") == YES,
    )  # fmt: skip
    zone = one.get("zone", "")
    rest = ("call", "pronouns", "language", "if_other", "keep_from", "watch_for", "access")
    return Agreed(
        plan,
        zone=zone_named(zone).key if zone else "",
        hours=hours,
        **{name: one.get(name, "") for name in rest},
    )


def _text(values: Values, name: str) -> str:
    answer = values.get(name, NOTHING)
    return answer.value if answer.state == GIVEN and isinstance(answer.value, str) else ""


def _many(values: Values, name: str) -> tuple[str, ...]:
    answer = values.get(name, NOTHING)
    return answer.value if answer.state == GIVEN and isinstance(answer.value, tuple) else ()


def offered_plan(basics: Basics) -> dict[str, Answer]:
    """What the counter noted, offered as the first answers of a plan: each is looked at with the person and kept by hand."""
    texts = {
        "call": basics.call_me, "pronouns": basics.pronouns, "language": basics.interpreter,
        "interpreter": YES if basics.interpreter else "", "phone": basics.contact_phone, "email": basics.contact_email,
        "watch_for": basics.contact_notes,
    }  # fmt: skip
    found = {name: given(text) for name, text in texts.items() if text}
    return found | ({"ways": given(basics.safe_ways)} if basics.safe_ways else {})


def offered_wishes(basics: Basics) -> dict[str, Answer]:
    """What the counter noted of their wishes, offered in the same way."""
    texts = {
        "officer_sex": basics.officer_sex,
        "community": basics.adviser if basics.adviser in (YES, "no") else "",
    }
    return {name: given(text) for name, text in texts.items() if text}
