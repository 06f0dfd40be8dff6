"""Addresses of the price list."""

from __future__ import annotations

from django.urls import path

from opsystem.web.prices import views

app_name = "prices"
urlpatterns = [
    path("prices", views.show_list, name="list"),
    path("prices/new", views.add, name="add"),
    path("prices/<int:price>/edit", views.edit, name="edit"),
    path("prices/<int:price>/check", views.confirm, name="confirm"),
    path("prices/<int:price>/removal", views.remove, name="remove"),
]
