"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from opsystem.web.reports import taking, views

app_name = "reports"
urlpatterns = [
    path("reports", views.home, name="home"),
    path("reports/<slug:report>", views.show, name="show"),
    path("reports/<slug:report>/rows", views.rows, name="rows"),
    path("reports/<slug:report>.csv", taking.lines, name="csv"),
    path("reports/<slug:report>/rows.csv", taking.rows, name="rows_csv"),
]
