"""Addresses of the flags: the two queues and the look-back, then those of one record."""

from django.urls import path

from nightdesk.desks.caseroom import views_flag_queues, views_flags

urlpatterns = [
    path("", views_flag_queues.flag_reviews, name="flag_reviews"),
    path("proposals/", views_flag_queues.flag_proposals, name="flag_proposals"),
    path("look-back/", views_flag_queues.look_backs, name="look_backs"),
    path("<slug:reference>/", views_flags.flags, name="flags"),
    path("<slug:reference>/raise/<slug:code>/", views_flags.flag_raise, name="flag_raise"),
    path("<slug:reference>/<uuid:flag>/decide/", views_flags.flag_decide, name="flag_decide"),
    path("<slug:reference>/<uuid:flag>/review/", views_flags.flag_review, name="flag_review"),
    path("<slug:reference>/<uuid:flag>/told/", views_flags.flag_told, name="flag_told"),
]
