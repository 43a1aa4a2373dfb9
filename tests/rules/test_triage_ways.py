"""Ways of telling, by kind, in every language read; and what only sounds like one of them."""

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.triage import Account, triage

FOUND = [
    ("sexual_offence", "Nurse. Patient, 77. Orderly", "He was buckling his belt behind her curtain."),
    ("sexual_offence", "M, 30", "I think I might have been violated. Could I type it?"),
    ("sexual_offence", "F, 20. Neighbour", "He shows people a video of me getting changed."),
    ("sexual_offence", "F, 24. Instructor", "He left his palm on my thigh at each set of lights."),
    ("medical_emergency", "F, 40", "I have taken every tablet in the cupboard."),
    ("sexual_offence", "F, 30. Her landlord", "He comes out without a towel and makes sure I see."),
    ("sexual_offence", "Kobieta, 30. Właściciel", "Chodzi nago po mieszkaniu i czeka, aż spojrzę."),
    ("sexual_offence", "Femme, 30. Le patron", "Il se promène tout nu et attend que je regarde."),
    ("sexual_offence", "Femeie, 30. Șeful", "Umblă gol prin casă și așteaptă să mă uit."),
    ("sexual_offence", "F, 30. Supervisor", "His elbow keeps landing on my breast when we stack."),
    ("sexual_offence", "F, 41. Second-language English", "The man he show to me his private in the lift."),
    ("sexual_offence", "F, 70. Her nephew", "He slid in beside her again on Sunday. Pretend I never said."),
    ("sexual_offence", "M, 26. A man from Hornet", "I told him no filming. A clip of me is up on Telegram."),
    (
        "sexual_offence",
        "Rapaz, 22. Um do Grindr",
        "Eu disse nada de fotos e agora há um vídeo meu no Twitter.",
    ),
    ("sexual_offence", "Mężczyzna, 22", "Mówiłem, żeby nie nagrywał. Teraz jest film ze mną na Telegramie."),
    (
        "sexual_offence",
        "Mum of M, 20",
        "He came in wearing some bloke's trousers. Can't say where he's been since nine.",
    ),
    (
        "medical_emergency",
        "F, 30. Ex",
        "He had his arm across my throat. I can't get tea down, nothing goes down.",
    ),
    ("medical_emergency", "Mujer, 30. Su ex", "Me apretó el cuello y no me pasa ni el agua."),
    (
        "medical_emergency",
        "Femme, 30. Son ex",
        "Il m'a étranglée. Je n'arrive plus à avaler, même pas l'eau.",
    ),
    ("medical_emergency", "Kobieta, 30", "Dusił mnie. Nie mogę przełknąć nawet śliny."),
    ("medical_emergency", "Homem, 30", "Levou uma facada e o sangue não para, a toalha está ensopada."),
    ("medical_emergency", "Homme, 30", "Le sang coule fort, le torchon est trempé."),
    ("medical_emergency", "Mężczyzna, 30", "Krew leci mocno, ręcznik cały przesiąknięty."),
    ("under_18", "F, 18 in a month. Her tutor", "He messages me."),
    ("under_18", "Chica, cumple 18 en marzo", "Me escribe mucho."),
    ("under_18", "Fille, pas encore 18 ans", "Il écrit tout le temps."),
    ("immediate_danger", "Girl, 9. Stepdad", "He touches her at night. She is scared to go home."),
    (
        "immediate_danger",
        "Niña, 9 años, y su tío",
        "La toca por las noches. El tío la recoge hoy a las tres.",
    ),
    (
        "immediate_danger",
        "Fille, 10 ans. Son oncle",
        "Il touche sa cuisse le soir. Elle retourne chez lui ce soir.",
    ),
]

NOT_MEANT = [
    ("sexual_offence", "F, 28. Ex", "He sat across the road in the van with the headlights off."),
    ("sexual_offence", "M, 50. Council", "Someone sprayed RAPIST on the shutter. It needs painting over."),
    ("sexual_offence", "F, 20. Student", "Wants a leaflet on the sexual offences policy for her essay."),
    (
        "sexual_offence",
        "M, 40. Roofer",
        "Slipped at work, finger trapped in the door, thumb wrapped in a rag.",
    ),
    (
        "drug_facilitated_suspected",
        "F, 50",
        "The plumber came to fix the sink and nothing on the bill adds up.",
    ),
    ("drug_facilitated_suspected", "M, 30", "He snatched it clean out of my hands by the van."),
    ("medical_emergency", "M, 40", "They shouted racist slurs at us outside the shop."),
    ("medical_emergency", "F, 40. Neighbour", "He won't move his van off my drive."),
    ("medical_emergency", "M, 60", "Wants to hand in an old pistol wrapped in a towel."),
    ("medical_emergency", "M, 20. Two men", "They pulled a knife and told me to hand my watch over."),
    ("medical_emergency", "F, 30. Boyfriend", "I went along with it, so it isn't really his fault."),
    ("under_18", "M, 30", "He looked high, pupils like saucers."),
    ("under_18", "F, 30, with a baby in a pram", "Showed her insurance."),
    ("under_18", "M, 30", "He sold me 3 grams and kept the change."),
]


def _labels(who: str, what: str, channel: str) -> set[str]:
    account = Account(who=who, what=what, when="now", channel=channel)
    return {proposal.label for proposal in triage(account, load_lexicon()).proposals}


@pytest.mark.parametrize(("label", "who", "what"), FOUND)
def test_a_way_of_telling_is_known_in_the_languages_read(label: str, who: str, what: str) -> None:
    assert label in _labels(who, what, "third_party")


@pytest.mark.parametrize(("label", "who", "what"), NOT_MEANT)
def test_the_same_words_in_another_matter_propose_nothing(label: str, who: str, what: str) -> None:
    assert label not in _labels(who, what, "counter")
