"""Everyday business in words that elsewhere tell of an offence, and its twin that does tell of one."""

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.triage import Account, triage

TWINS = [
    ("sexual_offence", "Somebody has been interfering with my bins.", "He interfered with me in the tent."),
    (
        "sexual_offence",
        "Someone touched up my car in the wrong colour.",
        "Someone touched me up on the dance floor.",
    ),
    ("sexual_offence", "The carer has been helping herself to the biscuits.", "He helped himself to me."),
    (
        "sexual_offence",
        "My dissertation is about rape and how the courts deal with it.",
        "I was raped at a party.",
    ),
    ("sexual_offence", "I told the salesman no three times.", "My husband, I told him no three times."),
    ("sexual_offence", "The council have said no music after nine.", "I said no and he had sex with me."),
    ("drug_facilitated_suspected", "Electricity prices spiked again.", "My drink was spiked again."),
    ("drug_facilitated_suspected", "Lost a bag with my meds in it.", "There were tablets put in my wine."),
    (
        "drug_facilitated_suspected",
        "He turned the lights off at the docks.",
        "One drink, then the lights went out.",
    ),
    (
        "medical_emergency",
        "I rang the landlord and he is not answering.",
        "She is on the floor, she is not waking up.",
    ),
    (
        "medical_emergency",
        "He says he is coming back to finish it.",
        "She has left a goodbye letter for the kids.",
    ),
    (
        "under_18",
        "The nursery have lost my daughter's buggy.",
        "My daughter is 9 and he lives next door to her.",
    ),
    ("under_18", "I coach the under 12s.", "I am 12."),
    ("related.physical_assault", "I changed the battery in the alarm.", "He battered me in the hall."),
    ("related.physical_assault", "There was a glass pipe on the side.", "He glassed me in the pub."),
    ("related.theft", "I don't want my brother nicked.", "My phone was nicked."),
    (
        "related.theft",
        "He made me do what I had said no to, sexual things.",
        "Somebody has had my phone away.",
    ),
    ("chemsex_context", "We do a chill-out set at the beach bar.", "We were at a chill-out, G and meph."),
]


def _labels(text: str) -> set[str]:
    return {proposal.label for proposal in triage(Account(what=text), load_lexicon()).proposals}


@pytest.mark.parametrize(("label", "everyday", "told"), TWINS)
def test_everyday_business_is_told_from_an_account_in_the_same_words(
    label: str, everyday: str, told: str
) -> None:
    assert label not in _labels(everyday)
    assert label in _labels(told)


def test_a_brother_of_the_flatmate_does_not_share_the_home() -> None:
    for who, shares in (("F, 20. Flatmate's brother", False), ("F, 20. Flatmate", True)):
        result = triage(Account(who=who, what="He groped me.", when="Friday"), load_lexicon())
        assert (result.level("immediate_danger") == "yes") is shares
