"""What each field of a hand-over pack says of a case: one source for each kind of record, by its name in SOURCES.

A new kind of record adds a function here, its fields to rules/shared_field.py and its rows to sharing.toml. Every seal is
opened by `open_for_pack`, which refuses a row under any key but that of a case's ordinary record: the shield's stays shut
whatever a table or a source may say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from django.utils import timezone

from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.exhibits import Exhibit
from nightdesk.records.flags import CaseFlag
from nightdesk.records.kits import Kit
from nightdesk.records.sealed import SealBroken, SealedRow
from nightdesk.records.shared_agreed import agreed_values
from nightdesk.records.shared_entries import ending_values, entry_values, wish_values
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.flag import RAISED
from nightdesk.rules.pack_exhibits import kind_of
from nightdesk.rules.pack_shape import Pack
from nightdesk.rules.recording import CRIME
from nightdesk.rules.shared_entry import Piece
from nightdesk.rules.terms import NOT_ASKED

ORDINARY: Final = "personal"  # the purpose of a vault that a pack may open
ENGLISH: Final = "en"
YES_NO: Final = {"yes": "Yes", "no": "No", "dont_know": "Does not know"}
OUTCOMES: Final = {"done": "done", "declined": "declined", "not_possible": "not possible"}
OFFER_ANSWERS: Final = {"accepted": "yes", "declined": "no", "later": "not now"}
Values = Mapping[str, tuple[Piece, ...]]


@dataclass(frozen=True)
class Material:
    """The case that is read, with the words of the pack and the clock on the wall."""

    case: Case
    pack: Pack
    zone: tzinfo

    def moment(self, at: datetime) -> str:
        """A moment in the force's zone."""
        local = timezone.localtime(at, self.zone)
        return f"{local.day} {local:%b %Y, %H:%M}"


def open_for_pack(row: SealedRow, name: str) -> Any:
    """The plain value of a sealed field for a pack. Raises SealBroken for a row under a key of another purpose."""
    if row.vault.purpose != ORDINARY:
        raise SealBroken(
            "This record never goes into a hand-over pack. Tell the auditor that one asked for it."
        )
    return row.opened(name)


def values_of(case: Case, pack: Pack, zone: tzinfo) -> dict[str, tuple[Piece, ...]]:
    """Field → what it says, for every field there is something to say of. Opens seals: the caller has journalled it."""
    material = Material(case, pack, zone)
    found: dict[str, tuple[Piece, ...]] = {}
    for source in SOURCES.values():
        found |= {field: given for field, texts in source(material).items() if (given := _said(texts))}
    return found


def _said(texts: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(text for text in texts if not isinstance(text, str) or text.strip())


def _word(entries: Any, code: str) -> str:
    entry = entries.get(code) if code else None
    return entry.text_in(ENGLISH) if entry else code.replace("_", " ")


def _label(entries: Any, code: str) -> str:
    entry = entries.get(code)
    return entry.label if entry else code.replace("_", " ")


def _basics(material: Material) -> Basics:
    row = material.case.disclosure.versions.select_related("vault").order_by("-number").first()
    if row is None:
        return Basics()
    open_for_pack(row, "what")  # the same door for every record
    return row.basics()


def basics_values(material: Material) -> Values:
    """Who, what, when and where, as given in the newest version."""
    found, pack = _basics(material), material.pack
    plain = ("call_me", "pronouns", "on_behalf", "contact_phone", "contact_email", "contact_notes", "what")
    yes_no = ("danger_now", "under_18", "adviser")
    when, where = _when(material, found), found.where_words or _unanswered(pack, found, "where")
    return {
        **{name: (getattr(found, name),) for name in plain},
        **{name: (YES_NO.get(getattr(found, name), ""),) for name in yes_no},
        **_coded(pack, found),
        "happened_when": when,
        "happened_where": (where,),
        **agreed_values(material.case.disclosure.reference, pack, open_for_pack),
    }


def _coded(pack: Pack, found: Basics) -> Values:
    """Answers that are codes, in the words of the pack."""
    return {
        "safe_ways": tuple(_word(pack.safe_contacts, code) for code in found.safe_ways),
        "red_flags": tuple(_word(pack.red_flags, code) for code in found.red_flags),
        "interpreter": (_word(pack.languages, found.interpreter),),
        "officer_sex": (_word(pack.officer_sexes, found.officer_sex),),
        "place_kind": (_word(pack.place_kinds, found.where_kind),),
    }


def _when(material: Material, found: Basics) -> tuple[Piece, ...]:
    times = [material.moment(at) for at in (found.earliest_at, found.latest_at) if at]
    known = found.when_choice in material.pack.times  # "exact" and "between" say no more than the times
    said = found.when_words or (_word(material.pack.times, found.when_choice) if known else "")
    between = " – ".join(dict.fromkeys(times))
    return _said((said, between)) or (_unanswered(material.pack, found, "when"),)


def _unanswered(pack: Pack, found: Basics, question: str) -> str:
    state = found.state_of(question)
    return "" if state == NOT_ASKED else _word(pack.non_answers, state) if state in pack.non_answers else ""


def suspect_values(material: Material) -> Values:
    """Whoever did it, as far as known; several are numbered."""
    suspects = _basics(material).suspects
    numbered = len(suspects) > 1
    rows = [(f"({n}) " if numbered else "", suspect) for n, suspect in enumerate(suspects, 1)]
    plain = {"name": "name_used", "phone": "phone", "email": "email", "address": "address", "vehicle": "vehicle",
             "description": "description"}  # fmt: skip
    found = {
        f"suspect_{field}": tuple(f"{mark}{getattr(one, name)}" for mark, one in rows if getattr(one, name))
        for field, name in plain.items()
    }
    handles = tuple(
        f"{mark}{_handle(material.pack, one)}" for mark, one in rows if one.handle or one.platform
    )
    return found | {"suspect_handle": handles}


def _handle(pack: Pack, suspect: Suspect) -> str:
    platform = _word(pack.platforms, suspect.platform)
    return f"{suspect.handle} ({platform})" if suspect.handle and platform else suspect.handle or platform


def clock_values(material: Material) -> Values:
    """What became known of the act, and from when the times of the samples are counted."""
    rows = ClockStart.objects.filter(disclosure=material.case.disclosure).select_related("facts__vault")
    clock = rows.order_by("-started_at").first()
    if clock is None:
        return {}
    if clock.facts is not None:
        open_for_pack(clock.facts, "sites")
    known, latest = clock.known(), "" if clock.time_known else " (time not known: from when they came)"
    return {
        "clock_sites": tuple(_label(material.pack.sites, code) for code in known.sites),
        "clock_drugs": tuple(_label(material.pack.drugs, code) for code in known.drugs),
        "clock_counted": (f"{material.moment(clock.runs_from)}{latest}",),
    }


def kit_values(material: Material) -> Values:
    """Each step of the early evidence kit as it went in the end."""
    lines = []
    kits = Kit.objects.filter(disclosure=material.case.disclosure).prefetch_related("steps")
    for kit in kits.order_by("begun_at"):
        newest = {step.step: step for step in sorted(kit.steps.all(), key=lambda step: step.pk)}
        for step in newest.values():
            outcome = OUTCOMES.get(step.outcome, step.outcome.replace("_", " "))
            lines.append(
                f"{_label(material.pack.kit_steps, step.step)}: {outcome}, {material.moment(step.done_at)}"
            )
        lines.insert(len(lines) - len(newest), f"Kit {kit.number}")
    return {"kit_steps": tuple(lines)}


def exhibit_values(material: Material) -> Values:
    """What was taken, by its code and court reference; what is written about it apart."""
    rows = Exhibit.objects.filter(disclosure=material.case.disclosure).select_related("vault")
    kinds, descriptions = [], []
    for row in rows.order_by("taken_at", "code"):
        kind = kind_of(material.pack, row.kind)
        called = kind.text_in(ENGLISH) if kind else row.kind.replace("_", " ")
        kinds.append(f"{row.court_ref} ({row.code}): {called}, taken {material.moment(row.taken_at)}")
        if words := open_for_pack(row, "description"):
            descriptions.append(f"{row.court_ref}: {words}")
    return {"exhibit_kinds": tuple(kinds), "exhibit_descriptions": tuple(descriptions)}


def flag_values(material: Material) -> Values:
    """The flags that are raised, by name."""
    rows = CaseFlag.objects.filter(disclosure=material.case.disclosure, state=RAISED)
    codes = rows.order_by("found_at", "id").values_list("code", flat=True)
    return {"flags_raised": tuple(_label(material.pack.flags, code) for code in codes)}


def recording_values(material: Material) -> Values:
    """How it is recorded now."""
    row = material.case.recordings.select_related("vault").order_by("-number").first()
    if row is None:
        return {}
    section = material.pack.offence_classes if row.kind == CRIME else material.pack.no_crime_grounds
    entry = section.get(row.offence_class or row.ground)
    named = f"{entry.code} {entry.label}" if entry else row.offence_class or row.ground
    number = open_for_pack(row, "police_number")
    return {"crime": (named, f"Crime number {number}" if number else "")}


def duty_values(material: Material) -> Values:
    """Which support was offered, and what the person answered."""
    offers = [entry.id for entry in material.pack.duties if entry.met_by == "answer"]
    lines = []
    for duty in (
        material.case.duties.filter(kind__in=offers).prefetch_related("moves").order_by("due_at", "kind")
    ):
        moves = sorted(duty.moves.all(), key=lambda move: move.number)
        answers = [move.answer for move in moves if move.answer]
        if answers and moves[-1].answer:
            lines.append(
                f"{_label(material.pack.duties, duty.kind)}: {OFFER_ANSWERS.get(answers[-1], answers[-1])}"
            )
    return {"support_offered": tuple(lines)}


# Name → function. Each gives the fields that rules/shared_field.py lists under the same name.
SOURCES: Final[Mapping[str, Callable[[Material], Values]]] = {
    "basics": basics_values,
    "suspects": suspect_values,
    "clock": clock_values,
    "kits": kit_values,
    "exhibits": exhibit_values,
    "flags": flag_values,
    "recordings": recording_values,
    "duties": duty_values,
    "wishes": lambda given: wish_values(given.case, given.pack, open_for_pack, given.moment),
    "entries": lambda given: entry_values(given.case, given.pack, open_for_pack, given.moment),
    "endings": lambda given: ending_values(given.case, given.pack, open_for_pack, given.moment),
}
