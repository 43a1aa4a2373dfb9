"""Logs hold codes and counts, never what a person said or typed, nor who they are."""

import json
import logging
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.site.logging import CODE, SAFE_KEYS, only_safe_keys, set_up_logging

PERSONAL = "Zainab Example 07700 900123"


@pytest.fixture(autouse=True)
def as_in_production(capsys: Any) -> None:
    """The same set-up as the server's."""
    set_up_logging()


def test_what_a_library_says_is_kept_only_as_its_name_and_the_kind_of_fault(capsys: Any) -> None:
    """Django puts addresses and values into its messages."""
    logger = logging.getLogger("django.request")
    try:
        raise KeyError(PERSONAL)
    except KeyError:
        logger.exception("Bad value %s", PERSONAL, extra={"request": PERSONAL})
    logger.warning("Not Found: /staff/case/%s/", PERSONAL)
    err = capsys.readouterr().err
    assert PERSONAL not in err
    assert "Zainab" not in err
    first, second = (json.loads(line) for line in err.splitlines())
    assert (first["event"], first["fault"], first["level"]) == ("django.request", "KeyError", "error")
    assert second["level"] == "warning"


def test_our_own_lines_keep_only_keys_that_are_known_to_be_safe(capsys: Any) -> None:
    """A key that somebody adds in a hurry is dropped."""
    structlog.get_logger().error("request", page="counter_form", status=500, what=PERSONAL, username="priya")
    line = json.loads(capsys.readouterr().err)
    assert line.keys() == {"event", "page", "status", "level", "timestamp"}


def test_a_sentence_under_a_safe_key_is_dropped_too(capsys: Any) -> None:
    """Safe keys hold codes and numbers."""
    structlog.get_logger().error("request", fault=PERSONAL, page="/staff/case/K7M2-Q9XR/?q=x", count=3)
    line = json.loads(capsys.readouterr().err)
    assert line.keys() == {"event", "count", "level", "timestamp"}


@given(st.dictionaries(st.sampled_from([*SAFE_KEYS, "what", "name", "phone"]), st.text() | st.integers()))
def test_nothing_but_codes_ever_passes(event: dict[str, Any]) -> None:
    """Whatever is logged."""
    kept = only_safe_keys(None, "", event)
    assert kept.keys() <= SAFE_KEYS
    assert all(CODE.fullmatch(str(value)) for value in kept.values())
    assert not any(" " in str(value) for value in kept.values())


def test_a_failed_sign_in_leaves_nothing_of_it_in_the_log(cast: Any, client: Any, capsys: Any) -> None:
    """Neither username nor password nor address."""
    client.post("/staff/sign-in/", {"username": "priya", "password": PERSONAL}, REMOTE_ADDR="192.0.2.77")
    client.get("/staff/Zainab/")
    err = capsys.readouterr().err
    assert not [part for part in ("priya", "Zainab", "07700", "192.0.2.77") if part in err]
