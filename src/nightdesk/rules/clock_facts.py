"""What became better known of the act, as codes of the pack: where samples could be, and which drugs may be in the body.

Nobody is asked for detail. Not known, rather not said and not asked all run every clock; a drug only ever adds clocks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from nightdesk.rules.terms import ANSWER_STATES, GIVEN, NOT_ASKED


class UnknownCode(ValueError):
    """A code that the pack does not have; the sentence says what to do."""


@dataclass(frozen=True)
class KnownOfAct:
    """Sites and drugs as far as known, each with whether it was given, not known, declined or not asked.

    Codes may stand beside *not known*: some are known, and there may be more. Then every clock runs.
    """

    sites: tuple[str, ...] = ()
    sites_state: str = NOT_ASKED
    drugs: tuple[str, ...] = ()
    drugs_state: str = NOT_ASKED

    def sites_to_run(self) -> frozenset[str] | None:
        """The sites whose windows are offered first; None runs every clock."""
        return frozenset(self.sites) if self.sites and self.sites_state == GIVEN else None


NOTHING_KNOWN = KnownOfAct()


def why_anew(before: KnownOfAct, after: KnownOfAct) -> tuple[str, ...]:
    """Which of "act" and "drug" became better known; empty when nothing changed."""
    changed = {
        "act": (before.sites, before.sites_state) != (after.sites, after.sites_state),
        "drug": (before.drugs, before.drugs_state) != (after.drugs, after.drugs_state),
    }
    return tuple(code for code, is_so in changed.items() if is_so)


def refuse_if_unknown(known: KnownOfAct, *, sites: Collection[str], drugs: Collection[str]) -> None:
    """Raise UnknownCode unless every code is one of the pack's and every state one of the four."""
    strange = [code for code in known.sites if code not in sites]
    strange += [code for code in known.drugs if code not in drugs]
    if strange or {known.sites_state, known.drugs_state} - set(ANSWER_STATES):
        raise UnknownCode("Choose from the answers on the page. If it was open for long, open it again.")


def sealed_parts(known: KnownOfAct) -> tuple[dict[str, Any], dict[str, Any]]:
    """Sites and drugs as they are sealed. Inverse of `from_sealed`."""
    return (
        {"codes": list(known.sites), "state": known.sites_state},
        {"codes": list(known.drugs), "state": known.drugs_state},
    )


def from_sealed(sites: Mapping[str, Any], drugs: Mapping[str, Any]) -> KnownOfAct:
    """The facts from what `sealed_parts` wrote."""
    return KnownOfAct(tuple(sites["codes"]), sites["state"], tuple(drugs["codes"]), drugs["state"])
