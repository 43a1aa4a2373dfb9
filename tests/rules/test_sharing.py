"""What goes into a pack and what stays: the table and what lets a group go, for every recipient and every answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.rules import passing_on, shared_pack
from nightdesk.rules.consent import Answer
from nightdesk.rules.pack_sharing import CPS, KINDS, sharing_problems
from nightdesk.rules.passing_on import PassingOnRefused
from nightdesk.rules.shared_field import ALL_FIELDS, FIELDS
from nightdesk.rules.sharing import (
    Decision,
    SharingRefused,
    Standing,
    fates,
    groups_for,
    refuse_if_no_decision,
    refuse_if_nothing_goes,
    refuse_unless_all_go,
    why_of_group,
)

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
PACK = load_pack()
TABLE = PACK.share_fields
MOVED = ("accept", "send", "confirm", "see", "turn_down", "end", "decline", "x")
PURPOSE = {"sarc": "examination", "isva": "support", "partner": "support", "cps": "charging"}


# What a person said yes to when they were asked for a group of the first table: no word of it is ever widened.
AS_ASKED = {
    "name": {"call_me", "pronouns"},
    "contact": {"contact_phone", "contact_email", "safe_ways", "contact_notes"},
    "needs": {"interpreter", "officer_sex", "adviser"},
    "safety": {"red_flags", "danger_now", "under_18"},
    "account": {"what"},
    "when_where": {"happened_when", "happened_where", "place_kind"},
    "samples": {"clock_sites", "clock_drugs", "clock_counted", "kit_steps", "exhibit_kinds"},
    "police": {"crime", "support_offered"},
    "wishes": set(FIELDS["wishes"]),
    "events": {"entry_events"},
    "ending": {"case_state", "case_outcome"},
}


def standing(kind: str, yes: str = "", no: str = "", decisions: tuple[Decision, ...] = ()) -> Standing:
    """One answer about a recipient of this kind, for its usual purpose."""
    said = Answer(
        1,
        frozenset(yes.split()),
        frozenset(no.split()),
        frozenset({PURPOSE[kind]}),
        NOW - HOUR,
        NOW + 24 * HOUR,
    )
    return Standing(PACK.recipients[kind], PURPOSE[kind], (said,) if yes or no else (), decisions)


def test_the_table_holds_every_field_and_no_other() -> None:
    """A field without a row would have no lock; a row without a field would promise something."""
    assert set(TABLE.ids()) == set(ALL_FIELDS)
    assert len(ALL_FIELDS) == len(set(ALL_FIELDS)) == sum(map(len, FIELDS.values()))


@pytest.mark.parametrize(("kind", "field"), list(product(KINDS, ALL_FIELDS)))
def test_a_field_goes_only_where_both_locks_are_open(kind: str, field: str) -> None:
    """All said yes to: what the table allows. Nothing said: nothing, but to prosecutors. Said no: nothing."""
    row = TABLE[field]
    every = " ".join(PACK.share_groups.ids())
    for said, open_lock in (({"yes": every}, True), ({}, kind == CPS), ({"no": every}, kind == CPS)):
        fate = next(one for one in fates(TABLE, standing(kind, **said), NOW) if one.field.id == field)
        assert fate.goes == (open_lock and kind in row.to), (said, fate)


def test_a_yes_never_grows_after_it_was_given() -> None:
    """A field that consent lets go comes in a group of its own: an older yes was to fewer words than a newer table has."""
    by_consent: dict[str, set[str]] = {}
    for row in TABLE:
        if set(row.to) - {CPS}:
            by_consent.setdefault(row.group, set()).add(row.id)
    assert by_consent == AS_ASKED, (
        "Give the new field a new group, with words for the person, and ask for it."
    )


def test_who_answered_before_entries_were_shared_lets_none_of_them_out() -> None:
    """Yes to every group there was: the new ones count as not asked, also for what a supervisor decided then."""
    earlier = ("name", "contact", "needs", "safety", "account", "when_where", "samples", "police")
    held = Decision("child", frozenset(earlier), NOW, NOW + 72 * HOUR)
    for kind, found in product(("sarc", "isva", "partner"), (earlier, ())):
        told = standing(kind, " ".join(found), decisions=(held,))
        later = [one for one in fates(TABLE, told, NOW) if one.field.group not in earlier]
        assert not [one for one in later if one.goes]
        assert {one.why for one in later if kind in one.field.to} == {"not_asked"}


def test_what_supports_the_person_never_gets_what_is_known_of_whoever_did_it() -> None:
    """Suspect data is for police and prosecutors, whatever the person says yes to."""
    every = " ".join(PACK.share_groups.ids())
    for kind in ("sarc", "isva", "partner"):
        gone = {one.field.group for one in fates(TABLE, standing(kind, every), NOW) if one.goes}
        assert not gone & {"suspect", "others", "people", "objects", "places", "links", "opinions"}
    assert {one.field.id for one in fates(TABLE, standing("cps"), NOW) if one.goes} >= set(FIELDS["suspects"])


def test_a_decision_opens_its_groups_until_it_ends_and_never_the_table() -> None:
    """Danger to life lets an address out, not the name of whoever did it."""
    held = Decision("danger_to_life", frozenset({"contact", "suspect"}), NOW, NOW + 72 * HOUR)
    found = standing("isva", no="contact name", decisions=(held,))
    gone = {one.field.group for one in fates(TABLE, found, NOW) if one.goes}
    assert gone == {"contact"}
    assert why_of_group("contact", found, NOW + HOUR) == "without_consent"
    assert why_of_group("contact", found, NOW + 72 * HOUR) == "declined"
    assert why_of_group("contact", found, NOW - HOUR) != "without_consent"


def test_what_is_left_out_stays_and_nothing_is_dropped_silently() -> None:
    """Whoever asks for a group that may not go is told."""
    found = standing("sarc", "name contact")
    left = [one.why for one in fates(TABLE, found, NOW, {"contact"}) if one.field.id == "contact_phone"]
    assert left == ["left_out"]
    refuse_unless_all_go(["name", "contact"], found, NOW)
    with pytest.raises(SharingRefused, match="does not cover"):
        refuse_unless_all_go(["name", "account"], found, NOW)
    with pytest.raises(SharingRefused, match="Nothing may go"):
        refuse_if_nothing_goes(fates(TABLE, standing("sarc"), NOW))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"ground": None}, "Choose the ground"),
        ({"kind": "cps"}, "Choose the ground"),
        ({"groups": ()}, "what has to be shared"),
        ({"groups": ("suspect",)}, "what has to be shared"),
        ({"reason": " "}, "why it can’t wait"),
    ],
)
def test_a_decision_without_consent_needs_its_ground_its_groups_and_a_reason(
    given: dict[str, Any], expected: str
) -> None:
    """Never silent."""
    whole = {
        "ground": PACK.share_grounds["danger_to_life"], "kind": "isva", "groups": ("contact",),
        "known": groups_for(TABLE, "isva"), "reason": "He waits outside.",
    }  # fmt: skip
    refuse_if_no_decision(**whole)  # type: ignore[arg-type]
    with pytest.raises(SharingRefused, match=expected):
        refuse_if_no_decision(**(whole | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "move"), list(product(passing_on.STATES, MOVED)))
def test_only_the_moves_of_the_table_are_possible(state: str, move: str) -> None:
    """Passing on: every state with every move."""
    if move in passing_on.MOVES[state]:
        assert passing_on.next_state(state, move) == passing_on.MOVES[state][move]
    else:
        with pytest.raises(PassingOnRefused):
            passing_on.next_state(state, move)


def test_steps_need_what_the_next_person_has_to_know() -> None:
    """Words when it fails or ends; a way and an address when a pack leaves; no time that can't be."""
    with pytest.raises(PassingOnRefused, match="in a few words why"):
        passing_on.refuse_if_incomplete("turn_down", "", None, since=NOW, at=NOW)
    with pytest.raises(PassingOnRefused, match="in the future"):
        passing_on.refuse_if_incomplete("send", "", NOW + HOUR, since=NOW, at=NOW)
    given: dict[str, Any] = {
        "way": "post", "ways": ("post",), "address": "a", "words": "w", "done_at": None, "since": NOW, "at": NOW
    }  # fmt: skip
    shared_pack.refuse_if_incomplete("send", **given)
    for move, more, words in (
        ("owe_stop", {}, "steps that the page offers"), ("send", {"way": ""}, "how it was sent"),
        ("ask_to_delete", {"address": " "}, "which address"), ("keep", {"words": ""}, "why they keep it"),
        ("never_left", {"words": ""}, "how you know"),
        ("send", {"done_at": NOW - HOUR}, "before the pack was made"),
    ):  # fmt: skip
        with pytest.raises(SharingRefused, match=words):
            shared_pack.refuse_if_incomplete(move, **(given | more))


def test_a_pack_owes_a_stop_only_for_what_went_by_consent_and_was_said_no_to() -> None:
    """Running out is no withdrawal; what went by a decision or a duty is not the person's to stop."""
    (no,) = standing("isva", no="contact").answers
    basis = {"contact": "consent"}
    assert shared_pack.owes_stop(basis, [no], NOW)
    assert not shared_pack.owes_stop({"contact": "without_consent"}, [no], NOW)
    assert not shared_pack.owes_stop({"name": "consent"}, [no], NOW)
    (yes,) = standing("isva", "contact").answers
    assert not shared_pack.owes_stop(basis, [yes], NOW + 48 * HOUR)
    assert shared_pack.owes_stop(basis, [replace(yes, withdrawn_at=NOW)], NOW)


@pytest.mark.parametrize(
    ("state", "taken", "move"),
    [
        ("made", False, "set_aside"),
        ("made", True, "owe_stop"),
        ("sent", True, "owe_stop"),
        ("sent", False, "owe_stop"),
    ],
)
def test_what_may_have_left_has_to_be_stopped(state: str, taken: bool, move: str) -> None:
    """A file in somebody's hands may be gone, whatever was written down."""
    assert shared_pack.move_when_said_no(state, taken=taken) == move
    assert move in shared_pack.MOVES[state]


def test_a_pack_whose_table_leads_nowhere_is_refused() -> None:
    """A sentence for each thing wrong."""
    from nightdesk.rules.pack_found import Entries

    rows = [replace(TABLE["what"], group="none", to=("sarc", "press"), why_not="")]
    broken = replace(
        PACK, share_fields=Entries(rows),
        recipients=Entries([replace(PACK.recipients["sarc"], services=("nobody",), longest_days=0)]),
        share_grounds=Entries([replace(PACK.share_grounds["child"], hours=0)]),
    )  # fmt: skip
    said = "\n".join(sharing_problems(broken))
    for words in (
        'group "none"',
        'recipient "press"',
        "say why",
        'service "nobody"',
        '"longest_days"',
        '"hours"',
    ):
        assert words in said
