"""What triage and the ticked answers come to: how urgent, and whether a specialist is asked.

In doubt a specialist is asked (product.md C2: possible counts as yes for routing). Nothing here can lower a proposal: staff
may add, and what they set aside is kept beside the proposal with who and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from nightdesk.rules.basics import Basics
from nightdesk.rules.lexicon_rules import RELATED
from nightdesk.rules.triage import RELATED as RELATED_PREFIX
from nightdesk.rules.triage import Account, Proposal, Reason, TriageResult

GRADED: Final = {
    "sexual_offence": ("not_indicated", "possible", "likely"),
    "chemsex_context": ("not_indicated", "possible", "likely"),
}
YES_NO: Final = ("drug_facilitated_suspected", "medical_emergency", "under_18", "immediate_danger")
NOTHING: Final[Mapping[str, str]] = dict.fromkeys(GRADED, "not_indicated") | dict.fromkeys(
    (*YES_NO, *RELATED), "no"
)


@dataclass(frozen=True)
class Overriding:
    """A member of staff adds or sets aside a proposal: label, the level they set, and why."""

    label: str
    level: str
    why: str


@dataclass(frozen=True)
class Assessment:
    """What counts for routing, and what follows from it.

    `proposed` is the level per label as the words and ticks led to it; `levels` the same with what staff added or set
    aside; `proposals` carry the words. Labels of related offences stand without their prefix.
    """

    proposed: dict[str, str]
    levels: dict[str, str]
    proposals: tuple[Proposal, ...]
    specialist: bool
    urgency: str  # "now" (life, danger, a child) or "soon"
    because: tuple[str, ...]  # codes of the reasons for asking a specialist

    def related(self) -> tuple[str, ...]:
        """Tags of the related offences proposed or added, sorted."""
        return tuple(tag for tag in sorted(RELATED) if self.levels.get(tag) == "yes")


def account_of(basics: Basics, channel: str) -> Account:
    """The words triage reads: all four questions as told, and how the account came."""
    suspects = "; ".join(
        ", ".join(filter(None, (s.name_used, s.platform, s.handle, s.description))) for s in basics.suspects
    )
    spoken_by = f"{basics.on_behalf}. " if basics.on_behalf else ""
    who = ". ".join(filter(None, (f"{spoken_by}{basics.call_me}".strip(), basics.pronouns, suspects)))
    where = f"{basics.where_kind.replace('_', ' ')}: {basics.where_words}" if basics.where_words else ""
    when = basics.when_words or basics.when_choice.replace("_", " ")
    return Account(who=who, what=basics.what, when=when, where=where, channel=channel)


def assess(result: TriageResult, basics: Basics, overridings: Iterable[Overriding] = ()) -> Assessment:
    """Put together what the words led to, what was ticked, and what staff added or set aside (latest wins)."""
    named = (replace(p, label=p.label.removeprefix(RELATED_PREFIX)) for p in result.proposals)
    proposals = (*named, *_ticked_proposals(basics))
    proposed = dict(NOTHING)
    for proposal in proposals:
        proposed[proposal.label] = _higher(proposal.label, proposed[proposal.label], proposal.level)
    return weigh(proposed, overridings, proposals)


def weigh(
    proposed: Mapping[str, str],
    overridings: Iterable[Overriding] = (),
    proposals: tuple[Proposal, ...] = (),
) -> Assessment:
    """What follows from levels as `proposed` and from what staff added or set aside since (latest wins).

    Routing never goes below what was proposed: setting a proposal aside is kept, and still a specialist looks.
    """
    levels = dict(proposed)
    for overriding in overridings:
        levels[overriding.label] = overriding.level
    found = {label for label in levels if _is_yes(proposed.get(label, "no")) or _is_yes(levels[label])}
    because = _grounds(found)
    now = bool(found & {"medical_emergency", "immediate_danger", "under_18"})
    urgency = "now" if now and because else "soon"
    return Assessment(dict(proposed), levels, proposals, bool(because), urgency, because)


def _grounds(found: set[str]) -> tuple[str, ...]:
    """Why a specialist is asked: a sexual offence in any grade; drugging, unless it is a plain theft from someone drunk."""
    grounds: list[str] = [
        label for label in ("sexual_offence", "grooming", "child_images", "image_abuse") if label in found
    ]
    if "drug_facilitated_suspected" in found and found & {"chemsex_context", "spiking", "death"}:
        grounds.append("drug_facilitated_suspected")
    if "chemsex_context" in found and "death" in found:
        grounds.append("chemsex_context")
    return tuple(grounds)


def _is_yes(level: str) -> bool:
    return level in ("yes", "likely", "possible")


def _higher(label: str, first: str, second: str) -> str:
    order = GRADED.get(label, ("no", "yes"))
    return max(first, second, key=order.index)


def _ticked_proposals(basics: Basics) -> tuple[Proposal, ...]:
    """What staff ticked because the person said so: as good a ground as any words."""
    ticked = []
    if basics.red_flags:
        reasons = tuple(
            Reason(rule="ticked", words=flag, field="red_flags", start=0, end=0) for flag in basics.red_flags
        )
        ticked.append(Proposal("medical_emergency", "yes", reasons))
    for label, value in (("under_18", basics.under_18), ("immediate_danger", basics.danger_now)):
        if value == "yes":
            ticked.append(Proposal(label, "yes", (Reason("ticked", "yes", label, 0, 0),)))
    return tuple(ticked)


def refuse_if_no_such_level(label: str, level: str) -> None:
    """Raise ValueError with a sentence when staff name a label or level that triage does not know."""
    allowed = GRADED.get(label) or (("no", "yes") if label in (*YES_NO, *RELATED) else ())
    if level not in allowed:
        raise ValueError(f"Triage knows no level “{level}” for “{label}”. Choose one that the page offers.")
