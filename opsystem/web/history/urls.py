"""Addresses of the history."""

from __future__ import annotations

from django.urls import path

from opsystem.web.history import views

app_name = "history"
urlpatterns = [
    path("history", views.show_list, name="list"),
    path("history/last/undo", views.undo_newest, name="undo_last"),
    path("history/<int:change>", views.show, name="show"),
    path("history/<int:change>/undo", views.undo, name="undo"),
]
