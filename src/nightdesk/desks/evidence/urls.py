"""Addresses of the evidence clock and the kits."""

from django.urls import path

from nightdesk.desks.evidence import card, clock

urlpatterns = [
    path("clock/<slug:reference>/", clock.clock, name="clock"),
    path("clock/<slug:reference>/live/", clock.clock_live, name="clock_live"),
    path("clock/<slug:reference>/known/", clock.clock_known, name="clock_known"),
    path("clock/<slug:reference>/anew/", clock.clock_anew, name="clock_anew"),
    path("clock/<slug:reference>/card/", card.card, name="card"),
    path("clock/<slug:reference>/card/pdf/", card.card_pdf, name="card_pdf"),
]
