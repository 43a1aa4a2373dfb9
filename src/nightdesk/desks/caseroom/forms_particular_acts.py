"""What is done with a particular: choosing between two versions, withdrawing, linking, taking back, taking over."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.particulars import SAY_WHY, SAY_WHY_WITHDRAWN
from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.caseroom.forms_particulars import Why
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes, Radios, Select
from nightdesk.outside.current import pack
from nightdesk.rules.particular import BOTH, MINE, THEIRS, Compared, may_join
from nightdesk.rules.particular_answer import codes_now_and_then, read_plain, refuse_if_not_keepable, to_plain
from nightdesk.rules.particular_field import Answer, Kind, Values

CHOOSE_PICK = _("Choose one of the two: %(field)s")
CHOOSE_LINK = _("Choose how the two belong together, and with what.")
CHOOSE_BASIS = _("Say what the link rests on.")


class ConflictForm(DeskForm):
    """One choice for each answer in which two people differ; what was typed travels along unchanged."""

    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput())
    mine = forms.CharField(widget=forms.HiddenInput())

    def __init__(
        self, data: Any = None, *, kind: Kind, rows: Iterable[Compared], seen: int = 0, mine: Values | None = None,
        why: str = "",
    ) -> None:  # fmt: skip
        self.kind, self.rows = kind, list(rows)
        initial = {"seen": seen, "mine": json.dumps(to_plain(mine or {})), "why": why}
        super().__init__(data, initial=initial)
        for row in self.rows:
            self.fields[f"pick_{row.name}"] = self._pick(row)
        if not kind.one_per_case:
            self.fields["why"] = Why(label=_("Why is it corrected?"), error_messages={"required": SAY_WHY})

    def _pick(self, row: Compared) -> forms.Field:
        ways = [(THEIRS, _("What is kept now")), (MINE, _("What you gave"))]
        if may_join(self.kind.field(row.name), row.theirs, row.mine):
            ways.append((BOTH, _("Both, one after the other")))
        label = words.field_word(self.kind.code, row.name)
        choose = CHOOSE_PICK % {"field": label}
        return forms.ChoiceField(
            label=label, choices=ways, initial=row.proposed, widget=Radios(small=True),
            error_messages={"required": choose, "invalid_choice": choose},
        )  # fmt: skip

    def picked(self) -> dict[str, str]:
        """Field → whose, of a valid form."""
        return {row.name: self.cleaned_data[f"pick_{row.name}"] for row in self.rows}


def carried(kind: Kind, typed: Mapping[str, Any], older: Sequence[Values]) -> dict[str, Answer]:
    """What travelled along with a page of two versions, of an entry that said `older` before. Raises ParticularRefused
    when it can't be read."""
    mine = read_plain(str(typed.get("mine", "")))
    refuse_if_not_keepable(
        kind, mine, {one.name: codes_now_and_then(pack(), one, older) for one in kind.fields}
    )
    return mine


class WithdrawForm(DeskForm):
    """Why an entry holds no longer."""

    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput())
    why = Why(label=_("Why does it hold no longer?"), error_messages={"required": SAY_WHY_WITHDRAWN})


class TakeBackForm(DeskForm):
    """Why a link holds no longer."""

    why = Why(label=_("Why does the link hold no longer?"))


class LinkForm(DeskForm):
    """How this entry belongs to another. `ways`: (value, words) of each kind of link with each entry that it may join."""

    to = forms.ChoiceField(
        label=_("How it belongs to another entry"), widget=Select(),
        error_messages={"required": CHOOSE_LINK, "invalid_choice": CHOOSE_LINK},
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("What does this rest on?"), choices=list(words.BASES.items()), widget=Radios(small=True),
        error_messages={"required": CHOOSE_BASIS, "invalid_choice": CHOOSE_BASIS},
    )  # fmt: skip

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "–"), *ways]  # type: ignore[attr-defined]


class TakeForm(DeskForm):
    """Which parts of the first account are taken over. `parts`: (code, words)."""

    version = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput())
    parts = forms.MultipleChoiceField(
        label=_("From the first account"), widget=Checkboxes(small=True),
        error_messages={"required": _("Choose at least one to take over."), "invalid_choice": _("Look at the list again.")},
    )  # fmt: skip

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        self.fields["parts"].initial = [code for code, _words in parts]
