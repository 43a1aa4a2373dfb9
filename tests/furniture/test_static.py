"""What is shipped to the browser: complete, nobody else's brand, no address of any registry."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command

import nightdesk.desks.furniture

FURNITURE = Path(nightdesk.desks.furniture.__file__).parent
STATIC = FURNITURE / "static" / "nightdesk"
SHIPPED = sorted(STATIC.iterdir())
TEMPLATES = sorted((FURNITURE / "templates").rglob("*.html"))
ADDRESS = re.compile(r"https?://(?!www\.w3\.org/|\")")


def test_static_files_collect_with_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = {
        re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", path.name) for path in (tmp_path / "nightdesk").iterdir()
    }
    assert {path.name for path in SHIPPED} <= hashed
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_asks_nobody_else_and_carries_no_brand_of_gov_uk(path):
    text = path.read_text(encoding="utf-8")
    assert ADDRESS.findall(text) == []
    for word in ("GDS Transport", "@font-face", "crest", "crown", "sourceMappingURL", "@import"):
        assert word not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_script_or_style_of_its_own_and_is_short(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text)
    assert len(text.splitlines()) <= 100


def test_the_front_end_is_small():
    weight = {path.name: len(gzip.compress(path.read_bytes())) for path in SHIPPED}
    assert weight["govuk.css"] + weight["tokens.css"] + weight["nightdesk.css"] < 20_000
    assert sum(size for name, size in weight.items() if name.endswith(".js")) < 10_000


def test_the_right_to_left_overlay_was_built_from_the_same_release():
    first_lines = {
        name: (STATIC / name).read_text(encoding="utf-8").splitlines()[0] for name in ("govuk.css", "rtl.css")
    }
    assert len(set(first_lines.values())) == 1
