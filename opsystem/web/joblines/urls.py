"""Addresses of the lines of a job."""

from __future__ import annotations

from django.urls import path

from opsystem.web.joblines import views

app_name = "joblines"
urlpatterns = [
    path("jobs/<int:job>/lines/new", views.add, name="add"),
    path("jobs/<int:job>/lines/<int:line>", views.edit, name="edit"),
    path("jobs/<int:job>/lines/<int:line>/removal", views.remove, name="remove"),
]
