"""Addresses of the download."""

from __future__ import annotations

from django.urls import path

from opsystem.web.exports import views

app_name = "exports"
urlpatterns = [
    path("settings/download", views.home, name="home"),
    path("settings/download/everything.zip", views.download, name="download"),
]
