"""Addresses of the particulars of a case."""

from django.urls import path

from nightdesk.desks.caseroom import views_particular_acts as acts
from nightdesk.desks.caseroom import views_particular_both as both
from nightdesk.desks.caseroom import views_particulars as views

urlpatterns = [
    path("", views.particulars, name="particulars"),
    path("take/", acts.particulars_take, name="particulars_take"),
    path("new/<slug:sort>/", views.particular_new, name="particular_new"),
    path("links/<uuid:key>/", acts.particular_unlink, name="particular_unlink"),
    path("<uuid:key>/", views.particular, name="particular"),
    path("<uuid:key>/correct/", views.particular_correct, name="particular_correct"),
    path("<uuid:key>/both/", both.particular_both, name="particular_both"),
    path("<uuid:key>/link/", acts.particular_link, name="particular_link"),
    path("<uuid:key>/withdraw/", acts.particular_withdraw, name="particular_withdraw"),
]
