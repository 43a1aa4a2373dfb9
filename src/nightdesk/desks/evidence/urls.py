"""Addresses of the evidence clock and the kits."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
