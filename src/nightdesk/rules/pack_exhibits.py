"""What a force decides about exhibits, as pack entries: kinds, stores, label sheets, and reasons to hold or destroy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nightdesk.rules.pack_entries import Entry, WordedEntry

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

OBJECT: Final = "object"  # the kind of whatever is no specimen: every pack has it
SMALLEST_CODE_MM: Final = 12.0  # a hand scanner reads a code of this size at arm's length
ROOM_FOR_WORDS_MM: Final = 20.0  # beside the code, for what people read


@dataclass(frozen=True)
class DegreeRange:
    """How cold and how warm it may be, in tenths of a degree Celsius."""

    lowest: int
    highest: int


@dataclass(frozen=True, kw_only=True)
class StoreKind(WordedEntry):
    """A kind of store: how warm it may be (None: not measured), and when readings tell of a fault.

    Warmer or colder for `outside_minutes` is a fault (a door stands open for less), and so are `silent_hours` without a
    reading.
    """

    outside_minutes: int
    silent_hours: float
    degrees: DegreeRange | None = None


@dataclass(frozen=True, kw_only=True)
class ExhibitKind(WordedEntry):
    """A kind of exhibit: where it may lie, which specimens of the pack it is, and within how many days it is submitted.

    `submit_days` None: nobody waits for it at a laboratory.
    """

    stores: tuple[str, ...]
    specimens: tuple[str, ...] = ()
    submit_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class LabelSheet(WordedEntry):
    """A sheet of labels as bought; all lengths in millimetres, gaps between labels, margins to the first one."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float
    top: float
    gap_across: float = 0.0
    gap_down: float = 0.0

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


@dataclass(frozen=True, kw_only=True)
class Ground(WordedEntry):
    """A reason that may be chosen: to hold everything of a case, or to destroy an exhibit."""


def kind_of(pack: Pack, code: str) -> ExhibitKind | None:
    """The kind with this id, or the one that the specimen with this id is; None when the pack knows neither."""
    found = pack.exhibit_kinds.get(code)
    return found or next((kind for kind in pack.exhibit_kinds if code in kind.specimens), None)


def exhibit_problems(pack: Pack) -> Iterator[str]:
    """Sentences for label sheets that do not fit their page, and for kinds that lead nowhere."""
    for kind in pack.exhibit_kinds:
        where = f'exhibits.toml, exhibit_kind "{kind.id}"'
        for what, used, known in (
            ("store_kind", kind.stores, pack.store_kinds.ids()),
            ("specimen", kind.specimens, pack.specimens.ids()),
        ):
            for item in [item for item in used if item not in known]:
                yield f'{where}: {what} "{item}" does not exist; use one of {", ".join(known)}.'
        if not kind.stores:
            yield f'{where}: "stores" must name at least one kind of store.'
    for sheet in pack.label_sheets:
        yield from _sheet_problems(sheet)


def _sheet_problems(sheet: LabelSheet) -> Iterator[str]:
    where = f'exhibits.toml, label_sheet "{sheet.id}"'
    if not sheet.places:
        yield f'{where}: "columns" and "rows" must be 1 or more.'
        return
    across = sheet.left + sheet.columns * sheet.label_width + (sheet.columns - 1) * sheet.gap_across
    down = sheet.top + sheet.rows * sheet.label_height + (sheet.rows - 1) * sheet.gap_down
    if across > sheet.page_width + 0.01 or down > sheet.page_height + 0.01:
        yield f"{where}: the labels do not fit on the page; measure margins, labels and gaps again."
    if sheet.label_height < SMALLEST_CODE_MM or sheet.label_width < SMALLEST_CODE_MM + ROOM_FOR_WORDS_MM:
        yield f"{where}: labels of this size are too small for a code; use 32 by 12 mm or more."


# as SECTIONS in pack_shape.py: file stem, name of the table, attribute of Pack, kind of entry
EXHIBIT_SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("exhibits", "store_kind", "store_kinds", StoreKind),
    ("exhibits", "exhibit_kind", "exhibit_kinds", ExhibitKind),
    ("exhibits", "label_sheet", "label_sheets", LabelSheet),
    ("exhibits", "destruction_ground", "destruction_grounds", Ground),
    ("exhibits", "hold_ground", "hold_grounds", Ground),
)
