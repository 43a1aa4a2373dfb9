"""Addresses of the specialist's desk."""

from django.urls import include, path

from nightdesk.desks.caseroom import (
    urls_closing,
    views,
    views_away,
    views_desk,
    views_duties,
    views_openings,
    views_queue,
    views_search,
    views_timeline,
)

urlpatterns = [
    path("page/<str:token>/", views.acknowledge, name="acknowledge"),
    path("page/<str:token>/cannot/", views.cannot, name="cannot"),
    path("page/<str:token>/arrived/", views.arrived, name="arrived"),
    path("desk/", views_desk.my_desk, name="my_desk"),
    path("cases/", views_queue.queue, name="queue"),
    path("cases/", include("nightdesk.desks.caseroom.urls_contact")),
    path("cases/", include("nightdesk.desks.caseroom.urls_attachments")),
    path("cases/", include(urls_closing)),
    # before the references: a reference is never one of these words
    path("cases/search/", views_search.case_search, name="case_search"),
    path("cases/openings/", views_openings.my_openings, name="my_openings"),
    path("cases/openings/unit/", views_openings.openings_watch, name="openings_watch"),
    path("cases/<slug:reference>/openings/", views_openings.case_openings, name="case_openings"),
    path(
        "cases/<slug:reference>/openings/<uuid:opening>/<slug:move>/",
        views_openings.opening_move,
        name="opening_move",
    ),
    path("cases/away/", views_away.away_cases, name="away_cases"),
    path("cases/away/<slug:reference>/seen/", views_away.away_seen, name="away_seen"),
    path("cases/<slug:reference>/", views.case, name="case"),
    path("cases/<slug:reference>/timeline/", views_timeline.timeline, name="timeline"),
    path("cases/<slug:reference>/move/", views.referral_move, name="referral_move"),
    path("cases/<slug:reference>/duties/<uuid:key>/", views_duties.duty, name="duty"),
    path("cases/<slug:reference>/key-event/", views_duties.key_event, name="key_event"),
    path("cases/<slug:reference>/recording/", views_duties.recording, name="recording"),
    path("cases/<slug:reference>/particulars/", include("nightdesk.desks.caseroom.urls_particulars")),
    path("cases/<slug:reference>/sharing/", include("nightdesk.desks.caseroom.urls_sharing")),
    path("flags/", include("nightdesk.desks.caseroom.urls_flags")),
]
