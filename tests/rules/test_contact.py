"""Before a call: every way against every plan and moment; what needs words, and what a note must say."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules import contact as rule
from nightdesk.rules.basics import Basics
from nightdesk.rules.contact import Came, Checked, ContactRefused, Plan, checked
from nightdesk.rules.contact_hours import DAYS, Hours, is_safe_time
from nightdesk.rules.contact_plan import agreed_from_basics

LONDON = ZoneInfo("Europe/London")
PACK = load_pack("england_wales")
WAYS = {way.id: way for way in PACK.contact_ways}
OUTCOMES = {outcome.id: outcome for outcome in PACK.contact_outcomes}
DAY = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday
NIGHT = datetime(2026, 11, 27, 23, tzinfo=UTC)
OFFICE = Hours(frozenset(DAYS[:5]), time(9), time(17))
PLAN = Plan(
    number=2, ways=("phone_call", "text"), at={"phone": "07700 900123"}, when="these", hours=(OFFICE,), others_answer="no",
    others_read="no", message="yes",
)  # fmt: skip


def check(way: str, plan: Plan = PLAN, at: datetime = DAY, direction: str = "out") -> Checked:
    """What the plan says."""
    return checked(plan, WAYS[way], direction, at, LONDON)


@pytest.mark.parametrize(
    ("way", "changes", "at", "warnings"),
    [
        ("phone_call", {}, DAY, ()),
        ("phone_call", {}, NIGHT, ("outside_hours",)),
        ("email", {}, DAY, ("way_not_agreed",)),
        ("letter", {}, NIGHT, ("way_not_agreed", "outside_hours")),
        ("meeting", {}, DAY, ()),  # was agreed by itself
        ("meeting", {}, NIGHT, ("outside_hours",)),
        ("phone_call", {"ways": ()}, DAY, ("nothing_agreed",)),
        ("meeting", {"ways": ()}, DAY, ()),
        ("phone_call", {"ways": ("no_contact",)}, DAY, ("asked_for_none",)),
        ("meeting", {"ways": ("no_contact",)}, DAY, ("asked_for_none",)),
        ("phone_call", {"ways": ("no_contact", "phone_call")}, DAY, ("asked_for_none",)),
        ("phone_call", {"ways": ("i_will_contact_you",)}, DAY, ("they_get_in_touch",)),
        ("phone_call", {"ways": ("i_will_contact_you", "phone_call")}, DAY, ()),
        ("email", {"ways": ("i_will_contact_you", "text")}, DAY, ("they_get_in_touch", "way_not_agreed")),
        ("phone_call", {"when": "any", "hours": ()}, NIGHT, ()),
        ("phone_call", {"when": "", "hours": ()}, NIGHT, ()),
        ("phone_call", {"when": "these", "hours": ()}, DAY, ("outside_hours",)),
    ],
)  # fmt: skip
def test_a_way_that_is_not_safe_is_warned_of_with_every_reason(
    way: str, changes: dict[str, Any], at: datetime, warnings: tuple[str, ...]
) -> None:
    """Each reason by itself and together."""
    found = check(way, replace(PLAN, **changes), at)
    assert found.warnings == warnings
    assert found.safe is (not warnings)


@pytest.mark.parametrize(
    ("way", "changes", "cares"),
    [
        ("phone_call", {}, ()),
        ("phone_call", {"when": ""}, ("times_unknown",)),
        ("phone_call", {"others_answer": "yes"}, ("others_answer",)),
        ("phone_call", {"others_answer": ""}, ("others_may_answer",)),
        ("text", {"others_answer": "yes", "message": "no"}, ()),
        ("text", {"others_read": "yes"}, ("others_read",)),
        ("text", {"others_read": ""}, ("others_may_read",)),
        ("phone_call", {"at": {}}, ("no_number",)),
        ("phone_call", {"message": "no"}, ("no_message",)),
        ("phone_call", {"message": ""}, ("message_unknown",)),
        ("phone_call", {"interpreter": True}, ("needs_interpreter",)),
    ],
)  # fmt: skip
def test_what_to_watch_for_is_said_whatever_the_hour(
    way: str, changes: dict[str, Any], cares: tuple[str, ...]
) -> None:
    """Not known is told apart from no."""
    assert check(way, replace(PLAN, **changes)).cares == cares


def test_outside_the_hours_the_next_safe_moment_is_said() -> None:
    """Monday nine o'clock."""
    assert check("phone_call", at=NIGHT).next_at == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert check("phone_call").next_at is None


@pytest.mark.parametrize("way", sorted(WAYS))
def test_they_may_always_get_in_touch_themselves(way: str) -> None:
    """Whatever the plan says, and at any hour."""
    assert check(way, Plan(ways=("no_contact",)), NIGHT, "in") == Checked((), ())


SAFE = tuple(entry.id for entry in PACK.safe_contacts)
PLANS = st.builds(
    Plan, ways=st.lists(st.sampled_from(SAFE), unique=True).map(tuple), when=st.sampled_from(("", "any", "these")),
    hours=st.sampled_from(((), (OFFICE,))), message=st.sampled_from(("", "yes", "no")),
)  # fmt: skip


@given(plan=PLANS, way=st.sampled_from(sorted(WAYS)), minutes=st.integers(0, 7 * 24 * 60))
def test_nothing_unagreed_is_ever_called_safe(plan: Plan, way: str, minutes: int) -> None:
    """Safe is only a way that was agreed, or needs no agreement, within the hours, of somebody who wants contact."""
    at = DAY + timedelta(minutes=minutes)
    found = check(way, plan, at)
    agreed = not WAYS[way].safe_by or set(WAYS[way].safe_by) & set(plan.ways)
    in_time = plan.when != "these" or is_safe_time(plan.hours, LONDON, at)
    assert found.safe == (bool(agreed) and in_time and "no_contact" not in plan.ways)
    assert set(found.warnings) <= set(rule.WARNINGS)
    assert set(found.cares) <= set(rule.CARES)


def test_going_on_needs_every_warning_told_and_words() -> None:
    """A warning that came up while the page was open is said first."""
    found = check("letter", at=NIGHT)
    rule.refuse_if_unwarned(check("phone_call"), (), "")
    rule.refuse_if_unwarned(found, found.warnings, "She asked me by e-mail to write.")
    for told, reason, words in (
        (found.warnings[:1], "why", "had not said"), ((), "why", "had not said"), (found.warnings, "  ", "Write why"),
    ):  # fmt: skip
        with pytest.raises(ContactRefused, match=words):
            rule.refuse_if_unwarned(found, told, reason)


def note(came: Came, *, direction: str = "out", plan: Plan = PLAN, correction: bool = False) -> None:
    """Refused or not."""
    rule.refuse_if_incomplete(came, direction, OUTCOMES, begun_at=DAY, plan=plan, correction=correction)


@pytest.mark.parametrize(("outcome", "direction"), [*product((*OUTCOMES, "", "unknown"), ("out", "in"))])
def test_an_outcome_goes_with_the_direction(outcome: str, direction: str) -> None:
    """Who got in touch with whom is never mixed up."""
    if outcome in OUTCOMES and OUTCOMES[outcome].direction == direction:
        note(Came(outcome), direction=direction)
        return
    with pytest.raises(ContactRefused, match="Choose what came of it"):
        note(Came(outcome), direction=direction)


@pytest.mark.parametrize("message", ["", "no"])
def test_a_message_against_the_plan_says_what_and_why(message: str) -> None:
    """Not known counts as no."""
    note(Came("message_left"))
    with pytest.raises(ContactRefused, match="a message may be left"):
        note(Came("message_left"), plan=replace(PLAN, message=message))
    note(
        Came("message_left", words="Only my first name; she had asked for it."),
        plan=replace(PLAN, message=message),
    )


def test_a_correction_and_a_promise_say_what_they_must() -> None:
    """A promise lies after the contact."""
    with pytest.raises(ContactRefused, match="what was wrong"):
        note(Came("reached"), correction=True)
    note(Came("reached", words="It was no answer", next_by_at=DAY + timedelta(days=2)), correction=True)
    for promised in (DAY, DAY - timedelta(hours=1), DAY + timedelta(days=367)):
        with pytest.raises(ContactRefused, match="promised"):
            note(Came("reached", next_by_at=promised))
    for begun in (DAY - timedelta(days=2), DAY + timedelta(minutes=1)):
        with pytest.raises(ContactRefused, match="before the report"):
            rule.refuse_if_no_such_time(begun, opened_at=DAY - timedelta(days=1), at=DAY)


def test_until_a_plan_is_agreed_what_the_counter_noted_holds() -> None:
    """Ways and numbers; times are not known, so none are made up."""
    basics = Basics(safe_ways=("text", "voicemail"), contact_phone="07700 900123", interpreter="pl")
    plan = agreed_from_basics(basics).plan
    assert (plan.number, plan.ways, plan.at, plan.when) == (
        0,
        ("text", "voicemail"),
        {"phone": "07700 900123"},
        "",
    )
    assert (plan.message, plan.interpreter, plan.hours) == ("yes", True, ())
    assert check("phone_call", plan).warnings == ()  # a message may be left there
    assert check("email", plan).warnings == ("way_not_agreed",)
    assert check("text", agreed_from_basics(Basics()).plan).warnings == ("nothing_agreed",)


@pytest.mark.parametrize(
    ("contacts", "wanted"),
    [
        ([], None),
        ([(0, False, 9)], 9),
        ([(0, True, 9)], 9),
        ([(0, True, 9), (1, True, None)], None),  # reached since
        ([(0, True, 9), (1, False, None)], 9),  # tried, and not reached: it is still owed
        ([(0, True, 9), (1, False, 12)], 12),
        ([(2, True, None), (0, True, 9)], None),  # in any order
        ([(2, True, 12), (0, True, 9)], 12),
    ],
)
def test_a_promise_stands_until_the_person_is_reached(contacts: list[Any], wanted: int | None) -> None:
    """Ringing in vain does not keep it."""
    hours = [DAY + timedelta(hours=number) for number in range(13)]
    happened = [
        rule.Happened(hours[begun], reached, hours[by] if by else None) for begun, reached, by in contacts
    ]
    assert rule.promised(happened) == (hours[wanted] if wanted else None)
