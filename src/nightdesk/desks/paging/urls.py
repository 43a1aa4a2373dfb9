"""Addresses of the desk on which staff are told."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
