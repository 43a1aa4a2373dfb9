"""What the rota's templates get: facts turned into words and rows."""

from collections.abc import Iterable
from typing import Any

from nightdesk.desks.furniture import told
from nightdesk.queries.rota import OnNow


def on_now(units: Iterable[tuple[str, str, tuple[OnNow, ...]]]) -> list[dict[str, Any]]:
    """Per unit: each layer with who is on and until when, or that nobody is."""
    return [
        {
            "name": name, "ring": ring,
            "layers": [{"layer": told.LAYER_WORDS[entry.layer], "staff": entry.staff} for entry in layers],
        }
        for name, ring, layers in units
    ]  # fmt: skip
