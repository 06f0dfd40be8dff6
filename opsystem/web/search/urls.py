"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from opsystem.web.search import views

app_name = "search"
urlpatterns = [path("search", views.find, name="find")]
