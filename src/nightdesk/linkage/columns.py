"""Columns of the index: each distinct value kept once, each row as a small number, growing as reports come in."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.growing import Growing
from nightdesk.linkage.letters import letters_of_many

UNKNOWN = 0  # the number of the value that stands for nothing known
MANY = 10_000  # rows added at once, from which on they are counted another way


class Numbers(dict[Hashable, int]):
    """The number of each value; one that is not there yet gets the next."""

    def __init__(self, values: list[Any]) -> None:
        super().__init__({"": UNKNOWN, None: UNKNOWN})
        self._values = values

    def __missing__(self, value: Hashable) -> int:
        number = self[value] = len(self._values)
        self._values.append(value)
        return number


class Vocabulary:
    """Distinct values, numbered from one in order of coming. None and the empty text are number nought."""

    def __init__(self) -> None:
        self.values: list[Any] = [None]
        self.numbers = Numbers(self.values)

    def add(self, values: Sequence[Hashable]) -> NDArray[Any]:
        """The numbers of these values; new ones get the next number."""
        return np.fromiter(map(self.numbers.__getitem__, values), np.int32, len(values))

    def number(self, value: Hashable) -> int:
        """The number of a value; minus one when it was never seen."""
        return self.numbers.get(value, -1)


class Column:
    """One thing known of each row, as the number of its value, and how many rows carry each value.

    A sparse column keeps only the rows that have something.
    """

    def __init__(self, *, sparse: bool = False) -> None:
        self.vocabulary = Vocabulary()
        self.codes = Growing(np.int32)
        self.rows: Growing | None = Growing(np.int32) if sparse else None
        self.counts = Growing(np.int64)
        self.counts.extend([0])
        self._length = 0  # rows that count
        self._added = 0  # rows ever added
        self._sizes = Growing(np.int32)

    def sizes(self) -> NDArray[Any]:
        """The values themselves, where they are numbers; unknown is nought."""
        fresh = self.vocabulary.values[len(self._sizes) :]
        self._sizes.extend([value or 0 for value in fresh])
        return self._sizes.array

    def add(self, values: Sequence[Hashable], which: NDArray[Any] | None = None) -> NDArray[Any]:
        """Add one value for each new row, or with `which` the value that it names for each; their numbers."""
        numbers = self.vocabulary.add(values)
        return self.take(numbers if which is None else numbers[which])

    def take(self, codes: NDArray[Any]) -> NDArray[Any]:
        """Add the number of a value for each new row."""
        self.counts.extend(np.zeros(len(self.vocabulary.values) - len(self.counts), dtype=np.int64))
        if len(codes) < MANY:
            np.add.at(self.counts.array, codes, 1)
        else:
            self.counts.array[:] += np.bincount(codes, minlength=len(self.counts))
        if self.rows is None:
            self.codes.extend(codes)
        else:
            there = np.flatnonzero(codes)
            self.rows.extend(there + self._added)
            self.codes.extend(codes[there])
        self._length += len(codes)
        self._added += len(codes)
        return codes

    def count(self, row: int, by: int) -> None:
        """Count a row once more (1) or no longer (-1). Its number stays where it is, so that no other row moves."""
        self.counts.array[self.codes_of(np.array([row]))] += by
        self._length += by

    @property
    def known(self) -> int:
        """How many rows have something here."""
        return self._length - int(self.counts.array[UNKNOWN])

    def carried(self, value: Hashable) -> int:
        """How many rows carry this value."""
        number = self.vocabulary.number(value)
        return int(self.counts.array[number]) if number > UNKNOWN else 0

    def spread(self, by_value: NDArray[Any], total: NDArray[Any]) -> None:
        """Add a figure of each distinct value to the total of every row that carries it."""
        if self.rows is None:
            total += np.take(
                by_value, self.codes.array, mode="clip"
            )  # every number is in range: nothing to check
        else:
            total[self.rows.array] += by_value[self.codes.array]

    def codes_of(self, rows: NDArray[Any]) -> NDArray[Any]:
        """The numbers of the values of these rows."""
        if self.rows is None:
            return np.asarray(self.codes.array[rows])
        held = self.rows.array
        if not len(held):
            return np.zeros(len(rows), dtype=np.int32)
        at = np.minimum(np.searchsorted(held, rows), len(held) - 1)
        return np.asarray(np.where(held[at] == rows, self.codes.array[at], UNKNOWN))


class KeyedColumn(Column):
    """A sparse column whose values have several parts, each found by any of them: a number by its last four digits."""

    def __init__(self, width: int, likeness: int = 0) -> None:
        super().__init__(sparse=True)
        self.likeness = likeness  # the part that is compared by likeness
        self.parts: list[list[str]] = [[""] for _ in range(width)]
        # the one value, or all of them, that carry a part: most parts are of one value
        self._carrying: list[dict[str, int | list[int]]] = [{} for _ in range(width)]
        self.letters = Growing(
            np.uint64
        )  # which letters the text compared by likeness holds, and how long it is
        self.lengths = Growing(np.int16)
        self.firsts = Growing(np.int32)  # its first letter

    def add(self, values: Sequence[Hashable], which: NDArray[Any] | None = None) -> NDArray[Any]:
        """Add one value for each new row, or with `which` the value that it names for each; their numbers."""
        codes = super().add(values, which)
        start = len(self.parts[0])
        fresh = self.vocabulary.values[start:]
        for position, (held, carrying) in enumerate(zip(self.parts, self._carrying, strict=True)):
            parts = [value[position] for value in fresh]
            held += parts
            for number, part in enumerate(parts, start=start):
                before = carrying.setdefault(part, number)
                if isinstance(before, list):
                    before.append(number)
                elif before != number:
                    carrying[part] = [before, number]
        self._describe(self.parts[self.likeness][len(self.lengths) :])
        return codes

    def _describe(self, texts: Sequence[str]) -> None:
        """What is asked first of a text that is compared by likeness."""
        if texts:
            self.letters.extend(letters_of_many(texts))
            self.lengths.extend([min(len(text), 999) for text in texts])
            self.firsts.extend([ord(text[0]) if text else 0 for text in texts])

    def carrying(self, position: int, wanted: str) -> list[int]:
        """The values whose part is this one; none for the empty part."""
        found = self._carrying[position].get(wanted, []) if wanted else []
        return found if isinstance(found, list) else [found]


class PartColumn(Column):
    """One part of each value of another column, numbered by way of it."""

    def __init__(self, whole: Column, position: int) -> None:
        super().__init__(sparse=True)
        self._whole, self._position = whole, position
        self._numbers = Growing(np.int32)  # of the part, by the number of the whole
        self._numbers.extend([UNKNOWN])

    def follow(self, codes: NDArray[Any]) -> None:
        """Add the part for each new row, from the numbers of its whole."""
        fresh = self._whole.vocabulary.values[len(self._numbers) :]
        self._numbers.extend(self.vocabulary.add([value[self._position] for value in fresh]))
        self.take(self._numbers.array[codes])
