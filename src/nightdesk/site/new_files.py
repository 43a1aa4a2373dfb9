"""Files that must not be there yet, open for their owner alone before a long work begins; gone again if it fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from nightdesk.site.cli_start import Refused

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


@contextmanager
def new_files(*paths: Path) -> Iterator[list[BinaryIO]]:
    """The files, empty. Raises Refused where one is there or can't be made; what ends the work takes them all away."""
    made: list[tuple[Path, BinaryIO]] = []
    try:
        for path in paths:
            made.append((path, _made(path)))
        yield [file for _path, file in made]
    except BaseException:
        for path, _file in made:
            with suppress(OSError):  # somebody may have moved it
                path.unlink()
        raise
    finally:
        for _path, file in made:
            with suppress(OSError):  # what could not be written is said where it was written
                file.close()


def write_whole(file: BinaryIO, text: str) -> None:
    """Write and make sure that it is on the disk. Raises OSError."""
    file.write(text.encode())
    file.flush()
    os.fsync(file.fileno())


def _made(path: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(path, NEW, 0o600), "wb")
    except FileExistsError as fault:
        raise Refused(
            f"{path} is there already. Give a new name: weights in use are never written over."
        ) from fault
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise Refused(f"There is no folder {path.parent}. Make it first.") from fault
    except OSError as fault:
        raise Refused(f"{path} can’t be written ({fault.strerror}). Give another name.") from fault
