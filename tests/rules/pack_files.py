"""The smallest pack there can be, as parsed files, for tests that break one thing at a time."""

from datetime import date, time
from typing import Any

from nightdesk.rules.interest import KINDS
from nightdesk.rules.pack_closing import ENDINGS, LINES
from nightdesk.rules.pack_closing import LIMITS as CLOSING_LIMITS
from nightdesk.rules.pack_kit import KIT_LINES, PLACES
from nightdesk.rules.pack_linkage import LINK_LIMITS
from nightdesk.rules.pack_notices import KINDS as NOTICES
from nightdesk.rules.pack_notices import OFFER
from nightdesk.rules.pack_references import CARD_LINES, RELATED_TAGS
from nightdesk.rules.pack_search import LIMITS
from nightdesk.rules.pack_sharing import KINDS as RECIPIENTS
from nightdesk.rules.pack_sharing import SHARING_LINES
from nightdesk.rules.pack_shield import SHIELD_LINES
from nightdesk.rules.shared_field import ALL_FIELDS
from nightdesk.rules.shield import PURPOSES
from nightdesk.rules.terms import CHANNELS, STORE_KINDS
from nightdesk.rules.turned_away import CLOSED, STATES

BASE: dict[str, Any] = {"source": "A page", "source_label": "S"}
DEFAULTS: dict[str, Any] = {"owner": "Clinical lead", "review_on": date(2027, 5, 22)}
TIMED: dict[str, Any] = {"label": "Sample", "advice": "Offer it.", "order": 1}


def worded(entry_id: str, words: str = "Words") -> dict[str, Any]:
    """An entry with words and nothing else."""
    return {"id": entry_id, "text": {"en": words}, **BASE}


def small_files() -> dict[str, dict[str, Any]]:
    """A new copy each time: file stem → parsed TOML of a pack that can be used."""
    related = [{"id": tag, "label": tag, "hint": "When", "do": "This", **BASE} for tag in RELATED_TAGS]
    files: dict[str, dict[str, Any]] = {
        "windows": _windows(),
        "health": {"health": [_care()]},
        "drugs": {"drug": [_drug()]},
        "card": {"line": [worded(line) for line in CARD_LINES]},
        "lines": {kind: [worded("one")] for kind in ("say", "never_say", "never_ask")},
        "related_offences": {"related_offence": related},
        "flags": _flags(),
        "offence_classes": _classes(),
        "directory": {"need": [worded("talk")], "service": [_service()]},
        "answers": _answers(),
        "escalation": _escalation(),
        "kit": _kit(),
        "exhibits": _exhibits(),
        "shield": _shield(),
        "duties": _duties(),
        "contact": _contact(),
        "particulars": {"object_kind": [{**worded("phone"), "look_for": {"en": "Its number"}}]},
        "sharing": _sharing(),
        "notices": _notices(),
        **(_search() | _deaths() | {"closing": _closing()}),
    }
    files["lines"]["red_flag"] = [{**worded("chest_pain"), "do": "Ring."}]
    for stem, raw in files.items():
        dated = stem in ("windows", "health", "drugs", "escalation", "kit", "shield", "duties", "closing")
        raw["defaults"] = DEFAULTS | ({"edition": "1"} if dated else {})
    return {"pack": _about(), **files}


def _care() -> dict[str, Any]:
    care = {"id": "pep", "for_whom": "Anyone", "hours": 72, "best_hours": 24, "say": {"en": "Ask."}}
    return {**care, **TIMED, **BASE}


def _escalation() -> dict[str, Any]:
    steps = [_step("soit", 0), _step("control_room", 15)]
    return {"step": steps, "hold": [_hold()], "reminder": [_reminder()]}


def _hold(minutes: int = 15) -> dict[str, Any]:
    return {"id": "answer", "label": "Answer", "minutes": minutes, **BASE}


def _reminder() -> dict[str, Any]:
    times = {"after_minutes": 45, "every_minutes": 15, "times": 4}
    return {"id": "on_the_way", "label": "On the way", **times, **BASE}


def _about() -> dict[str, Any]:
    languages = {"languages": ["en", "cy", "pt_BR"], "time_zone": "Europe/London", "edition": "1"}
    numbers = {"emergency_number": "112", "non_emergency_number": "110"}
    whose = {"owner": "Chief", "review_on": date(2027, 5, 22), "role_names": {"soit": "Specialist"}}
    return {"name": "small", "title": "Small", "country": "XX", **languages, **numbers, **whose}


def _windows() -> dict[str, Any]:
    skin = {"id": "skin_swab", "specimen": "swab", "kind": "dna", "sites": ["skin"], "hours": 48}
    urine = {"id": "first_urine", "specimen": "urine", "kind": "toxicology", "hours": 12}
    sites = [{"id": "skin", "label": "Skin", **BASE}, {"id": "oral", "label": "Mouth", **BASE}]
    examination = {"id": "examination", "specimen": "examination", "kind": "dna", "hours": 240}
    return {
        "site": sites,
        "specimen": [entry | TIMED | BASE for entry in (skin, urine, examination)],
        "avoid": [worded("washing")],
        "comfort": [worded("care_first"), worded("already_done")],
    }


def _drug() -> dict[str, Any]:
    names = {"names": ["GHB"], "slang": ["G"], "drug_class": "B", "looks": "Clear", "dangers": ["Sleep"]}
    return {"id": "ghb", "label": "GHB", "blood_hours": [4, 8], "urine_hours": [12, 24], **names, **BASE}


def _flags() -> dict[str, Any]:
    return {
        "flag": [_flag("chemsex_context"), _flag("drug_facilitated_suspected")],
        "audience": [{**worded("person"), "kind": "person"}],
        "way": [worded("in_person")],
        "not_told": [worded("not_safe")],
    }


def _flag(entry_id: str) -> dict[str, Any]:
    criteria = {"raise_when": ["This"], "not_when": ["That"], "review_after_days": 180}
    return {"id": entry_id, "label": entry_id, "meaning": "What it means", **criteria, **BASE}


def _service() -> dict[str, Any]:
    hours = [{"days": ["mon", "fri"], "opens": time(10), "closes": time(20, 30)}]
    contact = {"for_whom": "Anyone", "needs": ["talk"], "country": "XX", "phone": "1", "openings": hours}
    return {"id": "line", "label": "A line", **contact, **BASE}


def _step(layer: str, minutes: int) -> dict[str, Any]:
    return {"id": f"page_{layer}", "layer": layer, "label": layer, "after_minutes": minutes, **BASE}


def _exhibits() -> dict[str, Any]:
    fault = {"outside_minutes": 15, "silent_hours": 6, "degrees": [2, 8]}
    urine = {"stores": ["fridge"], "specimens": ["first_urine"], "submit_days": 14}
    sheet = {"page_width": 210.0, "page_height": 297.0, "columns": 3, "rows": 8, "left": 7.0, "top": 15.0}
    return {
        "store_kind": [{**worded(kind), **fault} for kind in STORE_KINDS],
        "exhibit_kind": [{**worded("urine"), **urine}, {**worded("object"), "stores": ["dry"]}],
        "label_sheet": [{**worded("a4"), **sheet, "label_width": 64.0, "label_height": 33.0}],
        "destruction_ground": [worded("spent")],
        "hold_ground": [worded("appeal")],
    }


def _duties() -> dict[str, Any]:
    told = {
        "label": "Tell them",
        "do": "Tell them.",
        "starts": "key_event",
        "met_by": "hand",
        "working_days": 1,
    }
    recorded = {"label": "Record", "do": "Record it.", "starts": "opened", "met_by": "recording", "hours": 24}
    return {
        "duty": [{"id": "person_told", **told, **BASE}, {"id": "crime_recorded", **recorded, **BASE}],
        "key_event": [{"id": "court_date", "label": "A court date", **BASE}],
        "duty_ground": [{"id": "has_it", "label": "Has it", **BASE}],
        "no_crime_ground": [{"id": "elsewhere", "code": "N", "label": "Elsewhere", **BASE}],
    }


def _contact() -> dict[str, Any]:
    call = {"safe_by": ["text"], "other": "answer", "at": "phone"}
    return {
        "way": [{**worded("phone_call"), **call}, worded("meeting")],
        "outcome": [
            {**worded("reached"), "direction": "out", "reached": True},
            {**worded("message_left"), "direction": "out"},
            {**worded("they_contacted"), "direction": "in", "reached": True},
        ],
        "task_kind": [worded("call_back")],
    }


def _classes() -> dict[str, Any]:
    return {
        table: [{"id": entry_id, "code": entry_id, "label": "Class", **BASE}]
        for table, entry_id in (("offence_class", "c1"), ("related_class", "c2"))
    }


def _closing() -> dict[str, Any]:
    outcome = {"id": "ended", "code": "0", "label": "Ended", "endings": list(ENDINGS), **BASE}
    return {
        "outcome": [outcome],
        "limit": [{"id": limit, "label": limit, "amount": 1, **BASE} for limit in CLOSING_LIMITS],
        "reopen_ground": [{"id": "person_back", "label": "Back", "words": False, **BASE}],
        "line": [worded(line) for line in LINES],
    }


def _notices() -> dict[str, Any]:
    told = {"officer_hours": 0.0, "supervisor_hours": 24.0}
    return {
        "kind": [
            {"id": kind, "label": kind, **told, **({"asker_hours": 1.0} if kind == OFFER else {}), **BASE}
            for kind in NOTICES
        ],
        "hours": [{"id": "day", "opens_hour": 7, "closes_hour": 20, **BASE}],
    }


def _shield() -> dict[str, Any]:
    return {
        "line": [worded(line) for line in SHIELD_LINES],
        "route": [worded("drunk")],
        "reason": [{**worded(purpose), "purpose": purpose} for purpose in PURPOSES],
        "kind": [{**worded(kind), "meaning": "What it is", "holds": "What holds"} for kind in KINDS],
        "follow_up": [{**worded(state), "hours": 24} for state in STATES if state != CLOSED],
    }


def _search() -> dict[str, Any]:
    search = {
        "nickname": [{"id": "english", "label": "English", "groups": ["elizabeth liz"], **BASE}],
        "left_out": [{"id": "titles", "among": "name", "words": ["mr"], **BASE}],
        "shape": [{"id": "plate", "pattern": "[a-z]{3}", **BASE}],
    }
    limits = [{"id": limit, "label": "Limit", "hours": 8, "number": 30, **BASE} for limit in LIMITS]
    return {"search": search, "openings": {"reason": [worded("other")], "limit": limits}}


def _deaths() -> dict[str, Any]:
    why = {"why": {"en": "So"}}
    deaths = {
        "marker": [{**worded(marker), **why} for marker in ("ghb", "moved")],
        "step": [{**worded("tell"), **why}],
        "limit": [{"id": "card", "label": "Card", "number": 2, **BASE}],
    }
    return {
        "deaths": deaths,
        "linkage": {
            "switch": [{"id": "ethnicity", "label": "It", "on": False, **BASE}],
            "limit": [{"id": limit, "label": limit, "number": 10, **BASE} for limit in LINK_LIMITS],
        },
    }


def _sharing() -> dict[str, Any]:
    everybody, honest = list(RECIPIENTS), {"basis": "consent", "honest": "So"}
    return {
        "recipient": [{"id": kind, "label": kind, **honest, **BASE} for kind in RECIPIENTS],
        "group": [{**worded("all"), "label": "All"}],
        "field": [{"id": one, "label": one, "group": "all", "to": everybody, **BASE} for one in ALL_FIELDS],
        "purpose": [{**worded("support"), "kinds": everybody}],
        "consent_way": [worded("phone")],
        "send_way": [worded("post")],
        "ground": [{**worded("danger"), "kinds": everybody, "hours": 72, "meaning": "So"}],
        "line": [worded(line) for line in SHARING_LINES],
    }


def _answers() -> dict[str, Any]:
    return {
        "channel": [worded(channel) for channel in CHANNELS],
        "time": [{**worded("last_day"), "earliest_hours_ago": 24, "latest_hours_ago": 0}],
        "non_answer": [worded("dont_know"), worded("rather_not")],
        "safe_contact": [
            {**worded(way), "care": "Say little."} for way in ("text", "no_contact", "i_will_contact_you")
        ],
        "language": [{**worded("cy"), "code": "cy", "own_name": "Cymraeg"}],
        "officer_sex": [worded("woman")],
        "platform": [{**worded("app"), "kind": "dating"}],
        "place_kind": [worded("hotel")],
    }


def _kit() -> dict[str, Any]:
    sample = {"kind": "sample", "specimen": "first_urine", "before": ["toilet"]}
    steps = [
        {**worded(entry_id), "label": entry_id, "do": ["This"], "why": "So", **more}
        for entry_id, more in (("care", {"kind": "check"}), ("urine", sample))
    ]
    return {
        "kit_step": steps,
        "kit_place": [{**worded(place), "then": "waits"} for place in PLACES],
        "kit_next": [worded("waits")],
        "kit_line": [worded(line) | _leads(line) for line in KIT_LINES],
    }


def _leads(line: str) -> dict[str, str]:
    return {"href": "https://weather.example/"} if line == "leave" else {}
