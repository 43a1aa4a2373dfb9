"""Whoever did it, as far as known: separate identifiers, none required."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from nightdesk.desks.counter.fields import Pick, Words
from nightdesk.desks.counter.forms_basics import free_text, words_of
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import EmailInput, PhoneInput, Select, Textarea
from nightdesk.outside.current import pack
from nightdesk.rules.basics import LONGEST_ANSWER, Suspect


class SuspectForm(DeskForm):
    """One person."""

    name_used = free_text(_("Name they used"))
    platform = Pick(label=_("App or site"), widget=Select())
    handle = free_text(_("Name or handle there"))
    phone = Words(label=_("Phone"), widget=PhoneInput())
    email = Words(label=_("E-mail"), widget=EmailInput())
    address = free_text(_("Address, or where they live"))
    vehicle = free_text(_("Vehicle"))
    description = Words(
        label=_("What they looked like"),
        longest=LONGEST_ANSWER,
        widget=Textarea(rows=2, attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = words_of(pack().platforms, "–")

    @property
    def filled(self) -> bool:
        """Whether anything stands in these boxes: then the page shows them opened."""
        return any(self[name].value() for name in self.fields)

    def suspect(self) -> Suspect:
        """What is known of one person; of an answer that is too long its beginning."""
        return Suspect(**{name: self._kept(name) for name in asdict(Suspect())})

    def _kept(self, name: str) -> str:
        field = self.fields[name]
        if name in self.cleaned_data:
            return str(self.cleaned_data[name] or "")
        return field.kept(self[name].data) if isinstance(field, Words) else ""
