"""Looking back: honest about what was read, the same after a stop, nothing proposed twice, and nothing but the basics."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import look_backs
from nightdesk.actions.intake import keep_basics, take_disclosure
from nightdesk.actions.look_backs import begin_look_back, read_batch
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.flag import FlagRefused
from tests.actions.flags import CHEMSEX, decide, the_flag, told
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


def older(cast: Any, at: datetime, basics: Basics = CHEMSEX) -> Disclosure:
    """Told before there were flags: its proposals never were."""
    disclosure = told(cast, at, basics)
    CaseFlag.objects.filter(disclosure=disclosure).delete()
    return disclosure


def run(at: datetime, *, most: int = 2, by: Any = SYSTEM, **more: Any) -> LookBack:
    """A whole run in small batches."""
    found = begin_look_back(actor=by, at=at, since_at=at - YEAR, **more)
    while found.ended_at is None:
        found = read_batch(actor=SYSTEM, at=at, run=found.pk, most=most)
    return found


def figures(found: LookBack) -> dict[str, int]:
    """What it says it did."""
    names = ("total", "read", "sealed", "empty", "waiting", "decided")
    return {name: getattr(found, name) for name in names} | {"proposed": sum(found.proposed.values())}


def destroy(disclosure: Disclosure, at: datetime) -> None:
    """The key of this record is gone."""
    Vault.objects.filter(pk=disclosure.vault_id).update(wrapped=None, destroyed_at=at)


def test_it_proposes_what_todays_rules_find_and_says_what_it_could_not_read(cast: Any, now: datetime) -> None:
    """Five were told: two lead to a flag, one to none, one is destroyed, one has not a word."""
    found, drawn = older(cast, now), older(cast, now)
    older(cast, now, Basics(what="somebody took my phone on the bus"))
    destroy(older(cast, now), now)
    take_disclosure(actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter")
    done = run(now + HOUR, codes=["chemsex_context"])
    assert figures(done) == {
        "total": 5, "read": 3, "sealed": 1, "empty": 1, "waiting": 0, "decided": 0, "proposed": 2,
    }  # fmt: skip
    for disclosure in (found, drawn):
        flag = disclosure.flags.get()
        assert (flag.code, flag.state, flag.origin, flag.run, flag.found_by) == (
            "chemsex_context", "proposed", "look_back", done, None,
        )  # fmt: skip
        assert "slamming" in {reason["words"] for reason in flag.opened("grounds")}
    assert done.editions == [found.triages.get().edition]


def test_the_journal_says_what_was_read_in_one_line_with_counts(cast: Any, now: datetime) -> None:
    """One when it begins, so that a run that was cut off is in it too; one with the counts; none for each reading."""
    disclosure = older(cast, now)
    before = JournalLine.objects.count()
    run(now + HOUR, by=as_reader(cast.maud), codes=["chemsex_context"])
    lines = list(JournalLine.objects.filter(seq__gt=before).order_by("seq"))
    assert [line.kind for line in lines] == ["look_back_begun", "flags_proposed", "look_back_ended"]
    assert lines[1].subject == disclosure.reference
    assert (lines[2].facts["read"], lines[2].facts["proposed"]) == (1, {"chemsex_context": 1})
    assert "slamming" not in str([line.facts for line in lines])


def test_a_draft_of_somebody_who_left_is_read_too(cast: Any, now: datetime) -> None:
    """What was kept and never sent on counts: they may have been turned away."""
    kept = keep_basics(
        actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter", basics=CHEMSEX
    )
    run(now + HOUR)
    assert the_flag(Disclosure.objects.get(reference=kept.reference)).origin == "look_back"


def test_run_again_it_proposes_nothing_twice(cast: Any, now: datetime) -> None:
    """What waits is counted as waiting."""
    older(cast, now)
    first, second = run(now + HOUR), run(now + 2 * HOUR)
    number = sum(first.proposed.values())
    assert figures(second) == figures(first) | {"waiting": number, "proposed": 0}
    assert CaseFlag.objects.count() == number


@pytest.mark.parametrize("move", ["decline", "lift"])
def test_what_a_person_said_no_to_is_not_proposed_again(cast: Any, now: datetime, move: str) -> None:
    """On the same edition and text, whether it was declined or raised and lifted."""
    flag = the_flag(told(cast, now, Basics(what="He raped me at a chill-out with slamming, on Grindr")))
    if move == "lift":
        decide(cast.sana, now, flag, "raise")
    decide(cast.sana, now + HOUR, flag, move, "No chems in it")
    done = run(now + 2 * HOUR, codes=["chemsex_context"])
    assert (done.decided, done.waiting, done.proposed) == (1, 0, {})


def test_with_newer_rules_the_same_words_are_not_asked_again_and_new_ones_are(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lexicon grows every month: whoever said no to a sentence is not asked about it each time."""
    flag = the_flag(told(cast, now))
    decide(cast.sana, now, flag, "decline")
    real = look_backs.lexicon()
    monkeypatch.setattr(look_backs, "lexicon", lambda: SimpleNamespace(edition="newer"))
    plain = look_backs.triage
    monkeypatch.setattr(look_backs, "triage", lambda account, _: plain(account, real))
    assert run(now + HOUR, codes=["chemsex_context"]).decided == 1
    flag.grounds = [{"rule": "old", "words": "G", "field": "what"}]
    flag.save(update_fields=["grounds"])
    done = run(now + 2 * HOUR, codes=["chemsex_context"])
    assert (done.decided, done.proposed, done.editions) == (0, {"chemsex_context": 1}, ["newer"])


def test_only_counting_writes_no_flag_and_is_journalled(cast: Any, now: datetime) -> None:
    """The same figures as the run that follows."""
    older(cast, now)
    counted = run(now + HOUR, dry_run=True)
    assert not CaseFlag.objects.exists()
    assert JournalLine.objects.filter(kind="look_back_ended").get().facts["dry_run"] is True
    assert figures(run(now + 2 * HOUR)) == figures(counted)


def test_only_what_was_told_since_the_day_is_read(cast: Any, now: datetime) -> None:
    """And nothing that comes in while it runs: triage reads that itself."""
    older(cast, now - 10 * HOUR)
    inside = older(cast, now)
    found = begin_look_back(actor=SYSTEM, at=now + HOUR, since_at=now)
    later = older(cast, now + 2 * HOUR)
    while found.ended_at is None:
        found = read_batch(actor=SYSTEM, at=now + 3 * HOUR, run=found.pk, most=1)
    assert (found.total, found.read) == (1, 1)
    assert set(CaseFlag.objects.values_list("disclosure", flat=True)) == {inside.pk}
    assert not later.flags.exists()


def test_asked_for_again_while_it_runs_it_is_the_same_run(cast: Any, now: datetime) -> None:
    """A double click, or the command again after a stop; another look-back has to wait."""
    older(cast, now)
    ask: dict[str, Any] = {"actor": SYSTEM, "since_at": now - YEAR}
    first = begin_look_back(at=now, **ask)
    assert begin_look_back(at=now + HOUR, **ask) == first
    with pytest.raises(FlagRefused, match="Another look-back is running"):
        begin_look_back(at=now + HOUR, codes=["online"], **ask)
    assert JournalLine.objects.filter(kind="look_back_begun").count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"codes": ["knife"]}, "No rule proposes knife. A look-back finds: chemsex_context"),
        ({"since_at": datetime(2199, 1, 1, tzinfo=UTC)}, "has not come yet"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: Any, now: datetime, more: dict[str, Any], sentence: str
) -> None:
    """A flag that only people raise; a day to come."""
    values = {"since_at": now - YEAR} | more
    with pytest.raises(FlagRefused, match=sentence):
        begin_look_back(actor=SYSTEM, at=now, **values)


@pytest.mark.parametrize("who", ["sana", "priya", "odile", "alex"])
def test_only_a_supervisor_starts_one(cast: Any, now: datetime, who: str) -> None:
    """Everybody else asks theirs."""
    with pytest.raises(FlagRefused, match="supervisor starts"):
        begin_look_back(actor=as_reader(getattr(cast, who)), at=now, since_at=now - YEAR)
    assert not LookBack.objects.exists()


def test_cut_off_anywhere_it_goes_on_from_its_last_batch(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is kept whole or not at all: after a fault the counts are those of one undisturbed run."""
    for _ in range(4):
        older(cast, now)
    counted = figures(run(now + HOUR, dry_run=True))
    real, calls = look_backs._propose, iter(range(100))

    def faulty(*args: Any) -> None:
        real(*args)
        if next(calls) % 2:
            raise OSError("the machine went down")

    monkeypatch.setattr(look_backs, "_propose", faulty)
    found = begin_look_back(actor=SYSTEM, at=now + HOUR, since_at=now - YEAR)
    while found.ended_at is None:
        try:
            found = read_batch(actor=SYSTEM, at=now + HOUR, run=found.pk, most=1)
        except OSError:
            found.refresh_from_db()
    assert figures(found) == counted
    assert CaseFlag.objects.count() == counted["proposed"]


def test_two_workers_at_once_read_each_batch_once(journey_db: None, now: datetime) -> None:
    """Whoever comes second finds it done."""
    cast = make_cast(now)
    for _ in range(3):
        older(cast, now)
    found = begin_look_back(actor=SYSTEM, at=now + HOUR, since_at=now - YEAR)

    def work() -> None:
        while read_batch(actor=SYSTEM, at=now + HOUR, run=found.pk, most=1).ended_at is None:
            pass

    at_once(work, work)
    found.refresh_from_db()
    assert (found.read, CaseFlag.objects.count()) == (3, sum(found.proposed.values()))
    assert JournalLine.objects.filter(kind="look_back_ended").count() == 1
    whole_journal()


def test_nothing_but_the_basics_is_ever_opened(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the person said about their own drugs is a vault of another purpose: it is not even asked for."""
    disclosure = older(cast, now)
    shield = Vault.new(at=now, purpose="shield")
    shield.save(force_insert=True)
    opened: list[str] = []
    real = Vault.cipher

    def watched(vault: Vault) -> Any:
        opened.append(vault.purpose)
        return real(vault)

    monkeypatch.setattr(Vault, "cipher", watched)
    run(now + HOUR)
    assert disclosure.flags.exists()
    assert set(opened) == {"personal"}
