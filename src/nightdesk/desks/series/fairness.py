"""How fair linkage is: what it finds by who reports and by recorded group, with and without ethnicity; live work audited."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.series import shown_fairness as shown
from nightdesk.queries import fairness as queries
from nightdesk.queries.link_audits import newest_audit, switch_seen
from nightdesk.rules.fairness import BY


@page("fairness")
def fairness(request: HttpRequest) -> HttpResponse:
    """The switch, the newest figures, and the audit. Counts and shares; small ones hidden."""
    newest, audit = queries.newest(request.reader), newest_audit(request.reader)
    audits = shown.audits(audit)
    switch = shown.the_switch()
    today = timezone.localdate(database_now())
    context = {
        **shown.switch_facts(switch, switch_seen(request.reader, switch.id), today),
        "newest": newest, "groupings": [shown.grouping(newest.counts, by) for by in BY] if newest else [],
        "audit": audit, "audits": audits, "both": any(len(one["tables"]) > 1 for one in audits),
    }  # fmt: skip
    return render(request, "series/fairness.html", context)
