"""A composed series, nobody's real one: three early disclosures at different stations over two years, then four deaths.

The deaths lie within half a mile and fifteen months; of the second nothing is known but a drug, a place and an app.
"""

from typing import Any

_LAT, _LON = 51.5432, 0.0812

EARLY: list[dict[str, Any]] = [
    {
        "id": "early1", "kind": "disclosure", "reported_on": "2023-02-10", "act_on": "2023-02-03", "platform": "gaydar",
        "handle": "river_boy", "name_used": "joe", "age": 38, "build": "slim", "drug": "ghb_gbl",
        "delivery": "spiked_drink", "venue": "suspect_home", "lat": _LAT, "lon": _LON, "place_precision": "district",
        "behaviours": ["amnesia"],
    },
    {
        "id": "early2", "kind": "information", "reported_on": "2023-11-20", "act_on": "2023-11-18", "platform": "grindr",
        "name_used": "joe", "age": 40, "drug": "ghb_gbl", "venue": "suspect_home", "lat": _LAT + 0.0006,
        "lon": _LON - 0.0004, "place_precision": "sector", "behaviours": ["victim_unconscious"],
    },
    {
        "id": "early3", "kind": "disclosure", "reported_on": "2024-06-05", "act_on": "2024-06-01", "platform": "grindr",
        "handle": "riverboy75", "phone": "4471", "age": 39, "drug": "ghb_gbl", "delivery": "spiked_drink",
        "behaviours": ["amnesia", "victim_unconscious"],
    },
]  # fmt: skip
DEATHS: list[dict[str, Any]] = [
    {
        "id": "death1", "kind": "death", "reported_on": "2024-06-19", "act_on": "2024-06-18", "platform": "gaydar",
        "drug": "ghb_gbl", "lat": _LAT + 0.0002, "lon": _LON + 0.0003, "place_precision": "point",
        "behaviours": ["moved_body"],
    },
    {
        "id": "death2", "kind": "death", "reported_on": "2024-08-28", "act_on": "2024-08-26", "platform": "grindr",
        "drug": "ghb_gbl", "lat": _LAT + 0.0035, "lon": _LON - 0.003, "place_precision": "point",
    },
    {
        "id": "death3", "kind": "death", "reported_on": "2024-09-20", "act_on": "2024-09-19", "drug": "ghb_gbl",
        "lat": _LAT + 0.0035, "lon": _LON - 0.003, "place_precision": "point", "behaviours": ["moved_body"],
    },
    {
        "id": "death4", "kind": "death", "reported_on": "2025-09-14", "act_on": "2025-09-13", "platform": "grindr",
        "handle": "river_boy", "phone": "4471", "drug": "ghb_gbl", "lat": _LAT + 0.0037, "lon": _LON - 0.0031,
        "place_precision": "point", "behaviours": ["moved_body", "deleted_chat"],
    },
]  # fmt: skip
COMPOSED: list[dict[str, Any]] = [*EARLY, *DEATHS]
