"""Run one measurement: python -m bench NAME [ARGUMENTS] [--json]."""

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """The measurements there are: one module each, beside this one."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main(argv: list[str]) -> int:
    """Hand over to the measurement named first; exit code 2 when there is none of that name."""
    if not argv or argv[0] not in names():
        print(f"Say which measurement: {', '.join(names())}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
    code: int = importlib.import_module(f"bench.{argv[0]}").main(argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
