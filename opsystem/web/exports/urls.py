"""Addresses of the download."""

from __future__ import annotations

from django.urls import path

from opsystem.web.exports import fetching, views

app_name = "exports"
urlpatterns = [
    path("settings/download", views.home, name="home"),
    path("settings/download/prepare", views.prepare, name="prepare"),
    path("settings/download/discard", views.discard, name="discard"),
    path("settings/download/link", views.link, name="link"),
    path("settings/download/file/<str:word>", fetching.fetch_file, name="file"),
]
