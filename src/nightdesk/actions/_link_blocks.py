"""The keys of blocks: no block outlives a change of what it holds."""

from collections.abc import Iterable
from datetime import datetime

from nightdesk.records.link_reports import LinkBlock
from nightdesk.records.sealed import Vault


def spoil_blocks(seqs: Iterable[int], at: datetime) -> int:
    """Destroy the keys of the blocks that hold reports of these numbers of the journal; how many.

    Called under the lock of the place READ, in the transaction that changes, ends or destroys those reports: what is
    sealed in a block can be opened no longer than the report itself. Its other reports are sealed anew later.
    """
    changed = set(seqs)
    if not changed:
        return 0
    blocks = LinkBlock.objects.filter(vault__destroyed_at=None).values_list("vault", "after", "upto")
    hit = [vault for vault, after, upto in blocks if any(after < seq <= upto for seq in changed)]
    Vault.objects.filter(pk__in=hit).update(wrapped=None, destroyed_at=at)
    return len(hit)
