"""Addresses of the specialist's desk."""

from django.urls import include, path

from nightdesk.desks.caseroom import urls_closing, views, views_duties

urlpatterns = [
    path("page/<str:token>/", views.acknowledge, name="acknowledge"),
    path("page/<str:token>/cannot/", views.cannot, name="cannot"),
    path("page/<str:token>/arrived/", views.arrived, name="arrived"),
    path("cases/", views.queue, name="queue"),
    path("cases/", include(urls_closing)),
    path("cases/<slug:reference>/", views.case, name="case"),
    path("cases/<slug:reference>/move/", views.referral_move, name="referral_move"),
    path("cases/<slug:reference>/duties/<uuid:key>/", views_duties.duty, name="duty"),
    path("cases/<slug:reference>/key-event/", views_duties.key_event, name="key_event"),
    path("cases/<slug:reference>/recording/", views_duties.recording, name="recording"),
    path("flags/", include("nightdesk.desks.caseroom.urls_flags")),
]
