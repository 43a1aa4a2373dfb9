"""The queue, a case of somebody away, a hand-over and the timeline, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import too_wide
from tests.journeys.conftest import SEEN, Night, Picture, Sound, Window, reference_in
from tests.people import as_reader

DESKTOP = {"width": 1280, "height": 1400}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def _refusals_on_purpose(watch: Any) -> None:
    watch.expect("422")


@pytest.fixture
def reference(form: Page, night: Night) -> str:
    """Priya takes a disclosure; Sana is called and has it."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page as Paged

    form.locator("#id_what").fill("He raped me. I was high on G.")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    night.work()
    acknowledge_page(at=database_now(), token=Paged.objects.get(staff=night.cast.sana).token)
    return reference_in(form)


def key_of(staff: Any) -> str:
    """The key in the newest message to somebody."""
    from nightdesk.records.referrals import Page as Paged

    return str(Paged.objects.filter(staff=staff).latest("step").token)


def fell_ill(night: Night) -> None:
    """Sana is off sick since yesterday, and the worker has noted it."""
    from nightdesk.actions.away import note_away_cases
    from nightdesk.actions.rota_changes import note_absence
    from nightdesk.queries.clock import database_now

    now, sana = database_now(), night.cast.sana
    times = {"starts_at": now - timedelta(hours=30), "ends_at": now + timedelta(days=3)}
    note_absence(actor=as_reader(sana), at=now, staff=sana, kind="sick", **times)
    note_away_cases(at=now, unit=night.cast.unit_a, address=night.address)
    night.work()


def test_a_case_of_somebody_who_fell_ill_is_seen_and_looked_after(
    night: Night, window: Window, reference: str, accessible: Sound, picture: Picture
) -> None:
    """From the message over the queue to the list; marked by keyboard; said on the case and on its timeline."""
    fell_ill(night)
    assert any("look at them today" in letter.subject for letter in night.letters)
    page = window(night.cast.maud, "/staff/cases/", viewport=DESKTOP)
    expect(page.get_by_text("1 case of a colleague who is away waits")).to_be_visible()
    accessible(page)
    picture(page, "cases")
    page.get_by_role("link", name="Waiting for a supervisor").click()
    expect(page.get_by_role("link", name=reference, exact=True)).to_be_visible()
    page.get_by_role("link", name="Cases of someone away").first.click()
    expect(page.get_by_text("Not looked at", exact=True)).to_be_visible()
    accessible(page)
    picture(page, "away")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_text("Choose what is done with this case.").first).to_be_visible()
    accessible(page)
    page.get_by_label("What is done").select_option(label="Rae looks after it until they are back")
    page.get_by_label("What is done").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Looked after by Rae")).to_be_visible()
    _on_its_timeline(page, reference, accessible, picture)


def _on_its_timeline(page: Page, reference: str, accessible: Sound, picture: Picture) -> None:
    """The case says who looks after it, and its timeline how that came about, and who looked."""
    page.get_by_role("link", name=reference, exact=True).click()
    expect(page.get_by_text("Rae looks after the case until they are back")).to_be_visible()
    page.get_by_role("link", name="Timeline: everything that happened").click()
    expect(
        page.get_by_role("heading", name="A supervisor saw that the owner is away: Looked after by Rae")
    ).to_be_visible()
    accessible(page)
    picture(page, "timeline")
    page.get_by_role("link", name="Who looked").click()
    expect(page.get_by_role("heading", name="Looked at: the case")).to_be_visible()
    accessible(page)


def test_a_hand_over_is_turned_down_then_taken(
    night: Night, window: Window, reference: str, accessible: Sound
) -> None:
    """What both see: the colleague a filter with one more, the owner who is asked and what they said."""
    sana = window(night.cast.sana, f"/staff/cases/{reference}/", viewport=DESKTOP)
    for answer in ("turn down", "take over"):
        sana.goto(f"{night.address}/staff/cases/{reference}/offer/")
        sana.get_by_label("Rae").check()
        sana.get_by_role("button", name="Ask them").click()
        night.work()
        rae = window(night.cast.rae, "/staff/cases/?show=offered", viewport=PHONE)
        expect(rae.get_by_role("link", name=reference, exact=True)).to_be_visible()
        assert too_wide(rae) <= 0
        accessible(rae)
        rae.goto(f"{night.address}/staff/page/{key_of(night.cast.rae)}/")
        if answer == "take over":
            rae.get_by_role("button", name="I have it", exact=True).click()
        else:
            rae.get_by_text("I can’t", exact=True).click()
            rae.get_by_label("Why").select_option(label="I am in court")
            rae.get_by_role("button", name="Say that I can’t").click()
        rae.goto(f"{night.address}/staff/cases/?show=offered")
        expect(rae.get_by_role("link", name=reference, exact=True)).to_have_count(0)
    sana.goto(f"{night.address}/staff/cases/{reference}/timeline/?kind=paging")
    expect(
        sana.get_by_role("heading", name="The call-out: The colleague could not take it over")
    ).to_be_visible()
    sana.goto(f"{night.address}/staff/cases/{reference}/timeline/?kind=owner")
    expect(sana.get_by_role("heading", name="Rae has the case from now on")).to_be_visible()
    accessible(sana)


@SEEN
@pytest.mark.parametrize(
    "path", ["/staff/cases/", "/staff/cases/away/", "/staff/cases/{reference}/timeline/"]
)
def test_each_page_fits_a_phone_and_the_night(
    night: Night, window: Window, reference: str, path: str
) -> None:
    """320 pixels, dark: nothing to the side."""
    fell_ill(night)
    page = window(night.cast.maud, path.format(reference=reference), viewport=PHONE, color_scheme="dark")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert too_wide(page) <= 0
