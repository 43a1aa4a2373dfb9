"""The catalogues of translation: whole, fresh, and what a person reads at the counter is really in their language."""

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from devtools import catalogues
from devtools.catalogues import LANGUAGES, PLACEHOLDER, Message
from tests.codebase.test_words import doubting
from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, signed_in

ENOUGH = 0.9  # translated, of every language
# The count may be left out where a form is for one number alone ("two hours"): Arabic says 0, 1 and 2 as words.
ONE_NUMBER_FORMS = {"cy": range(5), "es": range(1), "pt_BR": (), "pl": range(1), "ar": range(3)}
# Words that put the person in doubt (decisions 23), or that the lines never say, in the five languages.
DOUBTING = {
    "cy": r"honedig|honnir|achwynydd|stori\b|hawlio",
    "es": r"presunt[oa]s? víctima|supuest[oa]|alega|denunciante|historia\b",
    "pt_BR": r"suposta|alega|queixosa|denunciante|história",
    "pl": r"rzekom|domniemana ofiara|twierdzi|skarżąc|historyjk|historia\b",
    "ar": r"مزعوم|المدّعي|المدعي|يزعم|تزعم|قصة",
}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?( -?[0-9]+(\.[0-9]+)?)*")


@cache
def catalogue(language: str) -> Any:
    """The catalogue in its file."""
    return catalogues.kept(language)


def live(language: str) -> list[Any]:
    """Its sentences that stand in the code and are translated."""
    return [entry for entry in catalogue(language) if not entry.obsolete and entry.translated()]


def forms(entry: Any) -> Iterator[tuple[int, str, str]]:
    """(number of the form, the English it stands for, the translation)."""
    if not entry.msgid_plural:
        yield 0, entry.msgid, entry.msgstr
    for number, said in entry.msgstr_plural.items():
        yield number, entry.msgid_plural, said


def test_the_catalogues_are_what_the_code_says() -> None:
    """Every sentence is in every .po, and every .mo is compiled from its .po."""
    assert not catalogues.stale(), "Run ./dev docs, translate what is new, and commit both."


def test_every_language_of_the_settings_has_a_catalogue() -> None:
    """Nobody chooses a language and gets English; English is what the sentences are written in."""
    offered = {translation.to_locale(code) for code, _name in settings.LANGUAGES} - {"en_GB"}
    assert offered == set(LANGUAGES) == {path.name for path in catalogues.LOCALE.iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_translated(language: str, record_property: Any) -> None:
    """Nine sentences in ten at the least; the rest is shown in English."""
    share = catalogues.share(catalogue(language))
    record_property(f"translated_{language}", share)
    assert share >= ENOUGH, [e.msgid for e in catalogue(language) if not e.obsolete and not e.translated()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_the_same_names_and_numbers(language: str) -> None:
    """A lost or misspelled placeholder is a lost phone number, or a fault on the page."""
    for entry in live(language):
        for number, english, said in forms(entry):
            wanted, got = sorted(PLACEHOLDER.findall(english)), sorted(PLACEHOLDER.findall(said))
            spoken_number = entry.msgid_plural and number in ONE_NUMBER_FORMS[language]
            assert got == wanted or (
                spoken_number and set(got) < set(wanted) and len(wanted) - len(got) == 1
            ), said
            assert said.count("%") == len(got), f"a stray % in: {said}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_is_there(language: str) -> None:
    """Welsh and Arabic have six, Polish three: the header's rule says how many."""
    count = int(re.search(r"nplurals=(\d)", catalogue(language).metadata["Plural-Forms"])[1])  # type: ignore[index]
    counted = [entry for entry in live(language) if entry.msgid_plural]
    assert counted
    assert all(sorted(entry.msgstr_plural) == list(range(count)) for entry in counted)


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("pl", 1, "pozostała 1 godzina"),
        ("pl", 3, "pozostały 3 godziny"),
        ("pl", 12, "pozostało 12 godzin"),
        ("pl", 22, "pozostały 22 godziny"),
        ("ar", 2, "بقيت ساعتان"),
        ("ar", 5, "بقيت 5 ساعات"),
        ("ar", 30, "بقيت 30 ساعة"),
        ("ar", 47, "بقيت 47 ساعة"),
        ("cy", 2, "2 awr ar ôl"),
        ("es", 1, "queda 1 hora"),
        ("es", 40, "quedan 40 horas"),
        ("pt-br", 1, "resta 1 hora"),
    ],
)
def test_hours_are_counted_as_people_say_them(language: str, number: int, words: str) -> None:
    """Through Django, as a page does: its own catalogues have other rules for the same languages."""
    with translation.override(language):
        said = translation.ngettext("%(n)s hour left", "%(n)s hours left", number) % {"n": number}
    assert said == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_plain_text(language: str) -> None:
    """Django trusts what stands in a template: a mark-up sign in a translation would break the page it lands on."""
    signs = re.compile(r'[<>"]|&(?!#?\w+;)|[\u202a-\u202e\u2066-\u2069]')
    found = [said for e in live(language) for _n, _english, said in forms(e) if signs.search(said)]
    entities = [
        said for e in live(language) for _n, _english, said in forms(e) if html.unescape(said) != said
    ]
    assert not found + entities


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_as_its_sentence_does(language: str) -> None:
    """A full stop or a colon that is lost runs two sentences together."""
    ends = str.maketrans("؟؛،", "?;,")
    for entry in live(language):
        for _number, english, said in forms(entry):
            assert said == said.strip(), said
            if english[-1] in ".?" and english[-1] != said.translate(ends)[-1]:
                pytest.fail(f"{english} → {said}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_doubts_the_person(language: str) -> None:
    """Told, said, reports; never the words for what is not believed."""
    said = [text for entry in live(language) for _n, _english, text in forms(entry)]
    assert not [text for text in said if re.search(DOUBTING[language], text, re.IGNORECASE) or doubting(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_says_that_it_is_unsigned(language: str) -> None:
    """Whoever opens it sees that no native speaker has confirmed it, and nothing that changes from run to run."""
    file = catalogue(language)
    assert "unsigned" in file.header
    assert not {"POT-Creation-Date", "PO-Revision-Date", "Last-Translator"} & set(file.metadata)


# ---- the tool ------------------------------------------------------------------------------------------------------


def test_sentences_are_read_out_of_code_under_any_name() -> None:
    """Lazy, counted, with a context, renamed at the import; other people's functions of the same name are not ours."""
    source = (
        "from django.utils.translation import gettext as _, ngettext_lazy as many, pgettext\n"
        "from other import gettext\n"
        "a = _('One')\nb = many('%(n)s hour', '%(n)s hours', 2)\nc = pgettext('role', 'Open')\nd = other('No')\n"
    )
    assert catalogues.messages_of_python(source) == [
        Message("One"),
        Message("%(n)s hour", "%(n)s hours"),
        Message("Open", context="role"),
    ]


def test_a_sentence_that_is_not_written_out_is_refused() -> None:
    """Nobody could translate it: the tool says where it is."""
    source = "from django.utils.translation import gettext\n\na = gettext(words)\n"
    with pytest.raises(ValueError, match="line 3: write the sentence out"):
        catalogues.messages_of_python(source)


def test_sentences_are_read_out_of_templates() -> None:
    """translate, _() inside another tag, blocktranslate with names, plural, context and trimmed."""
    source = (
        '{% load i18n %}<p title="{% translate \'Who (all)\' %}">{% button _("Save") %}</p>'
        '{% translate "Open" context "clock" %}'
        "{% blocktranslate trimmed with who=name %}\n  Hello {{ who }},\n  100% safe\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}"
    )
    assert catalogues.messages_of_template(source) == [
        Message("Who (all)"),
        Message("Save"),
        Message("Open", context="clock"),
        Message("Hello %(who)s, 100%% safe"),
        Message("%(n)s case", "%(n)s cases"),
    ]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of catalogues."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    return tmp_path


def test_merging_keeps_what_was_translated_and_guesses_nothing(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence that goes is set aside and comes back with its translation; a changed one is new."""
    now: dict[Message, tuple[str, ...]] = {Message("Send"): ("a.py",), Message("Go on"): ("a.py",)}
    monkeypatch.setattr(catalogues, "messages", lambda: now)
    catalogues.write()
    path = catalogues.path_of("es")
    path.write_text(path.read_text().replace('msgid "Send"\nmsgstr ""', 'msgid "Send"\nmsgstr "Enviar"'))
    assert catalogues.stale() == ["locale/es (.mo)"]
    del now[Message("Send")]
    now[Message("Send it")] = ("a.py",)
    catalogues.write()
    assert [(e.msgid, e.msgstr, e.obsolete) for e in catalogues.kept("es")] == [
        ("Go on", "", False), ("Send it", "", False), ("Send", "Enviar", True),
    ]  # fmt: skip
    now[Message("Send")] = ("b.py",)
    catalogues.write()
    assert {e.msgid: e.msgstr for e in catalogues.kept("es")}["Send"] == "Enviar"
    assert catalogues.stale() == []


def test_a_catalogue_is_written_the_same_every_time(elsewhere: Path) -> None:
    """No dates, no machine, no order that changes: a second run is no commit."""
    catalogues.write()
    first = {path: path.read_bytes() for path in sorted(elsewhere.rglob("django.*"))}
    catalogues.write()
    assert first == {path: path.read_bytes() for path in sorted(elsewhere.rglob("django.*"))}
    assert len(first) == 2 * len(LANGUAGES)


def test_what_is_compiled_holds_what_was_translated() -> None:
    """Read back by another reader than the one that wrote it."""
    import gettext

    for language in LANGUAGES:
        with catalogues.path_of(language, "mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        for entry in polib.pofile(str(catalogues.path_of(language))).translated_entries():
            if not entry.msgid_plural and not entry.msgctxt:
                assert compiled.gettext(entry.msgid) == entry.msgstr


# ---- what a person sees --------------------------------------------------------------------------------------------


def visible(page: str) -> str:
    """The words of a page: no tags, no scripts, spaces as one."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(bare))


def english_left(page: str) -> set[str]:
    """Sentences of the catalogue (two words or more) that stand on a page in English: as a text, or read out by a label."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    pieces = re.findall(r">([^<]+)<", bare) + re.findall(
        r'(?:aria-label|title|alt|placeholder)="([^"]*)"', bare
    )
    texts = {" ".join(html.unescape(piece).split()) for piece in pieces}
    return texts & {message.singular for message in catalogues.messages() if " " in message.singular}


@pytest.fixture
def pages(client: Client, cast: Cast) -> dict[str, str]:
    """Sign-in, counter, form, form with a fault and status page, by a counter officer whose desk speaks Arabic."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    shown = {"sign-in": client.get("/staff/sign-in/").content.decode()}
    counter = Counter(signed_in(client, cast.priya))
    counter.on_duty_now(cast)
    reference = counter.send(what=WHAT, when_choice="last_12_hours")
    return shown | {
        "counter": counter.page("/staff/counter/"),
        "form": counter.page("/staff/counter/new/"),
        "fault": counter.form(what="").content.decode(),
        "status": counter.page(f"/staff/counter/{reference}/"),
    }


@pytest.mark.database
@pytest.mark.django_db
def test_a_desk_that_speaks_arabic_does_so_from_right_to_left(pages: dict[str, str]) -> None:
    """Direction, language and words, on every page of the main job; nothing that is translated stays English."""
    expected = {
        "sign-in": "تسجيل الدخول",
        "counter": "شخص يريد أن يخبرنا بشيء",
        "form": "طلب مختص الآن",
        "fault": "يُرجى كتابة كلمة واحدة على الأقل عمّا حدث",
        "status": "ساعة الأدلة",
    }
    for name, words in expected.items():
        assert re.search(r'<html[^>]+lang="ar"[^>]+dir="rtl"', pages[name]), name
        assert words in visible(pages[name]), name
        assert not english_left(pages[name]), name


@pytest.mark.database
@pytest.mark.django_db
def test_drawings_are_measured_in_plain_numbers_in_every_language(pages: dict[str, str]) -> None:
    """A clock whose width says “62,5” is not drawn at all."""
    drawn = re.findall(r"<svg.*?</svg>", pages["status"], flags=re.DOTALL)
    measures = [
        n for svg in drawn for n in re.findall(r'\s(?:x|y|r|cx|cy|width|height|viewBox)="([^"]*)"', svg)
    ]
    assert len(measures) > 10
    assert all(NUMBER.fullmatch(measure) for measure in measures)
