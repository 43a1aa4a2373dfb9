"""The packs on disk can be used, say what they must, and a broken file is told by its line."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nightdesk.outside import packs
from nightdesk.rules.evidence_clock import health_windows, soonest, specimen_windows
from nightdesk.rules.pack import PackProblems
from nightdesk.rules.pack_directory import is_open
from nightdesk.rules.pack_entries import TO_BE_CONFIRMED, WordedEntry

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack():
    return packs.read_pack("england_wales")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of packs of our own, with an empty pack "mine" in it."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.toml").write_text('name = "mine"\n', encoding="utf-8")
    monkeypatch.setattr(packs, "packs_folder", lambda: tmp_path)
    return tmp_path / "mine"


@pytest.mark.parametrize("name", packs.pack_names())
def test_every_pack_here_can_be_used(name):
    assert packs.read_pack(name).name == name


def test_england_and_wales_is_here_and_read_once():
    assert "england_wales" in packs.pack_names()
    assert packs.load_pack() is packs.load_pack()
    assert packs.load_pack().about.time_zone == "Europe/London"
    ZoneInfo(packs.load_pack().about.time_zone)


def test_everything_unsigned_is_counted_and_nothing_is_overdue_today():
    report = packs.check_pack("england_wales", date(2026, 11, 22))
    assert not [warning for warning in report.warnings if "review was due" in warning]
    assert any(warning.startswith("specimens: 16 of 16 entries not signed") for warning in report.warnings)
    assert any(warning == "say, cy: 12 translations not signed." for warning in report.warnings)


def test_a_pack_past_its_review_names_who_should_review_what():
    report = packs.check_pack("england_wales", date(2027, 5, 23))
    due = "specimens: the review was due on 2027-05-22; Forensic services lead should review "
    assert any(warning.startswith(due) for warning in report.warnings)
    assert any(warning.startswith("pack: the review was due on 2027-05-22") for warning in report.warnings)


# ---- what the pack says -----------------------------------------------------------------------------------------------


def test_a_person_given_ghb_has_the_urine_clock_first(pack):
    windows = specimen_windows(pack.specimens, latest_at=NOW - timedelta(hours=6), now=NOW)
    assert (soonest(windows).id, soonest(windows).remaining_hours) == ("first_urine", 6)
    with_ghb = specimen_windows(
        pack.timed(), latest_at=NOW - timedelta(hours=6), now=NOW, drugs=frozenset({"ghb"})
    )
    assert with_ghb[0].id == "first_urine"  # before all while it runs
    assert (soonest(with_ghb).id, soonest(with_ghb).remaining_hours) == ("ghb_blood", 2)


@pytest.mark.parametrize(
    ("entry_id", "hours"),
    [
        ("first_urine", 12), ("mouth", 48), ("skin", 48), ("hand_or_object", 48), ("fingernails", 48),
        ("anal", 72), ("penile", 72), ("blood", 72), ("vaginal", 168), ("urine", 168), ("fibres", 168),
        ("examination", 240), ("clothing", None), ("injuries", None), ("hair", None),
    ],
)  # fmt: skip
def test_the_hours_are_the_longest_sourced(pack, entry_id, hours):
    assert pack.specimens[entry_id].hours == hours


@pytest.mark.parametrize(
    ("entry_id", "from_hours", "best_hours", "hours"),
    [
        ("pep", 0, 24, 72), ("levonorgestrel", 0, None, 72), ("ulipristal", 0, None, 120),
        ("copper_coil", 0, None, 120), ("hepatitis_b", 0, None, 1008), ("sti_tests", 336, None, None),
        ("hiv_test", 1080, None, None),
    ],
)  # fmt: skip
def test_the_health_clocks_are_those_of_the_sources(pack, entry_id, from_hours, best_hours, hours):
    care = pack.health[entry_id]
    assert (care.from_hours, care.best_hours, care.hours) == (from_hours, best_hours, hours)


def words_of_a_person(pack):
    """(entry, Words) of everything that is read aloud or given to a person beside a clock."""
    sections = (pack.specimens, pack.health, pack.avoid, pack.comforts, pack.card)
    return [(entry, words) for section in sections for entry in section for _, words in entry.worded()]


def test_what_is_said_beside_a_clock_is_there_in_every_language(pack):
    for entry, words in words_of_a_person(pack):
        for language in pack.about.languages:
            assert words.code_for(language) == language, (entry.id, language)


def test_care_is_explained_so_that_a_child_of_eleven_follows(pack):
    """Short sentences of short words: Flesch-Kincaid grade 6 is age 11."""
    for care in pack.health:
        sentences = [part for part in re.split(r"[.?!]\s*", care.say.en) if part]
        words = re.findall(r"[A-Za-z]+", care.say.en)
        syllables = sum(
            max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in words
        )
        grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
        assert max(len(part.split()) for part in sentences) <= 15, care.id
        assert grade <= 6, (care.id, round(grade, 1))


GIVES_AWAY = re.compile(
    r"\b(rape\w*|assault\w*|abuse\w*|sex\w*|police|crime|victim|evidence|forensic|swab|SARC|HIV|PEP|hepatitis|pregnan\w*"
    r"|contracept\w*|coil|vagin\w*|an(al|us)|mouth|penis|penile|drug\w*|GHB)\b",
    re.IGNORECASE,
)


def test_whoever_finds_the_card_learns_nothing(pack):
    """Every word that the card can hold, in English; the other languages say the same."""
    on_card = [line.text.en for line in (*pack.card, *pack.avoid)]
    on_card += [entry.card.en for entry in (*pack.specimens, *pack.health, *pack.services) if entry.card]
    assert len(on_card) > 30
    assert not [words for words in on_card if GIVES_AWAY.search(words)]


def test_the_list_of_things_to_avoid_is_that_of_the_sources(pack):
    assert set(pack.avoid.ids()) == {
        "toilet", "washing", "teeth", "eating", "drinking", "smoking", "clothes", "tidying",
    }  # fmt: skip
    assert "Evidence may still be there" in pack.comforts["already_done"].text.en
    assert pack.comforts.ids()[0] == "care_first"


def test_no_clock_says_that_it_is_too_late(pack):
    for hours in (1, 30, 60, 200, 2000):
        latest_at = NOW - timedelta(hours=hours)
        windows = specimen_windows(
            pack.timed(), latest_at=latest_at, now=NOW, drugs=frozenset(pack.drugs.ids())
        )
        for window in (*windows, *health_windows(pack.health, latest_at=latest_at, now=NOW)):
            assert "too late" not in (window.advice + window.label).lower()


def test_every_line_to_say_is_short_and_there_in_every_language(pack):
    assert 8 <= len(pack.say) <= 12
    for line in pack.say:
        assert len(line.text.en.split()) <= 25, line.id
        for language in pack.about.languages:
            assert line.wording_in(language).language == language, (line.id, language)


def test_every_red_flag_is_there_in_every_language_and_says_what_to_do(pack):
    for sign in pack.red_flags:
        assert {sign.wording_in(language).language for language in pack.about.languages} == set(
            pack.about.languages
        )
        assert pack.about.emergency_number in sign.do


def test_every_line_never_to_say_or_ask_says_what_to_do_instead(pack):
    assert all(line.instead for line in (*pack.never_say, *pack.never_ask))


def test_nothing_ships_signed_in_any_language(pack):
    assert len(pack.unsigned()) == sum(1 for _ in pack.entries())
    worded = [entry for _, entry in pack.entries() if isinstance(entry, WordedEntry)]
    assert not [entry.id for entry in worded if any(words.signed for words in entry.text.others.values())]


def test_general_knowledge_says_that_the_force_must_confirm_it(pack):
    unsourced = [entry for _, entry in pack.entries() if entry.source_label == "M"]
    assert unsourced
    assert all(TO_BE_CONFIRMED in entry.note for entry in unsourced)


def test_at_2am_the_day_line_is_closed_and_the_night_line_open(pack):
    night = NOW.astimezone(ZoneInfo(pack.about.time_zone))
    assert is_open(pack.services["rape_crisis_247"], night) is True
    assert is_open(pack.services["galop"], night) is False
    assert is_open(pack.services["antidote"], night) is None


def test_escalation_reaches_the_control_room_within_fifteen_minutes(pack):
    steps = [(step.layer, step.after_minutes) for step in pack.escalation]
    assert steps == [("soit", 0), ("second", 5), ("duty_di", 10), ("control_room", 15)]


BANNED = re.compile(r"\b(alleged(ly)?|claims|complainants?|stor(y|ies))\b", re.IGNORECASE)


def test_no_word_that_doubts_a_person_is_in_a_pack():
    for path in packs.packs_folder().glob("*/*.toml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert not BANNED.search(line), f"{path.name}, line {number}: {line}"


# ---- files that cannot be read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'[[say]]\nid = "a"\nid = "b"\n', "lines.toml, line 3, column "),
        (b"[[say]]\nid = nonsense\n", "lines.toml, line 2, column "),
        (b'[[say]]\nid = """a', "lines.toml, last line: "),
        (b'[[say]]\nid = "\xff"\n', "lines.toml, line 2: not UTF-8; save the file with UTF-8 encoding."),
    ],
)
def test_a_file_that_is_not_toml_is_told_by_its_line(folder, text, sentence):
    (folder / "lines.toml").write_bytes(text)
    with pytest.raises(PackProblems) as refused:
        packs.read_pack("mine")
    assert refused.value.problems[0].startswith(sentence)
    report = packs.check_pack("mine", date(2026, 11, 22))
    assert report.errors[0].startswith(sentence)
    assert not report.usable


@pytest.mark.parametrize(
    "name", ["", "..", "../packs/england_wales", "england_wales/lexicon", "atlantis", "england_wales\n"]
)
def test_a_name_that_is_no_pack_is_refused_and_leads_nowhere(name):
    with pytest.raises(PackProblems, match=r"There is no pack .*; the packs here are .*england_wales"):
        packs.read_pack(name)


def test_a_check_of_no_pack_is_one_error():
    assert len(packs.check_pack("atlantis", date(2026, 11, 22)).errors) == 1
