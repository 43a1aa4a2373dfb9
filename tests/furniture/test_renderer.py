"""What a tired person gets when they fill in a form, and what a screen reader is told."""

import pytest
from django import forms

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkbox, PasswordInput, Radios, Textarea, TextInput
from tests.furniture.gallery import GalleryForm

ANSWERS = {"what": "raped", "when": "unknown", "place": "home", "danger": "no", "station": "a"}


def faulty(**answers):
    """The gallery form with these answers, checked."""
    form = GalleryForm({**ANSWERS, **answers})
    form.is_valid()
    return form


def test_a_form_with_one_word_of_what_is_enough_to_be_read():
    assert faulty().errors == {}


def test_an_error_is_tied_to_its_control():
    drawn = faulty(mail="x")["mail"].as_field_group()
    assert 'aria-describedby="id_mail-error"' in drawn
    assert 'id="id_mail-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "govuk-input--error" in drawn


def test_hint_and_error_are_read_in_that_order():
    assert 'aria-describedby="id_place-hint id_place-error"' in faulty(place="")["place"].as_field_group()


def test_a_group_of_choices_says_its_error_on_the_group_and_not_on_each_radio():
    drawn = faulty(danger="maybe")["danger"].as_field_group()
    assert 'aria-describedby="id_danger-hint id_danger-error"' in drawn
    assert "aria-invalid" not in drawn


def test_the_first_radio_is_what_the_error_summary_links_to():
    form = faulty(danger="")
    assert form["danger"].first_control_id == "id_danger"
    assert 'id="id_danger"' in form["danger"].as_field_group()
    assert 'id="id_danger-2"' in form["danger"].as_field_group()


def test_a_wrong_month_sends_the_person_to_the_month():
    form = faulty(**{"born-day": "1", "born-month": "13", "born-year": "1990"})
    assert form["born"].first_control_id == "id_born-month"
    assert form["born"].as_field_group().count("govuk-input--error") == 1


def test_a_missing_answer_is_named_by_its_question():
    errors = faulty(what="", danger="").errors
    assert errors["what"] == ["Enter an answer: What happened, in their own words"]
    assert errors["danger"] == ["Choose an answer: In danger now?"]


def test_a_field_keeps_its_own_sentence_for_a_missing_answer():
    class Asks(DeskForm):
        what = forms.CharField(error_messages={"required": "Say one word of what happened."})

    assert Asks({}).errors["what"] == ["Say one word of what happened."]


def test_an_answer_reveals_its_own_questions_inside_the_group():
    drawn = faulty(when="exact")["when"].as_field_group()
    assert 'data-aria-controls="conditional-id_when"' in drawn
    shown, hidden = 'class="govuk-radios__conditional" ', "govuk-radios__conditional--hidden"
    assert shown in drawn
    assert drawn.count(hidden) == 1
    assert 'name="at-day"' in drawn


@pytest.mark.parametrize("widget", [TextInput(), Textarea()])
def test_what_a_person_said_is_neither_kept_nor_sent_away_by_the_browser(widget):
    class Asks(DeskForm):
        what = forms.CharField(max_length=10, widget=widget)

    drawn = Asks()["what"].as_field_group()
    assert 'autocomplete="off"' in drawn
    assert 'spellcheck="false"' in drawn


def test_long_text_is_answered_with_a_sentence_and_never_cut_by_the_browser():
    class Asks(DeskForm):
        what = forms.CharField(max_length=5, widget=Textarea(count=5))

    form = Asks({"what": "longer than five"})
    drawn = form["what"].as_field_group()
    assert " maxlength=" not in drawn
    assert "longer than five" in drawn
    assert form.errors["what"] == ["Ensure this value has at most 5 characters (it has 16)."]


def test_a_password_never_comes_back_to_the_page():
    class Asks(DeskForm):
        pin = forms.CharField(widget=PasswordInput())

    assert "84213" not in Asks({"pin": "84213"})["pin"].as_field_group()


def test_what_was_typed_is_escaped():
    drawn = str(faulty(place='"><script>x</script>')["place"].as_field_group())
    assert "<script>" not in drawn


def test_a_single_yes_has_its_label_beside_it_and_its_hint_tied_to_it():
    class Asks(DeskForm):
        read = forms.BooleanField(label="Read back", help_text="Aloud.", required=False, widget=Checkbox())

    drawn = Asks()["read"].as_field_group()
    assert '<label class="govuk-label govuk-checkboxes__label" for="id_read">Read back</label>' in drawn
    assert 'aria-describedby="id_read-hint"' in drawn
    assert drawn.count("Aloud.") == 1


def test_an_or_stands_before_the_last_choice():
    class Asks(DeskForm):
        when = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=Radios(divider_before="b"))

    drawn = Asks()["when"].as_field_group()
    assert drawn.index('value="a"') < drawn.index("govuk-radios__divider") < drawn.index('value="b"')


def test_the_whole_form_can_be_drawn_at_once():
    drawn = str(faulty(mail="x"))
    assert "govuk-error-summary" in drawn
    assert 'type="hidden" name="token"' in drawn


def test_two_forms_on_two_threads_share_nothing():
    first, second = faulty(mail="x"), faulty()
    assert "govuk-input--error" in first["mail"].as_field_group()
    assert "govuk-input--error" not in second["mail"].as_field_group()
    assert first.fields["born"].widget is not second.fields["born"].widget
