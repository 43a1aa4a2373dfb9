"""The fairness page in words and rows: the switch, shares with and without ethnicity, and the audit of live work."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.outside.current import pack
from nightdesk.queries.link_audits import AuditSeen, SwitchSeen
from nightdesk.rules.fairness import MEASURES, Counted, Share, table
from nightdesk.rules.link_audit import AGE, BANDS, BY, AuditRow
from nightdesk.rules.pack_deaths import ETHNICITY, LinkSwitch

WORDS: Final[dict[str, Any]] = {
    "reporter": gettext_lazy("By who reports"), "group": gettext_lazy("By how the man’s ethnicity was described"),
    "kind": gettext_lazy("By how the new report came"), "age": gettext_lazy("By the age of the person it happened to"),
    "unit": gettext_lazy("By unit"),
    "first": gettext_lazy("An earlier report about the same man stands first"),
    "ten": gettext_lazy("An earlier report about the same man is among the first ten"),
    "wrong": gettext_lazy("A report about another man stands at even odds or better among the first ten"),
    "victim": gettext_lazy("The person themselves"), "third_party": gettext_lazy("Somebody else"),
    "anonymous": gettext_lazy("Anonymous"), "partner_agency": gettext_lazy("A partner organisation"),
    "unexplained_death": gettext_lazy("An unexplained death"), "not_recorded": gettext_lazy("Not recorded"),
    "death": gettext_lazy("Unexplained death"), "": gettext_lazy("Of no unit"),
    "white": gettext_lazy("White"), "asian": gettext_lazy("Asian"), "black": gettext_lazy("Black"),
    "mixed": gettext_lazy("Mixed"), "latin_american": gettext_lazy("Latin American"),
    "east_asian": gettext_lazy("East Asian"), "arab": gettext_lazy("Arab"), "other": gettext_lazy("Other"),
    "under_18": gettext_lazy("Under 18"), "18_to_24": gettext_lazy("18 to 24"), "25_to_34": gettext_lazy("25 to 34"),
    "35_to_44": gettext_lazy("35 to 44"), "45_to_54": gettext_lazy("45 to 54"),
    "55_and_over": gettext_lazy("55 and over"), "adult": gettext_lazy("18 or over, and no nearer"),
}  # fmt: skip


def switch_facts(switch: LinkSwitch, seen: SwitchSeen | None, today: date) -> dict[str, Any]:
    """The switch with who answers for it; whether the worker does something else than the pack says."""
    about = pack().about
    rows = [
        (_("Edition of the pack"), about.edition),
        (_("Who answers for it"), switch.owner),
        (_("To be looked at again by"), _review(switch.review_on, today)),
        (_("Signed"), _signed(switch)),
        (_("Where it comes from"), switch.source),
    ]
    return {
        "switch": switch, "seen": seen, "differs": seen is not None and seen.on is not switch.on,
        "facts": [{"key": key, "value": value} for key, value in rows],
    }  # fmt: skip


def _review(day: date, today: date) -> str:
    shown = date_format(day, "j F Y")
    return (
        _("%(day)s: that day is past. Ask whoever answers for it.") % {"day": shown} if day < today else shown
    )


def _signed(switch: LinkSwitch) -> str:
    if not switch.signed or switch.signed_on is None:
        return _("Not signed by the force")
    day = date_format(switch.signed_on, "j F Y")
    return _("By %(role)s on %(day)s") % {"role": switch.signed_by, "day": day}


def grouping(counts: tuple[Counted, ...], by: str) -> dict[str, Any]:
    """One grouping of the kept figures: a table for each measure."""
    tables = []
    for measure in MEASURES:
        rows = [
            [_word(code), _share(found.get(False)), _share(found.get(True))]
            for code, found in table(counts, by, measure).items()
        ]
        tables.append({"title": WORDS[measure], "rows": rows})
    return {"title": WORDS[by], "tables": tables}


def audits(seen: AuditSeen | None) -> list[dict[str, Any]]:
    """Live work by each grouping: a table without ethnicity, and one with it where anything was raised so."""
    rows = seen.rows if seen else ()
    return [
        {"title": WORDS[by], "tables": list(_tables([row for row in rows if row.by == by]))}
        for by in BY
        if any(row.by == by for row in rows)
    ]


def _tables(rows: list[AuditRow]) -> Iterable[dict[str, Any]]:
    for ethnicity, said in (
        (False, _("Raised without ethnicity")),
        (True, _("Raised with ethnicity compared")),
    ):
        found = sorted((row for row in rows if row.ethnicity is ethnicity), key=_place)
        if found:
            yield {"title": said, "ethnicity": ethnicity, "rows": [_audited(row) for row in found]}


def _place(row: AuditRow) -> tuple[int, str]:
    """Ages from young to old; everything else by its code."""
    return (BANDS.index(row.code), "") if row.by == AGE and row.code in BANDS else (len(BANDS), row.code)


def _audited(row: AuditRow) -> list[str]:
    hours = _("hidden") if row.hours is None else _("%(n)s h") % {"n": number_format(round(row.hours))}
    raised = _("hidden") if row.raised is None else number_format(row.raised)
    return [_word(row.code), raised, _share(row.accepted), hours]


def _share(one: Share | None) -> str:
    """“74% (71 to 77), of 1,812”; “hidden” for a small number."""
    if one is None:
        return _("hidden")
    percents = {"share": one.share, "low": one.low, "high": one.high}
    shown = {name: number_format(round(100 * value)) for name, value in percents.items()}
    shown["share"] += "%"
    return _("%(share)s (%(low)s to %(high)s), of %(of)s") % {**shown, "of": number_format(one.of)}


def _word(code: str) -> str:
    """Our word for a code; the pack’s for how something was told; a code that neither has, as it is."""
    channel = pack().channels.get(code)
    if code not in WORDS and channel is not None:
        return str(channel.text_in(get_language() or "en"))
    return str(WORDS.get(code, code.replace("_", " ")))


def the_switch() -> LinkSwitch:
    """The switch for ethnicity, as the pack of this process has it."""
    return pack().link_switches[ETHNICITY]
