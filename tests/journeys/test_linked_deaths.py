"""Nothing relies on luck: a death that is entered at a counter finds its earlier relatives among 20,000 other reports."""

import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Night, Picture, Sound, Window
from tests.linkage.scenario import DEATHS, EARLY

OTHERS = 20_000
SEED = 77
CHURCHYARD = "The Old Chandlery"  # invented, as everything here
SECOND = DEATHS[1]


@pytest.fixture
def places(tmp_path: Path, settings: Any) -> None:
    """The force's own list knows where the second death was."""
    file = tmp_path / "places.csv"
    file.write_text(
        f"name,lat,lon,precision\n{CHURCHYARD},{SECOND['lat']},{SECOND['lon']},point\n", encoding="utf-8"
    )
    settings.NIGHTDESK_GAZETTEER = str(file)


def _rows(source: Any, told: list[dict[str, Any]]) -> None:
    """Reports of years before, sealed as the worker seals them."""
    from nightdesk.linkage.extract import extract
    from nightdesk.linkage.plain import to_plain
    from nightdesk.outside.nicknames import load_nicknames
    from nightdesk.queries.clock import database_now
    from nightdesk.records.deaths import Death
    from nightdesk.records.link_reports import VAULT, LinkReport
    from nightdesk.records.sealed import Vault

    at = database_now()
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save()
    column = "death" if isinstance(source, Death) else "disclosure"
    LinkReport.objects.bulk_create(
        (
            LinkReport(
                vault=vault, kind=one["kind"], who=one["id"], made_at=at, seq=0,
                extract=to_plain(extract(one, load_nicknames())),
                reported_at=datetime.fromisoformat(one["reported_on"]).replace(tzinfo=UTC), **{column: source},
            )
            for one in told
        ),
        batch_size=500,
    )  # fmt: skip


@pytest.fixture
def told_before(night: Night) -> dict[str, str]:
    """20,000 others, three early disclosures and a first death, each of the four with a reference of its own."""
    from bench._linkage_reports import reports
    from nightdesk.actions.deaths import enter_death
    from nightdesk.queries.clock import database_now
    from tests.linkage_rows import told_to
    from tests.people import as_reader

    at = database_now()
    cast = night.cast
    _rows(told_to(cast.priya, at), reports(OTHERS, SEED))
    found = {}
    for one, who in zip(EARLY, (cast.priya, cast.tom, cast.priya), strict=True):
        source = told_to(who, at)
        _rows(source, [one])
        found[one["id"]] = source.reference
    first = enter_death(
        actor=as_reader(cast.tom),
        at=at,
        key=uuid4(),
        source="coroner",
        values={"drug": "ghb"},
    )
    _rows(first, [DEATHS[0]])
    return found | {"death1": first.reference}


@pytest.fixture
def worker(told_before: dict[str, str], places: None) -> Any:
    """A linkage worker that holds everything; what was told before is compared already."""
    from nightdesk.actions._link_place import move_place
    from nightdesk.jobs.linkage import LinkageWorker
    from nightdesk.queries.clock import database_now
    from nightdesk.records.journal import JournalLine
    from nightdesk.records.link_reports import COMPARED, READ

    newest = JournalLine.objects.order_by("-seq").values_list("seq", flat=True)[0]
    with transaction.atomic():
        for place in (READ, COMPARED):
            move_place(place, newest, database_now())
    running = LinkageWorker(threading.Event())
    running.round()
    return running


def entered(page: Page) -> str:
    """The second death as a counter enters it: a drug, a place and an app; its reference."""
    page.get_by_label("Where they were found").fill(f"Behind the wall of {CHURCHYARD}")
    page.get_by_label("App or site they met").select_option("grindr")
    page.get_by_label("Drug that is suspected").select_option("ghb")
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url(re.compile(r"/staff/deaths/[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def test_the_second_death_finds_its_relatives_at_the_moment_it_is_entered(
    night: Night,
    told_before: dict[str, str],
    worker: Any,
    window: Window,
    accessible: Sound,
    picture: Picture,
) -> None:
    """Only a drug, a place and an app are known of it; the analyst has three earlier reports in the first ten."""
    second = entered(window(night.cast.tom, "/staff/deaths/new/"))
    worker.round()
    page = window(night.cast.wen, "/staff/series/candidates/")
    accessible(page)
    picture(page, "series-deaths-queue")
    page.get_by_role("link", name=f"{second} beside {told_before['death1']}").click()
    expect(page.get_by_role("heading", name="For", exact=False).first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name=second, exact=True).click()
    expect(page.get_by_role("heading", name="Reports most like this one")).to_be_visible()
    headings = page.locator(".se-card h2").all_inner_texts()[:10]
    found = {name for name, reference in told_before.items() if any(reference in text for text in headings)}
    assert {"early1", "early2", "death1"} <= found, headings
    accessible(page)
    picture(page, "series-deaths-list")
