"""What can't be done is said in a sentence, with the right status, and without anything personal."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from nightdesk.site import refusals

SECRET = "Zainab Example, 14 Harrow Lane"


def test_a_page_that_is_not_there(client: Client) -> None:
    """404 with a way on."""
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.content.decode()


def test_a_script_gets_json(client: Client) -> None:
    """The same sentence."""
    answer = client.get("/no/such/page/", headers={"Accept": "application/json"})
    assert answer.json() == {
        "fault": "There is no page at this address. Go to the start page and try from there."
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"what": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)},
        {f"field{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
    ],
    ids=["ten megabytes", "too many fields"],
)
def test_more_than_one_form_can_hold_is_told_so(cast: Any, client: Client, sent: dict[str, str]) -> None:
    """413, and what to do with the rest."""
    client.raise_request_exception = False
    client.force_login(cast.priya)
    for strict in (False, True):
        client.handler.enforce_csrf_checks = strict
        answer = client.post(
            "/staff/theme/", "&".join(f"{key}={value}" for key, value in sent.items()),
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.status_code == 413
        assert "add the rest as a second entry" in answer.content.decode()


def test_an_address_opened_in_the_wrong_way_gets_a_page(client: Client) -> None:
    """Never an empty screen."""
    answer = client.get("/staff/theme/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "can’t be opened like that" in answer.content.decode()


def test_a_fault_shows_nothing_of_itself(capsys: Any) -> None:
    """Neither on the page nor in the log; status 500."""
    try:
        raise ValueError(SECRET)
    except ValueError:
        answer = refusals.fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert SECRET not in capsys.readouterr().err


def test_when_even_the_page_for_a_fault_fails_the_sentence_is_sent(settings: Any) -> None:
    """A broken template must not end in an empty screen."""
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}]
    answer = refusals.fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer.content.decode().startswith("Something went wrong on our side.")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
