"""What a source of notices is asked, and the one shape of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, F, QuerySet, Value

WINDOW: Final = timedelta(days=30)  # how far back it looks for what no state marks as owed


@dataclass(frozen=True)
class Asked:
    """What a source is asked: what was due by `by`, seen at `at`. `reached`: outcomes of a contact that reached them;
    `hours`: how long a report may stand in each state; `since`: not what no state marks as owed and was due before."""

    by: datetime
    at: datetime
    reached: tuple[str, ...]
    hours: Mapping[str, int]
    since: datetime | None = None


def shaped(
    rows: QuerySet[Any], due: Any, to_case: str, officer: str = "", not_for: str = "", about: str = "pk"
) -> QuerySet[Any]:
    """With the same columns for each kind: n_about, n_due, n_unit, n_officer, n_not_for, n_ref, n_asker."""
    none: Any = Value(None, output_field=CharField(null=True))
    return rows.annotate(
        n_about=F(about), n_due=due, n_unit=F(f"{to_case}unit_id"), n_officer=F(officer) if officer else none,
        n_not_for=F(not_for) if not_for else none, n_ref=F(f"{to_case}disclosure__reference"),
        n_asker=none,
    )  # fmt: skip
