"""Addresses of the day."""

from __future__ import annotations

from django.urls import path

from opsystem.web.today import tiles, views

app_name = "today"
urlpatterns = [
    path("", views.show, name="show"),
    path("today/late", tiles.late, name="late"),
    path("today/expected", tiles.expected, name="expected"),
    path("today/to-invoice", tiles.to_invoice, name="to_invoice"),
]
