"""Reports and candidates of linkage as its worker writes them: sealed extracts and evidence in the agreed form."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nightdesk.linkage.extract import Extract, extract

DEN: dict[str, Any] = {
    "id": "x", "handle": "Fox_Den", "platform": "app_a", "phone": "07700 900123", "age": 25, "build": "slim",
    "lat": 51.52, "lon": -0.09, "place_precision": "sector", "venue": "suspect_home", "act_on": "2026-10-03",
    "drug": "ghb", "behaviours": ["filmed", "locked_in"], "reported_on": "2026-10-04",
}  # fmt: skip
OTHER: dict[str, Any] = DEN | {
    "age": 45,
    "phone": None,
    "act_on": "2026-11-01",
    "lat": 51.53,
    "name_used": "Jim",
}
FOUND: tuple[dict[str, Any], ...] = (
    {"comparison": "account", "level": "same handle, same app", "bits": 9.2, "rarity": -1.5, "mine": "fox_den",
     "theirs": "fox_den", "others": 3},
    {"comparison": "place_home_sector", "level": "within 1.2 km", "bits": 4.4, "rarity": 0.0, "mine": "",
     "theirs": "1.1 km", "others": None},
    {"comparison": "age", "level": "more", "bits": -2.6, "rarity": 0.0, "mine": "45", "theirs": "25", "others": None},
    {"comparison": "did_filmed", "level": "in both", "bits": 1.1, "rarity": 0.4, "mine": "filmed", "theirs": "filmed",
     "others": 40},
    {"comparison": "build", "level": "differs", "bits": -0.8, "rarity": 0.0, "mine": "slim", "theirs": "large",
     "others": None},
)  # fmt: skip


def evidence(*, found: tuple[dict[str, Any], ...] = FOUND) -> dict[str, Any]:
    """What the engine found, as it is kept with a candidate."""
    return {
        "found": [dict(one) for one in found], "unknown": {"mine": ["phone", "height"], "theirs": ["name", "height"]},
        "alone": sum(one["bits"] for one in found if not one["comparison"].startswith("place")),
    }  # fmt: skip


def report_row(source: Any, at: datetime, told: dict[str, Any] = DEN, who: str = "1") -> Any:
    """The report of a disclosure or a death, as linkage keeps it."""
    from nightdesk.records.deaths import Death
    from nightdesk.records.link_reports import VAULT, LinkReport
    from nightdesk.records.sealed import Vault

    vault = Vault.new(at=at, purpose=VAULT)
    vault.save()
    kind = "death" if isinstance(source, Death) else "disclosure"
    row = LinkReport(
        vault=vault,
        kind=kind,
        who=who,
        reported_at=at,
        made_at=at,
        seq=1,
        extract=kept(extract(told, {})),
        **{kind: source},
    )
    row.save(force_insert=True)
    return row


def kept(made: Extract) -> dict[str, Any]:
    """An extract as JSON: sets and tuples as sorted lists."""
    return {
        key: sorted(value) if isinstance(value, (frozenset, tuple)) else value
        for key, value in asdict(made).items()
    }


def listed(report: Any, at: datetime, best: list[Any]) -> None:
    """The list of a report: the others with 11 bits and ever fewer."""
    from nightdesk.records.link_reports import LinkList

    rows = [[str(other.pk), 11.3 - place] for place, other in enumerate(best)]
    LinkList(
        vault=report.vault, report=report, at=at, model="shipped-2", prior=-10.0, among=20_000, best=rows
    ).save()


def candidate_row(new: Any, earlier: Any, at: datetime, **more: Any) -> Any:
    """A candidate of two reports, as the worker raises it."""
    from nightdesk.records.link_candidates import LinkCandidate, LinkMove
    from nightdesk.records.link_reports import VAULT
    from nightdesk.records.sealed import Vault

    vault = Vault.new(at=at, purpose=VAULT)
    vault.save()
    given = {
        "state": "waiting", "why": "arrival", "raised_at": at, "due_at": at + timedelta(hours=72), "rank": 1, "bits": 11.3,
        "prior": -10.0, "reports": 20_000, "model": "shipped-2", "evidence": evidence(),
    }  # fmt: skip
    row = LinkCandidate(vault=vault, new=new, earlier=earlier, **given | more)
    row.save(force_insert=True)
    LinkMove(
        vault=vault, candidate=row, number=1, move="raise", state=row.state, at=at, by=None, words=""
    ).save(force_insert=True)  # fmt: skip
    return row


def told_to(counter: Any, at: datetime, what: str = "He hurt me at his flat") -> Any:
    """A disclosure that a counter officer took."""
    from nightdesk.actions.intake import accept_disclosure
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.rules.basics import Basics, with_answer_states
    from tests.people import as_reader

    basics = with_answer_states(Basics(what=what), {})
    kept = accept_disclosure(
        actor=as_reader(counter), at=at, sender_key=uuid4(), channel="counter", basics=basics
    )
    return Disclosure.objects.get(reference=kept.reference)


def pair_of(cast: Any, at: datetime, **more: Any) -> Any:
    """A candidate of a new report at Mill Road and an earlier one at Harrow Lane."""
    earlier = report_row(told_to(cast.priya, at - timedelta(days=20)), at - timedelta(days=20), DEN)
    return candidate_row(report_row(told_to(cast.tom, at), at, OTHER), earlier, at, **more)


def analyst(name: str, at: datetime) -> Any:
    """Another analyst, beside Wen."""
    from nightdesk.actions.staff import add_staff
    from nightdesk.rules.access import SYSTEM
    from tests.people import PASSWORD

    return add_staff(
        actor=SYSTEM, at=at, username=name, name=name.title(), role="analyst", email=f"{name}@force.test",
        password=PASSWORD, unit=None, station=None,
    )  # fmt: skip


def answered(
    staff: Any, at: datetime, candidate: Any, answer: str, grounds: str = "Read both.", **more: Any
) -> str:
    """One analyst’s answer, as their page sends it now; the state after it."""
    from nightdesk.actions.link_answers import answer_candidate
    from nightdesk.records.link_candidates import LinkCandidate
    from tests.people import as_reader

    row = LinkCandidate.objects.get(pk=getattr(candidate, "pk", candidate))
    seat = "third" if row.state == "disagreed" else "blind"
    asked = ("phone",) if answer == "need_more" else ()
    given = {"seat": seat, "seen": row.seen_mark(), "asked": asked} | more
    return answer_candidate(
        actor=as_reader(staff), at=at, candidate=UUID(str(row.pk)), answer=answer, grounds=grounds, **given
    )
