"""The address where anybody says that they were turned away: no sign-in, so it moves to the survivor site as it is."""

from django.urls import path

from nightdesk.desks.shield import public

urlpatterns = [path("turned-away/", public.turned_away, name="turned_away")]
