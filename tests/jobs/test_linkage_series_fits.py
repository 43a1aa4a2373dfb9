"""What else fits a whole series: asked on its board, answered by the linkage worker."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.explorations import ask_exploration
from nightdesk.jobs.linkage_explore import answer_explorations
from nightdesk.linkage.extract import extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import shipped
from nightdesk.queries import explorations as queries
from nightdesk.queries import series as series_queries
from nightdesk.queries.clock import database_now
from nightdesk.records.explorations import Exploration
from nightdesk.records.journal import JournalLine
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.exploration import ExplorationRefused
from tests.linkage_rows import analyst, answered, pair_of, report_row, told_to
from tests.people import as_reader, make_cast, signed_in

OTTER = {"handle": "ottersmith", "platform": "grindr"}
CAR = {"vehicle_plate": "AB12CDE", "vehicle_colour": "red"}
WEIGHTS = shipped()


@pytest.fixture
def at() -> datetime:
    return database_now() - timedelta(minutes=5)


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    return make_cast(at)


@pytest.fixture
def number(people: Any, at: datetime) -> str:
    """A series of two, which two analysts linked."""
    pair = pair_of(people, at)
    for who in (people.wen, analyst("ines", at)):
        answered(who, at, pair, "linked")
    return Series.objects.get().reference


def index_of(number: str, *more: Any) -> Index:
    """One member knew the account, the other the car; and some that nobody knows."""
    first, second = SeriesMember.objects.order_by("joined_at", "pk").values_list("report_id", flat=True)
    told = [{"id": str(first), **OTTER}, {"id": str(second), **CAR}]
    others = [{"id": str(uuid4()), "handle": f"other{n}", "platform": "scruff"} for n in range(20)]
    index = Index(WEIGHTS.behaviours)
    index.add([extract(each, {}) for each in [*others, *told, *more]])
    return index


def send(people: Any, number: str, reason: str, key: UUID | None = None) -> Any:
    client = signed_in(Client(), people.wen)
    return client.post(reverse("series_fits", args=[number]), {"reason": reason, "key": str(key or uuid4())})


def test_a_report_that_each_member_knows_a_part_of_is_found(people: Any, number: str, at: datetime) -> None:
    new = report_row(told_to(people.tom, at), at)
    page = send(people, number, "A line of enquiry.")
    assert page.status_code == 302
    index = index_of(number, {"id": str(new.pk), **OTTER, **CAR})
    assert answer_explorations(index, WEIGHTS, clock=database_now) == 1
    seen = queries.exploration(as_reader(people.wen), Exploration.objects.get().pk, database_now())
    assert seen is not None
    assert [one.id for one in seen.found] == [new.pk]
    assert {"account", "vehicle"} <= {reason[0] for reason in seen.found[0].reasons}
    shown = signed_in(Client(), people.wen).get(page.url).content.decode()
    assert "All reports of the series together" in shown
    assert number in shown
    assert JournalLine.objects.get(kind="explored").facts == {"kinds": ["series"]}


def test_without_a_reason_the_board_says_so_and_sent_twice_it_is_one(people: Any, number: str) -> None:
    page = send(people, number, " ")
    assert page.status_code == 422
    assert (
        page.content.decode().count("Say in a few words why you ask") == 2
    )  # at the top too: the form is far below
    key = uuid4()
    assert send(people, number, "Why.", key).url == send(people, number, "Why.", key).url


def test_only_what_stands_is_compared(people: Any, number: str, at: datetime) -> None:
    send(people, number, "Why.")
    index = index_of(number)
    index.drop(20)
    assert answer_explorations(index, WEIGHTS, clock=database_now) == 0
    (asked,) = queries.explorations(as_reader(people.wen), database_now())
    assert asked.fault == "too_few"
    shown = signed_in(Client(), people.wen).get(reverse("exploration", args=[asked.id])).content.decode()
    assert "Fewer than two reports of this series" in shown


def test_nobody_else_asks_and_no_such_series_is_not_there(people: Any, number: str, at: datetime) -> None:
    assert send(people, "S-0000", "Why.").status_code == 404
    assert JournalLine.objects.filter(kind="access_refused", facts__what="series_fits").count() == 1
    for name, who in people.staff().items():
        if name != "wen":
            client = signed_in(Client(), who)
            page = client.post(reverse("series_fits", args=[number]), {"reason": "Why.", "key": str(uuid4())})
            assert page.status_code in (403, 404), name
            assert series_queries.reports_of(as_reader(who), number) == []
    assert not Exploration.objects.exists()
    assert len(series_queries.reports_of(SYSTEM, number)) == 2
    with pytest.raises(ExplorationRefused, match="not by both"):
        ask_exploration(
            actor=as_reader(people.wen), at=at, key=uuid4(), reason="Why.", facts={"series": number, "drug": "ghb_gbl"}
        )  # fmt: skip
