"""Addresses of the start. The first step belongs to no business yet."""

from __future__ import annotations

from django.urls import path

from opsystem.web.accounts.access import OWN_ACCOUNT, access
from opsystem.web.onboarding import views

app_name = "onboarding"
urlpatterns = [
    path("start", access(OWN_ACCOUNT)(views.start), name="start"),
    path("b/<int:number>/start/pack", views.choose_pack, name="pack"),
]
