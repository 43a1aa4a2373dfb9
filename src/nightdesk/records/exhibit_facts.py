"""The facts of an exhibit that hold now, from its row, its chain and what was corrected."""

from collections.abc import Sequence

from nightdesk.records.exhibit_corrections import ExhibitCorrection
from nightdesk.records.exhibits import Custody, Exhibit
from nightdesk.rules.exhibit_correction import Facts


def facts_of(exhibit: Exhibit, links: Sequence[Custody], corrections: Sequence[ExhibitCorrection]) -> Facts:
    """What holds now, without the description. Links and corrections oldest first.

    The seal is the one noted last, whether with a link or as a correction: a bag that was sealed anew has another number.
    """
    seals = [(link.noted_at, link.seal) for link in links if link.seal]
    seals += [(row.corrected_at, row.after) for row in corrections if row.fact == "seal"]
    wheres = [links[0].outside, *(row.after for row in corrections if row.fact == "taken_where")]
    seal = max(seals, key=lambda pair: pair[0])[1] if seals else ""
    return Facts(exhibit.kind, exhibit.taken_at, wheres[-1], seal)
