"""What is typed at the entrance."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import PasswordInput, TextInput


def plain_digits(typed: str) -> str:
    """Digits of any script as 0 to 9, without the spaces and dashes that apps show between them."""
    kept = [sign for sign in typed if not sign.isspace() and sign != "-"]
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in kept)


class DigitsField(forms.CharField):
    """A code in digits, whatever keyboard it was typed on."""

    def __init__(self, *, autocomplete: str = "off", hidden: bool = False, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric"}
        box = PasswordInput(attrs, autocomplete=autocomplete, width=10) if hidden else TextInput(
            attrs, autocomplete=autocomplete, width=10
        )  # fmt: skip
        super().__init__(max_length=40, widget=box, **kwargs)

    def to_python(self, value: Any) -> str:
        """The digits alone."""
        return plain_digits(super().to_python(value) or "")


class SignInForm(DeskForm):
    """Username and password."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        widget=TextInput({"autocapitalize": "none"}, autocomplete="username", width=20),
        error_messages={"required": _("Enter your username.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        widget=PasswordInput(width=20),
        error_messages={"required": _("Enter your password.")},
    )


class CodeForm(DeskForm):
    """A code of the authenticator app, or a recovery code."""

    code = DigitsField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        autocomplete="one-time-code",
        error_messages={"required": _("Enter the code.")},
    )


class SetUpForm(CodeForm):
    """The first code of a new second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].help_text = _("Six digits. They change every 30 seconds.")


class ReEntryForm(DeskForm):
    """Back to a locked desk."""

    typed = forms.CharField(
        label=_("PIN or password"),
        max_length=500,
        strip=False,
        widget=PasswordInput({"autofocus": True}, width=20),
        error_messages={"required": _("Enter your PIN or password.")},
    )

    def clean_typed(self) -> str:
        """Six digits of any script are a PIN; anything else is a password, as typed."""
        typed = str(self.cleaned_data["typed"])
        digits = plain_digits(typed)
        return digits if len(digits) == 6 and digits.isdecimal() else typed


class PinForm(DeskForm):
    """A new PIN, twice."""

    pin = DigitsField(
        label=_("New PIN"),
        help_text=_("Six digits, not a run like 123456 and not a repeat like 112112."),
        hidden=True,
        autocomplete="new-password",
        error_messages={"required": _("Enter a PIN of six digits.")},
    )
    again = DigitsField(
        label=_("The same PIN again"),
        hidden=True,
        autocomplete="new-password",
        error_messages={"required": _("Enter the same PIN again.")},
    )

    def clean_again(self) -> str:
        """Both must be the same."""
        if "pin" in self.cleaned_data and self.cleaned_data["again"] != self.cleaned_data["pin"]:
            raise ValidationError(_("The two PINs are not the same. Enter both again."))
        return str(self.cleaned_data["again"])
