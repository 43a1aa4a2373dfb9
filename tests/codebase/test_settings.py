"""Every setting and every word of the command line is documented, and nothing else is."""

import re

from tests.codebase.reading import ROOT, python_files, text_of

SETTING = re.compile(r"\bNIGHTDESK_[A-Z_]+\b")
READ = re.compile(r"env\.(?:text|yes|whole)\(\s*[\"'](NIGHTDESK_[A-Z_]+)")
BY_HAND = re.compile(r"os\.environ(?:\.get\(|\[)\s*f?[\"'](NIGHTDESK_[A-Z_]+)")
SETTINGS_PAGE = ROOT / "docs" / "settings.md"


def read_in_code() -> set[str]:
    """Settings that the product reads."""
    texts = [text_of(path) for path in python_files()]
    named = {name for text in texts for shape in (READ, BY_HAND) for name in shape.findall(text)}
    return {name for name in named if not name.endswith("_")}


def documented(text: str) -> set[str]:
    """Settings with a row of their own."""
    return set(re.findall(r"^\| `(NIGHTDESK_[A-Z_]+)`", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    """One row a setting: what it means, its default, when to change it."""
    rows, read = documented(text_of(SETTINGS_PAGE)), read_in_code()
    assert not (absent := read - rows), f"Write a row in docs/settings.md for {sorted(absent)}."
    assert not (gone := rows - read - {"NIGHTDESK_KEYSET_WRAP", "NIGHTDESK_KEYSET_BLIND"}), (
        f"Nothing reads {sorted(gone)}."
    )


def test_settings_are_read_in_one_place() -> None:
    """site/settings.py reads the environment; the key store alone reads its own keys."""
    found = {
        path.name for path in python_files() if BY_HAND.search(text_of(path)) or READ.search(text_of(path))
    }
    assert found <= {"settings.py", "keys.py", "env.py"} | {path.name for path in python_files("site")}, found


def test_a_setting_without_a_row_is_found() -> None:
    """The tester can fail."""
    assert documented("| `NIGHTDESK_DATA` | x |\nNIGHTDESK_SITE is not a row") == {"NIGHTDESK_DATA"}
    assert READ.findall('env.whole("NIGHTDESK_IDLE_SECONDS", 300)') == ["NIGHTDESK_IDLE_SECONDS"]
