"""A sheet is one PDF: readable back, accessible, the same each time, and what was typed in it stays text."""

import io
import shutil

import pytest
from pypdf import PdfReader
from typst import TypstError

from nightdesk.outside import pdf as typesetting
from nightdesk.outside.pdf import TEMPLATES, LettersMissing, pdf

SHEET = """#import "house.typ": house
#let facts = json(bytes(sys.inputs.facts))
#show: house.with(title: facts.title, lang: facts.lang)
= #facts.title
#facts.text
"""
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A folder of templates of our own, with the house's look and its fonts."""
    shutil.copytree(TEMPLATES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "sheet.typ").write_text(SHEET, encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    return tmp_path


def read_back(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def test_the_text_can_be_read_back(sheets):
    made = read_back(pdf("sheet", {"title": "Times", "lang": "pl", "text": "Zażółć gęślą jaźń. Ŵŷ. Дом."}))
    assert "Zażółć gęślą jaźń. Ŵŷ. Дом." in made.pages[0].extract_text()
    assert made.metadata.title == "Times"


def test_it_is_tagged_and_says_its_language(sheets):
    root = read_back(pdf("sheet", {"title": "Times", "lang": "cy", "text": "Dŵr"})).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "cy"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_arabic_is_shown_with_our_own_font_and_runs_from_right_to_left(sheets):
    made = read_back(pdf("sheet", {"title": "الأوقات", "lang": "ar", "text": "اشرب الماء"}))
    fonts = {font.get_object()["/BaseFont"] for font in made.pages[0]["/Resources"]["/Font"].values()}
    assert any("NotoSansArabic" in font for font in fonts)
    assert "الأوقات" in made.metadata.title


def test_what_was_typed_stays_text(sheets):
    typed = '#panic("x") *b* $1/0$ #sys.inputs.facts " \\ // /* <a> @b'
    assert typed in read_back(pdf("sheet", {"title": "Times", "lang": "en", "text": typed})).pages[
        0
    ].extract_text().replace("\n", " ")


def test_a_letter_that_cannot_be_shown_is_refused_without_quoting_it(sheets):
    with pytest.raises(LettersMissing) as refused:
        pdf("sheet", {"title": "Times", "lang": "en", "text": "日本"})
    assert "日" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_the_same_facts_make_the_same_bytes(sheets):
    facts = {"title": "Times", "lang": "en", "text": "One"}
    assert pdf("sheet", facts) == pdf("sheet", facts)


def test_a_code_goes_in_as_a_picture_with_words_for_it(sheets):
    (sheets / "label.typ").write_text(
        SHEET + '#image(bytes(facts.code), format: "svg", width: 2cm, alt: facts.text)\n', encoding="utf-8"
    )
    assert pdf("label", {"title": "Label", "lang": "en", "text": "Kit 1", "code": SQUARE}).startswith(b"%PDF")


def test_a_fault_in_a_template_is_told_as_it_is(sheets):
    with pytest.raises(TypstError, match="does not contain key"):
        pdf("sheet", {"title": "Times", "lang": "en"})
