"""Our own components: clocks, words that led to this, who was told."""

import re

import pytest
from django.template import TemplateSyntaxError, engines
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desks.furniture.marks import Piece, cut_at_marks
from nightdesk.desks.furniture.templatetags.furniture import (
    clock_bar,
    marked_words,
    paging_list,
    shown_time,
    timeline,
)
from tests.furniture.gallery import AT, PEOPLE, GalleryForm

TONES = {
    "open": "Open",
    "soon": "Soon",
    "closing": "Closing",
    "closed": "Closed",
    "later": "Later",
    "unknown": "Time not known",
}


def draw(source, **context):
    """A template with our tags loaded."""
    libraries = "{% load furniture furniture_blocks furniture_forms %}"
    return engines["django"].from_string(libraries + source).render(context)


@pytest.mark.parametrize(("tone", "word"), TONES.items())
def test_a_clock_says_its_state_in_a_word(tone, word):
    assert f">{word}</strong>" in clock_bar("Urine", "2 days left", tone, 50)


def test_a_clock_of_an_unheard_tone_is_refused():
    with pytest.raises(TemplateSyntaxError, match="tone must be one of open"):
        clock_bar("Urine", "2 days left", "red", 50)


@given(st.integers(-50, 200), st.integers(-50, 200))
def test_a_clock_bar_never_leaves_its_frame(percent, sure):
    drawn = clock_bar("Urine", "", "open", percent, sure=sure)
    assert 'width="-' not in drawn
    assert all(int(x) < 100 for x in re.findall(r'may" x="(\d+)"', drawn))


def test_what_is_only_possible_is_hatched_and_what_is_sure_is_solid():
    drawn = clock_bar("Urine", "", "open", 50, sure=30)
    assert 'nd-clock__sure" x="0" y="0" width="30"' in drawn
    assert drawn.count("nd-clock__may") == 10


def test_numbers_in_a_picture_keep_their_form_in_every_language(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert 'width="100"' in clock_bar("Urine", "", "open", 100)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=6))
def test_cutting_at_marks_loses_no_letter(text, spans):
    pieces = cut_at_marks(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_words_marked_twice_carry_both_reasons():
    assert cut_at_marks("abcdef", [(0, 4), (2, 6)]) == [
        Piece("ab", (1,)),
        Piece("cd", (1, 2)),
        Piece("ef", (2,)),
    ]


def test_marked_words_are_shown_with_their_reasons_and_escaped():
    drawn = marked_words("I had <G>", [{"start": 6, "end": 9, "label": "GHB"}])
    assert '<mark class="nd-mark">&lt;G&gt;<sup' in drawn
    assert '<q dir="auto">&lt;G&gt;</q> GHB' in drawn


def test_who_was_told_is_said_in_words_and_to_screen_readers():
    drawn = paging_list(PEOPLE)
    assert 'role="status" aria-live="polite"' in drawn
    for word in ("No answer", "Told", "Next"):
        assert f">{word}</strong>" in drawn
    assert "data-live-url" not in drawn


def test_a_list_that_nobody_is_on_says_so():
    assert "Nobody has been told yet." in paging_list([])


def test_a_list_kept_fresh_can_say_that_it_is_old():
    drawn = paging_list(PEOPLE, live_url="/live/")
    assert 'data-live-url="/live/"' in drawn
    assert "data-live-stale hidden" in drawn


def test_a_moment_is_shown_in_the_readers_zone_and_kept_exact_for_machines():
    assert shown_time(AT) == '<time datetime="2026-11-22T02:04+00:00">22 Nov 2026, 02:04</time>'


def test_a_timeline_keeps_title_and_name_apart():
    assert "Taken</h3>\n         <p" in timeline([{"title": "Taken", "byline": "Sam"}])


def test_the_error_summary_leads_to_each_first_control():
    form = GalleryForm({"born-day": "1", "born-month": "13", "born-year": "1990"})
    drawn = draw("{% error_summary form %}", form=form)
    for target in ("#id_what", "#id_when", "#id_born-month", "#id_danger"):
        assert f'<a href="{target}">' in drawn


def test_a_form_without_errors_has_no_summary():
    assert draw("{% error_summary form %}", form=GalleryForm()) == ""


def test_block_components_draw_what_stands_between_their_tags_and_escape_values():
    drawn = draw('{% details "Why" %}{{ x }}<b>y</b>{% enddetails %}', x="<i>")
    assert "&lt;i&gt;<b>y</b>" in drawn
    assert "<details" in drawn


@pytest.mark.parametrize(("kind", "title"), [("say", "Say"), ("never", "Never say")])
def test_lines_to_say_and_never_to_say_are_told_apart_by_words_and_sign(kind, title):
    drawn = draw('{% say kind=kind %}<p>"Hello"</p>{% endsay %}', kind=kind)
    assert f"nd-say--{kind}" in drawn
    assert title in drawn
    assert "<path" in drawn


def test_an_empty_list_says_what_to_do():
    drawn = draw('{% empty "Nothing tonight" href="/counter/" action="Open the counter" %}')
    assert '<a class="govuk-link" href="/counter/">Open the counter</a>' in drawn
