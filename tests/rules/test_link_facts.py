"""What linkage takes of a disclosure: each man once, what was said of him, nothing of the person."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nightdesk.outside.link_words import load_link_words
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.link_facts import Entry, Source, told_of
from nightdesk.rules.particular_field import given

WORDS = load_link_words()
AT = datetime(2026, 10, 3, 1, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
KARL = Suspect(name_used="Karl", platform="grindr", handle="late_otter", description="about 35, slim")


def told(
    basics: Basics, *entries: Entry, channel: str = "counter", **levels: str
) -> dict[str, dict[str, Any]]:
    labels = {name.replace("__", "."): level for name, level in levels.items()}
    return told_of(Source(basics, channel, AT + timedelta(days=1), ZONE, entries, labels), WORDS)


def entry(key: str, kind: str, role: str = "", **values: Any) -> Entry:
    return Entry(key, kind, role, {name: given(value, "told") for name, value in values.items()})


def test_each_man_is_a_report_of_his_own() -> None:
    """Two suspects share when and where, and nothing else."""
    found = told(Basics(suspects=(KARL, Suspect(name_used="Vin")), where_words="Quay Parade", earliest_at=AT))
    assert list(found) == ["told-1", "told-2"]
    assert found["told-1"]["handle"] == "late_otter"
    assert "handle" not in found["told-2"]
    assert all(
        one["act_on"] == "2026-10-03" and one["place_words"] == "Quay Parade" for one in found.values()
    )


def test_with_nobody_known_the_act_alone_is_compared() -> None:
    """A place, a day and a kind of place can be enough."""
    assert told(Basics(where_kind="their_home", latest_at=AT)) == {
        "told-1": {
            "kind": "disclosure",
            "reported_on": "2026-10-04",
            "venue": "suspect_home",
            "act_on": "2026-10-03",
        }
    }


def test_an_entry_and_the_first_account_of_one_man_are_one() -> None:
    """The entry, which was looked at since, is what holds; what only the account says is kept."""
    person = entry(
        "7", "person", "suspect", handle="Late.Otter", nickname="Carl", build="heavy", age="35_to_44"
    )
    found = told(Basics(suspects=(KARL,)), person)
    assert list(found) == ["entry-7"]
    man = found["entry-7"]
    assert (man["name_used"], man["build"], man["platform"], man["age"]) == ("Carl", "large", "grindr", 40)


def test_an_entry_about_another_man_leaves_the_first_one() -> None:
    """Nothing that was told is lost to a guess."""
    found = told(Basics(suspects=(KARL,)), entry("7", "person", "suspect", nickname="Vin"))
    assert set(found) == {"entry-7", "told-1"}


def test_victims_witnesses_and_how_to_reach_the_person_are_never_taken() -> None:
    """Nothing about the person who reports is compared."""
    secret = "SECRET"
    basics = Basics(
        what=secret, call_me=secret, contact_phone=secret, contact_email=secret, contact_notes=secret, on_behalf=secret,
        when_words=secret, pronouns=secret,
    )  # fmt: skip
    entries = [
        entry(str(n), "person", role, nickname=secret, phone=secret)
        for n, role in enumerate(("victim", "witness"))
    ]
    assert secret not in str(told(basics, *entries))
    assert {field.name for field in fields(Basics)} >= {"what", "call_me", "contact_phone"}


@pytest.mark.parametrize(
    ("hours", "day", "hour"),
    [(2, "2026-10-03", 3), (30, "2026-10-03", None), (24 * 20, None, None)],
)
def test_a_time_is_as_exact_as_it_was_told(hours: int, day: str | None, hour: int | None) -> None:
    """The hour on the wall only within three hours, the day only within two weeks."""
    man = told(Basics(earliest_at=AT, latest_at=AT + timedelta(hours=hours)))["told-1"]
    assert (man.get("act_on"), man.get("act_hour")) == (day, hour)


def test_partners_give_information_and_triage_gives_what_he_did() -> None:
    """Only what triage is sure of."""
    man = told(
        Basics(suspects=(KARL,)), channel="partner", related__image_abuse="likely", related__blackmail="possible",
        related__spiking="likely",
    )["told-1"]  # fmt: skip
    assert (man["kind"], man["behaviours"], man["delivery"]) == ("information", ["filmed"], "spiked_drink")


def test_what_is_only_thought_is_compared_with_nothing() -> None:
    """An opinion of staff is kept on the case, apart from facts; and what somebody noted beside is not read."""
    thought = Entry(
        "7", "person", "suspect", {"nickname": given("Vin", "told"), "handle": given("fox_den", "opinion")}
    )
    noted = entry("8", "person", "suspect", nickname="Bo", notes="perhaps slim, about 30")
    found = told(Basics(), thought, noted)
    assert "handle" not in found["entry-7"]
    assert not {"build", "age"} & set(found["entry-8"])


def test_where_he_hosts_is_not_where_it_happened() -> None:
    """Two places that linkage compares apart."""
    act = entry("1", "place", use="happened", address="Quay Parade")
    home = entry("2", "place", use="hosts", address="Larch Terrace")
    man = told(Basics(suspects=(KARL,)), act, home)["told-1"]
    assert (man["place_words"], man["home_words"]) == ("Quay Parade", "Larch Terrace")
