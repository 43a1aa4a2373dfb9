"""On my desk: what is overdue stands there until it is done, on a phone too, and for whoever has nothing."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.actions.test_hand_over import has_one
from tests.actions.test_notices import a_task
from tests.browser import too_wide
from tests.journeys.conftest import Night, Picture, Sound, Window


def test_an_overdue_task_leads_to_where_it_is_done(
    night: Night, window: Window, accessible: Sound, picture: Picture
) -> None:
    """From the queue to the desk, from there to the task; a colleague with nothing overdue is told so."""
    from nightdesk.actions.notices import raise_notices
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.notice import OFFICER
    from nightdesk.rules.pack_notices import TASK

    at = database_now() - timedelta(hours=2)
    reference = has_one(night.cast, at)
    a_task(night.cast.sana, at, reference, due_at=at + timedelta(hours=1), title="Ring the Havens back")
    assert raise_notices(at=database_now(), kind=TASK, level=OFFICER) == 1
    page = window(night.cast.sana, "/staff/cases/")
    page.get_by_role("link", name="On my desk").click()
    expect(page.get_by_role("heading", name="On my desk")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("Task overdue").first).to_be_visible()
    accessible(page)
    picture(page, "my-desk")
    phone = window(
        night.cast.sana, "/staff/desk/", viewport={"width": 320, "height": 640}, color_scheme="dark"
    )
    expect(phone.get_by_role("link", name=reference).first).to_be_visible()
    assert not too_wide(phone)
    accessible(phone)
    page.get_by_role("link", name="Task overdue").click()
    expect(page.get_by_text("Ring the Havens back").first).to_be_visible()
    kofi = window(night.cast.kofi, "/staff/desk/")
    expect(kofi.get_by_text("Nothing on your desk is overdue.")).to_be_visible()
    accessible(kofi)
