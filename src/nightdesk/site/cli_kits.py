"""kit numbers: for the printer of the bags."""

import argparse

from nightdesk.site.cli_start import Words, group, start, whole_number, word

MOST = 10_000


def add_words(words: Words) -> None:
    """kit numbers."""
    kit = group(words, "kit", "Early evidence kits.")
    made = word(kit, "numbers", print_numbers, "Fresh kit numbers with their check letter, to print on bags.")
    made.add_argument("--count", type=whole_number(1, MOST), default=100)


def print_numbers(given: argparse.Namespace) -> int:
    """One a line. Random, so none is made twice in practice; one that is in use is refused when the kit is opened."""
    start()
    from nightdesk.outside.codes import new_kit_number

    for _ in range(given.count):
        print(new_kit_number())
    return 0
