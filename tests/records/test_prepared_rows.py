"""A statement that is put together once gives the rows that Django's own query gives, whatever is filled in."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.messages import Heartbeat
from nightdesk.records.prepared_rows import PreparedColumns, PreparedRows, given
from nightdesk.records.staff import Staff

SECOND = timedelta(seconds=1)


def own(row: Any) -> dict[str, Any]:
    """What an object holds, but for Django's notes about it."""
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_row_is_the_one_that_django_makes_with_what_it_joins(cast: Any) -> None:
    """Found by text and by id; times, numbers and ids are what they are elsewhere; unit and station are at hand."""
    by_name = PreparedRows(
        lambda: Staff.objects.select_related("unit", "station__unit").filter(username=given("name"))
    )
    by_id = PreparedRows(lambda: Staff.objects.filter(pk=given("pk")))
    for person in (cast.priya, cast.maud, cast.odile):
        expected = Staff.objects.select_related("unit", "station__unit").get(pk=person.pk)
        found = by_name.first(name=person.username)
        assert found is not None
        assert own(found) == own(expected)
        with CaptureQueriesContext(connection) as asked:
            assert (found.unit, found.station) == (expected.unit, expected.station)
            assert found.station is None or found.station.unit == expected.station.unit
        assert not asked.captured_queries
        again = by_id.first(pk=person.pk)
        assert again is not None
        assert own(again) == own(expected)


def test_each_asking_gives_objects_of_its_own_as_they_are_now(cast: Any) -> None:
    """Nothing is remembered but the statement."""
    by_name = PreparedRows(lambda: Staff.objects.filter(username=given("name")))
    first = by_name.first(name=cast.priya.username)
    Staff.objects.filter(pk=cast.priya.pk).update(name="Another name")
    second = by_name.first(name=cast.priya.username)
    assert first is not None
    assert second is not None
    assert first is not second
    assert (first.name, second.name) == (cast.priya.name, "Another name")
    second.name = "A third"
    second.save(update_fields=["name"])
    assert Staff.objects.get(pk=cast.priya.pk).name == "A third"


def test_rows_are_locked_only_inside_a_transaction_every_time(journey_db: None) -> None:
    """Django asks that when it puts a statement together; this one is put together once, and would lock nothing later."""
    locked = PreparedRows(lambda: Staff.objects.select_for_update(no_key=True).filter(username=given("name")))
    with transaction.atomic():
        assert locked.first(name="nobody") is None
    with pytest.raises(TransactionManagementError, match="locked"):
        locked.first(name="nobody")


def test_what_is_not_there_is_none_and_columns_are_converted(db: None, now: Any) -> None:
    """No row, several rows in the order asked for, and times that know their zone."""
    nobody = PreparedRows(lambda: Disclosure.objects.filter(sender_key=given("key")))
    assert nobody.first(key=uuid4()) is None
    for name, seconds in (("a", 3), ("b", 1), ("c", 2)):
        Heartbeat.objects.create(name=name, at=now + seconds * SECOND)
    until = PreparedColumns(
        lambda: Heartbeat.objects.filter(at__lte=given("until")).order_by("at").values_list("name", "at")
    )
    assert until.rows(until=now) == []
    assert until.rows(until=now + 2 * SECOND) == [("b", now + SECOND), ("c", now + 2 * SECOND)]
    beats = PreparedRows(lambda: Heartbeat.objects.filter(at__gt=given("after")).order_by("-at"))
    assert [beat.name for beat in beats.rows(after=now + SECOND)] == ["a", "c"]


def test_it_is_put_together_once_and_a_missing_value_is_refused(db: None) -> None:
    """The query is built the first time it is asked, and never again."""
    built: list[int] = []

    def query() -> Any:
        built.append(1)
        return Heartbeat.objects.filter(name=given("name"))

    beats = PreparedRows(query)
    assert not built
    assert beats.first(name="a") is None
    assert beats.first(name="b") is None
    assert built == [1]
    with pytest.raises(KeyError):
        beats.first(other="a")


def test_a_row_is_locked_as_its_query_says(db: None) -> None:
    """On a database that locks rows; the embedded one has no need of it."""
    locked = PreparedRows(lambda: Heartbeat.objects.select_for_update().filter(name=given("name")))
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        locked.first(name="a")
    (sql,) = (query["sql"] for query in asked.captured_queries)
    assert ("FOR UPDATE" in sql) == connection.features.has_select_for_update
