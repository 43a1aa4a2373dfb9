"""A class is suggested by what is known, never set; what is not known excludes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.outside.current import pack
from nightdesk.rules.duty import DutyRefused
from nightdesk.rules.recording import Pointers, Recorded, class_problems, refuse_if_incomplete, suggestions
from tests.rules.test_duty import AT, STARTS

CLASSES = {"class_19c", "class_20a"}


def codes(**known: object) -> list[str]:
    """The classes suggested, best first."""
    return [one.entry.code for one in suggestions(pack().offence_classes, Pointers(**known))]  # type: ignore[arg-type]


def test_nothing_known_suggests_nothing() -> None:
    """No class out of thin air."""
    assert codes() == []


def test_what_is_not_known_keeps_every_class_that_may_be() -> None:
    """Sex and age not known: both rows of rape are shown, and said to depend on it."""
    found = suggestions(pack().offence_classes, Pointers(frozenset({"anal"}), frozenset({"sexual_offence"})))
    assert {"19C", "19F", "19D", "19G"} <= {one.entry.code for one in found}
    assert all("sex" in one.unknown for one in found if one.entry.code.startswith("19"))


def test_sex_and_age_leave_out_what_cannot_be() -> None:
    """A man of 30: one class of rape, one of sexual assault, and those for anybody."""
    found = codes(sites=frozenset({"anal"}), labels=frozenset({"sexual_offence"}), sex="male", ages=(16, 150))
    assert found[0] == "19F"
    assert not {"19C", "19G", "19H", "20A", "17B"} & set(found)
    assert "22A" in found


def test_another_site_leaves_out_a_class_and_an_unknown_one_does_not() -> None:
    """Touched on the skin: no rape, unless more becomes known."""
    found = codes(sites=frozenset({"skin"}), labels=frozenset({"sexual_offence"}))
    assert "20A" in found
    assert not [code for code in found if code.startswith("19")]


def test_the_drugging_class_follows_from_drugging() -> None:
    """By its label alone."""
    assert codes(labels=frozenset({"drug_facilitated_suspected"})) == ["88/05"]


def test_every_class_of_the_pack_leads_somewhere() -> None:
    """And one that does not is found."""
    assert class_problems(pack().offence_classes, pack().sites.ids()) == []
    assert len(class_problems(pack().offence_classes, ())) > 10


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Recorded("other", AT), "as a crime, or as an N100"),
        (Recorded("crime", AT), "Choose the class"),
        (Recorded("crime", AT, "class_99"), "Choose the class"),
        (Recorded("n100", AT, ground="elsewhere"), "what was done to find out"),
        (Recorded("n100", AT, words="rang twice"), "Choose why"),
        (Recorded("crime", AT + timedelta(hours=1), "class_19c"), "in the future"),
        (Recorded("crime", datetime(2020, 1, 1, tzinfo=UTC), "class_19c"), "before the report"),
        (Recorded("crime", AT, "class_19c", police_number="9" * 41), "at most 40"),
    ],
)
def test_what_a_recording_lacks_is_said(made: Recorded, words: str) -> None:
    """A clear sentence each."""
    with pytest.raises(DutyRefused, match=words):
        refuse_if_incomplete(made, classes=CLASSES, grounds={"elsewhere": 1}, opened_at=STARTS, at=AT)


@pytest.mark.parametrize(
    "made",
    [Recorded("crime", AT, "class_19c"), Recorded("n100", STARTS, ground="elsewhere", words="told force B")],
)
def test_a_complete_recording_goes_through(made: Recorded) -> None:
    """A number may come later."""
    refuse_if_incomplete(made, classes=CLASSES, grounds={"elsewhere": 1}, opened_at=STARTS, at=AT)
