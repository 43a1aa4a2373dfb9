"""Forms of attachments: a file with what is said of it; a withdrawal."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.attachments import Described
from nightdesk.desks.furniture.fields import Text
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import FileInput, Radios, Textarea, TextInput
from nightdesk.rules.attachment import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MEGABYTE,
    WITHDRAWN_BECAUSE,
    AttachmentRefused,
    refuse_if_too_large,
    tidy_name,
)

CHOOSE_FILE = _("Choose the file.")
CHOOSE_WHY = _("Choose why the file is withdrawn.")
BECAUSE_WORDS = {
    "wrong_case": _("It belongs to another case"),
    "twice": _("It is here twice"),
    "asked_by_person": _("The person asked for it"),
    "not_needed": _("It has nothing to do with the case"),
    "other": _("Another reason"),
}


class AttachmentForm(DeskForm):
    """A file, and what it is."""

    file = forms.FileField(
        label=_("The file"), widget=FileInput(), allow_empty_file=True,
        error_messages={"required": CHOOSE_FILE, "invalid": CHOOSE_FILE, "missing": CHOOSE_FILE},
    )  # fmt: skip
    title = Text(
        label=_("What is it?"), max_length=LONGEST_TITLE, widget=TextInput(width="two-thirds"),
        help_text=_("In a few words: profile in the app, chat of Saturday, photo of the receipt."),
        error_messages={"required": _("Say in a few words what it is.")},
    )  # fmt: skip
    origin = Text(
        label=_("Where does it come from?"), required=False, max_length=LONGEST_WORDS, widget=Textarea(rows=2),
        help_text=_("Whose phone, which app, who sent it, and when."),
    )  # fmt: skip
    shows = Text(
        label=_("What does it show?"), required=False, max_length=LONGEST_WORDS, widget=Textarea(rows=3),
        help_text=_("What can be seen or read, not what it means."),
    )  # fmt: skip
    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": CHOOSE_FILE, "invalid": CHOOSE_FILE}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.fields["file"].help_text = _(
            "A picture, a screenshot, a PDF, sound, film, a text, an office document, or the export of a chat. "
            "At most %(most)s MB."
        ) % {"most": settings.NIGHTDESK_ATTACHMENT_MB}  # fmt: skip

    def clean_file(self) -> Any:
        """Too large or empty is said here, with what to do."""
        file = self.cleaned_data["file"]
        try:
            refuse_if_too_large(file.size, settings.NIGHTDESK_ATTACHMENT_MB * MEGABYTE)
        except AttachmentRefused as refusal:
            raise ValidationError(str(refusal)) from None
        return file

    def described(self) -> Described:
        """What a valid form says of the file."""
        found = self.cleaned_data
        return Described(tidy_name(found["file"].name), found["title"], found["origin"], found["shows"])


class WithdrawForm(DeskForm):
    """Why a file is withdrawn."""

    because = forms.ChoiceField(
        label=_("Why is it withdrawn?"), choices=[(code, BECAUSE_WORDS[code]) for code in WITHDRAWN_BECAUSE],
        widget=Radios(label_size="m"), error_messages={"required": CHOOSE_WHY, "invalid_choice": CHOOSE_WHY},
    )  # fmt: skip
    words = Text(
        label=_("In a few words"), required=False, max_length=LONGEST_WORDS, widget=Textarea(rows=3),
        help_text=_("It is sealed: only who works on the case reads it."),
    )  # fmt: skip
