"""The list of plain words that receipts are made of, read once for each process."""

from functools import cache

from nightdesk.outside.packs import packs_folder
from nightdesk.rules.receipt import list_problems


@cache
def receipt_words() -> tuple[str, ...]:
    """The words in the order of the file, which must never change: a word may only be added at the end of another list.

    Raises ValueError when the list can't be used.
    """
    text = (packs_folder() / "receipt_words.txt").read_text(encoding="utf-8")
    words = tuple(text.split())
    if problems := list_problems(words):
        raise ValueError(" ".join(problems))
    return words
