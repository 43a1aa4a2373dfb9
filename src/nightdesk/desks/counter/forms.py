"""The counter's form as one: cleans what was typed, then builds the frozen facts that rules and actions take."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from nightdesk.desks.counter.forms_basics import BasicsForm
from nightdesk.desks.counter.forms_suspect import SuspectForm
from nightdesk.desks.furniture.forms import DeskForm
from nightdesk.rules.basics import Basics, changed_fields, with_answer_states

SUSPECTS = 3  # shown one at a time; more are described in words
PLAIN = (
    "what", "when_choice", "when_words", "where_kind", "where_words", "on_behalf", "call_me", "pronouns", "contact_phone",
    "contact_email", "contact_notes", "under_18", "danger_now", "interpreter", "officer_sex", "adviser",
)  # fmt: skip
SEVERAL = ("red_flags", "safe_ways")
NON_ANSWER_BOXES = {
    "where": "where_answer", "who_person": "person_answer", "who_suspect": "suspect_answer",
}  # fmt: skip


class CounterForm:
    """The page's forms as one: the basics and up to three suspects."""

    def __init__(
        self, data: Any = None, *, now: datetime, initial: Basics | None = None, **hidden: Any
    ) -> None:
        first = initial_of(initial) if initial else {}
        self.basics_form = BasicsForm(
            data, now=now, initial={"told_at": now.isoformat(), "channel": "counter", **first, **hidden}
        )
        known = initial.suspects if initial else ()
        self.suspect_forms = [
            SuspectForm(data, prefix=f"suspect{n}", initial=asdict(known[n]) if n < len(known) else None)
            for n in range(SUSPECTS)
        ]

    @property
    def forms(self) -> list[DeskForm]:
        """All of them, for the error summary."""
        return [self.basics_form, *self.suspect_forms]

    def is_valid(self) -> bool:
        """True when every answer could be read."""
        valid = [form.is_valid() for form in self.forms]  # every one is cleaned, also after the first fault
        return all(valid)

    @property
    def key(self) -> UUID | None:
        """The sender key; None when the page sent none that can be read."""
        self.is_valid()
        key: UUID | None = self.basics_form.cleaned_data.get("key")
        return key

    @property
    def channel(self) -> str:
        """How the telling came: the counter, unless another was chosen."""
        return self.basics_form.cleaned_data.get("channel") or "counter"

    @property
    def anything(self) -> bool:
        """Whether anything was typed or ticked at all."""
        return bool(changed_fields(with_answer_states(Basics(), {}), self.basics()))

    def faults(self) -> dict[str, Any]:
        """Each answer that could not be read as it stands, by the name of its box, with the sentence."""
        return {form.add_prefix(name): errors for form in self.forms for name, errors in form.errors.items()}

    def basics(self) -> Basics:
        """What could be read: an answer that makes no sense is left out (and stays on the page), everything else counts."""
        self.is_valid()
        form = self.basics_form
        earliest, latest = form.times()
        ticked = {question: form.kept(box) for question, box in NON_ANSWER_BOXES.items()}
        suspects = tuple(one.suspect() for one in self.suspect_forms)
        plain = {name: form.kept(name) or "" for name in PLAIN}
        if form.has_written_times():
            plain["when_choice"] = "exact"  # or the page, opened again, would show the quick answer instead
        return with_answer_states(
            Basics(
                **plain,
                **{name: tuple(form.kept(name)) for name in SEVERAL},
                earliest_at=earliest, latest_at=latest, suspects=tuple(one for one in suspects if one.known()),
            ),
            ticked | {"when": form.kept("when_choice")},
        )  # fmt: skip


def initial_of(basics: Basics) -> dict[str, Any]:
    """What the boxes show for basics that were kept."""
    initial: dict[str, Any] = {name: getattr(basics, name) for name in PLAIN}
    initial |= {name: list(getattr(basics, name)) for name in SEVERAL}
    for question, box in NON_ANSWER_BOXES.items():
        state = basics.state_of(question)
        initial[box] = state if state in ("dont_know", "rather_not") else ""
    if basics.when_choice in ("", "exact"):
        initial |= {"when_from": basics.earliest_at, "when_to": basics.latest_at}
    return initial
