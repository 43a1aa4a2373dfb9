"""Addresses of the evidence clock and the kits."""

from django.urls import URLPattern, path

from nightdesk.desks.evidence import kits, kits_card

urlpatterns: list[URLPattern] = [
    path("kits/<slug:reference>/", kits.kit, name="kit"),
    path("kits/<slug:reference>/open/", kits.kit_open, name="kit_open"),
    path("kits/<slug:reference>/step/", kits.kit_step, name="kit_step"),
    path("kits/<slug:reference>/close/", kits.kit_close, name="kit_close"),
    path("kits/<slug:reference>/card/", kits_card.kit_card, name="kit_card"),
    path("kits/<slug:reference>/card.pdf", kits_card.kit_card_pdf, name="kit_card_pdf"),
]
