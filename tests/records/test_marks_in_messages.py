"""No message of any kind, on any channel, carries anything personal; a kind that is not tried here makes this fail."""

import inspect
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from nightdesk.actions._desk_time import open_desk
from nightdesk.actions.attachments import withdraw_attachment
from nightdesk.actions.away import note_away_cases
from nightdesk.actions.clocks import note_facts
from nightdesk.actions.closings import ask_to_close, look_at_closing
from nightdesk.actions.cover import check_cover
from nightdesk.actions.duties import move_duty
from nightdesk.actions.exhibit_correction import correct_exhibit
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.held_words import seal_words
from nightdesk.actions.link_candidates import tell_overdue as tell_late_candidates
from nightdesk.actions.particular_links import link_particulars, take_back_link
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.actions.recordings import record_crime
from nightdesk.actions.referrals import acknowledge_page
from nightdesk.actions.related_offences import add_related_offence, end_related_offence
from nightdesk.actions.reopenings import reopen_case
from nightdesk.actions.rota_changes import note_absence, stand_in
from nightdesk.actions.rota_kept import keep_calendar
from nightdesk.actions.rota_swaps import accept_swap, ask_swap, decline_swap
from nightdesk.actions.ways import add_own_way, add_way
from nightdesk.actions.worker import send_due_messages
from nightdesk.jobs.notices import tell_overdue
from nightdesk.records.cases import Case
from nightdesk.records.closings import Closing
from nightdesk.records.contacts import ContactWay
from nightdesk.records.duties import Duty
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, Referral
from nightdesk.records.rota import Shift, Swap
from nightdesk.records.tasks import Task
from nightdesk.rules import messages
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.closing_said import Said as ToClose
from nightdesk.rules.duty import Said
from nightdesk.rules.exhibit_correction import Facts
from nightdesk.rules.particular_field import given
from nightdesk.rules.recording import Recorded
from nightdesk.rules.related_offence import Added
from nightdesk.rules.terms import ABOUT, WAYS
from nightdesk.rules.ways import LEAVING
from tests.actions import sharing
from tests.actions.attachments import attach
from tests.actions.contacts import begun, noted
from tests.actions.test_tasks import moved
from tests.linkage_rows import pair_of
from tests.people import Cast, as_reader
from tests.records.taking import MARKS
from tests.records.test_marks import ADDRESS, lived_through
from tests.records.test_shield_marks import MODELS as SHIELD

# What analysts read and deaths have nights of their own: test_series_marks.py, test_death_marks.py.
OWN_NIGHT = {*SHIELD, "DeathVersion", "Exploration", "LinkReport", "LinkList", "LinkBlock", "LinkCandidate", "LinkAnswer",
             "LinkMove", "LinkGroup", "SeriesMember"}  # fmt: skip

HOUR = timedelta(hours=1)
SUSPECT, BOTTLE = UUID(int=1), UUID(int=2)
# Of whoever is told: an address on each channel. It is where a message goes to and stands in none.
WAYS_WITH_MARKS = (
    ("sms", "020 7946 0{n}"), ("webhook", "https://markpager{n}.example.org/"), ("email", "markletter{n}@force.test"),
)  # fmt: skip
STAFF_MARKS = ("markpager", "markletter", "7946", "207946")
CODES = ("oral", "ghb")  # of what was done and taken: codes of the pack, sealed
ENTRY = "UID:MARKUID\nSUMMARY:MARKTITLE sana\nDTSTART:21010101T080000Z"
CALENDAR = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{ENTRY}\nEND:VEVENT\nEND:VCALENDAR".encode()


def makers_in(module: Any) -> dict[str, Callable[..., Any]]:
    """Every function of a module that makes a message for somebody, by its name."""
    return {
        name: made
        for name, made in vars(module).items()
        if inspect.isfunction(made) and not name.startswith("_")
        and made.__annotations__.get("return") in (messages.Notice, "Notice")
    }  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[messages.Notice]]:
    """What each maker made: wherever a part of the house has taken it from rules/messages.py, it is noted."""
    found: dict[str, list[messages.Notice]] = {name: [] for name in makers_in(messages)}

    def noting(name: str, maker: Callable[..., messages.Notice]) -> Callable[..., messages.Notice]:
        def note(**given: Any) -> messages.Notice:
            found[name].append(maker(**given))
            return found[name][-1]

        return note

    for name, maker in makers_in(messages).items():
        for module in [one for key, one in sys.modules.items() if key.startswith("nightdesk.")]:
            for own in [own for own, value in vars(module).items() if value is maker]:
                monkeypatch.setattr(module, own, noting(name, maker))
    return found


@pytest.fixture
def night(journey_db: None, now: datetime, made: dict[str, Any]) -> Cast:
    """The night of test_marks.py, then one of the rota, with marks in what the first leaves empty; every message leaves."""
    cast, reference = lived_through(now)
    _fill_the_rest(cast, now, reference)
    _ways(cast, now)
    _rota_night(cast, now + HOUR)
    _what_waits(cast, now + 2 * HOUR)
    send_due_messages(clock=lambda: now + 3 * HOUR, send=lambda letter: "")
    return cast


def _ways(cast: Cast, now: datetime) -> None:
    """Everybody who is told has every way; Sana tries two more, so that a test message goes by each."""
    for number, staff in enumerate((cast.sana, cast.rae, cast.maud)):
        old = ContactWay.objects.filter(staff=staff, withdrawn_at=None)
        old.update(withdrawn_at=now, withdrawn_by=staff)
        for channel, address in WAYS_WITH_MARKS:
            given = {"channel": channel, "address": address.format(n=200 + number)}
            add_way(actor=SYSTEM, at=now, staff=staff, confirmed=True, **given)
    for channel, address in WAYS_WITH_MARKS[:2]:
        add_own_way(actor=as_reader(cast.sana), at=now, channel=channel, address=address.format(n=300))


def _fill_the_rest(cast: Cast, now: datetime, reference: str) -> None:
    """What the night of test_marks.py does not seal: words at a locked desk, what was done, an exhibit, a calendar file."""
    priya, sana = as_reader(cast.priya), as_reader(cast.sana)
    open_desk(at=now, session_key="k" * 32, staff=cast.priya, browser="")
    held = {"page": "counter_form", "path": "/staff/counter/new/", "fields": {"what": ["MARKHELD"]}}
    seal_words(actor=priya, at=now, session_key="k" * 32, **held)
    known = KnownOfAct(CODES[:1], "given", CODES[1:], "given")
    note_facts(actor=sana, at=now, reference=reference, known=known)
    pot = enter_exhibit(
        actor=priya, at=now, reference=reference, kind="urine_pot", taken_at=now, description="MARKPOT", seal="MARKSEAL"
    )  # fmt: skip
    facts = Facts("urine_pot", now, seal="MARKSEAL", description="MARKBOTTLE")
    correct_exhibit(actor=priya, at=now, code=pot.code, number=0, reason="mistyped", facts=facts)
    _work_on_the_case(cast, now, reference)
    _close_it(cast, now, reference)
    keep_calendar(
        actor=as_reader(cast.maud), at=now, unit=cast.unit_a, layer="soit", name="Sheet", raw=CALENDAR
    )


def _work_on_the_case(cast: Cast, now: datetime, reference: str) -> None:
    """A duty answered in words, the crime recorded by a number, a picture attached and withdrawn."""
    sana = as_reader(cast.sana)
    offer = Duty.objects.get(kind="sarc_offered")
    move_duty(
        actor=sana, at=now, reference=reference, duty=offer.pk, move="meet", seen=0,
        said=Said(answer="declined", words="MARKDUTY"),
    )  # fmt: skip
    made = Recorded("crime", now, "class_19f", police_number="MARK/26", words="MARKRECORDED")
    record_crime(actor=sana, at=now, reference=reference, made=made, seen=0)
    _get_in_touch(cast, now, reference)
    _note_particulars(sana, now, reference)
    _share(cast, now, reference)
    _attach(cast, now, reference)


def _get_in_touch(cast: Cast, now: datetime, reference: str) -> None:
    """A letter against the plan, what came of it, and the promise in it as a task that is done."""
    row = begun(
        cast.sana, now, reference, "letter", told=("way_not_agreed", "outside_hours", "nothing_agreed"), reason="MARKREASON"
    )  # fmt: skip
    noted(
        cast.sana, now, reference, row, "sent", words="MARKLETTERED", agreed="MARKAGREED", next_by_at=now + HOUR,
        task="MARKTASK",
    )  # fmt: skip
    moved(cast.sana, now, Task.objects.get(), "do", words="MARKDONE")


def _note_particulars(sana: Any, now: datetime, reference: str) -> None:
    """A suspect and a bottle, linked; corrected, unlinked and withdrawn, each with words."""
    act = {"actor": sana, "at": now, "reference": reference}
    for key, kind, role, name in ((SUSPECT, "person", "suspect", "call"), (BOTTLE, "object", "", "what")):
        for seen in (0, 1):
            values = {name: given(f"MARKENTRY{seen}", "told")}
            keep_particular(**act, key=key, kind=kind, role=role, seen=seen, values=values, why="MARKBETTER")
    row = link_particulars(**act, kind="used", one=SUSPECT, other=BOTTLE, basis="opinion")
    take_back_link(**act, key=row.pk, why="MARKUNLINKED")
    withdraw_particular(**act, key=SUSPECT, seen=2, why="MARKWITHDRAWN")


def _share(cast: Cast, now: datetime, reference: str) -> None:
    """Asked, passed on, decided without consent, sent, and taken back, with marks in all that is written."""
    to = sharing.recipient(cast.sana, now, reference, name="MARKISVA")
    sharing.answer(cast.sana, now, to, ["name"], ["contact"], words="MARKSAID")
    sharing.offer(cast.sana, now, to, words="MARKOFFER")
    sharing.decide(cast.maud, now, to, ["contact"], reason="MARKREASON")
    made = sharing.make(cast.sana, now, to)
    sharing.moved(cast.sana, now, made, "send", 0, address="MARKADDRESS")
    sharing.withdraw(cast.sana, now, to, words="MARKBACK")


def _attach(cast: Cast, now: datetime, reference: str) -> None:
    """A picture with marks in all that is said of it, and taken away again."""
    said = {"title": "MARKTITLE", "origin": "MARKORIGIN", "shows": "MARKSHOWS"}
    attach(cast.sana, now, name="MARKNAME.jpg", to=reference, **said)
    withdraw_attachment(
        actor=as_reader(cast.sana), at=now, reference=reference, number=1, because="other", words="MARKGONE"
    )


def _close_it(cast: Cast, now: datetime, reference: str) -> None:
    """Handed over as it would be by then; closed after it was sent back once, opened again; a further offence withdrawn.

    Then as it was before, so that the rest of the night finds it with whoever has it.
    """
    sana, maud = as_reader(cast.sana), as_reader(cast.maud)
    before, held = Referral.objects.get(), Case.objects.get()
    Referral.objects.update(state="handed_over")
    Case.objects.update(state="with_soit")
    said = ToClose(
        words="MARKSAID", said_to="MARKTOWHOM", present_who="MARKPRESENT", grounds="MARKCLOSING", suspect="yes", told=True,
        looked=True,
    )  # fmt: skip
    for number, verdict in ((1, "sent_back"), (2, "approved")):
        ask_to_close(
            actor=sana, at=now, reference=reference, ending="outcome", outcome="police_no_interest", said=said,
            seen=number - 1,
        )  # fmt: skip
        look_at_closing(
            actor=maud, at=now, reference=reference, number=number, verdict=verdict, words="MARKLOOK"
        )
    reopen_case(actor=sana, at=now, reference=reference, number=2, ground="review", words="MARKREOPENED")
    _lose_contact(cast, now + 30 * 24 * HOUR, reference)
    added = Added("related_robbery", "MARKRELATED", "MARK/27")
    add_related_offence(actor=sana, at=now, reference=reference, added=added, suggested=False, seen=0)
    end_related_offence(actor=sana, at=now, reference=reference, number=1, why="MARKWITHDRAWN")
    Referral.objects.update(state=before.state)
    Case.objects.update(state=held.state)


def _lose_contact(cast: Cast, late: datetime, reference: str) -> None:
    """Tries beside the log, with marks in where they are written down; sent back."""
    said = ToClose(
        more_tries=5, more_ways=("letter", "in_person"), more_first_on=(late - 20 * 24 * HOUR).date(),
        more_last_on=late.date(), more_where="MARKTRIES", suspect="no", grounds="MARKTRIED", looked=True,
    )  # fmt: skip
    ask_to_close(
        actor=as_reader(cast.sana), at=late, reference=reference, ending="lost_contact", outcome="no_suspect", said=said,
        seen=2,
    )  # fmt: skip
    back = {"verdict": "sent_back", "words": "MARKBACK"}
    look_at_closing(actor=as_reader(cast.maud), at=late, reference=reference, number=3, **back)


def _what_waits(cast: Cast, now: datetime) -> None:
    """A candidate that nobody decided in time, and whatever else of this night is overdue days later."""
    pair_of(cast, now, due_at=now - HOUR)
    tell_late_candidates(at=now, address=ADDRESS)
    tell_overdue(now + 72 * HOUR)
    send_due_messages(clock=lambda: now + 73 * HOUR, send=lambda letter: "")


def _rota_night(cast: Cast, now: datetime) -> None:
    """A gap, swaps asked of one and of all, taken and turned down, and somebody with an open case away."""
    check_cover(actor=SYSTEM, at=now, unit=cast.unit_a, address=ADDRESS)
    for days, asked_of, answer in (
        (2, cast.rae, accept_swap),
        (3, None, accept_swap),
        (4, cast.rae, decline_swap),
    ):
        begins = now + days * 24 * HOUR
        times = {"starts_at": begins, "ends_at": begins + 8 * HOUR}
        row = stand_in(actor=SYSTEM, at=now, unit=cast.unit_a, layer="soit", staff=cast.sana, **times)
        shift = Shift.objects.standing().get(stand_in=row)
        ask_swap(actor=as_reader(cast.sana), at=now, shift_id=shift.pk, asked_of=asked_of)
        answer(actor=as_reader(cast.rae), at=now, swap_id=Swap.objects.get(state="asked").pk)
    page = Page.objects.filter(staff=cast.rae).order_by("-step")[0]
    acknowledge_page(at=now, token=page.token)
    times = {"starts_at": now, "ends_at": now + 9 * HOUR}
    note_absence(actor=as_reader(cast.rae), at=now, staff=cast.rae, kind="sick", **times)
    note_away_cases(at=now, unit=cast.unit_a, address=ADDRESS)


def test_every_sealed_field_was_filled_and_every_kind_of_message_made_and_sent(
    night: Cast, made: dict[str, list[messages.Notice]]
) -> None:
    """A new maker, a new code of ABOUT or a new sealed field without an act in this night is found here."""
    for model in apps.get_app_config("records").get_models():
        own_night = model.__name__ in OWN_NIGHT  # with its own messages
        if getattr(model, "CLASSED", {}).get("sealed") and not own_night:
            assert model.objects.exists(), (
                f"{model.__name__} was never filled: give this night an act that does"
            )
    assert not [name for name, notices in made.items() if not notices], "not tried here"
    for name, notices in made.items():
        assert Message.objects.filter(subject__in={one.subject for one in notices}).exists(), (
            f"{name} went nowhere"
        )
    assert any(row.opened("tries_where") == "MARKTRIES" for row in Closing.objects.select_related("vault"))
    assert set(Message.objects.values_list("about", flat=True)) == set(ABOUT)
    for about in ABOUT:
        ways = set(Message.objects.filter(about=about).values_list("channel", flat=True))
        assert ways >= (set(WAYS) if about == "page" else set(LEAVING)), about


def personal_in(text: str) -> list[str]:
    """Marks, codes of what was done, and names of staff that stand in a text."""
    found = [mark for mark in (*MARKS, *STAFF_MARKS) if mark.casefold() in text.casefold()]
    words = set(re.findall(r"[^\W_]+", re.sub(r"https?://\S+", "", text)))
    return found + sorted(words & {*CODES, "sick", "Sana", "Rae", "Maud", "Priya", "Kofi"})


def test_no_message_on_any_channel_carries_anything_personal(night: Cast, made: dict[str, Any]) -> None:
    """Subject and body, as they leave on each channel: all that a sender is given beside the address."""
    rows = list(Message.objects.all())
    assert len(rows) > 30
    assert not [
        (row.about, row.channel, found) for row in rows if (found := personal_in(f"{row.subject} {row.body}"))
    ]
    assert {mark for row in rows for mark in STAFF_MARKS[:2] if mark in row.address} == set(STAFF_MARKS[:2])


def test_the_testers_are_tested(made: dict[str, Any]) -> None:
    """A text with something personal is found, and so is a maker that nobody has tried."""
    assert personal_in("Ask Sana about MARKPOT, oral: https://x/Rae") == [
        "MARK",
        "oral",
        "Sana",
    ] or personal_in("Ask Sana about MARKPOT, oral: https://x/Rae") == ["MARK", "Sana", "oral"]
    assert not personal_in("Reference: K7M2-Q9XR at Harrow Lane")
    assert set(made) >= {"page_notice", "gap_notice", "swap_open_notice", "away_notice", "trial_notice"}
    assert not any(made.values())
