"""The contact plan and the wishes on pages: offered, kept, changed by two at once, and obeyed by the check before a call."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from nightdesk.records.contact_log import PersonContact
from nightdesk.records.particulars import ParticularVersion
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in

NEVER = "Mon 0:00-0:01\nTue 0:00-0:01"  # hours that are never now, but for two minutes a week


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A; the phone is safe."""
    return Counter(signed_in(Client(), cast.priya)).send(
        what="He raped me.", call_me="Jo Marlow", contact_phone="07700 900123", safe_ways=["phone_call"],
        officer_sex="woman",
    )  # fmt: skip


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def plan_path(reference: str, rest: str = "") -> str:
    """The plan, or its form."""
    return f"/staff/cases/{reference}/contact-plan/{rest}"


def key_in(page: str) -> str:
    """The id that the form carries."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def keep(desk: Counter, reference: str, *, seen: str = "0", **said: Any) -> Any:
    """The answer to the form of the plan."""
    return desk.post(plan_path(reference, "change/"), key=str(uuid4()), seen=seen, **said)


def test_the_counters_words_are_offered_and_kept_only_by_hand(sana: Counter, reference: str) -> None:
    """Opening the form keeps nothing."""
    assert "Nothing is agreed yet" in sana.page(plan_path(reference))
    form = sana.page(plan_path(reference, "change/"))
    assert "noted at the counter" in form
    assert "Jo Marlow" in form
    assert not ParticularVersion.objects.exists()
    assert keep(sana, reference, call="Jo", ways=["text"], phone="07700 900456").status_code == 302
    page = sana.page(plan_path(reference))
    assert "07700 900456" in page
    assert "Not asked:" in page
    assert "noted at the counter" not in sana.page(plan_path(reference, "change/"))
    assert "As noted at the counter" not in sana.page(f"/staff/cases/{reference}/")


def test_the_check_before_a_call_goes_by_the_plan(sana: Counter, reference: str) -> None:
    """Outside the hours it warns, says when it is safe again, and keeps the number of the plan."""
    keep(
        sana, reference, ways=["phone_call"], phone="07700 900456", when="these", hours=NEVER, others_answer="yes",
        message="no", zone="Asia/Tokyo", if_other="Say you are from the dentist",
    )  # fmt: skip
    case = sana.page(f"/staff/cases/{reference}/")
    assert "Not safe now" in case
    assert "Safe again" in case
    page = sana.page(f"/staff/cases/{reference}/contacts/before/?way=phone_call")
    for words in (
        "outside the hours", "safe hours begin again", "there:", "Somebody else may answer. Say nothing", "Leave no message",
        "from the dentist", "Asia/Tokyo", "Where they are it is", "07700 900456", "Go on all the same",
    ):  # fmt: skip
        assert words in page, words
    answer = sana.post(
        f"/staff/cases/{reference}/contacts/before/", key=str(uuid4()), way="phone_call", told="outside_hours",
        reason="They are in danger",
    )  # fmt: skip
    assert answer.status_code == 302
    row = PersonContact.objects.get()
    assert (row.plan, row.warnings) == (1, ["outside_hours"])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"when": "these", "hours": "mornings"}, "can’t be read as days and hours"),
        ({"when": "these"}, "Write the safe times"),
        ({"zone": "Atlantis"}, "no time zone"),
        ({"ways": ["no_contact", "text"]}, "Keep one of the two"),
        ({"ways": ["pigeon"]}, "Select a valid choice"),
        ({"phone_known": "dont_know", "phone": "1"}, "Keep one of the two"),
        ({"call": "x" * 301}, "at most 300"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(
    sana: Counter, reference: str, said: dict[str, Any], words: str
) -> None:
    """What was typed stays in its box."""
    answer = keep(sana, reference, **({"keep_from": "أخي 🙂"} | said))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "أخي 🙂" in answer.content.decode()
    assert not ParticularVersion.objects.exists()


def test_two_at_once_see_both_and_choose(sana: Counter, cast: Cast, reference: str) -> None:
    """Nobody overwrites anybody; the versions say what differs."""
    rae = Counter(signed_in(Client(), cast.rae))
    keep(sana, reference, call="Jo", phone="07700 900111")
    both = keep(rae, reference, call="Joanna", phone="07700 900111")
    page = both.content.decode()
    assert both.status_code == 409
    assert "Sana" in page
    assert "Joanna" in page
    action = re.search(r'action="([^"]+/both/)"', page)
    mine = re.search(r'name="mine" value="([^"]+)"', page)
    assert action
    assert mine
    import html

    answer = rae.post(action[1], seen="1", mine=html.unescape(mine[1]), pick_call="mine")
    assert answer["Location"] == plan_path(reference)
    shown = rae.page(plan_path(reference))
    assert "<del" in shown
    assert "Joanna" in shown
    assert "07700 900111" in shown


def test_wishes_are_kept_and_stand_on_the_case(sana: Counter, reference: str) -> None:
    """In a line, in the words of the choices."""
    path = f"/staff/cases/{reference}/wishes/"
    assert "nobody has written it down yet" in sana.page(f"/staff/cases/{reference}/")
    sent = {
        "key": str(uuid4()),
        "seen": "0",
        "police": "not_now",
        "not_wanted": "No letter home",
        "officer_sex": "woman",
    }
    assert sana.post(f"{path}change/", **sent).status_code == 302
    case = sana.page(f"/staff/cases/{reference}/")
    for words in ("No police action now", "No letter home"):
        assert words in case
        assert words in sana.page(path)
    assert sana.post(f"{path}change/", **(sent | {"seen": "1", "police": "action"})).status_code == 302
    assert journal_kinds().count("particular_recorded") == 2


def test_nobody_else_reads_or_changes_the_plan(cast: Cast, reference: str) -> None:
    """Another unit, the counter, the outsider."""
    own = {"sana", "rae", "maud"}
    keep(Counter(signed_in(Client(), cast.sana)), reference, call="Marlow", keep_from="Her brother")
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for rest in ("contact-plan/", "contact-plan/change/", "wishes/", "wishes/change/"):
            answer = client.get(f"/staff/cases/{reference}/{rest}")
            assert (answer.status_code == 200) == (name in own), (name, rest)
            assert name in own or "Her brother" not in answer.content.decode()
    keep(Counter(signed_in(Client(), cast.kofi)), reference, seen="1", call="Changed")
    assert ParticularVersion.objects.count() == 1
