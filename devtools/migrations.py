"""`.venv-test/bin/python -m devtools.migrations NAME` writes the migration that the records need.

NAME says in one word what for: kit_offers.
"""

import subprocess
import sys

from devtools.checks import ROOT, environment


def main(arguments: list[str]) -> int:
    """Run Django's makemigrations for the records; the exit code."""
    if len(arguments) != 1 or not arguments[0].isidentifier():
        print("Say in one word what the migration is for: python -m devtools.migrations kit_offers")
        return 2
    command = [sys.executable, "-m", "django", "makemigrations", "records", "--name", arguments[0]]
    return subprocess.run(
        command, cwd=ROOT, env=environment() | {"PYTHONPATH": str(ROOT / "src")}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
