"""The series desk in pages: who sees it, what they see, what stays hidden until two answers are in."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate
from nightdesk.records.series import Series, SeriesDeskMember, SeriesMember
from tests.linkage_rows import (
    DEN,
    OTHER,
    analyst,
    answered,
    candidate_row,
    evidence,
    listed,
    pair_of,
    report_row,
    told_to,
)
from tests.people import as_reader, make_cast, signed_in

MARK = "GROUNDSMARK7"


@pytest.fixture
def at() -> datetime:
    """By the machine's own clock, as pages go by the database's."""
    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    """The cast, on duty now."""
    return make_cast(at)


@pytest.fixture
def pair(people: Any, at: datetime) -> Any:
    """A candidate that nobody has answered."""
    return pair_of(people, at)


def got(staff: Any, name: str, *args: Any, **query: str) -> str:
    """What a page says to somebody."""
    answer = signed_in(Client(), staff).get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def send(staff: Any, pair: Any, answer: str = "linked", grounds: str = "Read both.", **more: Any) -> Any:
    """Send the form of a candidate as its page has it."""
    page = got(staff, "candidate", pair.pk)
    hidden = dict(re.findall(r'name="(seat|seen)" value="([^"]*)"', page))
    client = signed_in(Client(), staff)
    return client.post(
        reverse("candidate_answer", args=[pair.pk]), {**hidden, "answer": answer, "grounds": grounds, **more}
    )


def name_sana(people: Any, at: datetime) -> None:
    """Maud names Sana to read."""
    from nightdesk.actions.series_desk import name_reader

    name_reader(actor=as_reader(people.maud), at=at, username="sana")


def every_page_about(pair: Any) -> list[tuple[str, list[Any]]]:
    """Each page and list on which a candidate stands."""
    of_reports = [("link_report", [pk]) for pk in (pair.new_id, pair.earlier_id)]
    return [
        *of_reports, ("candidates", []), ("candidate", [pair.pk]), ("candidate_history", [pair.pk]), ("all_series", []),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["sana", "maud"])
def test_an_officer_who_was_not_named_gets_the_answer_of_a_page_that_is_not_there(
    people: Any, pair: Any, who: str
) -> None:
    """The same for a candidate that exists and for one that does not; the try is noted; no link in the way around."""
    client = signed_in(Client(), getattr(people, who))
    there = client.get(reverse("candidate", args=[pair.pk]))
    not_there = client.get(reverse("candidate", args=["00000000-0000-0000-0000-000000000007"]))
    assert there.status_code == not_there.status_code == 404
    assert re.sub(rb"csrf\S+|value=\"\S+\"", b"", there.content) == re.sub(
        rb"csrf\S+|value=\"\S+\"", b"", not_there.content
    )
    assert JournalLine.objects.filter(kind="access_refused", facts__what="candidate").count() == 2
    assert reverse("candidates").encode() not in client.get(reverse("queue")).content


@pytest.mark.parametrize("who", ["priya", "odile", "ben", "alex", "idris", "nell", "lars"])
def test_nobody_else_ever_sees_the_desk(people: Any, pair: Any, at: datetime, who: str) -> None:
    """Not even if a row names them."""
    person = getattr(people, who)
    SeriesDeskMember.objects.create(staff=person, named_at=at, named_by=people.maud)
    for name, args in (
        ("candidates", []),
        ("candidate", [pair.pk]),
        ("link_report", [pair.new_id]),
        ("all_series", []),
    ):
        assert signed_in(Client(), person).get(reverse(name, args=args)).status_code == 403


def test_a_named_officer_reads_and_cannot_answer(people: Any, pair: Any, at: datetime) -> None:
    """Until it is ended."""
    maud = signed_in(Client(), people.maud)
    assert maud.post(reverse("series_people"), {"username": "sana"}).status_code == 302
    page = got(people.sana, "candidate", pair.pk)
    assert "foxden" in page
    assert "Give my answer" not in page
    assert "Take it" not in page
    assert reverse("candidates") in got(people.sana, "queue")
    client = signed_in(Client(), people.sana)
    assert client.post(reverse("candidate_answer", args=[pair.pk]), {"answer": "linked"}).status_code == 403
    assert "Sana" in got(people.maud, "series_people")
    assert maud.post(reverse("series_person_end"), {"username": "sana"}).status_code == 302
    assert client.get(reverse("candidates")).status_code == 404
    assert maud.post(reverse("series_people"), {"username": "maud"}).status_code == 422


def test_every_look_is_noted_before_anything_is_shown(people: Any, pair: Any, at: datetime) -> None:
    """A candidate, its history, a list, a series, its brief: by code, never under the reference of a case."""
    answered(people.wen, at, pair, "linked")
    answered(analyst("ines", at), at, pair, "linked")
    number = Series.objects.get().reference
    for name, about in (
        ("candidates", None), ("candidate", pair.pk), ("candidate_history", pair.pk), ("link_report", pair.new_id),
        ("all_series", None), ("series", number), ("series_history", number), ("series_brief", number),
    ):  # fmt: skip
        args = [about] if about else []
        assert signed_in(Client(), people.wen).get(reverse(name, args=args)).status_code == 200
        line = JournalLine.objects.filter(kind="series_desk_read").last()
        assert line.facts == {"what": name, "about": str(about or "")}
        assert line.subject == ""


def test_a_candidate_is_explained_either_way_in_plain_words(people: Any, pair: Any) -> None:
    """For and against as large, side by side, what is unknown and what would settle it; bands, no percentage."""
    page = got(people.wen, "candidate", pair.pk)
    for words in (
        "Both name the account fox_den on the same app. 3 other reports do.",
        "One says about 45, the other about 25, of his age.", "What speaks for it", "What speaks against it",
        "Ask for the phone’s last four digits.", "Compared among 20000 reports, with the weights shipped-2",
        "Both tell of this: filmed.", "October 2026", "Side by side",
    ):  # fmt: skip
        assert words in page, words
    assert page.count('<table class="govuk-table se-side">') == 2
    assert page.count('<rect class="se-chart__') == 2 * 5  # each finding in the waterfall and in its table
    assert not re.search(r"\d\s*%[^;]", re.sub(r"<[^>]*>", " ", page))
    assert "style=" not in page
    assert "one incident" not in page


def test_the_question_of_one_incident_comes_first_when_it_is_asked(people: Any, pair: Any) -> None:
    """Before the evidence, apart from it."""
    LinkCandidate.objects.filter(pk=pair.pk).update(incident="likely")
    page = got(people.wen, "candidate", pair.pk)
    assert page.index("is it one incident?") < page.index("For and against")


def test_ethnicity_never_leads_and_says_how_little_it_says(people: Any, pair: Any) -> None:
    """However many bits a model gives it; and it is not in the side by side."""
    row = LinkCandidate.objects.select_related("vault").get(pk=pair.pk)
    more = {
        "comparison": "ethnicity",
        "level": "same",
        "bits": 15.0,
        "mine": "ETHMARK",
        "theirs": "ETHMARK",
        "others": 1,
    }
    row.evidence = evidence(found=(more, *row.opened("evidence")["found"]))
    row.save()
    page = got(people.wen, "candidate", pair.pk)
    assert page.index("Both name the account") < page.index("That is true of very many people")
    assert "ETHMARK" not in page


def test_nobody_sees_the_first_answer_before_the_second_is_in(people: Any, pair: Any, at: datetime) -> None:
    """Not the other analyst, a named officer, whoever gave it, nor the journal: in no page and no list."""
    name_sana(people, at)
    ines = analyst("ines", at)
    assert send(people.wen, pair, "not_linked", MARK).status_code == 302
    for person in (people.wen, ines, people.sana):
        for name, args in every_page_about(pair):
            page = got(person, name, *args)
            assert MARK not in page
            body = page.split("<main", 1)[1]
            assert 'value="not_linked" checked' not in body
            assert "Not the same man" not in re.sub(r"<label.*?</label>", "", body, flags=re.DOTALL)
    assert MARK not in got(people.odile, "journal")
    assert "not_linked" not in got(people.odile, "journal")
    assert send(ines, pair, "not_linked", "AGREEMARK").status_code == 302
    for person in (people.wen, ines, people.sana):
        page = got(person, "candidate", pair.pk)
        assert MARK in page
        assert "AGREEMARK" in page


def test_what_waits_for_another_analyst_is_said_without_the_answer(
    people: Any, pair: Any, at: datetime
) -> None:
    """In the queue and on the page of whoever has answered; for the other one it is a blind answer to give."""
    ines = analyst("ines", at)
    send(people.wen, pair)
    assert "Waits for another analyst" in got(people.wen, "candidates")
    page = got(people.wen, "candidate", pair.pk)
    assert "You have answered. It waits for another analyst" in page
    assert "Give my answer" not in page
    assert "You answer blind" in got(ines, "candidate", pair.pk)
    assert "Waits for a second analyst" in got(ines, "candidates", show="my_answer")


def test_a_refused_answer_keeps_every_word_and_says_what_to_do(people: Any, pair: Any, at: datetime) -> None:
    """Without grounds; when somebody was quicker; when it is decided."""
    ines, omar = analyst("ines", at), analyst("omar", at)
    empty = send(people.wen, pair, "linked", "")
    assert empty.status_code == 409
    assert "Write your grounds" in empty.content.decode()
    send(people.wen, pair, "linked", "First.")
    page = got(omar, "candidate", pair.pk)
    hidden = dict(re.findall(r'name="(seat|seen)" value="([^"]*)"', page))
    send(ines, pair, "not_linked", "Second.")
    slow = signed_in(Client(), omar)
    address = reverse("candidate_answer", args=[pair.pk])
    answer = slow.post(address, {**hidden, "answer": "linked", "grounds": f"{MARK} my words"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "you are the third now" in said
    assert f"{MARK} my words</textarea>" in said
    assert "First." in said
    assert send(omar, pair, "linked", "Third.").status_code == 302
    late = slow.post(address, {**hidden, "answer": "linked", "grounds": f"{MARK} once more"}).content.decode()
    assert "What you wrote, which was not kept" in late
    assert f"{MARK} once more" in late
    assert LinkAnswer.objects.count() == 3


def test_a_candidate_is_taken_and_given_and_what_was_asked_is_looked_at_again(
    people: Any, pair: Any, at: datetime
) -> None:
    """From its page, without a script."""
    ines = analyst("ines", at)
    wen = signed_in(Client(), people.wen)
    give = reverse("candidate_give", args=[pair.pk])
    assert wen.post(give, {"to": "wen", "seen": ""}).status_code == 302
    assert "Wen looks after it." in got(ines, "candidate", pair.pk)
    assert wen.post(give, {"to": "ines", "seen": "nobody"}).status_code == 409
    send(people.wen, pair, "need_more", "The number.", asked=["phone"])
    send(ines, pair, "need_more", "The number.", asked=["phone", "other"])
    page = got(people.wen, "candidate", pair.pk)
    assert page.count("Something else: say what in your grounds.") == 1
    again = reverse("candidate_again", args=[pair.pk])
    assert wen.post(again, {"words": ""}).status_code == 409
    assert wen.post(again, {"words": "It ends in 0123."}).status_code == 302
    assert "It ends in 0123." in got(ines, "candidate_history", pair.pk)
    assert "You answer blind" in got(people.wen, "candidate", pair.pk)


def test_the_queue_counts_what_it_shows_and_leads_with_what_is_overdue(
    people: Any, pair: Any, at: datetime
) -> None:
    """Each view has as many cards as its count says."""
    earlier = report_row(told_to(people.priya, at), at, DEN)
    late = candidate_row(report_row(told_to(people.tom, at), at, OTHER), earlier, at - timedelta(days=4))
    candidate_row(
        report_row(told_to(people.tom, at), at, OTHER), earlier, at, state="not_linked", owner=people.wen
    )
    LinkCandidate.objects.filter(pk=pair.pk).update(owner=people.wen)
    page = got(people.wen, "candidates")
    assert page.index(str(late.pk)) < page.index(str(pair.pk))
    assert ">Overdue<" in re.sub(r">\s+|\s+<", lambda m: m.group().strip(), page)
    shown = {}
    for name, count in re.findall(r'\?show=(\w+)"[^>]*>[^<]*\((\d+)\)', page):
        shown[name] = int(count)
        assert got(people.wen, "candidates", show=name).count('<article class="se-card') == int(count), name
    assert {name: count for name, count in shown.items() if count} == {
        "owed": 2, "my_answer": 2, "mine": 1, "nobodys": 1, "overdue": 1, "not_linked": 1
    }  # fmt: skip
    assert "show=my_answer" not in _named_page(people, at)


def _named_page(people: Any, at: datetime) -> str:
    name_sana(people, at)
    return got(people.sana, "candidates")


def test_a_list_has_ten_and_more_entries_with_reasons_either_way(people: Any, at: datetime) -> None:
    """Also for those that were not put side by side: what both say, without a weight."""
    new = report_row(told_to(people.tom, at), at, OTHER)
    earlier = [report_row(told_to(people.priya, at), at, DEN, who=str(place)) for place in range(12)]
    listed(new, at, earlier)
    for row in earlier[:2]:
        candidate_row(new, row, at)
    page = got(people.wen, "link_report", new.pk)
    assert page.count('<li class="se-card">') == 12
    assert page.count("Both name the account fox_den") == 2
    assert page.count("Both say: Account foxden.") == 10
    assert page.count("Age, about: one says 45, the other 25.") == 10
    assert "Came later" in got(people.wen, "link_report", earlier[0].pk)


def test_a_series_has_its_board_and_a_report_is_taken_out_and_seen(
    people: Any, pair: Any, at: datetime
) -> None:
    """Timeline, map, what they share, gaps, brief; then out with a reason, and a second analyst looks at it."""
    ines = analyst("ines", at)
    send(people.wen, pair)
    send(ines, pair)
    third = candidate_row(report_row(told_to(people.tom, at), at, OTHER), pair.new, at)
    assert "the other report joins series" in got(people.wen, "candidate", third.pk)
    answered(people.wen, at, third, "linked")
    answered(ines, at, third, "linked")
    number = Series.objects.get().reference
    assert number in got(people.wen, "all_series")
    page = got(people.wen, "series", number)
    assert page.count('<svg class="se-chart se-board"') == 3
    assert "51.520, -0.090 (known to about 500 m)" in page
    assert "His height" in page
    wen, out = signed_in(Client(), people.wen), reverse("series_take_out", args=[number])
    member = SeriesMember.objects.get(report=third.new)
    assert wen.post(out, {"member": str(member.pk), "why": " "}).status_code == 409
    assert wen.post(out, {"member": str(member.pk), "why": MARK}).status_code == 302
    assert "a second analyst has not looked at it yet" in got(ines, "series", number)
    history = got(ines, "series_history", number)
    assert MARK in history
    assert "I have looked at it" in history
    assert "I have looked at it" not in got(people.wen, "series_history", number)
    seen = reverse("series_seen", args=[number])
    assert wen.post(seen, {"member": str(member.pk)}).status_code == 409
    assert signed_in(Client(), ines).post(seen, {"member": str(member.pk)}).status_code == 302
    assert "Seen by Ines." in got(people.wen, "series_history", number)


def test_the_brief_is_marked_and_names_nobody_who_told(people: Any, pair: Any, at: datetime) -> None:
    """A PDF with references, days and places; not kept by the browser."""
    from io import BytesIO

    from pypdf import PdfReader

    send(people.wen, pair)
    send(analyst("ines", at), pair)
    answer = signed_in(Client(), people.wen).get(
        reverse("series_brief", args=[Series.objects.get().reference])
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Series desk only" in text
    assert pair.new.disclosure.reference in text
    assert "fox_den" in text
    assert "He hurt me" not in text
