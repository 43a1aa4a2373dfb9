"""What is typed at the kit: the number on the bag, and when a step was done if not just now."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.moments import Unreadable, in_zone, read_time
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import TextInput

LONGEST = 60


class OpenKitForm(DeskForm):
    """The number printed on the bag; none has one made."""

    number = forms.CharField(
        label=_("Number on the bag"),
        help_text=_("Scan it or type it, such as 7EK9-4RCH-6J. No number on the bag: leave this empty."),
        required=False,
        widget=TextInput(width=20),
    )

    def clean_number(self) -> str:
        """As typed, without what no keyboard makes; the action reads it."""
        return storable(self.cleaned_data["number"])[:LONGEST]


class DoneForm(DeskForm):
    """The time at which a step was done, when it was not just now."""

    time = forms.CharField(
        label=_("Time it was done, if not just now"),
        help_text=_("Such as 23:40. Empty means now."),
        required=False,
        widget=TextInput(width=5),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_time(self) -> datetime | None:
        """The last moment at which it was that time here, aware UTC; None when the box is empty. Raises ValidationError."""
        try:
            at = read_time(storable(self.cleaned_data["time"]))
            if at is None:
                return None
            zone = timezone.get_current_timezone()
            today = self.now.astimezone(zone).date()
            moment = in_zone(today, at, zone, latest=False)
            return (
                moment if moment <= self.now else in_zone(today - timedelta(days=1), at, zone, latest=False)
            ).astimezone(UTC)
        except Unreadable as refusal:
            raise ValidationError(refusal.sentence) from refusal
