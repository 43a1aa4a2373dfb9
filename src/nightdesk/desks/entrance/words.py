"""What the entrance says: roles, and why somebody has to sign in again or wait."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nightdesk.actions.second_factor import CodeRefused
from nightdesk.actions.sign_in import ReEntryRefused, SignInRefused, WaitFirst
from nightdesk.rules import terms


def role_name(role: str) -> str:
    """The role as people call it."""
    names = {
        terms.COUNTER: _("counter"),
        terms.SOIT: pgettext("role", "specialist (SOIT)"),
        terms.SUPERVISOR: _("supervisor"),
        terms.COMMANDER: _("commander"),
        terms.ANALYST: _("analyst"),
        terms.ADVISER: _("adviser"),
        terms.TRAINER: _("trainer"),
        terms.PARTNER: _("partner"),
        terms.AUDITOR: _("auditor"),
        terms.ADMIN: _("administrator"),
    }
    return names.get(role, role)


def why_again(code: str) -> str:
    """Why the person is on the sign-in page; "" when they simply came."""
    reasons = {
        "out": _("You are signed out."),
        "time": _("This session reached its longest time. What was saved is safe. Sign in again to go on."),
        "tries": _(
            "That was the fifth wrong PIN or password. What was saved is safe. Sign in in full to go on."
        ),
        "taken_over": _("Somebody else signed in at this desk. What was saved is safe."),
        "other_browser": _("This session belongs to another browser. Sign in here to go on."),
        "closed": _("This session is closed. What was saved is safe. Sign in again to go on."),
    }
    return reasons.get(code, "")


def refusal(fault: Exception) -> str:
    """A refusal in the reader's language."""
    if isinstance(fault, WaitFirst):
        sentence = ngettext(
            "Wait %(seconds)s second, then try again.",
            "Wait %(seconds)s seconds, then try again.",
            fault.seconds,
        )
        return sentence % {"seconds": fault.seconds}
    if isinstance(fault, SignInRefused):
        return _("Username or password is not right. Check both and try again.")
    if isinstance(fault, ReEntryRefused):
        sentence = ngettext(
            "That is not your PIN or password. You have %(left)s more try, then you sign in in full.",
            "That is not your PIN or password. You have %(left)s more tries, then you sign in in full.",
            fault.left,
        )
        return sentence % {"left": fault.left}
    if isinstance(fault, CodeRefused):
        return _(
            "That code is not right, or was used before. Wait for the next one in your app and type that."
        )
    return str(fault)
