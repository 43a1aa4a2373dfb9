"""The weights of linkage: one readable, versioned file.

A weight is in bits: log2 of how much likelier its level is in a pair about one man than in one about two.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from nightdesk.linkage.comparisons import Comparison, comparisons

FORMAT = 1


class NoWeights(ValueError):
    """A file is none of weights that can be used; the sentence says why."""


@dataclass(frozen=True)
class Weight:
    """One level: m, how often it is seen in pairs about one man; u, in pairs about different men; its bits."""

    level: str
    m: float
    u: float
    bits: float


@dataclass(frozen=True)
class Weights:
    """A model: weights by comparison, and where they come from."""

    version: str
    behaviours: tuple[str, ...]
    levels: Mapping[str, tuple[Weight, ...]]
    ethnicity: bool = True
    others: float = 2.8  # how many other reports there are about the man of a report, on average: an estimate
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons that these weights are for."""
        return comparisons(self.behaviours, ethnicity=self.ethnicity)

    def prior_bits(self, stored: int) -> float:
        """What stands against a pair before anything is compared: one of so many reports is his by chance."""
        chance = min(self.others / max(stored, 1), 0.5)
        return math.log2(chance / (1 - chance))

    def without_ethnicity(self) -> "Weights":
        """The same model with the field switched off."""
        return replace(self, ethnicity=False)


def chance(bits: float, prior_bits: float) -> float:
    """How likely a pair is one man's, from its bits and the prior's."""
    return 1 / (1 + math.exp2(-(bits + prior_bits)))


def written(weights: Weights) -> str:
    """What its file says: one line a level, so that two versions can be compared by eye."""
    head = {key: value for key, value in asdict(weights).items() if key != "levels"}
    lines = [f'  "{key}": {json.dumps(value, ensure_ascii=False)},' for key, value in head.items()]
    blocks = [
        f'    "{name}": [\n      '
        + ",\n      ".join(json.dumps(asdict(level)) for level in levels)
        + "\n    ]"
        for name, levels in weights.levels.items()
    ]
    all_lines = ["{", f'  "format": {FORMAT},', *lines, '  "levels": {', ",\n".join(blocks), "  }", "}"]
    return "\n".join(all_lines) + "\n"


def load(path: Path) -> Weights:
    """Read and check a file. Raises NoWeights saying what is wrong with it."""
    try:
        weights = _read(json.loads(path.read_text(encoding="utf-8")), path.name)
    except OSError as fault:
        raise NoWeights(f"{path} cannot be read ({fault.strerror})") from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        if isinstance(fault, NoWeights):
            raise
        raise NoWeights(f"{path.name} is no weights file ({type(fault).__name__})") from fault
    return weights


def _read(told: Any, name: str) -> Weights:
    if told.pop("format", None) != FORMAT:
        raise NoWeights(f"{name} is no weights file of format {FORMAT}; train anew")
    levels = {key: tuple(Weight(**each) for each in found) for key, found in told.pop("levels").items()}
    if not all(math.isfinite(each.bits) for found in levels.values() for each in found):
        raise NoWeights(f"{name}: bits must be numbers; train anew")
    weights = Weights(**{**told, "behaviours": tuple(told["behaviours"]), "levels": levels})
    for each in weights.comparisons:
        given = [level.level for level in levels.get(each.name, ())]
        if given != [level.name for level in each.levels]:
            raise NoWeights(f"{name}: the levels of {each.name} are not those compared now; train anew")
    return weights


def shipped() -> Weights:
    """The weights for a force with too few reports to learn from."""
    return load(Path(__file__).parent / "shipped.json")
