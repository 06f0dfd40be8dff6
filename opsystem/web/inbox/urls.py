"""Addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from opsystem.web.inbox import views

app_name = "inbox"
urlpatterns = [
    path("inbox", views.show_list, name="list"),
    path("inbox/<int:thread>", views.show, name="show"),
    path("inbox/<int:thread>/client", views.attach, name="attach"),
    path("messages/<int:message>/return", views.take_back, name="take_back"),
]
