"""Addresses of expenses."""

from __future__ import annotations

from django.urls import path

from opsystem.web.expenses import views

app_name = "expenses"
urlpatterns = [
    path("expenses", views.show_list, name="list"),
    path("expenses/csv", views.take, name="take"),
    path("expenses/new", views.add, name="add"),
    path("expenses/<int:expense>", views.edit, name="show"),
    path("expenses/<int:expense>/void", views.void, name="void"),
]
