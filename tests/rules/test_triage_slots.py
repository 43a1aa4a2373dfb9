"""Ways of telling by slots: many different texts for each rule of the net, and as many that only look alike."""

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.triage import Account, triage


def level(label: str, who: str, what: str) -> str:
    """What triage proposes for a label, for an account told on the telephone."""
    return triage(Account(who, what, channel="phone"), load_lexicon()).level(label)


PROTECTION = [
    (
        "M 29. Grindr date",
        "Rubber was the deal. He slid it off when I turned over and said I'd never have noticed.",
    ),
    ("F 26", "Turned round and the johnny was on the pillow, not on him. He'd promised."),
    ("me, he/him", "i checked at the start he had one on. at the end he didnt. he goes oops"),
    ("F 33. Hinge", "He told her he'd used protection the whole way and laughed that he hadn't."),
    (
        "M 41",
        "Bareback was never on the table for me, my profile says so. He did it raw when he was behind me.",
    ),
    ("F, Polish", "I say him only with condom, he say yes. After I find it is not there, he throw it."),
    ("M 35. Two guys", "I'm not on prep, told both of them wrapped or not at all. Neither was wrapped."),
    (
        "F 30. Boyfriend",
        "Says he pulls it off on purpose because he hates the feel. Never told me till today.",
    ),
    ("M 52", "The agreement was sheath on, lights on. Neither was honoured once I was face down."),
    ("F 22", "I kept asking is it on and he kept saying yeah. It was in the bin still sealed."),
    ("M 27", "He came in me. I'd said outside, I'd said it three times."),
]
HELPLESS = [
    ("M 38. Host", "One more G than I could handle and I was a ragdoll. He arranged me how he liked."),
    ("M 29", "Couldn't lift my head off the mat. I could hear them deciding who was next."),
    (
        "F 23. Bloke from the bar",
        "My arms were like wet sand. He undid everything and I just watched the ceiling rose.",
    ),
    ("M 44", "They topped up my glass when I wasn't looking. Conked out. Came round to a queue."),
    ("M 33. Dom", "K-holed. He took his chance."),
    ("me 25", "i was on the floor off my nut, couldnt speak, he put it in my mouth"),
    (
        "F 21",
        "She'd had that much she couldn't have told you her name. He took her upstairs and shut the door on her mates.",
    ),
    ("M 50s", "I was floppy as a fish. He used me like a thing."),
    ("M 36", "Legs went from under me, mouth wouldn't work. He had his fill and ordered a pizza."),
    (
        "Trans woman 31. Feeld",
        "She crushed something in my lemonade. I was there but I wasn't driving. He and she did as they liked.",
    ),
    (
        "M 27",
        "Slammed me a second time when I was already gone. Clocked bits of it: weight, carpet, someone counting.",
    ),
    (
        "F 34. Colleague",
        "Only had two. By the lift I was a puppet. He had my tights off before I could work out whose room it was.",
    ),
    (
        "M 48",
        "It was like being under water with the lights on. I knew who was on me and I couldn't stop a thing.",
    ),
    ("M 22", "Went over on G, ten men in the room by the sounds, none of them thought to ask me."),
]
LIMITS = [
    ("M 31", "I said I was done. He wasn't, he said, and that settled it."),
    ("F 26", "We were fooling about. I went cold on it and said so. Made no odds to him."),
    (
        "M 45. Couple",
        "I'd come to watch. I told them that at the door. I ended up in the middle of it with my face in a pillow.",
    ),
    ("F 30. Date", "I pushed his head away, I clamped my legs shut, I cried. He took that for shyness."),
    ("me he/they", "safeword was 'banana'. used it. he said nice try"),
    ("M 28", "Hands only was the deal. He had other ideas and he's twice my size."),
    ("F 20", "I kept moving his hand. He kept moving it back. In the end I let him because it was easier."),
    ("M 34", "He wouldn't let me up till he'd had what he came for."),
    ("F 44", "I told him not that, anything but that. It was that he did."),
    ("M 57. Younger man", "I asked him to quit. He called it part of the game. It stopped being a game."),
    ("F 25", "I said ow, stop, it hurts. He said nearly there."),
    ("F, Brazil", "I tell him no, I have my period. He don't care, he hold my arms."),
    ("M 39", "The rule's no marks, no filming, no third man. He broke all of them."),
    ("F 23", "I froze like a rabbit. I never said yes. He must have known I wasn't into it, I was crying."),
]
PAID = [
    (
        "F 27. Landlord",
        "When I'm short on the rent he comes round and takes it off me another way. I shut my eyes.",
    ),
    (
        "M 24. Older man, rents him a room",
        "He said everybody under his roof earns their keep in the bedroom.",
    ),
    (
        "F 41. Supervisor",
        "He has my rota, he has my visa, he has me Thursdays in the stock room. I don't get a say.",
    ),
    ("M 19, homeless", "He gives me a bed and a shower. There's a price for it and it isn't money."),
    ("M 37, asylum seeker", "The man who do my papers he want me to touch him before he sign."),
    ("F 22, dancer", "Agent says all the girls do it for the good jobs. I did it and I was sick after."),
    ("M 29. Dealer", "I was behind on what I owe for meth. He took it out of me, if you follow."),
    ("F 35. Priest", "He told me God wanted me to comfort him. I believed it."),
    ("M 46", "He stood against the door with a bottle in his hand till I got on my knees."),
    ("F 18. Driving examiner", "Said I could pass if I was good to him in the back."),
    ("M 26", "He wouldn't give my clothes back till I'd seen to him and his friend."),
    (
        "F, Filipina, nanny",
        "Sir say if I don't massage him he send me home to my country. He want more than massage.",
    ),
    ("F 30. Ex", "He said sleep with him one more time or he doesn't bring our son back Sunday. I did it."),
]
CARE = [
    ("F 29. Chiropractor", "His thumb went in under the elastic. I said is that meant to be part of it."),
    ("M 18. Scout leader", "Checked us all for ticks, he said. Nobody else got checked there."),
    ("F 55. Dentist", "Leaned on me with the front of him. Every time I shifted he shifted."),
    ("F 33. Yoga teacher", "His adjustments are always with his pelvis."),
    ("M 40. Osteopath", "Towel off, door locked, and he wasn't looking at my spine."),
    ("F 72. Home carer", "He takes a long time drying me. He never used to dry me there."),
    ("F 24. Tutor", "Sat so close, hand creeping up my leg while I read. I lost my place."),
    ("F 31. Paramedic", "He listened to my heart with his hand inside my bra and no stethoscope."),
    ("F 46. Counsellor", "He said it would help me trust men. He undressed me himself."),
    ("M 21. Music teacher", "He corrects my breathing with his palm flat on my crotch."),
    ("F 39. Tattooist", "He asked me to take off far more than he needed and then his glove came off too."),
    ("F 28. Boss", "He rubs my shoulders and his hands travel. I've told him I don't like it."),
]
SHOWN = [
    ("F 37", "Man in a car asked directions, when I bent down he'd nothing on from the waist and was busy."),
    ("F 52", "He had his hand going in his pocket the whole time he stared at us."),
    ("me", "this guy on the bus got it out and put his newspaper over and off again looking at me"),
    ("F 29", "Packed tube. Something hard on my hip that wasn't a bag. He moved when I moved."),
    ("F 43", "Neighbour stands at his window starkers, waves it about when I bring the bins in."),
    ("M 35", "Fella in the next cubicle stuck his hand under and took hold of me."),
    ("F 20", "got airdropped a d pic on the tram by someone in the same carriage"),
    ("F 48, dog walker", "He dropped his shorts and bent over as I went by, then followed me doing it."),
    (
        "F 61",
        "There's a man keeps ringing the charity shop and he's breathing and it's clear what he's about.",
    ),
    ("F 34, runner", "Came up on an e-bike, handful of my backside, off before I could blink."),
    ("F 26", "Someone had his hand between my legs in the mosh pit and I couldn't see who."),
    ("F 31", "He'd finished on the back of my coat, I found it when I got off at Bank."),
]
PICTURES = [
    ("F 25. Ex", "All my privates are on a site with my name and my work. I never put them there."),
    ("F 30", "Man in the next changing room had his phone over the top."),
    ("M 22. Ex boyfriend", "The vid we did for us two is on Twitter. My mum's friends have seen it."),
    (
        "F 19. Boys in her year at uni",
        "They've stuck my face on a naked woman and it's gone round the whole halls.",
    ),
    ("F 45. Lodger", "Pen on the bathroom shelf. It isn't a pen. It's got an SD card."),
    ("F 28", "Caught a lad with his mobile under my skirt on the escalator."),
    ("M 33", "He had a camera in the bookcase running while we were at it. I'd no idea."),
    (
        "F 36. Husband",
        "I found a folder of me in the shower, on the loo, asleep. He swaps them with other men.",
    ),
    ("me", "my onlyfans is paywalled n blurred but someone made a fake one of me full on with AI"),
    ("M 17", "sent a girl a pic it was a bloke n now its on everyones phone"),
    ("F 23. Ex", "He'll put our videos on Facebook if I don't come back to him."),
    ("M 40. Grindr contact", "He's got the pictures I sent and says £500 or they go to my wife."),
]
HINTS = [
    ("F, early 20s", "Won't sit, won't give a name, keeps asking if there's a woman she could see."),
    ("M 30s", "Asked how many days you've got to have a swab done. For a mate, he said."),
    ("F", "I don't want to make a fuss. It's about what he did on Friday. I can't say the word."),
    (
        "F 19's flatmate",
        "She came in at six, went straight in the bath in her clothes, and hasn't said one word since.",
    ),
    ("M 50s", "Says he had a bad experience with a man he'd met and wouldn't be drawn."),
    ("F 33", "Is it only a crime if you fought? That's all I want to know."),
    ("M 26", "I don't know what I'm reporting. I know I'm sore and I know I didn't want to be there."),
    ("F 44", "Back then you didn't call it anything. It was just Mr Harris and his office."),
    (
        "Daughter. Mum, 79, in a home",
        "She won't be changed by the man with the earring. She holds her nightie down with both fists.",
    ),
    ("Friend of M 20", "He's burnt the sheets. He's burnt the clothes. He won't tell me why."),
    ("F 28", "I've woken with my tampon gone and no idea how I got to his."),
    ("M 24", "Woke in my own bed, jeans on the wrong way round. Uber says I got in with somebody."),
    (
        "F 21",
        "There's a hole in the night between the second bar and a bus shelter. My bra was in my pocket.",
    ),
    ("F 37, whispering", "It's about my husband. It's what he does at night. I can't talk long."),
]
HARMLESS = [
    ("M 40", "Paintwork on the wing needs touching up after he scraped it."),
    ("Farmer", "Sheep got into the rape and flattened a hundred metres of it."),
    ("Allotment holder", "Fly tippers dumped a mattress by the rape field."),
    ("F 50", "We were raped by that estate agent, two per cent and did nothing."),
    ("M 35. Plumber", "Screwed me over for nine hundred quid."),
    ("F 29", "My nan's grave has been violated, flowers ripped up."),
    ("M 44", "He took advantage of the offer and then charged me full whack."),
    ("F 33", "The flasher on the alarm box has been going all night."),
    ("M 23, soldier", "Passed out of Sandhurst on Friday, kit bag stolen after."),
    ("F 60", "The boiler man came and stripped the wallpaper by mistake."),
    ("M 31", "Left at the altar, she's kept the ring. Is that theft?"),
    (
        "F 27. Ex",
        "He keeps ringing to say he loves me. I told him it's over and he won't accept it. Forty calls.",
    ),
    ("M 55", "Penetrating oil sprayed over my windscreen by kids."),
    ("F 48", "The dog had its mouth round her arm."),
    ("M 38. Grindr date", "Lovely night, both keen. Left at six and so did my laptop."),
    (
        "M 29",
        "Chemsex party, all agreed, I've no complaint there. On the way home three lads jumped me for my bag.",
    ),
    ("M 45", "We'd done meth and had sex, my idea. Now he wants a grand or he tells my boss I use."),
    ("M 33", "Had a slam on Saturday, my arm's gone red and hot. Nobody did anything to me."),
    ("F 22", "Drink tasted funny, my mates took me home, nothing else happened. Want to log it."),
    ("F 36", "Condom split, both of us gutted, where's the nearest clinic?"),
    ("M 27. Flatmate", "He walks in the bathroom without knocking, drives me mad. Eats my cheese."),
    ("F 41", "My manager told me off in front of everyone and I was shaking with rage."),
    ("F 30. Uber driver", "He took a wrong turn and charged me for it and was rude when I complained."),
    ("M 50", "I fell asleep on the bus and woke to find my wallet gone."),
    ("F 24", "I woke up in A&E with no memory, I'd come off my bike. Helmet saved me."),
    ("M 61", "The surgeon left a swab in me. I want to complain."),
    (
        "F 45. Neighbour",
        "Parks across my drive, plays drum and bass, his dog gets on top of my wheelie bins.",
    ),
    ("M 20", "Rugby tackle, studs in the groin, one testicle swollen. It was the game."),
    ("F 34", "Airport scanner lady patted me down, then they lost my bag."),
    ("M 47. Neighbour", "Chemsex lot upstairs at it all weekend. Bass through the floor. Council won't act."),
    ("F 52, warden", "A user was found with G and a pipe in his room, he says it's his, wants rehab."),
    ("M 36", "My boyfriend has gone off with my car after a row. He'd been smoking T."),
    ("F 23", "A man in the club called me a slag and threw a drink in my face."),
    ("M 19", "Lads shouted what they'd do to me if I was a bird. Words only, they didn't come near."),
    ("F 38", "Saw a film about a woman who was raped and it upset me, the cinema should warn people."),
    ("M 58", "I need the form for my DBS. I work with abused children."),
    ("F 26", "Bumped into on the tube, spilt her tea down my front, phone's wet."),
    ("M 42", "Somebody's cut the hose and interfered with the brakes on my motorbike."),
    ("F 31. Date", "No spark, I left at nine, he was a gentleman. Purse went on the bus after."),
    ("F 70", "She's wandered off in her nightie again, she has dementia."),
]
LOOKS = [
    ("F 30", "Suspect walked with a limp, drooling, eyes rolled back, breathing heavily. He grabbed my bag."),
    ("F 41", "He was sweating, grey in the face, shaking like he needed a fix. Ran off towards the park."),
    ("M 22", "Attacker: slurred speech, unsteady, bleeding from the nose, about 40."),
    ("M 35", "Passed out at his place on Saturday. I'm all right in myself now."),
    ("F 27", "He choked me last week. Bruise has gone, I swallow fine."),
    ("M 40", "Overdosed in the spring, came through it, been clean since."),
    ("F 33", "My chest was tight all night with worry, it's gone off now."),
    ("M 19", "Kicked in the ribs, bit sore. Doctor says nothing broken."),
    ("F 24", "Felt like I was going to die when he was on me. Physically I'm fine."),
    ("F 60", "He's in hospital, stable, they've stopped the bleeding."),
]
NEAR = [
    ("F 30. Ex", "He's in my back garden. I can see his cigarette."),
    ("F 25. Boyfriend", "He'll be home at six and he'll start again."),
    ("F 44. Husband", "I've locked myself in the box room. He's on the landing. He hit me with the lamp."),
    ("M 28", "I'm still at his. He's in the shower. He took my keys."),
    ("F 19. Lad in halls", "Groped me in the kitchen. His door is opposite mine."),
    ("F 33. Manager", "Hand up my skirt. I'm in with him at two."),
    ("F 81. Porter", "He touches her at bath time, he's on again tonight."),
    ("F 27. Ex", "Texted 'on my way, ten mins, say your prayers'."),
    ("Neighbour", "He's dragging her up the stairs by the hair, it's happening now."),
    ("F 36. Lodger", "He came in my room and got on me. He still lives with us, rent's paid till June."),
    ("M 40", "They're driving round looking for me, I can see the Audi."),
    ("F 24. Stepfather", "He raped me Sunday. I've got to go home after this, it's his house."),
    ("F 20. Trainer", "He put his hand in my leggings. PT session with him first thing tomorrow."),
]
FAR = [
    ("F 30. Ex", "He raped me in June. He's in prison till 2030."),
    ("F 26. Husband", "I've moved to my sister's in Leeds and he doesn't know where."),
    ("M 33", "He says he'll post my nudes by Friday."),
    ("F 41", "Stranger groped me on the tube and got off at the next stop."),
    ("M 29", "He knows where I live but it's only texts."),
    ("F 22", "The plumber's due at four, he overcharged last time."),
    ("M 50", "They nicked my van and drove off this morning."),
    ("F 35", "It was years ago, we shared a flat then. He emigrated."),
    ("M 24", "Robbed at a chill. They left with my phone. I'm home safe with my mum."),
    ("F 28", "Locked out of my flat now, left the keys in it."),
]
YOUNG = [
    ("me, yr 12", "someone put something in my drink at a party"),
    ("Mum of a lad doing his GCSEs", "He was jumped at the bus stop."),
    ("M, college, turns 18 next Feb", "A man followed me home."),
    ("me n my mate shes 15 im 16", "a guy flashed us"),
    ("Aunt. Niece in Year 7", "Phone taken off her."),
    ("Lad, looks about 15, school blazer", "Wouldn't say what's wrong."),
    ("F, 17 in a fortnight", "My boyfriend hit me."),
    ("my form tutor said to come", "its about my mums boyfriend. i sit my mocks in jan"),
    ("Scout leader re one of his cubs", "Somebody took a picture of him in the showers."),
    ("me", "im fifteen and a half"),
    ("Carer. Two sisters 12 and 14", "They got followed."),
    ("Foster mum. S, sixteen last week", "missing"),
]
GROWN = [
    ("F 45. Her son 8 was asleep upstairs", "My husband hit me."),
    ("F 38", "When I was 13 my uncle used to come in."),
    ("M 52", "Kids on bikes about 14 took my phone."),
    ("F 29, teacher", "A parent followed me to my car."),
    ("M 33", "It was after school, I was a young lad then."),
    ("F 31", "Two kids at home, he broke in."),
    ("F 24", "My year 2 class saw him shouting at me at the gate."),
    ("M 19", "I'm a fresher. Someone took my bike."),
]


@pytest.mark.parametrize(("who", "what"), PROTECTION)
def test_protection_that_was_taken_off_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), HELPLESS)
def test_a_body_that_would_not_answer_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), LIMITS)
def test_a_limit_that_was_passed_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), PAID)
def test_what_was_asked_for_in_kind_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), CARE)
def test_care_that_was_none_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), SHOWN)
def test_what_was_shown_or_pressed_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), PICTURES)
def test_pictures_that_went_out_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), HINTS)
def test_what_is_only_hinted_at_is_asked_about(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) in ("likely", "possible")


@pytest.mark.parametrize(("who", "what"), HARMLESS)
def test_what_only_sounds_like_an_offence_is_none(who: str, what: str) -> None:
    assert level("sexual_offence", who, what) == "not_indicated"


@pytest.mark.parametrize(("who", "what"), LOOKS)
def test_how_a_suspect_looked_and_what_has_passed_are_no_emergency(who: str, what: str) -> None:
    assert level("medical_emergency", who, what) == "no"


@pytest.mark.parametrize(("who", "what"), NEAR)
def test_one_who_is_near_or_due_is_a_danger(who: str, what: str) -> None:
    assert level("immediate_danger", who, what) == "yes"


@pytest.mark.parametrize(("who", "what"), FAR)
def test_one_who_is_far_away_is_none(who: str, what: str) -> None:
    assert level("immediate_danger", who, what) == "no"


@pytest.mark.parametrize(("who", "what"), YOUNG)
def test_an_age_is_known_by_school_and_birthdays(who: str, what: str) -> None:
    assert level("under_18", who, what) == "yes"


@pytest.mark.parametrize(("who", "what"), GROWN)
def test_children_of_the_house_are_not_the_person(who: str, what: str) -> None:
    assert level("under_18", who, what) == "no"


@pytest.mark.parametrize("sign", ["won't wake up", "lips have gone blue", "can't breathe", "is fitting"])
def test_an_emergency_beside_a_suspects_description_is_still_one(sign: str) -> None:
    what = f"Suspect had a limp, slurred speech, drooling. He hit my friend and my friend {sign}."
    assert level("medical_emergency", "F, 30", what) == "yes"
