"""What was agreed with the person about contact, as pages and rules take it; until then what the counter noted. Pure."""

from dataclasses import dataclass

from nightdesk.rules.basics import Basics
from nightdesk.rules.contact import YES, Plan
from nightdesk.rules.pack_contact import VOICEMAIL


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
