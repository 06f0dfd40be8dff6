"""Addresses of deleting a business; how it works and the certificates are open to everybody."""

from __future__ import annotations

from django.urls import path

from opsystem.web.deletion import views

app_name = "deletion"
urlpatterns = [
    path("settings/delete", views.home, name="home"),
    path("settings/delete/keep", views.keep, name="keep"),
]
