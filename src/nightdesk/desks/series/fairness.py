"""How fair linkage is: what it finds by who reports and by recorded group, with and without ethnicity; live work audited."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.outside.current import pack
from nightdesk.queries import fairness as queries
from nightdesk.rules.fairness import BY, MEASURES, Audited, Counted, Share, audited, table
from nightdesk.rules.pack_deaths import ETHNICITY

WORDS: Final[dict[str, Any]] = {
    "reporter": gettext_lazy("By who reports"), "group": gettext_lazy("By how the man’s ethnicity was described"),
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
}  # fmt: skip


@page("fairness")
def fairness(request: HttpRequest) -> HttpResponse:
    """The newest figures, the switch, and the audit. Counts and shares; small ones hidden."""
    now = database_now()
    newest, live = queries.newest(request.reader), queries.live(request.reader, now)
    context = {
        "newest": newest, "switch": pack().link_switches[ETHNICITY],
        "groupings": [_grouping(newest.counts, by) for by in BY] if newest else [],
        "audits": [
            {"title": _("By how the new report came"), "rows": [_audited(one) for one in audited(live, "kind")]},
            {"title": _("By unit"), "rows": [_audited(one) for one in audited(live, "unit")]},
        ],
        "days": queries.DAYS,
    }  # fmt: skip
    return render(request, "series/fairness.html", context)


def _grouping(counts: tuple[Counted, ...], by: str) -> dict[str, Any]:
    tables = []
    for measure in MEASURES:
        rows = [
            [_word(code), _share(found.get(False)), _share(found.get(True))]
            for code, found in table(counts, by, measure).items()
        ]
        tables.append({"title": WORDS[measure], "rows": rows})
    return {"title": WORDS[by], "tables": tables}


def _audited(one: Audited) -> list[str]:
    hours = _("hidden") if one.hours is None else _("%(n)s h") % {"n": number_format(round(one.hours))}
    raised = _("hidden") if one.raised is None else number_format(one.raised)
    return [_word(one.code), raised, _share(one.accepted), hours]


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
