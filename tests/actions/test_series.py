"""Series: opened, joined and merged by links; a report taken out with a reason and seen by a second; who reads the desk."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions.refusals import NotFound
from nightdesk.actions.series import see_taken_out, take_out
from nightdesk.actions.series_desk import end_reader, name_reader
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.series import Series, SeriesDeskMember, SeriesMember
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.series import SeriesRefused
from tests.linkage_rows import analyst, answered, candidate_row, report_row, told_to
from tests.people import as_reader


class Room:
    """Reports by letter, and what links did to them."""

    def __init__(self, cast: Any, now: datetime) -> None:
        self.cast, self.now, self.ines = cast, now, analyst("ines", now)
        self.report = {
            name: report_row(
                told_to(cast.priya, now + timedelta(minutes=place)), now + timedelta(minutes=place)
            )
            for place, name in enumerate("abcdef")
        }

    def link(self, *pairs: str) -> None:
        """Two analysts link each pair, such as “ba”: the new one first."""
        for minutes, (new, earlier) in enumerate(pairs):
            at = self.now + timedelta(hours=1, minutes=minutes)
            row = candidate_row(self.report[new], self.report[earlier], at)
            answered(self.cast.wen, at, row, "linked")
            answered(self.ines, at, row, "linked")

    def groups(self) -> list[str]:
        """Who is together now."""
        names = {row.pk: name for name, row in self.report.items()}
        found = [
            "".join(
                sorted(names[pk] for pk in one.members.filter(left_at=None).values_list("report", flat=True))
            )
            for one in Series.objects.filter(ended_at=None)
        ]
        return sorted(found)

    def out(self, name: str, why: str = "Two men, by the tattoo.") -> int:
        """Wen takes a report out."""
        member = SeriesMember.objects.select_related("series").get(report=self.report[name], left_at=None)
        return take_out(
            actor=as_reader(self.cast.wen), at=self.now + timedelta(days=1), series=member.series.reference,
            member=member.pk, why=why,
        )  # fmt: skip


@pytest.fixture
def room(cast: Any, now: datetime) -> Room:
    """Six reports and two analysts."""
    return Room(cast, now)


def test_links_open_join_and_merge_series(room: Room) -> None:
    """The older of two series goes on; the younger one ends, and each report keeps the candidate that brought it."""
    room.link("ba", "cb", "ed")
    assert room.groups() == ["abc", "de"]
    older = Series.objects.earliest("opened_at")
    room.link("da")
    assert room.groups() == ["abcde"]
    assert Series.objects.get(ended_at=None) == older
    lines = JournalLine.objects.filter(kind="series_changed").order_by("seq")
    assert [line.facts["how"] for line in lines] == ["opened", "joined", "opened", "merged"]
    assert [line.facts["members"] for line in lines] == [2, 3, 2, 5]
    room.link("ec")
    assert room.groups() == ["abcde"]
    assert lines.last().facts["how"] == "nothing"


def test_a_report_taken_out_undoes_its_links_and_says_why(room: Room) -> None:
    """Two are left, and the journal holds no word of it."""
    room.link("ba", "ca", "cb")
    assert room.out("c") == 2
    assert room.groups() == ["ab"]
    assert set(LinkCandidate.objects.filter(state="unlinked").values_list("new", flat=True)) == {
        room.report["c"].pk
    }
    left = SeriesMember.objects.select_related("vault").get(report=room.report["c"])
    assert left.opened("left_why") == "Two men, by the tattoo."
    assert {
        move.opened("words") for move in LinkMove.objects.select_related("vault").filter(move="unlink")
    } == {"Two men, by the tattoo."}
    line = JournalLine.objects.get(kind="series_report_taken_out")
    assert line.facts == {"series": left.series.reference, "members": 2}


def test_a_series_of_one_report_ends(room: Room) -> None:
    """Who is left is free to be linked again."""
    room.link("ba")
    assert room.out("a") == 0
    assert room.groups() == []
    room.link("cb")
    assert room.groups() == ["bc"]


def test_what_hung_together_through_the_report_that_left_does_not_stay_together(room: Room) -> None:
    """The larger half goes on, the other becomes a series of its own, and a single one leaves."""
    room.link("ba", "ca", "cb", "da", "ed", "fa")
    assert room.groups() == ["abcdef"]
    assert room.out("a") == 2
    assert room.groups() == ["bc", "de"]


def test_a_second_analyst_sees_what_was_taken_out(room: Room) -> None:
    """Never whoever took it out; seen twice, the first holds."""
    room.link("ba", "cb")
    room.out("a")
    member = SeriesMember.objects.select_related("series").get(report=room.report["a"])
    given = {"at": room.now + timedelta(days=2), "series": member.series.reference, "member": member.pk}
    with pytest.raises(SeriesRefused, match="second analyst"):
        see_taken_out(actor=as_reader(room.cast.wen), **given)
    for _time in range(2):
        see_taken_out(actor=as_reader(room.ines), **given)
    member.refresh_from_db()
    assert (member.seen_by, member.seen_at) == (room.ines, given["at"])
    assert JournalLine.objects.filter(kind="series_taking_out_seen").count() == 1


def test_taking_out_needs_an_analyst_a_reason_and_a_report_that_is_in(room: Room) -> None:
    """And sent twice it counts once."""
    room.link("ba", "cb")
    with pytest.raises(SeriesRefused, match="Say why"):
        room.out("a", why=" ")
    member = SeriesMember.objects.select_related("series").get(report=room.report["a"])
    given = {"at": room.now, "series": member.series.reference, "why": "x"}
    with pytest.raises(AccessRefused, match="analysts"):
        take_out(actor=as_reader(room.cast.sana), member=member.pk, **given)
    wen = as_reader(room.cast.wen)
    assert [take_out(actor=wen, member=member.pk, **given) for _time in range(2)] == [2, 2]
    with pytest.raises(SeriesRefused, match="not in the series"):
        take_out(actor=as_reader(room.ines), member=member.pk, **given)
    with pytest.raises(NotFound):
        take_out(actor=wen, at=room.now, series="NONE-SUCH", member=UUID(str(uuid4())), why="x")


def test_a_supervisor_names_who_reads_the_desk_and_ends_it(cast: Any, now: datetime) -> None:
    """Twice is once; nobody else names, nobody names themselves, and never the counter or the admin."""
    maud = as_reader(cast.maud)
    for _time in range(2):
        name_reader(actor=maud, at=now, username="sana")
    assert SeriesDeskMember.objects.filter(ended_at=None).count() == 1
    for username, sentence in (
        ("maud", "themselves"),
        ("priya", "Only"),
        ("ben", "Only"),
        ("no-one", "no such officer"),
    ):
        with pytest.raises(SeriesRefused, match=sentence):
            name_reader(actor=maud, at=now, username=username)
    with pytest.raises(AccessRefused, match="supervisor"):
        name_reader(actor=as_reader(cast.sana), at=now, username="kofi")
    for _time in range(2):
        end_reader(actor=maud, at=now, username="sana")
    with pytest.raises(NotFound):
        end_reader(actor=maud, at=now, username="kofi")
    assert not SeriesDeskMember.objects.filter(ended_at=None).exists()
    kinds = JournalLine.objects.filter(kind__startswith="series_reader").values_list("kind", flat=True)
    assert sorted(kinds) == ["series_reader_ended", "series_reader_named"]
