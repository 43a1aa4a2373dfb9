"""Addresses of sharing, under those of one case."""

from django.urls import path

from nightdesk.desks.caseroom import views_packs, views_sharing, views_sheet

urlpatterns = [
    path("", views_sharing.sharing, name="sharing"),
    path("sheet/", views_sheet.consent_sheet, name="consent_sheet"),
    path("packs/<slug:code>/", views_packs.shared_pack, name="shared_pack"),
    path("packs/<slug:code>/move/", views_packs.shared_pack_move, name="shared_pack_move"),
    path("packs/<slug:code>/file/", views_packs.shared_pack_file, name="shared_pack_file"),
    path("<uuid:recipient>/", views_sharing.sharing_with, name="sharing_with"),
    path("<uuid:recipient>/consent/", views_sharing.consent, name="consent"),
    path(
        "<uuid:recipient>/consent/<int:answer>/withdraw/",
        views_sharing.consent_withdraw,
        name="consent_withdraw",
    ),
    path("<uuid:recipient>/without-consent/", views_sharing.without_consent, name="without_consent"),
    path("<uuid:recipient>/offer/", views_packs.passing_on, name="passing_on"),
    path("<uuid:recipient>/offer/step/", views_packs.passing_on_move, name="passing_on_move"),
    path("<uuid:recipient>/pack/", views_packs.pack_preview, name="pack_preview"),
]
