"""Addresses of the evidence clock and the kits."""

from django.urls import path

from nightdesk.desks.evidence import card, clock, kits, kits_card

urlpatterns = [
    path("clock/<slug:reference>/", clock.clock, name="clock"),
    path("clock/<slug:reference>/live/", clock.clock_live, name="clock_live"),
    path("clock/<slug:reference>/known/", clock.clock_known, name="clock_known"),
    path("clock/<slug:reference>/anew/", clock.clock_anew, name="clock_anew"),
    path("clock/<slug:reference>/card/", card.card, name="card"),
    path("clock/<slug:reference>/card/pdf/", card.card_pdf, name="card_pdf"),
    path("kits/<slug:reference>/", kits.kit, name="kit"),
    path("kits/<slug:reference>/open/", kits.kit_open, name="kit_open"),
    path("kits/<slug:reference>/step/", kits.kit_step, name="kit_step"),
    path("kits/<slug:reference>/close/", kits.kit_close, name="kit_close"),
    path("kits/<slug:reference>/card/", kits_card.kit_card, name="kit_card"),
    path("kits/<slug:reference>/card.pdf", kits_card.kit_card_pdf, name="kit_card_pdf"),
]
