"""Form fields: text as it is kept, and dates and moments in separate boxes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.moments import Unreadable, in_zone, read_day, read_day_and_time
from nightdesk.desks.furniture.pages import storable
from nightdesk.desks.furniture.widgets import DateParts, MomentParts


class Text(forms.CharField):
    """Text without characters that no database stores; what is too long is said, and stays on the page."""

    def to_python(self, value: Any) -> str:
        """Cleaned first, so that lengths are those of what is kept."""
        return str(super().to_python(storable(value) if isinstance(value, str) else value) or "")


class DayField(forms.Field):
    """A calendar date; cleans to ``date`` or None. Initial values may be a date."""

    widget = DateParts
    default_error_messages = {"required": _("Enter a date.")}

    def prepare_value(self, value: Any) -> Any:
        """What the boxes show."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value

    def to_python(self, value: Any) -> Any:
        """The date typed, or None. Raises ValidationError naming the wrong boxes."""
        if not isinstance(value, Mapping):
            return value
        try:
            return self.read(value)
        except Unreadable as refusal:
            raise ValidationError(refusal.sentence, "unreadable", {"parts": refusal.parts}) from refusal

    def read(self, typed: Mapping[str, str]) -> date | datetime | None:
        """The value in the boxes. Raises Unreadable."""
        return read_day(typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what is shown with what was typed."""
        shown = self.prepare_value(initial) or {}
        parts = self.widget.parts
        return any((shown.get(part) or "") != ((data or {}).get(part) or "") for part in parts)


class MomentField(DayField):
    """A date and time of day in the current time zone; cleans to an aware UTC ``datetime`` or None.

    With a date and no time it means the whole day: ``end="earliest"`` gives its first minute, ``end="latest"`` its
    last, so that a range never comes out too short. The same choice settles the hour that happens twice in autumn.
    """

    widget = MomentParts
    default_error_messages = {"required": _("Enter a date and a time.")}

    def __init__(self, *, end: str = "earliest", **kwargs: Any) -> None:
        self.latest = end == "latest"
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What the boxes show, in the current time zone."""
        if isinstance(value, datetime):
            local = timezone.localtime(value)
            return {**super().prepare_value(local.date()), "time": f"{local:%H:%M}"}
        return value

    def read(self, typed: Mapping[str, str]) -> datetime | None:
        """The moment in the boxes, UTC. Raises Unreadable."""
        day, at = read_day_and_time(typed)
        if day is None:
            return None
        whole_day = time(23, 59) if self.latest else time(0, 0)
        zone = timezone.get_current_timezone()
        moment = in_zone(day, whole_day if at is None else at, zone, latest=self.latest)
        return moment.astimezone(UTC)
