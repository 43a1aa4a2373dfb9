"""Addresses of unexplained deaths, of exploring and of fairness."""

from django.urls import path

from nightdesk.desks.series import deaths, explore, fairness

urlpatterns = [
    path("deaths/", deaths.deaths, name="deaths"),
    path("deaths/new/", deaths.death_new, name="death_new"),
    path("deaths/<slug:reference>/", deaths.death, name="death"),
    path("deaths/<slug:reference>/correct/", deaths.death_correct, name="death_correct"),
    path("explore/", explore.explore, name="explore"),
    path("explore/<uuid:key>/", explore.exploration, name="exploration"),
    path("linkage/fairness/", fairness.fairness, name="fairness"),
]
