"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from opsystem.web.requests import views

app_name = "requests"
urlpatterns = [
    path("requests", views.show_list, name="list"),
    path("requests/new", views.add, name="add"),
    path("requests/<int:request_number>", views.show, name="show"),
    path("requests/<int:request_number>/assessment", views.assess, name="assess"),
    path("requests/<int:request_number>/job", views.take, name="take"),
    path("requests/<int:request_number>/refusal", views.decline, name="decline"),
]
