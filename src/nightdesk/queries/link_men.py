"""Which man of its source a report is about, where whoever told spoke of more than one: two rows with one reference."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from nightdesk.records.link_reports import LinkReport
from nightdesk.rules.access import Reader

Men = Mapping[UUID, tuple[int, int]]


def men_of(reader: Reader, reports: Iterable[LinkReport]) -> Men:
    """Report → (number, of how many) for each whose source tells of several men. One look for all; opens nothing."""
    sources = {report.disclosure_id for report in reports if report.disclosure_id}
    rows = LinkReport.objects.filter(disclosure__in=sources).order_by("disclosure", "who")
    together: dict[UUID | None, list[UUID]] = {}
    for source, key in rows.values_list("disclosure", "pk"):
        together.setdefault(source, []).append(key)
    return {
        key: (number, len(keys))
        for keys in together.values()
        if len(keys) > 1
        for number, key in enumerate(keys, 1)
    }
