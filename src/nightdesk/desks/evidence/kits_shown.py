"""What the kit's templates get: facts turned into words and rows."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.outside.current import pack
from nightdesk.queries.kits import KitSeen
from nightdesk.rules import kit as rule
from nightdesk.rules.pack_kit import DRINK, NEEDS, TOILET, KitStep

OUTCOMES: Final = {
    rule.DONE: (gettext_lazy("Done"), "green"),
    rule.DECLINED: (gettext_lazy("They would rather not"), "grey"),
    rule.NOT_POSSIBLE: (gettext_lazy("Not possible now"), "yellow"),
}
NEED_WORDS: Final = {
    TOILET: gettext_lazy("They must use the toilet now"),
    DRINK: gettext_lazy("They need to drink now"),
}
MAY_WORDS: Final = {
    TOILET: gettext_lazy("They may use the toilet now"),
    DRINK: gettext_lazy("They may drink now"),
}
BECAUSE: Final = {
    TOILET: gettext_lazy("First this, then they go. It waits for nobody."),
    DRINK: gettext_lazy("First this, then they drink. A no is a good answer too."),
    "offered": gettext_lazy("Nothing holds this back any more."),
    "order": "",
}


def languages() -> list[tuple[str, str]]:
    """The languages the words can be read aloud in: code and own name."""
    return list(settings.LANGUAGES)


def asked_for(query: Mapping[str, str]) -> dict[str, str]:
    """What the address asks for, unknown values left out: need, may (a need that was met), say (language), step."""
    known = {
        "need": NEEDS,
        "may": NEEDS,
        "say": tuple(code for code, _name in settings.LANGUAGES),
        "step": pack().kit_steps.ids(),
    }
    return {name: query[name] for name, values in known.items() if query.get(name, "") in values}


def way(reference: str, **asked: str) -> str:
    """The address of the kit page that asks for this, at the step that is open."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("kit", args=[reference]) + (f"?{query}" if query else "") + "#now"


def kit(reference: str, kits: tuple[KitSeen, ...], asked: Mapping[str, str]) -> dict[str, Any]:
    """The page: the newest kit with its next step, or the way to open one; earlier kits below."""
    newest = kits[0] if kits else None
    shown: dict[str, Any] = {
        "reference": reference, "seen": newest, "earlier": [_summary(found) for found in kits[1:]], "asked": asked,
        "emergency_number": pack().about.emergency_number, "may_open": newest is None or newest.closed_at is not None,
        "flags": [{"words": flag.text_in(get_language() or "en"), "do": flag.do} for flag in pack().red_flags],
    }  # fmt: skip
    if newest is None:
        return shown
    shown |= {"summary": _summary(newest), "languages": languages(), "say": _language(asked)}
    return shown | (_guided(reference, newest, asked) if newest.closed_at is None else {})


def _language(asked: Mapping[str, str]) -> str:
    return asked.get("say") or get_language() or "en-gb"


def _guided(reference: str, seen: KitSeen, asked: Mapping[str, str]) -> dict[str, Any]:
    """The step that is open: the one that was chosen, else the one the rule gives."""
    need, steps = asked.get("need", ""), pack().kit_steps
    guide = rule.guide(steps, seen.outcomes(), need)
    step = steps[asked["step"]] if "step" in asked else guide.step
    may = asked.get("may", "") or (need if need in guide.may else "")
    kept = {"say": asked.get("say", "")}
    return {
        "step": _step(reference, step, asked) if step else None,
        "because": "" if "step" in asked else BECAUSE[guide.because],
        "may": MAY_WORDS.get(may, ""), "care": rule.care_needed(steps, seen.outcomes()), "number_of_rows": len(seen.noted),
        "needs": [(way(reference, need=code, **kept), words, code == need) for code, words in NEED_WORDS.items()],
        "place": 1 + steps.ids().index(step.id) if step else 0, "of": len(steps), "rows": _rows(reference, seen, kept),
        "outcomes": [(code, words) for code, (words, _tone) in OUTCOMES.items()], "left_open": len(guide.left_open),
    }  # fmt: skip


def _step(reference: str, step: KitStep, asked: Mapping[str, str]) -> dict[str, Any]:
    """One step with its words in the chosen language, and the way to have them in another."""
    wording = step.wording_in(_language(asked))
    english = step.text.en if wording.language != "en" else ""
    others = [
        {
            "href": way(reference, **{**asked, "say": code}),
            "code": code,
            "name": name,
            "chosen": code == _language(asked),
        }
        for code, name in languages()
    ]
    return {
        "id": step.id, "label": step.label, "wording": wording, "english": english, "do": step.do, "why": step.why,
        "skip_when": step.skip_when, "sample": step.kind == "sample", "optional": step.optional, "others": others,
        "source": step.source, "signed": step.signed, "edition": step.edition,
    }  # fmt: skip


def _rows(reference: str, seen: KitSeen, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every step of the pack with how it went, and the way to answer it, or to change the answer."""
    newest = seen.newest()
    return [
        _row(step.label, newest.get(step.id))
        | {"href": way(reference, step=step.id, **kept), "optional": step.optional}
        for step in pack().kit_steps
    ]


def _row(label: str, noted: Any) -> dict[str, Any]:
    words, tone = OUTCOMES[noted.outcome] if noted else ("", "")
    return {"label": label, "noted": noted, "outcome": words, "tone": tone}


def _summary(seen: KitSeen) -> dict[str, Any]:
    """A kit as it went: every answer, also those that were changed, oldest first."""
    steps = pack().kit_steps
    events = [
        {
            "title": f"{entry.label if (entry := steps.get(row.step)) else row.step}: {OUTCOMES[row.outcome][0]}",
            "byline": row.by, "at": row.done_at,
            "text": _("Noted later") if (row.noted_at - row.done_at).total_seconds() >= 60 else "",
        }
        for row in seen.noted
    ]  # fmt: skip
    return {"seen": seen, "events": events}
