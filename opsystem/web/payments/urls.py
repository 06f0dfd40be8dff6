"""Addresses of payments."""

from __future__ import annotations

from django.urls import path

from opsystem.web.payments import giving_back, receiving, views

app_name = "payments"
urlpatterns = [
    path("payments", views.show_list, name="list"),
    path("payments/<int:payment>", views.show, name="show"),
    path("payments/<int:payment>/refund", giving_back.refund, name="refund"),
    path("payments/<int:payment>/void", giving_back.void, name="void"),
    path("clients/<int:client>/payments/new", receiving.add, name="add"),
]
