"""Nothing typed is lost: a cut network, a closed tab, a locked desk, another session, and the key that blanks the screen."""

import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Night, Sound, Window, reference_in
from tests.people import as_reader

# Words go in at once (insert_text) where a test waits for “Saved”: typed key by key, a slow machine says it half way.
SAVED = re.compile(r"^Saved \d\d:\d\d · ")


def saved_line(page: Page) -> object:
    """What the page says about saving."""
    return expect(page.locator("[data-saved-line]"))


def test_a_cut_network_loses_no_word_and_makes_no_second_record(
    form: Page, night: Night, watch: object, accessible: Sound
) -> None:
    """The page says so, keeps what was typed, and saves it by itself when the network is back."""
    watch.expect("net::ERR_INTERNET_DISCONNECTED")
    form.keyboard.insert_text("He was at the bar.")
    saved_line(form).to_have_text(SAVED)
    form.context.set_offline(True)
    form.keyboard.type(" Then I woke up in his flat.")
    saved_line(form).to_contain_text("Not saved: no connection")
    expect(form.locator("#id_what")).to_have_value("He was at the bar. Then I woke up in his flat.")
    accessible(form)
    form.context.set_offline(False)
    saved_line(form).to_have_text(SAVED)
    night.keeps(form, "He was at the bar. Then I woke up in his flat.")


def test_a_closed_tab_is_gone_on_with_from_the_list(form: Page, night: Night, accessible: Sound) -> None:
    """The person falls silent, the tab is closed: the list shows it first, and everything is there."""
    form.keyboard.type("I woke up and he was")
    with form.expect_response(lambda answer: "chip" in (answer.request.post_data or "")):
        form.locator("#id_where_words").fill("Above the chip shop")
    saved_line(form).to_have_text(SAVED)
    form.close(run_before_unload=False)
    page = form.context.new_page()
    page.goto(f"{night.address}/staff/counter/")
    accessible(page)
    page.get_by_role("link", name="Go on:").click()
    expect(page.locator("#id_what")).to_have_value("I woke up and he was")
    expect(page.locator("#id_where_words")).to_have_value("Above the chip shop")


def test_a_tab_closed_in_the_middle_of_a_word_has_saved_it(night: Night, browser: Browser) -> None:
    """Not even the pause before a save is lost. (Not under watch: the watch would hold up a closing page's last words.)"""
    context = browser.new_context()
    night.enter(context, night.cast.priya)
    page = context.new_page()
    page.goto(f"{night.address}/staff/counter/new/")
    page.keyboard.type("rape")
    page.goto("about:blank")
    night.waits_for_a_disclosure(page)
    page.goto(f"{night.address}/staff/counter/")
    expect(page.get_by_role("link", name="Go on:")).to_be_visible()
    night.keeps(page, "rape")
    context.close()


def test_a_reload_goes_on_where_it_stopped(form: Page, night: Night) -> None:
    """The address becomes that of the record with the first save."""
    form.keyboard.insert_text("He would not stop")
    saved_line(form).to_have_text(SAVED)
    form.reload()
    expect(form.locator("#id_what")).to_have_value("He would not stop")
    assert reference_in(form) == night.disclosures()[0].reference


def test_escape_twice_saves_first_and_hides_everything(
    night: Night, browser: Browser, accessible: Sound
) -> None:
    """Somebody comes to the counter: two taps, no word on the screen, no word lost. (Not under watch, as above.)"""
    context = browser.new_context()
    night.enter(context, night.cast.priya)
    page = context.new_page()
    page.goto(f"{night.address}/staff/counter/new/")
    page.locator("#id_what").press_sequentially("I don't want him to know")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_text("I don't want him to know")).to_have_count(0)
    expect(page.locator("#id_what")).to_have_count(0)
    accessible(page)
    night.keeps(page, "I don't want him to know")
    context.close()


def test_words_typed_on_a_desk_locked_elsewhere_come_back(form: Page, night: Night, watch: object) -> None:
    """The desk was locked in another tab: what is typed here is sealed and given back to whoever typed it."""
    watch.expect("423")
    form.keyboard.insert_text("He said nobody would")
    saved_line(form).to_have_text(SAVED)
    _lock(night, form, seconds_ago=60)
    form.keyboard.insert_text(" believe me")  # at once: the page leaves as soon as it has tried to save
    form.wait_for_url("**/locked/**")
    assert "believe" not in form.content()
    form.get_by_label("PIN or password").fill("a-long-enough-passphrase")
    form.get_by_role("main").get_by_role("button", name="Unlock").click()
    form.get_by_role("button", name="Send it now").click()
    expect(form.locator("#id_what")).to_have_value("He said nobody would believe me")
    assert [night.words(found) for found in night.disclosures()] == ["He said nobody would believe me"]


def _lock(night: Night, page: Page, *, seconds_ago: int) -> None:
    from datetime import timedelta

    from nightdesk.actions.sign_in import lock_desk
    from nightdesk.queries.clock import database_now

    key = next(c["value"] for c in page.context.cookies() if c["name"] == "nightdesk_session")
    at = database_now() - timedelta(seconds=seconds_ago)
    lock_desk(actor=as_reader(night.cast.priya), at=at, session_key=key, how="blank")


def test_signing_in_again_in_another_tab_saves_from_this_page(
    form: Page, night: Night, watch: object
) -> None:
    """The session ended under the page. It says what to do, and saves as soon as the same person is back."""
    watch.expect("40")
    form.keyboard.insert_text("It was my partner")
    saved_line(form).to_have_text(SAVED)
    form.context.clear_cookies(name="nightdesk_session")
    form.locator("#id_what").press_sequentially(" again")
    saved_line(form).to_contain_text("sign in again in a second tab")
    form.context.clear_cookies()
    night.enter(form.context, night.cast.priya)
    saved_line(form).to_have_text(SAVED)
    night.keeps(form, "It was my partner again")


def test_nothing_is_saved_under_the_name_of_somebody_else(form: Page, night: Night, watch: object) -> None:
    """Another officer signs in at the desk while the page is open: the words wait for whoever typed them."""
    watch.expect("40")
    form.keyboard.insert_text("He raped me")
    saved_line(form).to_have_text(SAVED)
    form.context.clear_cookies()
    night.enter(form.context, night.cast.tom)
    form.locator("#id_what").press_sequentially(" twice")
    saved_line(form).to_contain_text("somebody else has signed in")
    assert [night.words(found) for found in night.disclosures()] == ["He raped me"]
    expect(form.locator("#id_what")).to_have_value("He raped me twice")


def test_what_was_typed_before_the_script_came_is_saved(night: Night, window: Window) -> None:
    """On a slow line the page is there before its script; nobody has to press another key."""
    page = window(night.cast.priya, "")
    held: list[Route] = []
    page.route("**/counter/counter*.js", lambda route: held.append(route))
    page.goto(f"{night.address}/staff/counter/new/", wait_until="commit")
    page.locator("#id_what").fill("He raped me")
    while not held:
        page.wait_for_timeout(50)  # the script is asked for a moment after the page is there
    held[0].continue_()
    saved_line(page).to_have_text(SAVED)
    assert [night.words(found) for found in night.disclosures()] == ["He raped me"]


def test_two_tabs_of_one_person_are_two_records(form: Page, night: Night, window: Window) -> None:
    """Two people came at once: two forms, two records, nothing mixed."""
    second = form.context.new_page()
    second.goto(f"{night.address}/staff/counter/new/")
    for page, words in ((form, "the first person"), (second, "the second person")):
        page.locator("#id_what").fill(words)
        saved_line(page).to_have_text(SAVED)
    assert {night.words(found) for found in night.disclosures()} == {"the first person", "the second person"}


def test_a_record_changed_at_another_terminal_is_said_to_be(form: Page, night: Night, window: Window) -> None:
    """Every version is kept; the page says that there is another, so that nobody believes to be alone."""
    form.keyboard.insert_text("He raped me")
    saved_line(form).to_have_text(SAVED)
    other = window(night.cast.sana, form.url)
    other.locator("#id_where_words").fill("Above the chip shop")
    saved_line(other).to_have_text(SAVED)
    form.locator("#id_call_me").fill("Jo")
    saved_line(form).to_contain_text("changed at another terminal too")
    (disclosure,) = night.disclosures()
    kept = [version.basics() for version in disclosure.versions.order_by("number")]
    assert [(one.where_words, one.call_me) for one in kept[-2:]] == [("Above the chip shop", ""), ("", "Jo")]


def test_a_double_click_and_the_back_button_make_one_record(form: Page, night: Night) -> None:
    """Sent twice, gone back, sent again: one record, one referral."""
    from nightdesk.records.referrals import Referral

    form.keyboard.insert_text("He raped me")
    saved_line(form).to_have_text(SAVED)
    form.locator("[data-send]").dblclick()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    form.go_back()
    expect(form.locator("#id_what")).to_have_value("He raped me")
    form.locator("[data-send]").click()
    expect(form.get_by_role("heading", name="What happens now")).to_be_visible()
    assert len(night.disclosures()) == 1
    assert Referral.objects.count() == 1
