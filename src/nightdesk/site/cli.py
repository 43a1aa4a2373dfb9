"""The nightdesk command: one word, its options, one exit code (0 done, 1 refused or found wrong, 2 not understood).

docs/commands.md explains every word with an example.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from nightdesk.site import (
    cli_checks,
    cli_demo,
    cli_flags,
    cli_force,
    cli_kits,
    cli_link,
    cli_link_deaths,
    cli_link_whole,
    cli_people,
    cli_rota,
    cli_search,
    cli_serve,
    cli_simulate,
    cli_stores,
)
from nightdesk.site.cli_start import Refused


def parser() -> argparse.ArgumentParser:
    """Every word with its options; each sets `run`, a function of what was given to an exit code."""
    whole = argparse.ArgumentParser(prog="nightdesk", description="What a police counter needs at 2am.")
    words = whole.add_subparsers(title="words", dest="word", required=True, metavar="WORD")
    cli_serve.add_words(words)
    cli_demo.add_words(words)
    cli_people.add_words(words)
    cli_force.add_words(words)
    cli_simulate.add_words(cli_rota.add_words(words))
    cli_flags.add_words(words)
    cli_kits.add_words(words)
    cli_stores.add_words(words)
    link = cli_link_deaths.add_words(words)
    cli_link.add_words(link)
    cli_link_whole.add_words(link)
    cli_search.add_words(words)
    cli_checks.add_words(words)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one word; a refusal is one sentence on standard error and exit code 1."""
    given = parser().parse_args(arguments)
    from django.db import DatabaseError  # here: `nightdesk --help` needs no Django

    try:
        return int(given.run(given))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
    except DatabaseError as fault:
        print(
            f"The database can’t be used ({type(fault).__name__}). Check that it runs and that NIGHTDESK_DATABASE is right; "
            "a new one is set up with: nightdesk migrate",
            file=sys.stderr,
        )
    except BrokenPipeError:  # whoever read us has seen enough (… | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("Ended.", file=sys.stderr)
    return 1
