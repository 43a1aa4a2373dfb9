"""Looking back: today's rules over what was told before, batch by batch, each batch kept whole or not at all.

Reading leaves one line for the run when it begins and one with the counts when it is done; every proposal has its own.
A run that was cut off goes on from its last batch, so nothing is proposed twice and nothing is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from nightdesk.actions._entry import entry, together
from nightdesk.actions._flag_rows import decided, earlier_flags, proposal
from nightdesk.actions._rows import staff_id
from nightdesk.outside.current import lexicon, pack
from nightdesk.records.disclosures import BasicsVersion, Disclosure, Override
from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.records.sealed import SealBroken
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import FlagRefused, Grounds
from nightdesk.rules.routing import Overriding, account_of, assess
from nightdesk.rules.terms import SUPERVISOR
from nightdesk.rules.triage import triage

BATCH = 50
RUNNING = "Another look-back is running. Wait until it is done, then start this one."


@dataclass
class _Looked:
    """What a batch came to, before it is kept: what each disclosure leads to, and how many could not be read."""

    found: list[tuple[BasicsVersion, tuple[Grounds, ...]]] = field(default_factory=list)
    read: int = 0
    sealed: int = 0
    empty: int = 0


def begin_look_back(
    *, actor: Reader, at: datetime, since_at: datetime, codes: Sequence[str] = (), dry_run: bool = False
) -> LookBack:
    """Begin a run over everything taken from `since_at` until now; `codes` of the flags looked for, none for all.

    Asked for again while it runs, the same run is given back. Raises FlagRefused when another one runs, for a flag that no
    rule proposes, for a day that has not come, or for somebody who may not.
    """
    wanted = _wanted(codes)
    if actor.role not in (SUPERVISOR, "system"):
        raise FlagRefused("A supervisor starts a look-back. Ask yours.")
    if since_at > at:
        raise FlagRefused("That day has not come yet. Choose a day in the past.")
    if running := LookBack.objects.filter(ended_at=None, dry_run=dry_run).first():
        if (running.since_at, running.codes) == (since_at, wanted):
            return running
        raise FlagRefused(RUNNING)
    total = Disclosure.objects.filter(opened_at__gte=since_at, opened_at__lte=at).count()
    run = LookBack(
        since_at=since_at, until_at=at, codes=wanted, dry_run=dry_run, editions=[lexicon().edition], begun_at=at,
        begun_by_id=staff_id(actor), total=total,
    )  # fmt: skip
    try:
        with entry(
            "look_back_begun",
            actor=actor,
            at=at,
            since=_day(since_at),
            flags=wanted,
            dry_run=dry_run,
            total=total,
        ):
            run.save(force_insert=True)
    except IntegrityError as fault:
        raise FlagRefused(RUNNING) from fault
    return run


def read_batch(*, actor: Reader, at: datetime, run: UUID, most: int = BATCH) -> LookBack:
    """Read the next `most` disclosures of a run and propose what they lead to; the run as it stands then.

    Triage works outside the transaction, so that the database is held for as short as possible. Whoever else took the same
    batch meanwhile has kept it: then nothing is kept here.
    """
    place = LookBack.objects.get(pk=run)
    if place.ended_at is not None:
        return place
    batch = _next(place, most)
    return _keep_batch(actor=actor, at=at, place=place, batch=batch, looked=_look_at(batch, place), most=most)


@together
def _keep_batch(
    *, actor: Reader, at: datetime, place: LookBack, batch: list[Disclosure], looked: _Looked, most: int
) -> LookBack:
    run = LookBack.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    if run.ended_at is not None or run.place != place.place:
        return run
    # Locked in one order: intake and a person's decision lock the same rows, one at a time.
    keys = [version.disclosure_id for version, _ in looked.found]
    list(
        Disclosure.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")
    )
    _propose(actor, at, run, looked)
    run.read += looked.read
    run.sealed += looked.sealed
    run.empty += looked.empty
    run.editions = list(dict.fromkeys([*run.editions, lexicon().edition]))
    run.place = batch[-1].pk if batch else run.place
    if len(batch) < most:
        _end(actor, at, run)
    run.save()
    return run


def _end(actor: Reader, at: datetime, run: LookBack) -> None:
    with entry(
        "look_back_ended", actor=actor, at=at, since=_day(run.since_at), flags=run.codes, dry_run=run.dry_run,
        total=run.total, read=run.read, sealed=run.sealed, empty=run.empty, waiting=run.waiting, decided=run.decided,
        proposed=run.proposed,
    ):  # fmt: skip
        run.ended_at = at


def _propose(actor: Reader, at: datetime, run: LookBack, looked: _Looked) -> None:
    """The proposals of a batch, unless a person has seen just this before; counted either way."""
    earlier = earlier_flags([version.disclosure for version, _ in looked.found])
    rows: list[CaseFlag] = []
    for version, found in looked.found:
        before = [decided(row) for row in earlier[version.disclosure_id]]
        fresh: list[Grounds] = []
        for one in found:
            why_not = rule.stands_in_the_way(before, one, lexicon().edition, version.number)
            run.waiting += why_not == "open"
            run.decided += why_not == "decided"
            if not why_not:
                fresh.append(one)
                run.proposed = run.proposed | {one.code: run.proposed.get(one.code, 0) + 1}
        if fresh and not run.dry_run:
            rows += _proposed(actor, at, run, version, fresh)
    CaseFlag.objects.bulk_create(rows)


def _proposed(
    actor: Reader, at: datetime, run: LookBack, version: BasicsVersion, fresh: list[Grounds]
) -> list[CaseFlag]:
    edition = lexicon().edition
    with entry(
        "flags_proposed", actor=actor, at=at, subject=version.disclosure.reference,
        flags=[one.code for one in fresh], origin=rule.LOOK_BACK, edition=edition,
    ):  # fmt: skip
        return [
            proposal(at=at, version=version, found=one, origin=rule.LOOK_BACK, edition=edition, run=run)
            for one in fresh
        ]


def _next(run: LookBack, most: int) -> list[Disclosure]:
    """The next batch by key, whatever its state: also what was never sent on, and whose key is gone."""
    rows = Disclosure.objects.filter(opened_at__gte=run.since_at, opened_at__lte=run.until_at)
    if run.place is not None:
        rows = rows.filter(pk__gt=run.place)
    return list(rows.select_related("vault").order_by("pk")[:most])


def _look_at(batch: list[Disclosure], run: LookBack) -> _Looked:
    """Open the newest version of each and let triage read it. Nothing but the basics is ever opened here."""
    looked, by_id = _Looked(), {disclosure.pk: disclosure for disclosure in batch}
    newest = {
        row.disclosure_id: row
        for row in BasicsVersion.objects.filter(disclosure__in=by_id).order_by("number")
    }
    overrides: dict[UUID, list[Overriding]] = {}
    for row in Override.objects.filter(disclosure__in=by_id).order_by("at"):
        overrides.setdefault(row.disclosure_id, []).append(Overriding(row.label, row.level, ""))
    for key, disclosure in by_id.items():
        version = newest.get(key)
        if version is None:
            looked.empty += 1
            continue
        version.disclosure, version.vault = disclosure, disclosure.vault
        try:
            found = _found(version, run, overrides.get(key, []))
        except SealBroken:
            looked.sealed += 1
            continue
        looked.read += 1
        if found:
            looked.found.append((version, found))
    return looked


def _found(version: BasicsVersion, run: LookBack, overrides: list[Overriding]) -> tuple[Grounds, ...]:
    basics = version.basics()
    result = triage(account_of(basics, version.disclosure.channel), lexicon())
    assessment = assess(result, basics, overrides)
    flags = [flag for flag in pack().flags if flag.id in run.codes]
    return rule.grounds_of(flags, rule.levels_of(assessment), assessment.proposals)


def _wanted(codes: Sequence[str]) -> list[str]:
    """The flags to look for, in the order of the pack. Raises FlagRefused for one that no rule proposes."""
    by_rule = [flag.id for flag in pack().flags if flag.proposed_by]
    if unknown := [code for code in codes if code not in by_rule]:
        raise FlagRefused(
            f"No rule proposes {', '.join(unknown)[:80]}. A look-back finds: {', '.join(by_rule)}."
        )
    return [code for code in by_rule if not codes or code in codes]


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()
