"""`./dev bench linkage_start`: how soon the linkage worker holds everything, one by one and from blocks, and its memory.

So many reports of our own generator are sealed as the worker seals them, in an embedded database of its own. A process
opens all of them one by one; one seals them in blocks, as the worker does when it has time; a third begins from the blocks.
With --held the seals are left out and the blocks are made of reports that were never sealed: for a million.
Options: --reports 100000, --file FILE (reports, gzip, one a line), --held, --json. NIGHTDESK_DATABASE may name an empty one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench._linkage_start import begin, fill
from bench._processes import load_average


def main(arguments: Sequence[str]) -> int:
    """Make, run, print."""
    words = argparse.ArgumentParser(prog="./dev bench linkage_start", description=__doc__)
    words.add_argument("--reports", type=int, default=100_000)
    words.add_argument("--file", type=Path)
    words.add_argument("--held", action="store_true")
    words.add_argument("--json", action="store_true")
    given = words.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        begin(Path(folder))
        number = fill(given.reports, given.file, sealed=not given.held)
        one_by_one = {} if given.held else _process("hold")
        packed = _process("pack-held" if given.held else "pack", str(given.file or ""))
        from_blocks = _process("hold")
    assert from_blocks["held"] == packed["held"] == number
    found = {
        "n": number, "load_s": one_by_one.get("seconds"), "load_cpu_s": one_by_one.get("cpu"),
        "from_blocks_s": from_blocks["seconds"], "from_blocks_cpu_s": from_blocks["cpu"],
        "pack_s": packed["seconds"], "blocks": packed["blocks"], "block_bytes_per_report": packed["bytes"],
        "load_peak_rss_mb": one_by_one.get("peak_rss_mb"), "peak_rss_mb": from_blocks["peak_rss_mb"],
        "bytes_per_report": from_blocks["bytes_per_report"], "load": load_average(),
    }  # fmt: skip
    print(
        json.dumps(found) if given.json else "\n".join(f"{name:<24}{value}" for name, value in found.items())
    )
    return 0


def _process(*words: str) -> dict[str, Any]:
    """One process on that database: its figures."""
    command = [sys.executable, "-m", "bench._linkage_start", *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
