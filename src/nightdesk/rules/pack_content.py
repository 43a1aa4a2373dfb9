"""The content of a hand-over pack as plain values for its template: from whom, for whom, by what right, and what. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nightdesk.rules.consent import Answer
from nightdesk.rules.pack_shape import Pack
from nightdesk.rules.pack_sharing import BY_CONSENT, BY_DUTY
from nightdesk.rules.shared_entry import Piece
from nightdesk.rules.sharing import WITHOUT, Fate


@dataclass(frozen=True)
class Heading:
    """What stands above the fields: all of it in words already."""

    code: str
    reference: str
    for_whom: str
    purpose: str
    made_by: str
    made_at: str
    answer_to: str
    basis: tuple[str, ...]  # one sentence for each consent or decision


def basis_of(found: Iterable[Fate], values: Mapping[str, tuple[Piece, ...]]) -> dict[str, str]:
    """Group → what let it go, for every group of which something goes."""
    return {fate.field.group: fate.why for fate in found if fate.goes and fate.field.id in values}


def consents_of(basis: Mapping[str, str], answers: Iterable[Answer]) -> tuple[int, ...]:
    """The numbers of the answers that let something go."""
    groups = {group for group, why in basis.items() if why == BY_CONSENT}
    return tuple(answer.number for answer in answers if not answer.replaced and answer.yes & groups)


def parts_of(pieces: Iterable[Piece]) -> dict[str, list[Any]]:
    """The values of a field as plain texts, and its entries as titles with lines of (what, as known, what it rests on)."""
    given = tuple(pieces)
    return {
        "texts": [one for one in given if isinstance(one, str)],
        "entries": [
            {"title": one.title, "lines": [list(line) for line in one.lines]}
            for one in given if not isinstance(one, str)
        ],
    }  # fmt: skip


def content(
    heading: Heading, found: Iterable[Fate], values: Mapping[str, tuple[Piece, ...]], pack: Pack
) -> dict[str, Any]:
    """Everything the template prints. Only fields that go and of which there is something to say."""
    going = [fate for fate in found if fate.goes and fate.field.id in values]
    basis = basis_of(going, values)
    by_duty = BY_DUTY in basis.values()
    said = {line.id: line.text_in("en") for line in pack.share_lines}
    return {
        "title": f"Hand-over pack {heading.code}", "lang": "en", "classification": said["classification"],
        "footer": said["do_not_pass_on"], "code": heading.code,
        "warning": said["without_consent"] if WITHOUT in basis.values() else "",
        "about": [
            ["For", heading.for_whom], ["What it is for", heading.purpose], ["Police reference", heading.reference],
            ["Made by", f"{heading.made_by}, {heading.made_at}"], ["Answer to", heading.answer_to],
        ],
        "basis": [said["by_duty"]] if by_duty else list(heading.basis),
        "lines": [said[line] for line in (("stop_when_told", "not_everything") if not by_duty else ("not_everything",))],
        "groups": [
            {
                "title": pack.share_groups[group].label,
                "rows": [
                    {"label": fate.field.label, **parts_of(values[fate.field.id])}
                    for fate in going if fate.field.group == group
                ],
            }
            for group in pack.share_groups.ids() if group in basis
        ],
    }  # fmt: skip
