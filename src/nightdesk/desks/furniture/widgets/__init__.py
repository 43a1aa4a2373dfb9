"""The controls of the design system. Give each form field one of these; Django's own widgets stay unstyled.

All take ``label_size`` ("s", "m", "l", "xl") and ``heading=True`` (the label is the page's h1). Text controls default to
no autocomplete and no spell-checking: on a shared terminal both can keep, or send away, what a person said.
"""

from nightdesk.desks.furniture.widgets.choices import Checkbox, Checkboxes, Choices, Radios
from nightdesk.desks.furniture.widgets.parts import DateParts, MomentParts
from nightdesk.desks.furniture.widgets.text import (
    EmailInput,
    FileInput,
    PasswordInput,
    PhoneInput,
    Select,
    Textarea,
    TextInput,
)

__all__ = [
    "Checkbox",
    "Checkboxes",
    "Choices",
    "DateParts",
    "EmailInput",
    "FileInput",
    "MomentParts",
    "PasswordInput",
    "PhoneInput",
    "Radios",
    "Select",
    "TextInput",
    "Textarea",
]
