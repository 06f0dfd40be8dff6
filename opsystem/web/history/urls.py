"""Addresses of the history."""

from __future__ import annotations

from django.urls import path

from opsystem.web.history import keeping, undoing, views

app_name = "history"
urlpatterns = [
    path("history", views.show_list, name="list"),
    path("history/keeping", keeping.keeping, name="keeping"),
    path("history/last/undo", undoing.undo_newest, name="undo_last"),
    path("history/<int:change>", views.show, name="show"),
    path("history/<int:change>/undo", undoing.undo, name="undo"),
]
