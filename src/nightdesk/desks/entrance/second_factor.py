"""The second factor: its set-up at the first sign-in, and its code at every other one."""

import base64
import io
from typing import Any

import qrcode
from allauth.account.internal.stagekit import stash_login
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from qrcode.image.svg import SvgPathFillImage

from nightdesk.actions import second_factor as actions
from nightdesk.desks.entrance import words
from nightdesk.desks.entrance.adapters import SecondFactorStage
from nightdesk.desks.entrance.desk import typed
from nightdesk.desks.entrance.forms import CodeForm, SetUpForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries.readers import has_second_factor, reader_of

REFUSALS = (actions.CodeRefused, actions.WaitFirst)


@page("second_factor", "GET", "POST")
def second_factor(request: HttpRequest) -> HttpResponse:
    """A code of the authenticator app, or a recovery code."""
    stage = _stage(request)
    if stage is None:
        return redirect("sign_in")
    reader = reader_of(stage.login.user)
    if not has_second_factor(reader):
        return redirect("second_factor_set_up")
    form = CodeForm(typed(request))
    if form.is_valid():
        try:
            used = actions.check_code(actor=reader, at=database_now(), code=form.cleaned_data["code"])
        except REFUSALS as fault:
            form.add_error("code", words.refusal(fault))
        else:
            request.second_factor_used = used
            return stage.exit()
    return render(
        request, "entrance/second_factor.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("second_factor_set_up", "GET", "POST")
def second_factor_set_up(request: HttpRequest) -> HttpResponse:
    """A QR code and a key for the authenticator app, and a first code to show that it works."""
    stage = _stage(request)
    if stage is None:
        return redirect("sign_in")
    reader, secret = reader_of(stage.login.user), _secret(request, stage)
    if has_second_factor(reader):
        return redirect("second_factor")
    form = SetUpForm(typed(request))
    if form.is_valid():
        try:
            codes = actions.set_up_second_factor(
                actor=reader, at=database_now(), secret=secret, code=form.cleaned_data["code"]
            )
        except REFUSALS as fault:
            form.add_error("code", words.refusal(fault))
        else:
            return _recovery_codes(request, stage, codes)
    shown = {"form": form, "key": _in_fours(secret), "picture": _picture(stage.login.user, secret)}
    return render(request, "entrance/second_factor_set_up.html", shown, status=422 if form.is_bound else 200)


def _stage(request: HttpRequest) -> Any:
    """The sign-in that waits for its second factor in this browser; None when there is none, or it waited too long."""
    if request.user.is_authenticated:
        return None
    stage = LoginStageController.enter(request, SecondFactorStage.key)
    return stage if stage and stage.login.user and stage.login.user.is_active else None


def _secret(request: HttpRequest, stage: Any) -> str:
    """The secret that is being set up: one for the whole sign-in, sealed while it waits in the session."""
    if "sealed" not in stage.state:
        stage.state["sealed"] = get_adapter().encrypt(generate_totp_secret())
        stash_login(request, stage.login)
    return str(get_adapter().decrypt(stage.state["sealed"]))


def _recovery_codes(request: HttpRequest, stage: Any, codes: list[str]) -> HttpResponse:
    """The only time these codes are shown; the person is signed in, and goes on from here."""
    request.second_factor_used = "set_up"
    onward = stage.exit()
    return render(request, "entrance/recovery_codes.html", {"codes": codes, "onward": onward["Location"]})


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _picture(staff: Any, secret: str) -> str:
    """The QR code as an image of our own (dark on white in every theme): nothing is asked of another host."""
    drawn = io.BytesIO()
    qrcode.make(get_adapter().build_totp_url(staff, secret), image_factory=SvgPathFillImage).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
