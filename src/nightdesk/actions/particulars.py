"""Particulars of a case: kept in versions, so that nobody overwrites anybody; withdrawn with a reason, never deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from nightdesk.actions._cases import working_case
from nightdesk.actions._entry import entry, together
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.particulars import Particular, ParticularVersion
from nightdesk.rules import particular as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.particular_answer import codes_now_and_then, refuse_if_not_keepable, to_plain
from nightdesk.rules.particular_field import Answer, Kind, ParticularRefused, Values
from nightdesk.rules.particular_kinds import KINDS

LONGEST_WHY: Final = 2000
NO_ENTRY: Final = "There is no such entry in this case. Go back to the list and choose it there."
SAY_WHY: Final = "Say in a few words why it is corrected, so that the next person understands."
SAY_WHY_WITHDRAWN: Final = "Say in a few words why it is withdrawn, so that the next person understands."
WITHDRAWN: Final = "This entry was withdrawn. If it holds after all, enter it anew."


@together
def keep_particular(
    *, actor: Reader, at: datetime, reference: str, kind: str, seen: int, values: Mapping[str, Answer],
    key: UUID | None = None, role: str = "", why: str = "", taken_from: bytes | None = None,
) -> Particular:  # fmt: skip
    """Keep one more version of a particular; the first, with `seen` 0, makes it.

    `key` is its id, made by the page before the first save so that sending again makes no second; None for a kind of which
    a case has one. `seen` is the number of the version that the answers started from. Sent twice it is kept once. Raises
    Overtaken when a newer version is there (both are then shown), ParticularRefused, NotFound.
    """
    case, shape = working_case(actor, reference), KINDS[kind]
    row = _standing(case, shape, key)
    said = rule.whole(shape, values)
    versions = list(row.versions.select_related("vault").order_by("number")) if row else []
    kept = [version.said() for version in versions]
    older = [said] if taken_from else kept  # an older pack had other codes: they may be taken over, and stay
    _refuse_wrong(shape, row, role, said, why, seen, older)
    found = rule.weigh(kept, seen, said)
    if found == rule.OVERTAKEN:
        raise rule.Overtaken("Somebody kept a newer version since this one was opened. Both are shown.")
    if row is not None and found == rule.SAME:
        return row
    before = kept[-1] if kept else {}
    row = row or Particular(
        id=key or uuid4(), vault=case.disclosure.vault, case=case, kind=kind, role=role, taken_from=taken_from,
        withdrawn_why="",
    )  # fmt: skip
    _keep(row, actor=actor, at=at, reference=reference, number=seen + 1, before=before, said=said, why=why)
    return row


def _keep(
    row: Particular, *, actor: Reader, at: datetime, reference: str, number: int, before: Values, said: Values, why: str
) -> None:  # fmt: skip
    changed = [found.name for found in rule.differences(KINDS[row.kind], before, said)]
    with entry(
        "particular_recorded", actor=actor, at=at, subject=reference, particular=row.kind, entry=str(row.pk), role=row.role,
        number=number, changed=changed, from_account=bool(row.taken_from) and number == 1,
    ):  # fmt: skip
        if number == 1:
            row.save(force_insert=True)
        ParticularVersion(
            vault=row.vault, particular=row, number=number, at=at, by_id=UUID(actor.id), values=to_plain(said),
            why=why.strip() if number > 1 else "",
        ).save(force_insert=True)  # fmt: skip


@together
def withdraw_particular(
    *, actor: Reader, at: datetime, reference: str, key: UUID, seen: int, why: str
) -> Particular:
    """The entry holds no longer; it stays readable, struck, with the reason. Withdrawn twice, it is withdrawn once.

    Raises Overtaken when a newer version is there than `seen`, ParticularRefused, NotFound.
    """
    case = working_case(actor, reference)
    row = _of_case(case, key)
    if row is None or KINDS[row.kind].one_per_case:
        raise NotFound(NO_ENTRY)
    if row.withdrawn_at is not None:
        return row
    _refuse_words(why, SAY_WHY_WITHDRAWN)
    if row.versions.count() != seen:
        raise rule.Overtaken("Somebody kept a newer version since this one was opened. Look at it first.")
    with entry(
        "particular_withdrawn", actor=actor, at=at, subject=reference, particular=row.kind, entry=str(row.pk),
        role=row.role,
    ):  # fmt: skip
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_why = at, UUID(actor.id), why.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return row


def _of_case(case: Case, key: UUID) -> Particular | None:
    """The entry of this case with this key. Raises NotFound for a key of another case."""
    row = Particular.objects.filter(pk=key).select_related("vault").first()
    if row is not None and row.case_id != case.pk:
        raise NotFound(NO_ENTRY)
    return row


def _standing(case: Case, shape: Kind, key: UUID | None) -> Particular | None:
    """The entry for writing; None when there is none yet. Raises NotFound, and ParticularRefused for a withdrawn one."""
    if shape.one_per_case:
        return case.particulars.filter(kind=shape.code).select_related("vault").first()
    if key is None:
        raise NotFound(NO_ENTRY)
    row = _of_case(case, key)
    if row is not None and row.kind != shape.code:
        raise NotFound(NO_ENTRY)
    if row is not None and row.withdrawn_at is not None:
        raise ParticularRefused(WITHDRAWN)
    return row


def _refuse_wrong(
    shape: Kind, row: Particular | None, role: str, said: Values, why: str, seen: int, older: Sequence[Values]
) -> None:  # fmt: skip
    if row is None and seen:
        raise NotFound(NO_ENTRY)
    if row is None and shape.roles and role not in shape.roles:
        raise ParticularRefused("Choose whether this is a victim, a witness or a suspect.")
    refuse_if_not_keepable(
        shape, said, {one.name: codes_now_and_then(pack(), one, older) for one in shape.fields}
    )
    if seen and not shape.one_per_case:
        _refuse_words(why, SAY_WHY)


def _refuse_words(words: str, sentence: str) -> None:
    if not words.strip():
        raise ParticularRefused(sentence)
    if len(words) > LONGEST_WHY:
        raise ParticularRefused(f"That is more than {LONGEST_WHY} characters. Say it in fewer.")
