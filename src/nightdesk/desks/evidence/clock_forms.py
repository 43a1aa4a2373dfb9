"""What became better known of the act: boxes to tick, none of them required, and no box for words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.desks.furniture.widgets import Checkboxes
from nightdesk.outside.current import pack
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.terms import DONT_KNOW, GIVEN, NOT_ASKED, RATHER_NOT

CHOOSE = _("Choose from the answers on the page.")
NO_ANSWERS = (RATHER_NOT, DONT_KNOW)  # either says more than a code beside it


class KnownForm(DeskForm):
    """Where samples could be, and which drugs may be in the body."""

    sites = forms.MultipleChoiceField(
        label=_("Where could there be something to find?"), required=False,
        widget=Checkboxes(divider_before=DONT_KNOW), error_messages={"invalid_choice": CHOOSE},
        help_text=_("Only what the person said by themselves. Nobody asks. While it is not known, every clock runs."),
    )  # fmt: skip
    drugs = forms.MultipleChoiceField(
        label=_("Which drugs may be in the body, whoever gave them?"), required=False,
        widget=Checkboxes(divider_before=DONT_KNOW), error_messages={"invalid_choice": CHOOSE},
        help_text=_("Only for the clock: a drug adds clocks and takes none away. Nobody asks who took or gave what."),
    )  # fmt: skip

    def __init__(self, *args: Any, known: KnownOfAct, **kwargs: Any) -> None:
        initial = {
            "sites": _ticked(known.sites, known.sites_state),
            "drugs": _ticked(known.drugs, known.drugs_state),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["sites"].choices = [*_choices(pack().sites), *_no_answers()]
        self.fields["drugs"].choices = [*_choices(pack().drugs), *_no_answers()]

    def known(self) -> KnownOfAct:
        """The facts of a valid form."""
        sites, sites_state = _read(self.cleaned_data["sites"], pack().sites.ids())
        drugs, drugs_state = _read(self.cleaned_data["drugs"], pack().drugs.ids())
        return KnownOfAct(sites, sites_state, drugs, drugs_state)


def _choices(entries: Iterable[Any]) -> list[tuple[str, str]]:
    return [(entry.id, entry.label) for entry in entries]


def _no_answers() -> list[tuple[str, str]]:
    return [
        (DONT_KNOW, _now("Not known, or there may be more")),
        (RATHER_NOT, _now("They would rather not say")),
    ]


def _ticked(codes: tuple[str, ...], state: str) -> list[str]:
    return [*codes, state] if state in NO_ANSWERS else list(codes)


def _read(ticked: list[str], known: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    codes = tuple(code for code in known if code in ticked)
    state = next((code for code in NO_ANSWERS if code in ticked), GIVEN if codes else NOT_ASKED)
    return codes, state
