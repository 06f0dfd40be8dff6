"""Addresses of money."""

from __future__ import annotations

from django.urls import path

from opsystem.web.money import taxes, views

app_name = "money"
urlpatterns = [
    path("money", views.show, name="show"),
    path("money/accounts/<int:account>", views.account, name="account"),
    path("money/entries/<int:entry>", views.entry, name="entry"),
    path("money/statements", views.statements, name="statements"),
    path("money/statements/<int:client>", views.statement, name="statement"),
    path("money/taxes", taxes.show, name="taxes"),
    path("money/taxes/<int:rate>/removal", taxes.remove, name="remove_tax"),
]
