"""The plan of the demo: the same dice give the same words, and no word, number or address of it is real or graphic."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.jobs.demo_plan import DAYS, TONIGHT, ZONE, Planned, plan
from nightdesk.jobs.demo_rota import gap_day
from nightdesk.jobs.demo_texts import FOLDER, demo_words
from nightdesk.outside.packs import read_pack
from nightdesk.rules.basics import to_plain

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
TIMES = {"last_hour": (1.0, 0.0), "last_24_hours": (24.0, 0.0), "days_3_to_7": (168.0, 72.0)}
DRAMA = re.compile(r"(?:07700 ?900|\+44 ?7700 ?900|01632 ?960)\s?\d{3}\Z")
# A word list can't prove a text decent; it keeps the plainest slips out. People read the data files before they ship.
GRAPHIC = re.compile(
    r"\b(?:penis|vagina|anal|oral|ejaculat\w*|blood|bleed\w*|naked|genital\w*|penetrat\w*|tore|torn)\b", re.I
)


def planned(seed: int = 22, count: int = 120, now: datetime = NOW) -> list[Planned]:
    return plan(demo_words(), seed=seed, count=count, now=now, times=TIMES)


seeds = st.integers(min_value=0, max_value=10**9)
moments = st.integers(0, 7 * 365 * 1440).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@settings(max_examples=15, deadline=None)
@given(seeds, moments)
def test_the_same_seed_and_moment_give_the_same_words(seed: int, now: datetime) -> None:
    assert planned(seed, 60, now) == planned(seed, 60, now)


def test_another_seed_gives_other_words() -> None:
    assert [p.basics.what for p in planned(1)] != [p.basics.what for p in planned(2)]


@settings(max_examples=15, deadline=None)
@given(seeds, moments)
def test_nothing_lies_in_the_future_or_before_the_demo_begins(seed: int, now: datetime) -> None:
    for one in planned(seed, 60, now):
        assert now - timedelta(days=DAYS + 1) < one.opened_at < one.sent_at <= now
        assert one.basics.latest_at is None or one.basics.latest_at <= one.opened_at
        if one.basics.earliest_at and one.basics.latest_at:
            assert one.basics.earliest_at <= one.basics.latest_at


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_every_number_is_from_the_drama_range_and_no_address_can_exist(seed: int) -> None:
    for one in planned(seed, 60):
        phones = [one.basics.contact_phone, *(suspect.phone for suspect in one.basics.suspects)]
        assert all(DRAMA.match(phone) for phone in phones if phone)
        assert one.basics.contact_email == "" or one.basics.contact_email.endswith(".example.invalid")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_file_of_the_demo_is_graphic_or_uses_a_word_we_do_not_use(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert not GRAPHIC.search(text)
    assert not re.search(r"\b(?:alleged\w*|claims|complainant|story)\b", text, re.I)
    for number in re.findall(r"(?:\+44 ?|0)\d[\d ]{8,}", text):
        assert DRAMA.match(number.strip()) or number.strip() in ("01632 960000",), number


def test_most_is_told_at_night_and_on_weekends() -> None:
    hours = Counter(p.opened_at.astimezone(ZONE).hour for p in planned(count=1000))
    night = sum(hours[hour] for hour in (22, 23, 0, 1, 2, 3, 4))
    assert night > sum(hours[hour] for hour in range(8, 16)) * 2
    days = Counter(p.opened_at.astimezone(ZONE).weekday() for p in planned(count=1000))
    assert days[5] + days[6] > days[1] + days[2]


def test_every_template_is_used_and_texts_vary() -> None:
    plans, words = planned(count=300), demo_words()
    assert {p.account for p in plans} >= {account.id for account in words.accounts}
    assert len({p.basics.what for p in plans}) > 180


def test_the_same_person_is_named_in_several_reports_in_different_spellings() -> None:
    plans = planned(count=300)
    for known in demo_words().repeats:
        named = [s for p in plans for s in p.basics.suspects if s.handle in known["handles"] and s.handle]
        named += [s for p in plans for s in p.basics.suspects if s.phone in known["phones"] and s.phone]
        assert len(named) >= 2, known["names"]
    handles = {
        s.handle
        for p in plans
        for s in p.basics.suspects
        if re.sub(r"\W|_", "", s.handle.lower()) == "nightheron7"
    }
    assert len(handles) >= 2


def test_answers_are_ones_that_the_counter_offers() -> None:
    pack = read_pack("england_wales")
    for one in planned(count=300):
        basics = one.basics
        assert set(basics.red_flags) <= {entry.id for entry in pack.red_flags}
        assert basics.where_kind in {"", *(entry.id for entry in pack.place_kinds)}
        assert basics.interpreter in {"", *(entry.id for entry in pack.languages)}
        assert {s.platform for s in basics.suspects} <= {"", *(entry.id for entry in pack.platforms)}
        assert set(basics.safe_ways) <= {entry.id for entry in pack.safe_contacts}
        assert to_plain(basics)["what"].strip()


@given(st.dates())
def test_the_one_gap_is_within_ten_days_and_never_today_or_tomorrow(today: Any) -> None:
    if today.year in (1, 9999):
        return
    assert gap_day(today).weekday() == 5
    assert 2 <= (gap_day(today) - today).days <= 8


def test_tonight_shows_what_has_just_begun() -> None:
    assert [minutes for minutes, _ in TONIGHT if minutes < 5]
