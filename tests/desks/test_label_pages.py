"""Labels: what is printed scans, says nothing about a person, and begins where the sheet is free."""

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from typst import Compiler

from nightdesk.desks.exhibits import labels
from nightdesk.outside import pdf as typesetting
from nightdesk.outside.codes import QUIET
from nightdesk.outside.current import pack
from nightdesk.queries.clock import database_now
from nightdesk.queries.exhibits import Sought, register
from nightdesk.rules.pack_exhibits import LabelSheet
from tests.actions.exhibits import enter
from tests.outside.picture import brightness
from tests.outside.qr import SIZE, read_qr
from tests.people import as_reader, signed_in

PPI = 110
PER_MM = PPI / 25.4


@pytest.fixture
def now() -> datetime:
    """A while ago by the database's own clock."""
    return database_now() - timedelta(hours=3)


def printed(client: Client, **given: Any) -> Any:
    """The answer to the form."""
    return client.post(reverse("exhibit_labels"), {"sheet": "a4_24", "start": "1", "copies": "1"} | given)


def scanned(page: list[list[int]], place: dict[str, float]) -> str:
    """What a scanner reads in the place of a label: its code is at the left, in the middle of the height."""
    side = min(place["height"] - 2, place["width"] * 0.45)
    left, top = place["x"] + 1, place["y"] + (place["height"] - side) / 2
    module = side / (SIZE + 2 * QUIET)
    middles = [(n + QUIET + 0.5) * module for n in range(SIZE)]
    across = [round((left + middle) * PER_MM - 0.5) for middle in middles]
    return read_qr(
        [[int(page[round((top + down) * PER_MM - 0.5)][x] < 128) for x in across] for down in middles]
    )


def pages_of(facts: dict[str, Any]) -> list[list[list[int]]]:
    """The sheet as a printer draws it: the same template and facts as the PDF, as pixels."""
    compiler = Compiler(
        str(typesetting.TEMPLATES / "labels.typ"), root=str(typesetting.TEMPLATES), font_paths=typesetting._fonts(),
        sys_inputs={"facts": json.dumps(facts)},
    )  # fmt: skip
    drawn = compiler.compile(format="png", ppi=PPI)
    return [brightness(page) for page in ([drawn] if isinstance(drawn, bytes) else drawn)]


@pytest.mark.parametrize("sheet", list(pack().label_sheets), ids=lambda sheet: sheet.id)
def test_every_label_on_every_sheet_scans_as_its_exhibit(cast: Any, now: datetime, sheet: LabelSheet) -> None:
    """At 110 dots an inch, a third of a cheap printer: looked at where the label lies, read by the standard."""
    for _ in range(2):
        enter(cast, now)
    rows = register(as_reader(cast.priya), Sought(), database_now()).rows
    facts = labels.facts(sheet, rows, start=sheet.places, copies=1)
    assert [len(page) for page in facts["pages"]] == [1, 1]
    for page, listed in zip(pages_of(facts), facts["pages"], strict=True):
        for label in listed:
            assert scanned(page, label) == label["code"]
    assert {label["code"] for page in facts["pages"] for label in page} == {row.code for row in rows}


def test_labels_fill_the_sheet_row_by_row_from_the_first_free_place() -> None:
    """Twenty-two places are used: two labels fit, the third begins a new sheet."""
    sheet = pack().label_sheets["a4_24"]
    rows = [
        type(
            "Row",
            (),
            {"code": f"EK7M2-Q9XR{n}", "court_ref": "P/1", "kind": "object", "taken_at": database_now},
        )()
        for n in "234"
    ]
    for row in rows:
        row.taken_at = datetime.fromisoformat("2026-11-22T02:10:00+00:00")
    first, second = labels.facts(sheet, rows, start=23, copies=1)["pages"]
    assert [(label["x"], label["y"]) for label in first] == [(73.2, 250.2), (139.2, 250.2)]
    assert [(label["x"], label["y"]) for label in second] == [(7.2, 12.9)]
    whole = labels.facts(sheet, rows, start=1, copies=8)["pages"]
    assert [len(page) for page in whole] == [24]


def test_the_sheet_holds_codes_and_no_word_about_anybody(client: Client, cast: Any, now: datetime) -> None:
    """Code, court reference, kind, moment; accessible; no case, no description, no name."""
    made = enter(cast, now)
    answer = printed(signed_in(client, cast.priya), codes=[made.code], copies="2")
    assert answer["Content-Type"] == "application/pdf"
    read = PdfReader(io.BytesIO(answer.content))
    text = " ".join(read.pages[0].extract_text().split())
    assert text.count(made.code) == 2
    assert made.court_ref in text
    assert "Urine" in text
    for word in ("MARKPOT", "Priya", made.disclosure.reference, "raped"):
        assert word not in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.metadata
    assert read.metadata.title == "Labels"


def test_what_can_not_be_printed_is_told(client: Client, cast: Any, now: datetime) -> None:
    """Nothing ticked, a place the sheet does not have, somebody else's exhibit."""
    made = enter(cast, now)
    signed_in(client, cast.priya)
    assert "Tick at least one" in printed(client).content.decode()
    assert "This sheet has 24 places" in printed(client, codes=[made.code], start="25").content.decode()
    assert printed(signed_in(client, cast.kofi), codes=[made.code]).status_code == 422


def test_the_link_of_one_exhibit_ticks_it(client: Client, cast: Any, now: datetime) -> None:
    """And only it is offered."""
    made = [enter(cast, now) for _ in range(2)]
    content = (
        signed_in(client, cast.priya).get(reverse("exhibit_labels"), {"about": made[0].code}).content.decode()
    )
    assert made[0].code in content
    assert "checked" in content
    assert made[1].code not in content
