"""Addresses of recurring work."""

from __future__ import annotations

from django.urls import path

from opsystem.web.recurring import views

app_name = "recurring"
urlpatterns = [
    path("plans", views.show_list, name="list"),
    path("jobs/<int:job>/repeat", views.add, name="add"),
    path("plans/<int:series>", views.show, name="show"),
    path("plans/<int:series>/edit", views.edit, name="edit"),
    path("plans/<int:series>/end", views.end, name="end"),
    path("plans/<int:series>/pause", views.pause, name="pause"),
    path("plans/<int:series>/resume", views.resume, name="resume"),
]
