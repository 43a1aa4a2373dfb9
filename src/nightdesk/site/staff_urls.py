"""The addresses of the staff site. Each page is in the page × role table (rules/access.py)."""

from django.urls import include, path

urlpatterns = [
    path("", include("nightdesk.desks.entrance.urls")),
    path("", include("nightdesk.desks.evidence.kits_urls")),
    path("", include("nightdesk.desks.shield.public_urls")),
    path("staff/", include("nightdesk.desks.counter.urls")),
    path("staff/", include("nightdesk.desks.caseroom.urls")),
    path("staff/", include("nightdesk.desks.rota.urls")),
    path("staff/", include("nightdesk.desks.paging.urls")),
    path("staff/", include("nightdesk.desks.evidence.urls")),
    path("staff/", include("nightdesk.desks.exhibits.urls")),
    path("staff/", include("nightdesk.desks.series.urls")),
    path("staff/", include("nightdesk.desks.shield.urls")),
    path("staff/", include("nightdesk.desks.series.deaths_urls")),
    path("staff/", include("nightdesk.desks.oversight.urls")),
]
handler404 = "nightdesk.site.refusals.not_found"
handler500 = "nightdesk.site.refusals.fault"
handler400 = "nightdesk.site.refusals.bad_request"
handler403 = "nightdesk.site.refusals.not_allowed"
