"""The contact plan: what may be kept, how rules read it, and what the counter noted as a beginning."""

from datetime import time
from typing import Any

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.rules.basics import Basics
from nightdesk.rules.contact_hours import DAYS, Hours
from nightdesk.rules.contact_plan import agreed_from_values, offered_plan, offered_wishes
from nightdesk.rules.particular_answer import codes_of, refuse_if_not_keepable
from nightdesk.rules.particular_contact import CONTACT_PLAN, WISHES, zone_named
from nightdesk.rules.particular_field import Kind, ParticularRefused, given, no_value

PACK = load_pack("england_wales")


def keep(kind: Kind = CONTACT_PLAN, **said: Any) -> None:
    """Refused or not."""
    values = {name: given(value) for name, value in said.items()}
    refuse_if_not_keepable(kind, values, {one.name: frozenset(codes_of(PACK, one)) for one in kind.fields})


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"when": "these", "hours": ("Mon-Fri 9-17", "Sat 10-12")}, ""),
        ({"when": "any"}, ""),
        ({"call": "Jo", "zone": "europe/madrid"}, ""),
        ({"when": "these"}, "Write the safe times"),
        ({"when": "these", "hours": ("mornings",)}, "mornings.* can’t be read"),
        ({"when": "any", "hours": ("9-17",)}, "only they are safe"),
        ({"hours": ("9-17",)}, "only they are safe"),
        ({"call": "Jo", "zone": "Mars/Base"}, "no time zone"),
        ({"call": "Jo", "zone": "../etc/passwd"}, "no time zone"),
        ({"ways": ("no_contact",)}, ""),
        ({"ways": ("no_contact", "text")}, "Keep one of the two"),
        ({"ways": ("pigeon",)}, "Choose one of the answers"),
        ({"message": "perhaps"}, "Choose one of the answers"),
        ({}, "at least one thing"),
    ],
)
def test_a_plan_that_nobody_could_follow_is_refused(said: dict[str, Any], fault: str) -> None:
    """With what to do about it."""
    if not fault:
        keep(**said)
        return
    with pytest.raises(ParticularRefused, match=fault):
        keep(**said)


def test_wishes_are_kept_one_answer_each() -> None:
    """Police action and none at once can't be said."""
    keep(WISHES, police="not_now", with_them="Her sister", officer_sex="woman", community="yes")
    with pytest.raises(ParticularRefused):
        keep(WISHES, police=("action", "not_now"))


def test_rules_read_what_was_agreed_and_what_was_declined_says_nothing() -> None:
    """Hours as windows, numbers by what they are, the zone by its name."""
    values = {
        "call": given("Jo"), "ways": given(("phone_call", "text")), "phone": given("07700 900123"), "when": given("these"),
        "hours": given(("Mon-Fri 9-17",)), "zone": given("america/new york"), "message": given("no"),
        "others_read": given("yes"), "others_answer": no_value("rather_not"), "interpreter": given("yes"),
        "language": given("pl"), "keep_from": given("Her brother"),
    }  # fmt: skip
    agreed = agreed_from_values(3, values)
    plan = agreed.plan
    assert (plan.number, plan.ways, plan.at) == (3, ("phone_call", "text"), {"phone": "07700 900123"})
    assert plan.hours == (Hours(frozenset(DAYS[:5]), time(9), time(17)),)
    assert (plan.message, plan.others_read, plan.others_answer, plan.interpreter) == ("no", "yes", "", True)
    assert (agreed.zone, agreed.call, agreed.keep_from) == ("America/New_York", "Jo", "Her brother")
    assert zone_named("Europe/London").key == "Europe/London"


def test_what_the_counter_noted_is_offered_and_can_be_kept_as_it_is() -> None:
    """Only what was given; an empty record offers nothing."""
    basics = Basics(
        call_me="Jo", pronouns="they/them", interpreter="pl", contact_phone="07700 900123", safe_ways=("text",),
        contact_notes="Lives with him", officer_sex="woman", adviser="yes",
    )  # fmt: skip
    offered = offered_plan(basics)
    assert {name: answer.value for name, answer in offered.items()} == {
        "call": "Jo", "pronouns": "they/them", "language": "pl", "interpreter": "yes", "phone": "07700 900123",
        "watch_for": "Lives with him", "ways": ("text",),
    }  # fmt: skip
    keep(**{name: answer.value for name, answer in offered.items()})
    keep(WISHES, **{name: answer.value for name, answer in offered_wishes(basics).items()})
    assert offered_plan(Basics()) == offered_wishes(Basics(adviser="dont_know")) == {}
