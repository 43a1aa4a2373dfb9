"""Addresses of the counter."""

from django.urls import path

from nightdesk.desks.counter import views

urlpatterns = [
    path("counter/", views.counter, name="counter"),
    path("counter/new/", views.counter_form, name="counter_form"),
    path("counter/save/", views.counter_save, name="counter_save"),
    path("counter/<slug:reference>/", views.disclosure, name="disclosure"),
    path("counter/<slug:reference>/basics/", views.counter_resume, name="counter_resume"),
    path("counter/<slug:reference>/live/", views.disclosure_live, name="disclosure_live"),
    path("counter/<slug:reference>/override/", views.override, name="override"),
    path("counter/<slug:reference>/left/", views.person_left, name="person_left"),
]
