"""Addresses of the shield."""

from django.urls import path

from nightdesk.desks.shield import card, enter, figures, interest, opened, turned_away

urlpatterns = [
    path("shield/", figures.shield_figures, name="shield_figures"),
    path("shield/card/", card.shield_card, name="shield_card"),
    path("shield/decisions/", interest.interests, name="interests"),
    path("shield/decisions/<slug:interest>/", interest.interest, name="interest"),
    path("shield/decisions/<slug:interest>/read/", interest.interest_read, name="interest_read"),
    path("shield/decisions/<slug:interest>/move/", interest.interest_move, name="interest_move"),
    path("shield/turned-away/", turned_away.turned_away_queue, name="turned_away_queue"),
    path("shield/turned-away/new/", turned_away.turned_away_enter, name="turned_away_enter"),
    path("shield/turned-away/<slug:number>/", turned_away.turned_away_report, name="turned_away_report"),
    path("shield/turned-away/<slug:number>/move/", turned_away.turned_away_move, name="turned_away_move"),
    path("shield/turned-away/<slug:number>/link/", turned_away.turned_away_link, name="turned_away_link"),
    path("shield/<slug:reference>/", opened.shield, name="shield"),
    path("shield/<slug:reference>/enter/", enter.shield_enter, name="shield_enter"),
    path("shield/<slug:reference>/desk/", enter.shield_desk, name="shield_desk"),
    path("shield/<slug:reference>/open/", opened.shield_open, name="shield_open"),
    path("shield/<slug:reference>/medical/", opened.shield_medical, name="shield_medical"),
    path("shield/<slug:reference>/decision/", interest.interest_ask, name="interest_ask"),
]
