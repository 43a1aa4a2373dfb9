"""The short form about an unexplained death. Nothing in it is needed; each marker is yes, no, or not asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.fields import MomentField, Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import (
    MomentParts,
    PhoneInput,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from nightdesk.desks.series import deaths_words as words
from nightdesk.outside.current import pack
from nightdesk.rules.death import CHOICES, FIELDS, MARKER, NUMBERS, TEXTS, TIMES
from nightdesk.rules.terms import DEATH_SOURCES

HINTS: Final[Mapping[str, Any]] = {
    "earliest": _(
        "When they were last seen, for example. One guessed time is never kept: say between which times."
    ),
    "where": _("A street, a building, a park: as exactly as it is known."),
    "postcode": _("A part is enough to compare."),
    "phone_end": _("So that the network can be asked. It is not compared."),
    "handle": _("So that the app can be asked. It is not compared."),
    "met_name": _("Whoever they met, were with, or were last with."),
    "met_phone": _("The last four digits are enough to compare."),
    "words": _("Where things lay, what somebody said. Nothing about how they looked."),
}
SOURCES: Final = tuple((code, words.SOURCES[code]) for code in DEATH_SOURCES if code != "import")
# headings of the form, and the fields under each
PARTS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("When and where"), ("earliest", "latest", "where", "postcode", "place_kind")),
    (_("The person who died"), ("age", "app", "handle", "phone_end")),
    (_("Whom they met, or who was with them"), ("met_name", "met_handle", "met_phone")),
    (_("Drug"), ("drug", "delivery")),
)
LAST: Final = ("words", "coroner_number")


def _control(name: str, kept: str) -> forms.Field:
    asked: dict[str, Any] = {"label": words.FIELDS[name], "required": False, "help_text": HINTS.get(name, "")}
    if name in TIMES:
        return MomentField(widget=MomentParts(), end=name, **asked)
    if name in CHOICES or name == "delivery":
        older = [(kept, words.value_words(name, kept))] if kept else []
        now = words.choices_of(name)
        return forms.ChoiceField(
            choices=[("", "–"), *now, *(one for one in older if one[0] not in dict(now))],
            widget=Select(),
            **asked,
        )
    if name in NUMBERS:
        least, most = NUMBERS[name]
        box = TextInput(attrs={"inputmode": "numeric"}, width=3)
        return forms.IntegerField(min_value=least, max_value=most, widget=box, **asked)
    return Text(max_length=TEXTS[name], widget=_box(name), **asked)


def _box(name: str) -> forms.Widget:
    if name == "words":
        return Textarea(rows=3, attrs={"dir": "auto"})
    if name in ("met_phone", "phone_end"):
        return PhoneInput(width=10)
    return TextInput(attrs={"dir": "auto"}, width=10 if name == "postcode" else "")


class DeathForm(DeskForm):
    """Everything that is asked. `key`: the id that makes sending it twice one entry; `seen`: the version it starts from."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)
    source = forms.ChoiceField(label=_("How did we learn of it?"), choices=SOURCES, widget=Radios(small=True))

    def __init__(
        self,
        data: Any = None,
        *,
        key: UUID | None = None,
        seen: int = 0,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        kept = values or {}
        self.marker_codes = pack().death_markers.ids()
        markers = kept.get("markers", {})
        shown = {"key": key, "seen": seen, "source": "counter"} | {
            name: datetime.fromisoformat(kept[name]) if name in TIMES else kept[name]
            for name in FIELDS
            if name in kept
        }
        super().__init__(data, initial=shown | {f"{MARKER}{code}": said for code, said in markers.items()})
        self.fields |= {name: _control(name, kept.get(name, "")) for name in FIELDS}
        for code in self.marker_codes:
            self.fields[f"{MARKER}{code}"] = _marker(code)
        if seen:
            del self.fields["source"]  # how it was learned of does not change

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The headings with their controls."""
        return [(heading, [self[name] for name in names]) for heading, names in PARTS]

    def markers(self) -> list[Any]:
        """The controls of the markers."""
        return [self[f"{MARKER}{code}"] for code in self.marker_codes]

    def last(self) -> list[Any]:
        """What comes after them."""
        return [self[name] for name in LAST]

    def clean(self) -> dict[str, Any]:
        """The end of a time lies after its beginning."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = (self.cleaned_data.get(name) for name in TIMES)
        if first and last and first > last:
            self.add_error("latest", _("The latest time lies before the earliest."))
        return found

    def values(self, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What a valid form says; markers that the pack no longer asks stay as they were `kept`."""
        found = {name: self._told(name) for name in FIELDS}
        older = dict((kept or {}).get("markers") or {})
        asked = {code: self.cleaned_data.get(f"{MARKER}{code}") or "" for code in self.marker_codes}
        return found | {"markers": older | asked}

    def _told(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, datetime) else str(value)


def _marker(code: str) -> forms.Field:
    entry, language = pack().death_markers[code], get_language() or "en"
    return forms.ChoiceField(
        label=entry.text_in(language), required=False, widget=Radios(small=True, inline=True),
        choices=[("yes", words.SAID["yes"]), ("no", words.SAID["no"]), ("", words.SAID[""])],
    )  # fmt: skip
