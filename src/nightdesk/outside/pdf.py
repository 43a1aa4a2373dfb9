"""Typst: turns a template of ours and some facts into an accessible PDF (PDF/UA-1).

Templates are the .typ files beside this one, in typst/; they take the facts with
`#let facts = json(bytes(sys.inputs.facts))`. A fact is never spliced into the source: Typst shows a string as text,
so what a person typed cannot become markup. A picture goes in as SVG text: `image(bytes(facts.code), alt: "…")`.

Only the fonts that come with us and with Typst are used, never those of the machine, so that a sheet looks the same
everywhere. They hold the Latin, Greek, Cyrillic and Arabic alphabets; PDF/UA-1 refuses a letter that no font can show,
and so do we, rather than printing an empty box where a word was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from typst import Compiler, Fonts, TypstError

TEMPLATES = Path(__file__).resolve().parent / "typst"
STANDARD = "ua-1"
NO_GLYPH = "could not be displayed with font"


class LettersMissing(ValueError):
    """The text has letters that no font of ours can show. The message says what to do, and none of the text."""


def pdf(template: str, facts: Mapping[str, object]) -> bytes:
    """The PDF that `template` (the name of a file in typst/, without its ending) makes of `facts` (kept as JSON).

    The same facts give the same bytes: no clock is read. Raises LettersMissing, which a page shows as it is;
    TypstError for a fault in the template itself, which is ours.
    """
    compiler = Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD])
    except TypstError as fault:
        if NO_GLYPH not in str(fault):
            raise
        # "from None": the fault quotes the text, which may be a person's, and would stand in the log
        raise LettersMissing(
            "This sheet has letters that the PDF cannot show. Print the page itself instead."
        ) from None
    if not isinstance(made, bytes):
        raise TypeError(f"{template} is more than one file; a template makes one PDF.")
    return made


@cache
def _fonts() -> Fonts:
    """Ours first, then those inside the Typst wheel; read once per process."""
    return Fonts(include_system_fonts=False, font_paths=[str(TEMPLATES / "fonts")])
