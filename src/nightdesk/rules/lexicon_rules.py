"""Rules as the pack writes them: which concepts together mean which proposal, how near, and unless what.

A rule with `label` proposes; a rule with `gives` only names a new concept for the rules after it. An element of `all`
is `CONCEPT`, `A|B` (either), `who:A` (said in that field; `who1` its first sentence, `who2` what
follows, `rest` all that follows) or `no:A`
(said not to be so).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEVELS = {
    "sexual_offence": ("likely", "possible"),
    "chemsex_context": ("likely", "possible"),
    "drug_facilitated_suspected": ("yes",),
    "medical_emergency": ("yes",),
    "under_18": ("yes",),
    "immediate_danger": ("yes",),
}
RELATED = (
    "robbery", "theft", "blackmail", "image_abuse", "spiking",
    "physical_assault", "stalking", "grooming", "child_images", "death",
)  # fmt: skip
PLACES = ("who", "who1", "who2", "rest", "what", "when", "where")
FIELDS = {"who": "", "what": "", "when": "", "where": "", "channel": "counter"}
_KEYS = {
    "id", "label", "level", "gives", "all", "within", "ordered", "unless", "unless_near", "channels",
    "examples", "not_examples", "source", "owner", "review_on", "note",
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One thing a rule asks for: any of these concepts, in this place, said to be so or said not to be so."""

    concepts: tuple[str, ...]
    place: str = ""
    denied: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule of the pack. reach: "account", "sentence" or a number of words; examples are whole small accounts."""

    id: str
    label: str
    level: str
    gives: str
    all: tuple[Element, ...]
    reach: str | int
    ordered: bool
    unless: tuple[Element, ...]
    unless_near: tuple[Element, ...]
    channels: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]
    not_examples: tuple[Mapping[str, str], ...]


def read_rules(files: Mapping[str, Mapping[str, Any]], concepts: set[str]) -> tuple[list[Rule], list[str]]:
    """The rules of all files, those that give concepts first in their written order, and what is wrong with them."""
    rules: list[Rule] = []
    problems: list[str] = []
    known = set(concepts)
    for stem, content in files.items():
        for written in content.get("rule", ()):
            rule = _rule(written)
            known.add(rule.gives or "-")
            at = f"{stem}: rule {rule.id or '(no id)'}"
            problems += [
                f"{at}: '{key}' is not known here; remove or rename it" for key in written if key not in _KEYS
            ]
            problems += [f"{at}: {fault}" for fault in _faults(rule)]
            rules.append(rule)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            problems.append(f"rule {rule.id} is written twice; give each rule its own id")
        seen.add(rule.id)
        asked = {
            name for element in (*rule.all, *rule.unless, *rule.unless_near) for name in element.concepts
        }
        problems += [
            f"rule {rule.id}: no file defines {name}; add it or correct it" for name in sorted(asked - known)
        ]
    return sorted(rules, key=lambda rule: bool(rule.label)), problems


def _rule(written: Mapping[str, Any]) -> Rule:
    label = str(written.get("label", ""))
    return Rule(
        id=str(written.get("id", "")),
        label=label,
        level=str(written.get("level", "yes")),
        gives=str(written.get("gives", "")),
        all=_elements(written.get("all", ())),
        reach=written.get("within", "account"),
        ordered=bool(written.get("ordered", False)),
        unless=_elements(written.get("unless", ())),
        unless_near=_elements(written.get("unless_near", ())),
        channels=tuple(written.get("channels", ())),
        examples=tuple(_account(example) for example in written.get("examples", ())),
        not_examples=tuple(_account(example) for example in written.get("not_examples", ())),
    )


def _elements(written: Sequence[str]) -> tuple[Element, ...]:
    elements = []
    for text in written:
        qualifiers, _, names = text.rpartition(":")
        asked = qualifiers.split(":") if qualifiers else []
        place = next((word for word in asked if word != "no"), "")
        elements.append(Element(tuple(names.split("|")), place, "no" in asked))
    return tuple(elements)


def _account(example: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"what": example} if isinstance(example, str) else dict(example)


def _faults(rule: Rule) -> list[str]:
    """What is wrong with one rule, as sentences."""
    related = rule.label.removeprefix("related.")
    faults = []
    if not rule.id:
        faults.append("has no id; give it one")
    if bool(rule.label) == bool(rule.gives):
        faults.append("needs either 'label' or 'gives'")
    if rule.label and rule.label not in LEVELS and related not in RELATED:
        faults.append(f"label '{rule.label}' is not one of the labels of triage")
    if rule.label in LEVELS and rule.level not in LEVELS[rule.label]:
        faults.append(f"level '{rule.level}' is not one of {', '.join(LEVELS[rule.label])}")
    if not rule.all:
        faults.append("'all' is empty; name at least one concept")
    if not rule.examples:
        faults.append("has no worked example; add 'examples' with a text that must fire it")
    if not (rule.reach in ("account", "field", "sentence") or isinstance(rule.reach, int)):
        faults.append('\'within\' must be "account", "field", "sentence" or a number of words')
    places = {element.place for element in (*rule.all, *rule.unless, *rule.unless_near)} - {""}
    faults += [f"place '{place}' is not one of {', '.join(PLACES)}" for place in sorted(places - set(PLACES))]
    strange = {key for example in (*rule.examples, *rule.not_examples) for key in example} - set(FIELDS)
    return faults + [
        f"an example has the field '{name}'; use {', '.join(FIELDS)}" for name in sorted(strange)
    ]
