"""Addresses of the specialist's desk."""

from django.urls import include, path

from nightdesk.desks.caseroom import views

urlpatterns = [
    path("page/<str:token>/", views.acknowledge, name="acknowledge"),
    path("page/<str:token>/cannot/", views.cannot, name="cannot"),
    path("cases/", views.queue, name="queue"),
    path("cases/<slug:reference>/", views.case, name="case"),
    path("cases/<slug:reference>/move/", views.referral_move, name="referral_move"),
    path("flags/", include("nightdesk.desks.caseroom.urls_flags")),
]
