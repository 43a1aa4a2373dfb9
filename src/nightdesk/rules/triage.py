"""What an account may be, and the words that say so: proposals for a person at the desk, never a judgement of one.

Nothing here weighs whether somebody is to be believed. Every proposal rests on words that are shown; staff may add to
proposals and never silently remove one; possible counts as yes for routing (design/product.md C2; label guideline in
data/vignettes.md). What is said decides, with all four fields counted; drugs taken willingly, time passed and the
person's own name for it change nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nightdesk.rules.lexicon import Lexicon
from nightdesk.rules.lexicon_rules import LEVELS, Rule
from nightdesk.rules.triage_hits import Hit, Hits, hits_in
from nightdesk.rules.triage_rules import fire

RELATED = "related."
Fired = tuple[Rule, tuple[Hit, ...]]


@dataclass(frozen=True)
class Account:
    """What was told, as typed. channel: counter, phone, online or third_party; language is a hint and decides nothing."""

    who: str = ""
    what: str = ""
    when: str = ""
    where: str = ""
    channel: str = "counter"
    language: str = ""


@dataclass(frozen=True)
class Reason:
    """The words, as typed, on which a rule of the pack rests; start and end are offsets in that field's text."""

    rule: str
    words: str
    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """One label, its level ("likely", "possible" or "yes") and every reason for it."""

    label: str
    level: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class TriageResult:
    """All proposals for one account, and the edition of the lexicon that made them."""

    proposals: tuple[Proposal, ...]
    edition: str

    def level(self, label: str) -> str:
        """The level of a label: likely, possible or not_indicated; for labels of yes or no, yes or no."""
        for proposal in self.proposals:
            if proposal.label == label:
                return proposal.level
        return "not_indicated" if len(LEVELS.get(label, ())) == 2 else "no"

    def related(self) -> tuple[str, ...]:
        """The related offences proposed, sorted by name."""
        return tuple(
            sorted(p.label.removeprefix(RELATED) for p in self.proposals if p.label.startswith(RELATED))
        )


def triage(account: Account, lexicon: Lexicon) -> TriageResult:
    """Propose what the account may be. Works on any text, never raises, in time linear in its length."""
    found: dict[str, list[Fired]] = {}
    for rule, way in _fired(account, lexicon):
        if rule.label:
            found.setdefault(rule.label, []).append((rule, way))
    texts = _texts(account)
    proposals = [_proposal(label, fired, texts) for label, fired in found.items()]
    return TriageResult(tuple(sorted(proposals, key=lambda p: _order(p.label))), lexicon.edition)


def rules_that_fire(account: Account, lexicon: Lexicon) -> frozenset[str]:
    """The ids of all rules that hold for an account, also those that only name a concept: for trying out a pack."""
    return frozenset(rule.id for rule, _ in _fired(account, lexicon))


def _texts(account: Account) -> dict[str, str]:
    return {"who": account.who, "what": account.what, "when": account.when, "where": account.where}


def _fired(account: Account, lexicon: Lexicon) -> list[Fired]:
    """Every rule that holds, with the hits it rests on, in the order of the rules."""
    hits = hits_in(_texts(account), lexicon)
    fired: list[Fired] = []
    for rule in lexicon.rules:
        ways = fire(rule, hits, account.channel)
        fired += [(rule, way) for way in ways]
        if rule.gives:
            for way in ways:
                _give(rule.gives, way, hits)
    return fired


def _give(name: str, way: tuple[Hit, ...], hits: Hits) -> None:
    """Let the words of a rule count as a concept of its own for the rules after it.

    A given hit takes up no words, so that a later rule may still ask for the concepts it was given for.
    """
    given = hits.setdefault(name, [])
    for hit in way:
        copy = hit._replace(concept=name, last=hit.first, denied=False)
        if copy not in given:
            given.append(copy)


def _order(label: str) -> tuple[int, str]:
    known = list(LEVELS)
    return (known.index(label) if label in known else len(known), label)


def _proposal(label: str, fired: list[Fired], texts: Mapping[str, str]) -> Proposal:
    """The strongest level that fired, with the words behind every rule that fired for the label."""
    levels = LEVELS.get(label, ("yes",))
    level = min((rule.level for rule, _ in fired), key=levels.index)
    reasons: dict[Reason, None] = {}
    for rule, way in sorted(fired, key=lambda pair: levels.index(pair[0].level)):
        for hit in way:
            reasons[Reason(rule.id, texts[hit.field][hit.start : hit.end], hit.field, hit.start, hit.end)] = (
                None
            )
    return Proposal(label, level, tuple(reasons))
