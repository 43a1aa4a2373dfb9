"""A sheet of labels: which exhibits, on which sheet, from which place on; the facts that the PDF is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desks.exhibits.words import kind_words
from nightdesk.desks.furniture import told
from nightdesk.outside.codes import qr_svg
from nightdesk.queries.exhibits import Row
from nightdesk.rules.pack_exhibits import LabelSheet


def facts(sheet: LabelSheet, rows: Iterable[Row], *, start: int, copies: int) -> dict[str, Any]:
    """The facts of the template labels.typ: `start` is the first free place of the sheet (from 1), row by row."""
    labels = [_label(row) for row in rows for _copy in range(copies)]
    pages: list[list[dict[str, Any]]] = []
    for number, label in enumerate(labels, start=start - 1):
        if number % sheet.places == 0 or not pages:
            pages.append([])
        pages[-1].append(label | place(sheet, number % sheet.places))
    return {
        "title": _("Labels"), "lang": (get_language() or "en").split("-")[0], "width": sheet.page_width,
        "height": sheet.page_height, "pages": pages,
    }  # fmt: skip


def place(sheet: LabelSheet, number: int) -> dict[str, float]:
    """Where the label with this number (from 0, row by row) lies on its page, in millimetres."""
    down, across = divmod(number, sheet.columns)
    return {
        "x": round(sheet.left + across * (sheet.label_width + sheet.gap_across), 3),
        "y": round(sheet.top + down * (sheet.label_height + sheet.gap_down), 3),
        "width": sheet.label_width, "height": sheet.label_height,
    }  # fmt: skip


def _label(row: Row) -> dict[str, Any]:
    return {
        "svg": qr_svg(row.code), "alt": _("Code to scan: %(code)s") % {"code": row.code}, "code": row.code,
        "court_ref": row.court_ref, "kind": kind_words(row.kind), "taken": told.moment_words(row.taken_at),
    }  # fmt: skip


def in_order(rows: Sequence[Row], codes: Sequence[str]) -> list[Row]:
    """The rows in the order in which they were ticked; what the reader can't see is left out."""
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in dict.fromkeys(codes) if code in by_code]
