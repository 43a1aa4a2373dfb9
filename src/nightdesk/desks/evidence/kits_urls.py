"""The address where a person follows their own kit: no sign-in, so it moves to the survivor site as it is."""

from django.urls import path

from nightdesk.desks.evidence import kits_tracking

urlpatterns = [path("kit/", kits_tracking.track_kit, name="track_kit")]
