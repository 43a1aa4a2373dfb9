"""On my desk, as its page shows it: counted, in pages, each line leading to where something is done about it."""

from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nightdesk.records.notices import NoticeRow
from nightdesk.rules.notice import ASKER, OFFICER
from nightdesk.rules.pack_notices import OFFER
from tests.actions.test_hand_over import has_one, offer
from tests.desks.counter_pages import Counter
from tests.people import Cast, signed_in
from tests.queries.test_desk import many, noted_for

DESK = "/staff/desk/"


def desk_of(staff: object) -> Counter:
    return Counter(signed_in(Client(), staff))


def test_the_count_is_of_all_and_what_does_not_fit_stands_on_the_next_page(cast: Cast, now: datetime) -> None:
    tasks = many(cast, now, 30)
    NoticeRow.objects.bulk_create(noted_for(cast.sana, task, now) for task in tasks)
    sana = desk_of(cast.sana)
    first, second = sana.page(DESK), sana.page(f"{DESK}?page=2")
    for page in (first, second):
        assert "30 things wait." in page
        assert page.count('role="rowheader"') == (25 if page is first else 5)
    assert "Page 1 of 2." in first
    assert f'href="{DESK}?page=2" rel="next"' in first
    assert f'href="{DESK}?page=1" rel="prev"' in second
    assert "Page 1 of" not in desk_of(cast.rae).page(f"{DESK}?page=9")


def test_the_page_costs_the_same_for_one_and_for_many(cast: Cast, now: datetime) -> None:
    costs = []
    sana = desk_of(cast.sana)
    for how_many in (1, 60):
        tasks = many(cast, now, how_many)
        NoticeRow.objects.bulk_create(noted_for(cast.sana, task, now) for task in tasks)
        with CaptureQueriesContext(connection) as asked:
            sana.page(DESK)
        costs.append(len(asked))
    assert costs[0] == costs[1], costs


def test_an_offer_leads_the_one_asked_to_the_answer_and_whoever_asked_to_the_case(
    cast: Cast, now: datetime
) -> None:
    reference = has_one(cast, now, "arrive", "hand_over")
    referral = offer(cast, now, reference)
    for staff, level in ((cast.rae, OFFICER), (cast.sana, ASKER)):
        NoticeRow.objects.create(
            kind=OFFER, about=referral.pk, reference=reference, due_at=now, level=level, staff=staff, made_at=now
        )  # fmt: skip
    words = "Asked to take a case over, not answered"
    for staff, href in ((cast.rae, "/staff/call-outs/"), (cast.sana, f"/staff/cases/{reference}/")):
        assert f'<a class="govuk-link" href="{href}">{words}' in desk_of(staff).page(DESK)
    assert reference in desk_of(cast.rae).page("/staff/call-outs/")
