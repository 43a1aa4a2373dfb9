"""Blocks of reports that a linkage worker may use: those whose key is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from nightdesk.records.link_reports import LinkBlock
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.access import Reader


@dataclass(frozen=True)
class Block:
    """What a block holds: every report that stands above `after` and up to `upto` of the journal."""

    after: int
    upto: int
    count: int


def blocks(reader: Reader, form: str) -> list[Block]:
    """Those of this form, in order."""
    found = LinkBlock.objects.filter(form=form, vault__destroyed_at=None).order_by("after")
    return [Block(*one) for one in found.values_list("after", "upto", "count")]


def opened_blocks(reader: Reader, form: str, upto: int) -> Iterator[tuple[Block, bytes]]:
    """Blocks that end at or before a number of the journal, opened one by one; what does not open is left out."""
    found = LinkBlock.objects.filter(form=form, upto__lte=upto, vault__destroyed_at=None)
    for key in list(found.order_by("after").values_list("pk", flat=True)):
        row = LinkBlock.objects.select_related("vault").filter(pk=key).first()
        if row is None:
            continue  # made anew since
        try:
            content = row.opened("content")
        except SealBroken:
            continue
        yield Block(row.after, row.upto, row.count), content
