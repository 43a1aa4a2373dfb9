"""Whether a rule of the pack holds for the hits of an account, and on which words."""

from collections.abc import Iterator

from nightdesk.rules.lexicon_rules import Element, Rule
from nightdesk.rules.triage_hits import Hit, Hits

COMBINATIONS_TRIED = 2000  # bounds the work on very long texts


def fire(rule: Rule, hits: Hits, channel: str) -> list[tuple[Hit, ...]]:
    """Every way the rule holds, as the hits it rests on; one way is enough for a proposal."""
    if rule.channels and channel not in rule.channels:
        return []
    found = hits.keys()
    for element in rule.all:  # most rules end here, for most accounts: this line is the speed of triage
        if found.isdisjoint(element.concepts):
            return []
    if any(next(said(element, hits), None) for element in rule.unless):
        return []
    candidates = [sorted(said(element, hits), key=_place) for element in rule.all]
    ways = []
    for tried, way in enumerate(_ways(rule, candidates, ())):
        if not _spoiled(rule, way, hits):
            ways.append(way)
        if tried >= COMBINATIONS_TRIED or (ways and rule.label):
            break
    return ways


def said(element: Element, hits: Hits) -> Iterator[Hit]:
    """The hits that fit one element of a rule: concept, place, and said to be so (or denied, if it asks for that)."""
    for name in element.concepts:
        for hit in hits.get(name, ()):
            if hit.denied == element.denied and _in_place(hit, element.place):
                yield hit


def _place(hit: Hit) -> tuple[str, int, int]:
    return hit.field, hit.first, hit.last


def _in_place(hit: Hit, place: str) -> bool:
    if not place or hit.field == place:
        return True
    if place == "rest":
        return hit.field != "who" or hit.sentence > 0
    return hit.field == "who" and (
        (place == "who1" and hit.sentence == 0) or (place == "who2" and hit.sentence > 0)
    )


def _ways(rule: Rule, candidates: list[list[Hit]], chosen: tuple[Hit, ...]) -> Iterator[tuple[Hit, ...]]:
    """Choices of one hit for each element that stand near enough, and in order if the rule asks for it."""
    if len(chosen) == len(candidates):
        yield chosen
        return
    for hit in candidates[len(chosen)]:
        if not chosen or _near(rule, chosen, hit):
            yield from _ways(rule, candidates, (*chosen, hit))


def _near(rule: Rule, chosen: tuple[Hit, ...], hit: Hit) -> bool:
    """Whether a further hit stands where the rule asks, on words that none of those already chosen rests on."""
    if any(
        hit.field == other.field and hit.first < other.last and other.first < hit.last for other in chosen
    ):
        return False
    if rule.ordered and (hit.field != chosen[-1].field or hit.first < chosen[-1].last):
        return False
    if rule.reach == "account":
        return True
    if hit.field != chosen[0].field:
        return False
    if rule.reach == "field":
        return True
    if rule.reach == "sentence":
        return hit.sentence == chosen[0].sentence
    every = (*chosen, hit)
    return max(h.first for h in every) - min(h.last for h in every) <= int(rule.reach)


def _spoiled(rule: Rule, way: tuple[Hit, ...], hits: Hits) -> bool:
    """Whether something stands in the same sentence that makes the words mean something else."""
    where = {(hit.field, hit.sentence) for hit in way}
    return any(
        (hit.field, hit.sentence) in where for element in rule.unless_near for hit in said(element, hits)
    )
