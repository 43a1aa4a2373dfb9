"""Addresses of the exhibits register."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
