"""Headers of every answer, cookies, and the address a request comes from."""

import subprocess
import sys
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings

from nightdesk.desks.furniture.pages import client_of

PAGES = ["/staff/sign-in/", "/staff/blank/", "/health/", "/no/such/page/", "/staff/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_strict_policy_and_is_not_kept(client: Client, address: str) -> None:
    """Pages, refusals, redirects."""
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"  # no-referrer would make every form fail its check
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "client"),
    [
        (False, "198.51.100.9", "192.0.2.1"),  # anybody can write that header
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "203.0.113.5, 198.51.100.9", "198.51.100.9"),  # the last one is what our proxy saw
        (True, "", "192.0.2.1"),
    ],
)
def test_the_address_of_a_request_is_believed_only_from_our_own_proxy(
    behind_proxy: bool, forwarded: str, client: str
) -> None:
    """Otherwise every try would come from somewhere else."""
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    ):
        assert client_of(request) == client


def test_over_https_cookies_are_bound_to_host_and_path_and_hsts_is_on(tmp_path: Any) -> None:
    """Read from the settings of a production start, in a process of its own."""
    script = (
        "from nightdesk.site import settings as s;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.DEBUG is False;"
        "assert s.PASSWORD_HASHERS[0].endswith('Argon2PasswordHasher')"
    )
    import os

    environment = {key: value for key, value in os.environ.items() if not key.startswith("NIGHTDESK_")}
    environment |= {"NIGHTDESK_SECRET_KEY": "x" * 60, "NIGHTDESK_DATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
