"""What must never be in the repository: where packages came from, this machine's folders, lock files that name hosts.

The shapes are looked for, not names: an address that ends like a package file, or like the index page of one.
"""

import re
import tomllib
from pathlib import Path

import pytest

from tests.codebase.reading import ROOT, named, text_of, tracked

PACKAGE_FILE = re.compile(r"https?://[^\s\"'<>)\]]+\.(whl|tar\.gz|tar\.bz2|tgz|deb|crate|gem)\b")
INDEX_PAGE = re.compile(r"https?://[^\s\"'<>)\]]+/simple(/|\b)")
INDEX_OPTION = re.compile(r"--(?:(extra-)?index-url|find-links|trusted-host)\b|^registry\s*=", re.MULTILINE)
MACHINE_FOLDER = re.compile(r"(?<![\w./~-])/(root|home/\w+|Users/\w+)/[\w.]")
EVERYBODYS = {
    "/",
    "/tmp",
    "/usr",
    "/opt",
    "/srv",
    "/var",
    "/home",
    "/root",
    "/app",
    "/src",
    "/build",
    "/builds",
}
FORBIDDEN_NAMES = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", ".env"}


def hosts_in(text: str) -> list[str]:
    """Addresses of package files or index pages, and options that set an index."""
    return [
        match.group()[:120]
        for shape in (PACKAGE_FILE, INDEX_PAGE, INDEX_OPTION)
        for match in shape.finditer(text)
    ]


def folders_in(text: str, checkout: Path = ROOT) -> list[str]:
    """Folders of one machine: a home, or where this checkout lies."""
    found = [match.group() for match in MACHINE_FOLDER.finditer(text)]
    parent = str(checkout.parent)
    here = [str(checkout)] if parent in EVERYBODYS else [f"{parent}/"]
    return found + [folder for folder in here if re.search(rf"(?<![\w./~-]){re.escape(folder)}", text)]


def test_no_file_says_where_packages_come_from() -> None:
    """The lists in requirements/ hold names, versions and hashes; each site decides where from."""
    found = [f"{named(path)}: {address}" for path in tracked() for address in hosts_in(text_of(path))]
    assert not found, "\n".join(found)


def test_no_file_knows_the_folders_of_a_machine() -> None:
    """A path of the machine it was written on breaks on every other one."""
    found = [f"{named(path)}: {folder}" for path in tracked() for folder in folders_in(text_of(path))]
    assert not found, "\n".join(found)


def test_no_lock_file_that_names_hosts() -> None:
    """requirements/*.txt are the lists we keep; ./dev lock makes them."""
    assert not [named(path) for path in tracked() if path.name in FORBIDDEN_NAMES]
    ignored = text_of(ROOT / ".gitignore")
    assert "uv.lock" in ignored
    assert "pylock.toml" in ignored


def test_every_pinned_package_has_its_hashes() -> None:
    """`pip install --require-hashes` refuses otherwise, on somebody else's machine."""
    for name in ("run.txt", "test.txt"):
        blocks = re.split(r"\n(?=\S)", text_of(ROOT / "requirements" / name).strip())
        pinned = [block for block in blocks if not block.startswith("#")]
        assert pinned
        assert not [
            block.split()[0] for block in pinned if "==" not in block or "--hash=sha256:" not in block
        ]


def without_reason(text: str) -> list[str]:
    """Dependencies of a pyproject whose line carries no reason."""
    wanted = tomllib.loads(text)
    names = [
        *wanted["project"]["dependencies"],
        *(name for group in wanted["dependency-groups"].values() for name in group),
    ]
    lines = text.splitlines()
    return [
        name
        for name in names
        if not any(f'"{name}"' in line and "# " in line.rsplit('"', 1)[-1] for line in lines)
    ]


def test_every_dependency_has_its_reason() -> None:
    """Beside its name, in pyproject.toml."""
    assert not without_reason(text_of(ROOT / "pyproject.toml"))


def test_the_project_stands_alone() -> None:
    """Nothing needs a folder outside the checkout."""
    ours = [
        path for path in tracked() if path.suffix in (".py", ".sh", ".toml", "") and path != Path(__file__)
    ]
    assert not [named(path) for path in ours if re.search(r"\.\./shared|\bissues show\b", text_of(path))]


def test_continuous_integration_calls_only_what_everybody_calls() -> None:
    """Two words, nothing hidden."""
    lines = [line for line in text_of(ROOT / ".ci" / "run").splitlines() if line and not line.startswith("#")]
    assert lines[-2:] == ["./dev check", "./dev test"]
    assert len(text_of(ROOT / "dev").splitlines()) <= 60


@pytest.mark.parametrize("end", ["x-1.0-py3-none-any.whl", "x-1.0.tar.gz", "x-1.0.tgz", "pool/x_1.0.deb"])
def test_a_link_to_a_package_file_is_found(end: str) -> None:
    """The tester can fail, and an ordinary link passes."""
    assert hosts_in(f'"resolved": "https://mirror.test/{end}"')
    assert hosts_in("https://mirror.test/" + "simple/")
    assert hosts_in("--index" + "-url x")
    assert not hosts_in("https://www.legislation.test/ukpga/2003/42 and https://mirror.test/simpleton")


def test_a_machine_folder_is_found() -> None:
    """The tester can fail, and a system path passes."""
    assert folders_in("open('/ro" + "ot/x')")
    assert folders_in("cd /ho" + "me/ann/nightdesk")
    assert folders_in("see /place/of/it/x", Path("/place/of/it/nightdesk"))
    assert folders_in("see /tmp/nightdesk/x", Path("/tmp/nightdesk"))
    assert not folders_in("/usr/lib/postgresql and /staff/home/ and /tmp/x", Path("/tmp/nightdesk"))


def test_a_dependency_without_a_reason_is_found() -> None:
    """The tester can fail."""
    text = '[project]\ndependencies = [\n "a",  # why\n "b",\n]\n[dependency-groups]\ntest = [\n "c", "d",  # both\n]\n'
    assert without_reason(text) == ["b"]
