"""Addresses of how a case ends: the list of the supervisor, then those of one case."""

from django.urls import path

from nightdesk.desks.caseroom import views_closing, views_ended, views_related

urlpatterns = [
    path("closings/", views_closing.closings, name="closings"),
    path("<slug:reference>/closing/", views_closing.closing, name="closing"),
    path("<slug:reference>/closing/ask/<slug:ending>/", views_closing.closing_ask, name="closing_ask"),
    path("<slug:reference>/closing/look/", views_closing.closing_look, name="closing_look"),
    path("<slug:reference>/closing/take-back/", views_closing.closing_take_back, name="closing_take_back"),
    path("<slug:reference>/closing/investigate/", views_ended.case_investigate, name="case_investigate"),
    path("<slug:reference>/closing/reopen/", views_ended.case_reopen, name="case_reopen"),
    path("<slug:reference>/closing/outcome/", views_ended.outcome_correct, name="outcome_correct"),
    path("<slug:reference>/related/", views_related.related_offences, name="related_offences"),
    path(
        "<slug:reference>/related/<int:offence>/end/",
        views_related.related_offence_end,
        name="related_offence_end",
    ),
]
