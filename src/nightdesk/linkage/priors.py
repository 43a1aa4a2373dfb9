"""What is expected before anything is learned: stated once, from arithmetic and from how such men behave.

Sources: chance agreement of numbers and plates is counting; how often a man keeps an account, a number or a home is the
study's expert prior. A force replaces none of it by hand: training draws the weights towards its own reports.
"""

from nightdesk.linkage.comparisons import RINGS, USUAL_KM, Comparison

# u: how often two reports about different men agree. None: the sample sees it well.
CHANCE: dict[str, tuple[float | None, ...]] = {
    "phone": (1e-7, 1e-6, 1.2e-4, None),
    "email": (2e-6, 2e-4, None),
    "vehicle": (3e-4, 1.5e-2, None),
    "tattoo": (8e-3, 0.16, None),
}
# m: how often two reports about one man do.
PRIOR: dict[str, tuple[float, ...]] = {
    "account": (0.22, 0.04, 0.08, 0.08, 0.06, 0.52),
    "app": (0.55, 0.45),
    "phone": (0.45, 0.05, 0.12, 0.38),
    "email": (0.45, 0.08, 0.47),
    "name": (0.55, 0.10, 0.35),
    "tattoo": (0.50, 0.33, 0.17),
    "vehicle": (0.35, 0.35, 0.30),
    "age": (0.33, 0.30, 0.25, 0.12),
    "height": (0.40, 0.35, 0.25),
    "time": (0.10, 0.05, 0.18, 0.27, 0.25, 0.15),
}
SHRUNK = frozenset({"account", "phone", "email", "tattoo", "vehicle"})

# How often two places of one man are as near as their precision can show, and how the rest is spread to USUAL_KM and past.
ANCHORED = {"home": 0.88, "perhaps": 0.6, "elsewhere": 0.3}
PAST_USUAL = {"home": 0.3, "perhaps": 0.35, "elsewhere": 0.35}


def near_place(comparison: Comparison) -> tuple[float, ...]:
    """m of each ring: most within the precision, the rest falling with distance."""
    _, setting, precision = comparison.name.split("_")
    rings = RINGS[precision]
    blurred = {"point": (0.95, 0.05), "sector": (0.5, 0.4, 0.1), "district": (0.4, 0.4, 0.2)}[precision]
    anchored, past = ANCHORED[setting], PAST_USUAL[setting]
    inner = [km for km in rings if km <= USUAL_KM]
    outer = len(rings) + 1 - len(inner)
    found = [anchored * part for part in blurred] + [0.0] * (len(rings) + 1 - len(blurred))
    rest = 1 - anchored
    for number in range(len(rings) + 1):
        inside = number < len(inner)
        found[number] += rest * ((1 - past) / len(inner) if inside else past / outer)
    return tuple(found)
