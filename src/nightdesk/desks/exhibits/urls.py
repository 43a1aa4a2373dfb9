"""Addresses of the exhibits register and of the stores."""

from django.urls import path

from nightdesk.desks.exhibits import (
    views,
    views_audit,
    views_correct,
    views_exhibit,
    views_labels,
    views_senior,
    views_stores,
)

urlpatterns = [
    path("exhibits/", views.exhibits, name="exhibits"),
    path("exhibits/csv/", views.exhibits_csv, name="exhibits_csv"),
    path("exhibits/scan/", views.exhibit_scan, name="exhibit_scan"),
    path("exhibits/put/", views.exhibits_put, name="exhibits_put"),
    path("exhibits/labels/", views_labels.exhibit_labels, name="exhibit_labels"),
    path("exhibits/destructions/", views_senior.destructions, name="destructions"),
    path("exhibits/new/<slug:reference>/", views_exhibit.exhibit_new, name="exhibit_new"),
    path("exhibits/hold/<slug:reference>/", views_senior.exhibit_hold, name="exhibit_hold"),
    path("exhibits/audit/", views_audit.exhibits_audit, name="exhibits_audit"),
    path("exhibits/audit/<slug:code>/", views_audit.exhibit_audit, name="exhibit_audit"),
    path("exhibits/stores/", views_stores.stores, name="stores"),
    path("exhibits/stores/new/", views_stores.store_new, name="store_new"),
    path("exhibits/stores/readings/", views_stores.store_readings, name="store_readings"),
    path("exhibits/stores/<slug:code>/", views_stores.store, name="store"),
    path("exhibits/stores/<slug:code>/history/", views_stores.store_history, name="store_history"),
    path("exhibits/stores/<slug:code>/fault/", views_stores.store_fault, name="store_fault"),
    path("exhibits/stores/<slug:code>/change/", views_stores.store_change, name="store_change"),
    path("exhibits/<slug:code>/", views_exhibit.exhibit, name="exhibit"),
    path("exhibits/<slug:code>/act/", views_exhibit.exhibit_act, name="exhibit_act"),
    path("exhibits/<slug:code>/correct/", views_correct.exhibit_correct, name="exhibit_correct"),
    path("exhibits/<slug:code>/offer/", views_exhibit.exhibit_offer, name="exhibit_offer"),
    path("exhibits/<slug:code>/continuity/", views_exhibit.exhibit_continuity, name="exhibit_continuity"),
    path("exhibits/<slug:code>/destruction/", views_senior.exhibit_destruction, name="exhibit_destruction"),
]
