"""Whose case it is is asked in one place, so that a mend of the rule reaches every page."""

import re

from tests.codebase.reading import named, python_files, text_of

ASKED = re.compile(r"\bneeds_reason\(")
# The gate itself; where a reason opens the page after all; who is offered the clock's fields.
MAY_ASK = {
    "desks/furniture/theirs.py",
    "desks/caseroom/views.py",
    "desks/caseroom/views_particulars.py",
    "desks/evidence/clock_shown.py",
}


def asking(texts: dict[str, str]) -> set[str]:
    """The files that ask for themselves whether a reader needs a reason."""
    return {name for name, text in texts.items() if ASKED.search(text)}


def test_no_page_asks_by_itself_whose_case_it_is() -> None:
    """A page that is for whoever works on the case begins with `refuse_unless_theirs` or `read_theirs`."""
    found = asking(
        {named(path).removeprefix("src/nightdesk/"): text_of(path) for path in python_files("desks")}
    )
    assert found == MAY_ASK


def test_a_page_that_asks_by_itself_is_found() -> None:
    """The check can fail."""
    assert asking(
        {"a.py": "if needs_reason(request.reader, reference):", "b.py": "read_theirs(request)"}
    ) == {"a.py"}
