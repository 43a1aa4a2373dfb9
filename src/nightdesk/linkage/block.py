"""Blocks: up to fifty thousand rows of the index as bytes, to be sealed as one and taken into an index without extracts.

A head in JSON (the distinct values of each column) and plain arrays (which value each row has), compressed. Only numbers and
texts: nothing in it can be run. A block of another form, or made with other behaviours, is told by its form and not used.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import Column
from nightdesk.linkage.extract import PRECISIONS, Extract
from nightdesk.linkage.index import ALL, Index
from nightdesk.linkage.rows import DONE, KIND, PARTS_OF, VALUES, Rows, Values

FORM: Final = 1  # of what follows; a change of rows.VALUES or of the arrays needs another one
LEVEL: Final = 1  # of compression: the quickest
HEAD_BYTES: Final = 4
PLAIN: Final = ("lat", "lon", "known", "ways", "reported")


class BlockUnreadable(Exception):
    """Bytes that are no block."""


def form_of(behaviours: Sequence[str]) -> str:
    """What a block must carry to be used with these behaviours: its form and theirs, in short."""
    told = json.dumps([FORM, list(Index(behaviours).behaviours)])
    return f"{FORM}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def rows_at(index: Index, rows: NDArray[Any], ids: Any, beside: Mapping[str, NDArray[Any]]) -> Rows:
    """Some rows of an index, as they could be taken into another one of the same behaviours."""
    places = index.places
    columns = {name: _values(_column(index, name), rows) for name in (*VALUES, DONE, KIND)}
    lat, lon = (told.array[rows] for told in places.told)
    known, ways = places.kinds.array[rows] > 0, places.ways.array[rows]
    return Rows(ids, columns, lat, lon, known, ways, index.reported.array[rows], beside)


def _column(index: Index, name: str) -> Column:
    return {DONE: index.done, KIND: index.kind}.get(name) or index.columns[name]


def _values(column: Column, rows: NDArray[Any]) -> tuple[list[Any], NDArray[Any]]:
    """The distinct values of some rows, and which of them each has."""
    numbers, which = np.unique(column.codes_of(rows), return_inverse=True)
    return [column.vocabulary.values[number] for number in numbers.tolist()], which


def extract_at(index: Index, row: int) -> Extract:
    """The extract of a row, made again: all that the engine asks of it."""
    at = np.array([row])
    told: dict[str, Any] = {}
    for name in VALUES:
        column = index.columns[name]
        value = column.vocabulary.values[int(column.codes_of(at)[0])]
        if name in PARTS_OF:
            told |= dict(zip(PARTS_OF[name], value or (), strict=False))
        elif value is not None:
            told[name] = value
    told["setting"], told["precision"] = divmod(int(index.places.ways.array[row]), len(PRECISIONS))
    if index.places.kinds.array[row]:
        told["lat"], told["lon"] = (float(axis.array[row]) for axis in index.places.told)
    told["kind"] = index.kind.vocabulary.values[int(index.kind.codes.array[row])] or ""
    told["reported"] = int(index.reported.array[row])
    return Extract(id=index.ids[row], **told, **_behaviours(index, row))


def _behaviours(index: Index, row: int) -> dict[str, Any]:
    """What he did, and what the report says he did not; a form that can't say no has every bit there (Index.masks)."""
    done, absent = index.done.vocabulary.values[int(index.done.codes.array[row])] or (0, 0)
    refused = 0 if absent == ALL & ~done else absent
    return {
        name: frozenset(code for code, bit in index.behaviours.items() if mask >> bit & 1)
        for name, mask in (("done", done), ("not_done", refused))
    }


def to_bytes(rows: Rows) -> bytes:
    """Rows whose ids are pairs of numbers as the bytes of a block."""
    values, arrays = {}, {"ids": rows.ids, **{name: getattr(rows, name) for name in PLAIN}}
    for name, (held, which) in rows.columns.items():
        assert which is not None  # noqa: S101 - rows_at names them
        values[name] = held
        arrays[f"+{name}"] = which.astype(np.min_scalar_type(len(held)))
    arrays |= {f"-{name}": array for name, array in rows.beside.items()}
    little = {
        name: np.ascontiguousarray(each.astype(each.dtype.newbyteorder("<"))) for name, each in arrays.items()
    }
    kept = [[name, each.dtype.str, list(each.shape)] for name, each in little.items()]
    head = json.dumps({"values": values, "arrays": kept}, ensure_ascii=False).encode()
    whole = [len(head).to_bytes(HEAD_BYTES, "little"), head, *(each.tobytes() for each in little.values())]
    return zlib.compress(b"".join(whole), LEVEL)


def from_bytes(content: bytes) -> Rows:
    """The rows of a block. Raises BlockUnreadable."""
    try:
        whole = zlib.decompress(content)
        start = HEAD_BYTES + int.from_bytes(whole[:HEAD_BYTES], "little")
        head = json.loads(whole[HEAD_BYTES:start])
        arrays = dict(_arrays(whole, start, head["arrays"]))
        values = {name: [_value(each) for each in held] for name, held in head["values"].items()}
        columns = {name: (values[name], arrays[f"+{name}"]) for name in (*VALUES, DONE, KIND)}
        plain = {name: arrays[name] for name in PLAIN}
        beside = {name[1:]: each for name, each in arrays.items() if name.startswith("-")}
        _refuse_unequal(arrays["ids"], columns, [*plain.values(), *beside.values()])
    except (
        zlib.error,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as fault:
        raise BlockUnreadable("This block does not read. It is made anew from the reports.") from fault
    return Rows(arrays["ids"], columns, **plain, beside=beside)


def _refuse_unequal(
    ids: NDArray[Any], columns: Mapping[str, tuple[Values, NDArray[Any]]], more: list[Any]
) -> None:
    """Raise ValueError where a column is shorter than another, or names a value that is not there: an index would be half
    changed by then."""
    for held, which in columns.values():
        if len(which) != len(ids) or (len(which) and int(which.max()) >= len(held)):
            raise ValueError("a column does not fit")
    if any(len(each) != len(ids) for each in more):
        raise ValueError("a column does not fit")


def _arrays(whole: bytes, start: int, kept: list[Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, kind, shape in kept:
        dtype, size = np.dtype(kind), int(np.prod(shape))
        yield name, np.frombuffer(whole, dtype, size, start).reshape(shape)
        start += size * dtype.itemsize


def _value(told: Any) -> Any:
    """A value as it is in a column: JSON has no tuples."""
    return tuple(told) if isinstance(told, list) else told
