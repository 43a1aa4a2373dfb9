"""The form that desks build on."""

from __future__ import annotations

from django import forms


class DeskForm(forms.Form):
    """A form whose page says what is wrong itself: the browser's own bubbles stay off (use ``novalidate``)."""

    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
