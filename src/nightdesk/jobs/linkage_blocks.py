"""A worker that begins takes up blocks, then one by one what is in none; later it seals in blocks what it holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from nightdesk.actions.link_blocks import Packed, keep_link_block
from nightdesk.jobs.linkage_held import Reports
from nightdesk.linkage.block import BlockUnreadable, form_of, from_bytes, to_bytes
from nightdesk.linkage.packing import Packing, Span
from nightdesk.queries.link_blocks import blocks, opened_blocks
from nightdesk.queries.link_held import made_up_to, standing_reports
from nightdesk.rules.access import SYSTEM

START: Final = -1  # below every number of the journal


def hold_everything(reports: Reports, progress: Callable[[int], object]) -> int:
    """Hold everything that stands, in reports that hold nothing yet; up to which number of the journal that is.

    Whatever changes meanwhile gets a higher number: it is in no span that is read here, and is taken up afterwards.
    """
    upto = made_up_to(SYSTEM)
    gaps, before = list[Span](), START
    for block, content in opened_blocks(SYSTEM, form_of(reports.weights.behaviours), upto):
        try:
            reports.take_rows(from_bytes(content))
        except (BlockUnreadable, KeyError):  # its reports are opened one by one
            structlog.get_logger().warning("block_unreadable")
            continue
        gaps.append((before, block.after))
        before = block.upto
        progress(len(reports))
    for after, until in [*gaps, (before, upto)]:
        for batch in standing_reports(SYSTEM, after, until) if after < until else ():
            reports.take(batch, first=True)
            progress(len(reports))
    return upto


def to_pack(reports: Reports, packing: Packing) -> list[Span]:
    """Spans that are to be sealed as a block each."""
    there = blocks(SYSTEM, form_of(reports.weights.behaviours))
    return packing.spans(reports.seqs(), [(one.after, one.upto, one.count) for one in there])


def pack_span(reports: Reports, at: datetime, span: Span) -> bool:
    """Seal what is held of a span; False when it is no longer what stands: it is tried again another time."""
    holds, rows = reports.within(*span)
    if not holds:
        return False
    form = form_of(reports.weights.behaviours)
    return keep_link_block(at=at, packed=Packed(*span, form, holds, to_bytes(rows)))
