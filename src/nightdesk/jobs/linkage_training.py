"""Learn weights from the reports at hand: Splink without labels, then hardening."""

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version as version_of

from nightdesk.jobs.splink_training import learn
from nightdesk.linkage.changes import not_learned
from nightdesk.linkage.comparisons import comparisons
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.hardening import harden
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weights

MOST_BEHAVIOURS = 62  # bits of a mask


def train(extracts: Sequence[Extract], *, seed: int, version: str) -> Weights:
    """Weights for these reports. Nothing that says who it was is among what an extract holds."""
    recorded = Counter(code for each in extracts for code in each.done)
    behaviours = sorted(code for code, _ in recorded.most_common(MOST_BEHAVIOURS))
    index = Index(behaviours)
    index.add(extracts)
    asked = comparisons(behaviours)
    learned, failed = learn(extracts, index, asked, seed)
    about = {
        "reports": len(extracts),
        "seed": seed,
        "splink": version_of("splink"),
        "duckdb": version_of("duckdb"),
        "keys_without_pairs": failed,
        "not_learned": not_learned(learned, asked),
    }
    return Weights(version, tuple(behaviours), harden(learned, asked), about=about)
