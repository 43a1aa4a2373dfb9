"""Blocks of reports, as the linkage worker made them of what it holds in memory."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nightdesk.actions._entry import entry, together
from nightdesk.actions._link_place import locked_place
from nightdesk.records.link_reports import READ, VAULT, LinkBlock, LinkReport
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import SYSTEM


@dataclass(frozen=True)
class Packed:
    """What a worker holds between two numbers of the journal: which reports in which form, and all of them as bytes."""

    after: int
    upto: int
    form: str
    holds: Collection[tuple[UUID, int]]  # report, number of the journal
    content: bytes


@together
def keep_link_block(*, at: datetime, packed: Packed) -> bool:
    """Seal it under a key of its own, in place of the blocks there; False when it is not what stands now.

    The lock is the one under which reports are changed and destroyed: nothing can get into a block that another transaction
    destroys at this moment.
    """
    locked_place(READ, at)
    span = {"seq__gt": packed.after, "seq__lte": packed.upto}
    stands = LinkReport.objects.filter(**span, gone_at=None, vault__destroyed_at=None).values_list(
        "pk", "seq"
    )
    if set(stands) != set(packed.holds):
        return False
    before = _let_go(packed)
    with entry("linkage_packed", actor=SYSTEM, at=at, count=len(packed.holds), before=before):
        vault = Vault.new(at=at, purpose=VAULT)
        vault.save(force_insert=True)
        LinkBlock(
            vault=vault, after=packed.after, upto=packed.upto, form=packed.form, count=len(packed.holds), made_at=at,
            content=packed.content,
        ).save(force_insert=True)  # fmt: skip
    return True


def _let_go(packed: Packed) -> int:
    """Delete what the new block takes the place of, with its keys; how many."""
    rows = LinkBlock.objects.filter(after__lt=packed.upto, upto__gt=packed.after)
    vaults = list(rows.values_list("vault", flat=True))
    rows.delete()
    Vault.objects.filter(pk__in=vaults).delete()
    return len(vaults)
