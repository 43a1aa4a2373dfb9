"""Our components are the design system's: upstream's own pairs of options and HTML say so."""

import gzip
import json
from pathlib import Path

import pytest

from tests.furniture import upstream_components as components
from tests.furniture import upstream_fields as fields
from tests.furniture.upstream import tree

FIXTURES = json.loads(gzip.decompress((Path(__file__).parent / "fixtures" / "govuk.json.gz").read_bytes()))
OURS = {
    "button": components.button,
    "character-count": fields.character_count,
    "checkboxes": fields.checkboxes,
    "date-input": fields.date_input,
    "details": components.details,
    "error-summary": components.error_summary,
    "input": fields.input_,
    "inset-text": components.inset_text,
    "notification-banner": components.notification_banner,
    "panel": components.panel,
    "password-input": fields.password_input,
    "radios": fields.radios,
    "select": fields.select,
    "summary-list": components.summary_list,
    "table": components.table,
    "tag": components.tag,
    "task-list": components.task_list,
    "textarea": fields.textarea,
    "warning-text": components.warning_text,
}
# How many of upstream's pairs use only options that we offer: the comparison may not shrink unseen.
COMPARED = {
    "button": 34,
    "character-count": 16,
    "checkboxes": 12,
    "date-input": 4,
    "details": 10,
    "error-summary": 10,
    "input": 35,
    "inset-text": 6,
    "notification-banner": 14,
    "panel": 9,
    "password-input": 8,
    "radios": 14,
    "select": 3,
    "summary-list": 15,
    "table": 14,
    "tag": 12,
    "task-list": 6,
    "textarea": 13,
    "warning-text": 7,
}
# We turn autocomplete off in date boxes; upstream leaves it to the browser.
ALSO_IGNORED = {"date-input": ("autocomplete",)}


def compared(name):
    """Each pair that uses only options we offer: its name, our HTML and upstream's, in comparable form."""
    ignored = ALSO_IGNORED.get(name, ())
    drawn = [
        (pair["name"], OURS[name](pair["options"]), pair["html"]) for pair in FIXTURES["components"][name]
    ]
    return [
        (case, tree(ours, ignored), tree(html, ignored)) for case, ours, html in drawn if ours is not None
    ]


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_component_is_drawn_as_upstream_draws_it(name):
    cases = compared(name)
    assert [case for case, ours, theirs in cases if ours != theirs] == []
    assert len(cases) == COMPARED[name]


def test_a_wrong_class_would_be_seen():
    assert tree('<p class="a b"> x </p>') == tree('<p class="b a">x</p>')
    assert tree('<p class="a">x</p>') != tree('<p class="b">x</p>')
    assert tree("<p>x</p>") != tree("<p>y</p>")


def test_every_fixture_belongs_to_a_component_of_ours():
    assert sorted(FIXTURES["components"]) == sorted(OURS)
