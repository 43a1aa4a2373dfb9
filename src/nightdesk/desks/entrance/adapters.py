"""How django-allauth fits in here: two login stages of our own, no messages, and secrets sealed by our key store."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from nightdesk.actions.sign_in import note_sign_in
from nightdesk.desks.furniture.pages import database_now
from nightdesk.queries.readers import has_pin, has_second_factor, reader_of

CONTEXT = b"second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here, nobody gets mail; the only stage between password and desk is the second factor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves."""

    def get_login_stages(self) -> list[str]:
        """The second factor, and nothing else."""
        return ["nightdesk.desks.entrance.adapters.SecondFactorStage"]

    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **_: Any
    ) -> HttpResponse:
        """Write the line, and go where the person wanted to go: past the PIN page when they have none."""
        reader, used = reader_of(user), getattr(request, "second_factor_used", "skipped")
        note_sign_in(actor=reader, at=database_now(), second_factor=used)
        target = redirect_url or reverse("home")
        if has_pin(reader) or skips_second_factor(user):
            return redirect(target)
        return redirect(f"{reverse('set_pin')}?{urlencode({'next': target})}")


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """After the password: a code, or the set-up of a second factor. Nobody is signed in before it is passed."""

    key = "second_factor"
    urlname = "second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Where to go, or straight on for accounts of the fictional force."""
        if skips_second_factor(self.login.user):
            return None, True
        known = has_second_factor(reader_of(self.login.user))
        return redirect("second_factor" if known else "second_factor_set_up"), True


def skips_second_factor(staff: Any) -> bool:
    """Only accounts of the fictional force, and only in demo mode."""
    return bool(settings.DEMO and staff.is_demo)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are stored only sealed by the key store."""

    def encrypt(self, text: str) -> str:
        """Base64 of the sealed text."""
        return base64.b64encode(_keys().wrap(text.encode(), CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; raises the key store's fault when it was changed."""
        return str(_keys().unwrap(base64.b64decode(encrypted_text), CONTEXT).decode())

    def get_totp_label(self, user: Any) -> str:
        """What the app shows beside the code."""
        return str(user.username)


def _keys() -> Any:
    return import_string(settings.NIGHTDESK_KEY_PROVIDER)()
