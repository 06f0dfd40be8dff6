"""Addresses of payments by Stripe."""

from __future__ import annotations

from django.urls import path

from opsystem.web.collecting import differing, moving, views

app_name = "collecting"
urlpatterns = [
    path("settings/payments", views.home, name="home"),
    path("settings/payments/connect", views.connect, name="connect"),
    path("settings/payments/back", views.come_back, name="back"),
    path("settings/payments/disconnect", views.disconnect, name="disconnect"),
    path("settings/payments/findings/<int:finding>/settle", differing.settle, name="settle"),
    path("clients/<int:client>/ways-to-pay", moving.ways, name="ways"),
    path("clients/<int:client>/ways-to-pay/keep", moving.keep, name="keep"),
    path("ways-to-pay/<int:method>/auto", moving.auto, name="auto"),
    path("ways-to-pay/<int:method>/forget", moving.forget, name="forget"),
]
