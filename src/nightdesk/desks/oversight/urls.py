"""Addresses of oversight."""

from django.conf import settings
from django.urls import path

from nightdesk.desks.oversight import views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("say/", views.pack_page, name="pack"),
]
if settings.DEMO:
    urlpatterns += [path("demo/messages/", views.demo_messages, name="demo_messages")]
