"""Addresses of the desk on which staff are told."""

from django.urls import path

from nightdesk.desks.paging import handing, views

urlpatterns = [
    path("told/", views.my_ways, name="my_ways"),
    path("told/unit/", views.unit_ways, name="unit_ways"),
    path("told/<uuid:way>/test/", views.way_test, name="way_test"),
    path("told/<uuid:way>/confirm/", views.way_confirm, name="way_confirm"),
    path("told/<uuid:way>/first/", views.way_first, name="way_first"),
    path("told/<uuid:way>/secret/", views.way_secret, name="way_secret"),
    path("told/<uuid:way>/withdraw/", views.way_withdraw, name="way_withdraw"),
    path("call-outs/", views.call_outs, name="call_outs"),
    path("call-outs/live/", views.call_outs_live, name="call_outs_live"),
    path("call-outs/shown/", views.call_outs_shown, name="call_outs_shown"),
    path("paging/<slug:reference>/", views.page_history, name="page_history"),
    path("cases/<slug:reference>/offer/", handing.offer_case, name="offer_case"),
    path("cases/<slug:reference>/take-back/", handing.take_back, name="take_back"),
    path("reassign/", handing.case_loads, name="case_loads"),
    path("reassign/<uuid:owner>/", handing.reassign, name="reassign"),
]
