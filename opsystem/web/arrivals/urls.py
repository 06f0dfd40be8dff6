"""Addresses of an arrival. The first step belongs to no business yet."""

from __future__ import annotations

from django.urls import path

from opsystem.web.accounts.access import OWN_ACCOUNT, access
from opsystem.web.arrivals import uploading, views

app_name = "arrivals"
urlpatterns = [
    path("start/archive", access(OWN_ACCOUNT)(views.start), name="start"),
    path("b/<int:number>/start/archive", views.home, name="home"),
    path("b/<int:number>/start/archive/begin", uploading.begin, name="begin"),
    path("b/<int:number>/start/archive/<int:arrival>/<int:at>", uploading.part, name="part"),
    path("b/<int:number>/start/archive/drop", views.drop, name="drop"),
]
