"""Triage, clause by clause of the label guideline: what a person, a friend or staff might say, and what it proposes."""

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.triage import Account, triage

LIKELY = [
    "I was fast asleep on their sofa and woke up with his hands on me.",
    "She told him to stop and he took no notice at all.",
    "We agreed to kiss, nothing else, he went much further than I wanted.",
    "couldnt move or shout, just lay there till he was finished",
    "He said no rent was needed if she slept with him.",
    "My manager says I lose my shifts unless I have sex with him.",
    "Took the condom off half way through and never said.",
    "She made him have sex with her when he was too drunk to stand.",
    "Bloke opposite on the train had his trousers undone and was playing with himself.",
    "A man kept pressing himself up against me on the bus.",
    "Somebody put a hand up my skirt in the queue.",
    "Found a tiny camera hidden in the staff toilet.",
    "My ex has put our private videos on a website.",
    "They have made deepfake porn with my face and it is all round the office.",
    "She was raped at a festival years ago.",
    "dentist touched my breasts while i was under",
    "He wasn't awake, they took turns with him.",
    "Ex let himself in, held me down on the bed and had sex with me.",
    "Il m'a touchée pendant que je dormais.",
    "Mnie zgwałcił kolega z pracy.",
    "Me desperté y estaba encima de mí.",
    "Ele me estuprou ontem à noite.",
    "M-a violat un coleg de apartament.",
]
POSSIBLE = [
    "Woke up in a strange flat with no knickers on.",
    "Came home in different clothes, no memory of the evening, bruises on her thighs.",
    "Met someone off Tinder and I can't remember anything after the first drink.",
    "Something happened at my uncle's and I don't want to say it.",
    "I think I've been taken advantage of.",
    "Is there a woman officer I could speak to in private?",
    "How long do you have to report something like an assault?",
    "A man was trying to get a very drunk girl into his car.",
    "Heard a woman next door shouting no, stop, get off me.",
    "My daughter, 6, is frightened of her grandad and has started wetting the bed.",
    "He says he's going to rape me.",
    "Says he'll send my nudes to my mum unless I pay.",
    "Se réveiller nue dans un lit, aucun souvenir.",
    "No recuerdo nada de la noche, me desperté en casa de un desconocido.",
    "Nic nie pamiętam, obudziłam się u obcego faceta bez spodni.",
]
NOT_INDICATED = [
    "Agreed sex with my boyfriend, condom split, where do I get PEP?",
    "Date from Hinge went off with my wallet while I was at the bar.",
    "Workmate keeps making sexual remarks, only words.",
    "Think my drink was spiked. My sister took me home and stayed with me all night. Nothing else.",
    "Lost my phone on the night bus.",
    "Neighbour keyed my car.",
    "Two lads on a moped snatched my bag.",
    "The final was a robbery, we got raped by the referee in that game.",
    "He flashed his headlights and drove at me.",
    "My account has been frozen by the bank.",
    "Slipped on the ice outside the shop.",
    "Landlord won't return the deposit.",
    "Somebody has broken into my allotment shed.",
]


def level(label: str, what: str, **fields: str) -> str:
    """The level proposed for what was said."""
    return triage(Account(what=what, **fields), load_lexicon()).level(label)


@pytest.mark.parametrize("what", LIKELY)
def test_contact_without_agreement_or_capacity_is_likely(what: str) -> None:
    assert level("sexual_offence", what) == "likely"


@pytest.mark.parametrize("what", POSSIBLE)
def test_a_hint_is_at_least_possible(what: str) -> None:
    assert level("sexual_offence", what) in ("possible", "likely")


@pytest.mark.parametrize("what", NOT_INDICATED)
def test_another_matter_is_not_proposed(what: str) -> None:
    assert level("sexual_offence", what) == "not_indicated"


CHEMSEX = [
    ("Went to a chill-out in Vauxhall, everyone on meph.", "", "likely"),
    ("It was a party and play thing.", "", "likely"),
    ("He offered me a slam.", "", "likely"),
    ("Had some G with a guy I met on Grindr.", "M, 30", "likely"),
    ("He smoked tina and gave me some.", "Trans woman, 30. Man from Scruff", "likely"),
    ("Blank after two drinks in a gay club.", "M, 25. Unk", "possible"),
    ("Took a pill off a man at the gay sauna.", "M, 40", "possible"),
    ("A mate put GHB in her wine.", "F, 20. Friend's brother", "possible"),
    ("Found dead after going to meet a man off Grindr.", "Brother of M, 24", "possible"),
    ("Went for a coffee with someone off Hinge, he was rude.", "M, 33. Man, 35", "not_indicated"),
    ("Drink spiked in a bar.", "F, 22. Unk male", "not_indicated"),
    ("Tina from number 9 threw my bin over.", "F, 60. Tina", "not_indicated"),
    ("Big G nicked my bike.", "M, 20. Known as Big G", "not_indicated"),
    ("Told him to chill and he pushed me.", "M, 20", "not_indicated"),
    ("Bag of ice and two bottles stolen.", "Shop manager", "not_indicated"),
    ("Host of the quiz slammed the door on my hand.", "M, 44", "not_indicated"),
    ("Vitamin T and crystal glasses taken in the burglary.", "F, 71", "not_indicated"),
]


@pytest.mark.parametrize(("what", "who", "expected"), CHEMSEX)
def test_the_setting_is_told_from_words_that_only_look_like_it(what: str, who: str, expected: str) -> None:
    assert level("chemsex_context", what, who=who) == expected


DRUGGED = [
    ("My drink tasted salty and then my legs went.", "yes"),
    ("Somebody stuck a needle in my thigh on the dance floor.", "yes"),
    ("He crushed tablets into her tea.", "yes"),
    ("I'd had two bottles of wine and passed out, he was in my bed when I woke.", "yes"),
    ("Can't remember a thing after he bought me a drink.", "yes"),
    ("He kept my glass topped up with doubles and never said.", "yes"),
    ("I was asleep, sober, and woke to him touching me.", "no"),
    ("I'd had a few but I remember all of it and I said no.", "no"),
    ("He strangled me until I blacked out.", "no"),
    ("Hit by a car, can't remember anything.", "no"),
    ("He was drunk and shouted at me.", "no"),
    ("Drank a bottle of vodka at home alone and passed out.", "no"),
]


@pytest.mark.parametrize(("what", "expected"), DRUGGED)
def test_a_person_who_could_not_act_through_a_substance(what: str, expected: str) -> None:
    assert level("drug_facilitated_suspected", what) == expected


EMERGENCY = [
    ("She won't wake up, I've shaken her and shouted.", "yes"),
    ("He keeps nodding off while I'm talking to him.", "yes"),
    ("Her breathing is slow and rattly.", "yes"),
    ("his lips have gone blue", "yes"),
    ("She's having a fit on the floor.", "yes"),
    ("Tight pain across his chest.", "yes"),
    ("He's bleeding heavily and it won't stop.", "yes"),
    ("I'm pregnant and there's some blood.", "yes"),
    ("He choked me last night and now I can't swallow properly.", "yes"),
    ("Injected tina, my arm is red hot and swollen.", "yes"),
    ("He's very confused, sweating and being sick after taking G.", "yes"),
    ("I'm going to kill myself tonight.", "yes"),
    ("On ne peut pas le réveiller.", "yes"),
    ("Nie oddycha dobrze, sine usta.", "yes"),
    ("Está inconsciente y respira muy lento.", "yes"),
    ("Ele não acorda e está respirando mal.", "yes"),
    ("Nu o pot trezi și respiră greu.", "yes"),
    ("Passed out last month, fine now.", "no"),
    ("Cut my finger on the can, plaster on it.", "no"),
    ("My brother died in March.", "no"),
    ("She fainted earlier, she's fine now, the paramedics checked her over.", "no"),
    ("My phone is dead and I lost my breath test receipt.", "no"),
]


@pytest.mark.parametrize(("what", "expected"), EMERGENCY)
def test_a_red_flag_holds_now_or_it_does_not(what: str, expected: str) -> None:
    assert level("medical_emergency", what) == expected


MINORS = [
    ({"who": "F, 15. Man, 30"}, "yes"),
    ({"what": "im 16 and hes my coach"}, "yes"),
    ({"who": "Teacher. Year 10 boy", "channel": "third_party"}, "yes"),
    ({"who": "Mum of girl, 11", "channel": "third_party"}, "yes"),
    ({"what": "My son is 14 and came home with new trainers."}, "yes"),
    ({"what": "She's in sixth form."}, "yes"),
    ({"what": "tengo 15 años"}, "yes"),
    ({"what": "J'ai 16 ans."}, "yes"),
    ({"what": "Mam 17 lat."}, "yes"),
    ({"what": "Am 16 ani."}, "yes"),
    ({"what": "Tenho 15 anos."}, "yes"),
    ({"who": "F, 34", "what": "It was my stepfather, when I was nine."}, "no"),
    ({"who": "M, 50", "what": "We have been married 15 years."}, "no"),
    ({"who": "M, 28. Group of teenagers", "what": "Threw stones."}, "no"),
    ({"who": "F, 40. Ex husband", "what": "He hit me, the kids are asleep upstairs."}, "no"),
    ({"who": "M, 45. Two lads, about 16", "what": "Took my phone."}, "no"),
]


@pytest.mark.parametrize(("fields", "expected"), MINORS)
def test_a_person_who_is_under_18_now(fields: dict[str, str], expected: str) -> None:
    assert level("under_18", **{"what": "-", **fields}) == expected


DANGER = [
    ({"what": "He's waiting outside the station."}, "yes"),
    ({"what": "I'm still in his flat, locked in the bathroom."}, "yes"),
    ({"what": "He raped me and we live together, I've nowhere to go."}, "yes"),
    ({"what": "My boss groped me and I've got a shift with him tomorrow."}, "yes"),
    ({"what": "Says he will kill me tonight."}, "yes"),
    ({"what": "He hit her, he has moved out now."}, "no"),
    ({"what": "He sends messages, he lives abroad."}, "no"),
    ({"what": "My bike was stolen last week."}, "no"),
]


@pytest.mark.parametrize(("fields", "expected"), DANGER)
def test_danger_now_is_told_from_danger_past(fields: dict[str, str], expected: str) -> None:
    assert level("immediate_danger", **fields) == expected


RELATED = [
    ("Two men with a knife took my phone and wallet.", {"robbery"}),
    ("My purse has been stolen.", {"theft"}),
    ("Pay a thousand or he tells my wife.", {"blackmail"}),
    ("My ex posted my nudes online.", {"image_abuse"}),
    ("Someone spiked my drink.", {"spiking"}),
    ("He punched me in the face.", {"physical_assault"}),
    ("He keeps turning up outside my work and ringing me.", {"stalking"}),
    ("I found child abuse images on his laptop.", {"child_images"}),
    ("My brother was found dead.", {"death"}),
]


@pytest.mark.parametrize(("what", "tags"), RELATED)
def test_other_offences_are_proposed_beside_it(what: str, tags: set[str]) -> None:
    assert tags <= set(triage(Account(what=what), load_lexicon()).related())
