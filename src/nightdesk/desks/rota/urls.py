"""Addresses of the rota's desk."""

from django.urls import path

from nightdesk.desks.rota import views

urlpatterns = [path("rota/", views.rota, name="rota")]
