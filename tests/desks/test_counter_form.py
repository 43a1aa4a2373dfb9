"""Whatever is typed: a clear sentence, what was typed still on the page, what can be read kept, and a specialist asked."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.desks.counter.forms import PLAIN, CounterForm
from nightdesk.rules.basics import LONGEST_ANSWER, LONGEST_LINE, LONGEST_WHAT, Basics
from tests.desks.counter_pages import NEW, SAVE, WHAT, Counter, journal_kinds, newest
from tests.people import Cast, signed_in

FREE_TEXT = {
    "what": LONGEST_WHAT, "when_words": LONGEST_LINE, "where_words": LONGEST_ANSWER, "call_me": LONGEST_LINE,
    "pronouns": LONGEST_LINE, "on_behalf": LONGEST_LINE, "contact_phone": LONGEST_LINE, "contact_email": LONGEST_LINE,
    "contact_notes": LONGEST_ANSWER, "suspect0-name_used": LONGEST_LINE, "suspect0-handle": LONGEST_LINE,
    "suspect0-phone": LONGEST_LINE, "suspect0-email": LONGEST_LINE, "suspect0-address": LONGEST_LINE,
    "suspect0-vehicle": LONGEST_LINE, "suspect2-description": LONGEST_ANSWER,
}  # fmt: skip
PICKS = (
    "when_choice", "where_kind", "where_answer", "person_answer", "suspect_answer", "danger_now", "under_18",
    "interpreter", "officer_sex", "adviser", "channel", "suspect1-platform", "red_flags", "safe_ways",
)  # fmt: skip
ODD = {
    "emoji": "he 👩🏽‍🚒 was 🏳️‍⚧️ there",
    "right to left": "اغتصبني ‮ في شقته",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G",
    "markup": '<script>alert(1)</script> & "quotes" \' {{ what }} {% now %}',
    "lines": "first\nsecond\n\n\tthird",
    "blanks": "  kept as typed  ",
    "beyond the first plane": "𝔥𝔢 𠜎 said",
}


@pytest.fixture
def counter(client: Client, cast: Cast) -> Counter:
    """Priya's terminal, with one open form."""
    return Counter(signed_in(client, cast.priya))


def read(name: str) -> str:
    """What was kept of a box."""
    basics = newest()
    if not name.startswith("suspect"):
        return str(getattr(basics, name))
    return str(getattr(basics.suspects[0], name.partition("-")[2]))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", FREE_TEXT)
def test_every_script_is_kept_to_the_letter(counter: Counter, name: str, odd: str) -> None:
    """And comes back to the page as it was typed, as text."""
    answer = counter.form(**{"what": WHAT, name: ODD[odd]})
    assert answer.status_code == 302
    assert read(name) == ODD[odd]
    page = counter.page(answer["Location"] + "basics/")
    assert html.escape(ODD[odd], quote=True) in page


@pytest.mark.parametrize("name", FREE_TEXT)
def test_characters_no_keyboard_makes_are_taken_out_and_nothing_is_refused(
    counter: Counter, name: str
) -> None:
    """NUL and its like: no database of ours stores them, and no person typed them."""
    answer = counter.form(**{"what": WHAT, name: "a\x00b\x07c\x1b[31m\x85d\r\ne"})
    assert answer.status_code == 302
    assert read(name) == "abc[31md\ne"


@pytest.mark.parametrize("name", FREE_TEXT)
def test_half_a_character_is_no_fault(counter: Counter, name: str) -> None:
    """A lone surrogate, as a broken program sends it: read as a replacement sign, and kept."""
    body = f"key={counter.key}&do=send&what={quote(WHAT)}&{name}=a%ED%A0%80b"
    answer = counter.client.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert "a" in read(name)
    assert CounterForm({"what": "a\ud800b", "key": counter.key}, now=datetime.now(UTC)).basics().what == "ab"


@pytest.mark.parametrize(("name", "longest"), FREE_TEXT.items())
def test_too_long_is_said_its_beginning_kept_and_a_specialist_asked(
    counter: Counter, name: str, longest: int
) -> None:
    """All of it stays on the page."""
    words = (WHAT + " ") * (longest // len(WHAT) + 1)
    words = words[: longest + 7]
    answer = counter.form(**{"what": WHAT, name: words})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "7 characters too long" in page
    assert words in page
    assert read(name) == words[:longest]
    assert "referral_made" in journal_kinds()


@pytest.mark.parametrize("name", PICKS)
def test_an_answer_that_is_not_on_the_page_is_said_and_the_rest_kept(counter: Counter, name: str) -> None:
    """From an old page, or another language's."""
    answer = counter.form(what=WHAT, call_me="Jo", **{name: "no-such-answer"})
    assert answer.status_code == 422
    assert "the answers on the page" in answer.content.decode()
    assert (newest().what, newest().call_me) == (WHAT, "Jo")
    assert "referral_made" in journal_kinds()


def test_a_broken_neighbour_loses_no_red_flag(counter: Counter) -> None:
    """One value of two is unknown: the other still means 999."""
    from nightdesk.outside.current import pack

    first = next(iter(pack().red_flags)).id
    counter.form(what=WHAT, red_flags=[first, "no-such-flag"])
    assert newest().red_flags == (first,)


# Day, month, year and time of one box, or of both; and the sentence.
TIMES = {
    "31 February": ("when_from 31 2 2026", "does not have this day"),
    "no year": ("when_from 3 2", "Enter the day, month and year"),
    "thirteenth month": ("when_to 3 13 2025", "from 1 to 12, or its name"),
    "words": ("when_to last week ?", "Enter the"),
    "25 o'clock": ("when_from 3 2 2026 25:00", "Enter the time like"),
    "only a time": ("when_from - - - 23:40", "Enter the date of that time"),
    "the hour that did not happen": ("when_from 29 3 2026 01:30", "clocks went forward"),
    "next century": ("when_from 1 1 2126", "in the future"),
    "Queen Anne": ("when_to 1 8 1714", "more than 120 years ago"),
    "year zero": ("when_to 1 1 0000", "Enter the year with 4 numbers"),
    "reversed": ("when_from 3 2 2026 - when_to 2 2 2026", "before the first one"),
}


def in_boxes(text: str) -> dict[str, str]:
    """The boxes of "when_from 31 2 2026 23:40"; a dash is an empty one."""
    name, sent = "", {}
    parts = iter(())
    for word in text.split():
        if word.startswith("when_"):
            name, parts = word, iter(("day", "month", "year", "time"))
        elif (part := next(parts)) and word != "-":
            sent[f"{name}-{part}"] = word
    return sent


@pytest.mark.parametrize("case", TIMES)
def test_a_time_that_can_not_be_is_said_with_its_question(counter: Counter, case: str) -> None:
    """What was typed stays in the boxes; a specialist is being told all the same."""
    sent, sentence = in_boxes(TIMES[case][0]), TIMES[case][1]
    answer = counter.form(what=WHAT, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "a specialist is being told" in page
    for value in sent.values():
        assert f'value="{value}"' in page
    assert newest().what == WHAT


@pytest.mark.parametrize("case", [name for name in TIMES if name != "reversed"])
def test_a_time_that_can_not_be_read_never_makes_a_clock_run_short(counter: Counter, case: str) -> None:
    """The latest possible time is then unknown, which is counted from the report."""
    from nightdesk.records.clocks import ClockStart

    counter.form(what=WHAT, when_choice="last_12_hours", **in_boxes(TIMES[case][0]))
    assert newest().latest_at is None
    assert not ClockStart.objects.get().time_known


def now_form(typed: dict[str, str], now: datetime) -> CounterForm:
    """The form as cleaned at `now`."""
    return CounterForm({"key": str(uuid4()), "what": WHAT, **typed}, now=now)


def boxes(name: str, at: datetime, time: str = "") -> dict[str, str]:
    """A day, and a time of day, as typed."""
    return {
        f"{name}-day": str(at.day),
        f"{name}-month": str(at.month),
        f"{name}-year": str(at.year),
        f"{name}-time": time,
    }


def test_a_day_without_a_time_lasts_until_its_end(now: datetime) -> None:
    """Counted from its last minute: the first may be a day too early, and a day can be the specimen."""
    day = datetime(2026, 11, 20, tzinfo=UTC)
    basics = now_form(boxes("when_from", day), now).basics()
    assert (basics.earliest_at, basics.latest_at) == (day, datetime(2026, 11, 20, 23, 59, tzinfo=UTC))


def test_today_without_a_time_lasts_until_now(now: datetime) -> None:
    """Its last minute has not come yet."""
    for name in ("when_from", "when_to"):
        form = now_form(boxes(name, now), now)
        assert form.is_valid(), form.faults()
        assert form.basics().latest_at == now


def test_today_is_the_desk_s_day_not_greenwich_s() -> None:
    """Half past midnight in summer: in UTC it is still yesterday."""
    now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    form = now_form(boxes("when_to", datetime(2026, 7, 2, tzinfo=UTC)), now)
    assert form.is_valid(), form.faults()
    assert form.basics().latest_at == now


def test_a_time_later_today_is_not_quietly_changed(now: datetime) -> None:
    """At ten past two somebody types 23:40 and means yesterday: said, not guessed."""
    form = now_form(boxes("when_to", now, "23:40"), now)
    assert "future" in str(form.faults()["when_to"])


def test_the_hour_that_happens_twice_is_read_so_that_no_range_is_too_short() -> None:
    """25 October 2026, half past one: the first as the earliest, the second as the latest."""
    now = datetime(2026, 10, 26, 2, 0, tzinfo=UTC)
    basics = now_form(boxes("when_from", datetime(2026, 10, 25, tzinfo=UTC), "01:30"), now).basics()
    assert basics.earliest_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert basics.latest_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_written_times_win_over_a_quick_answer_and_stay_when_the_page_is_opened_again(
    counter: Counter, now: datetime
) -> None:
    """Or the next save would put the quick answer back."""
    day = datetime(2026, 11, 2, tzinfo=UTC)
    reference = counter.send(what=WHAT, when_choice="last_12_hours", **boxes("when_from", day, "23:40"))
    assert newest().earliest_at == datetime(2026, 11, 2, 23, 40, tzinfo=UTC)
    assert 'value="23:40"' in counter.page(f"/staff/counter/{reference}/basics/")


def test_a_made_up_moment_of_opening_counts_for_nothing(now: datetime) -> None:
    """Quick answers count back from when the page was opened; from now when that can't be."""
    for told_at in ("1066-10-14T00:00:00Z", "2999-01-01T00:00:00Z", "yesterday", ""):
        form = now_form({"told_at": told_at, "when_choice": "last_12_hours"}, now)
        latest = form.basics().latest_at
        assert latest is None or now - timedelta(hours=13) <= latest <= now


@pytest.mark.parametrize("key", ["", "not-a-key", "0" * 400, "\x00"])
def test_a_lost_key_loses_nothing(counter: Counter, key: str) -> None:
    """The page's own number is gone: it gets another, and a specialist is asked."""
    answer = counter.client.post(NEW, {"key": key, "what": WHAT, "do": "send"})
    assert answer.status_code == 302
    assert newest().what == WHAT
    script = counter.client.post(SAVE, {"key": key, "what": WHAT}, headers={"accept": "application/json"})
    assert script.status_code == 400
    assert "Save and go back" in script.json()["fault"]


def test_ten_megabytes_get_a_sentence_and_what_was_saved_is_safe(counter: Counter) -> None:
    """For a person and for the page's script."""
    counter.save(what=WHAT)
    huge = {"key": counter.key, "what": "x" * 10_000_000}
    page = counter.client.post(NEW, huge)
    assert page.status_code == 413
    assert "more text than one disclosure can hold" in page.content.decode()
    script = counter.client.post(SAVE, huge, headers={"accept": "application/json"})
    assert script.status_code == 413
    assert "Nothing that was saved before is lost" in script.json()["fault"]
    assert newest().what == WHAT


def test_thousands_of_fields_get_a_sentence(counter: Counter) -> None:
    """No form of ours has so many."""
    answer = counter.client.post(
        NEW, {"key": counter.key, "what": WHAT, **{f"f{n}": "x" for n in range(5000)}}
    )
    assert answer.status_code == 413
    assert "<h1" in answer.content.decode()


def test_the_same_form_sent_again_makes_no_second_record(counter: Counter) -> None:
    """A double click, a resend, the back button."""
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.referrals import Referral

    places = {counter.form(what=WHAT, call_me="Jo")["Location"] for _ in range(3)}
    assert len(places) == Disclosure.objects.count() == Referral.objects.count() == 1
    assert Disclosure.objects.get().versions.count() == 1


def test_two_open_forms_are_two_records(counter: Counter) -> None:
    """Two tabs, two people."""
    assert counter.send(what=WHAT) != counter.send(what=WHAT)


def test_sending_without_what_keeps_everything_else(counter: Counter) -> None:
    """The sentence is about one word; the rest is not typed twice."""
    answer = counter.form(call_me="Jo", where_words="Above the chip shop")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write at least one word of what happened" in page
    assert 'value="Jo"' in page
    assert (newest().call_me, newest().where_words) == ("Jo", "Above the chip shop")


def test_nothing_typed_makes_no_record_but_for_somebody_who_left(counter: Counter) -> None:
    """Opened by mistake, saved, sent: nothing. Left at the door: a record that says so."""
    from nightdesk.records.disclosures import Disclosure

    assert counter.form(do="keep")["Location"] == "/staff/counter/"
    assert counter.form(do="send").status_code == 422
    assert not Disclosure.objects.exists()
    assert counter.form(do="left").status_code == 302
    disclosure = Disclosure.objects.get()
    assert disclosure.left_at is not None
    assert "Left before referral" in counter.page("/staff/counter/")


def test_who_left_before_referral_is_counted_so_and_still_gets_a_specialist(counter: Counter) -> None:
    """What they said goes on; the journal knows that they left before anybody was asked."""
    from nightdesk.records.journal import JournalLine

    counter.form(do="left", what=WHAT)
    assert JournalLine.objects.get(kind="person_left").facts == {"before_referral": True}
    assert "referral_made" in journal_kinds()
    assert "clock_started" in journal_kinds()


def test_a_desk_without_a_unit_keeps_the_words_and_says_whom_to_ring(counter: Counter, cast: Cast) -> None:
    """Nobody can be told from there: the one thing that must not happen is silence."""
    from nightdesk.records.staff import Staff

    Staff.objects.filter(pk=cast.priya.pk).update(station=None, unit=None)
    answer = counter.form(what=WHAT)
    assert answer.status_code == 422
    assert "Ring the control room" in answer.content.decode()
    assert newest().what == WHAT


def test_what_the_script_saves_is_what_the_page_shows(counter: Counter) -> None:
    """Saved as typed, with the address to go on from; a wrong answer is named and the rest kept."""
    first = counter.save(what="I woke")
    again = counter.save_again(what="I woke up", **{"when_from-day": "31"})
    assert first["reference"] == again["reference"]
    assert list(again["faults"]) == ["when_from"]
    assert "I woke up" in counter.page(again["resume"])


TEXT = st.text(max_size=400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.dictionaries(
        st.sampled_from([*FREE_TEXT, *PICKS, "told_at", "when_from-day", "when_to-year", "when_from-time"]),
        TEXT,
    )
)
def test_no_text_in_any_box_breaks_the_form(now: datetime, typed: dict[str, Any]) -> None:
    """Whatever is typed, there are facts to keep, and they are storable text."""
    basics = CounterForm({"key": str(uuid4()), **typed}, now=now).basics()
    assert isinstance(basics, Basics)
    for name in PLAIN:
        getattr(basics, name).encode()
        assert "\x00" not in getattr(basics, name)
