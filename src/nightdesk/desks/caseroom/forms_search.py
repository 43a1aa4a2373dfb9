"""The one box of the search, and what it is to be read as."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Select, TextInput
from nightdesk.rules.search_asked import LONGEST
from nightdesk.rules.search_guess import REFERENCE

KIND_WORDS = {
    REFERENCE: _("Reference"),
    "name": _("Name"),
    "phone": _("Phone number"),
    "handle": _("App handle"),
    "email": _("E-mail address"),
    "place": _("Place"),
    "plate": _("Registration mark"),
    "date": _("Day"),
}


class SearchForm(DeskForm):
    """What is looked for, and as what. It is sent in the body of a request, never in an address."""

    text = Text(
        label=_("What do you look for?"), max_length=LONGEST,
        help_text=_("A reference, name, phone, handle, e-mail, place, registration mark or day."),
        widget=TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": _("Type what you look for: a reference, a name, a phone, a handle, a place or a day.")
        },
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Read it as"), required=False, widget=Select(),
        choices=[("", _("What it looks like")), *KIND_WORDS.items()],
    )  # fmt: skip
