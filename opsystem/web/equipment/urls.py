"""Addresses of equipment."""

from __future__ import annotations

from django.urls import path

from opsystem.web.equipment import servicing, views

app_name = "equipment"
urlpatterns = [
    path("clients/<int:client>/equipment", views.show_list, name="list"),
    path("clients/<int:client>/equipment/new", views.add, name="add"),
    path("equipment/<int:equipment>", views.show, name="show"),
    path("equipment/<int:equipment>/edit", views.edit, name="edit"),
    path("equipment/<int:equipment>/removal", views.retire, name="retire"),
    path("equipment/<int:equipment>/service", servicing.note, name="note"),
    path("equipment/<int:equipment>/files", servicing.attach, name="attach"),
]
