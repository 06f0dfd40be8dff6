"""Addresses of the talk with Claude."""

from __future__ import annotations

from django.urls import path

from opsystem.web.ask import views

app_name = "ask"
urlpatterns = [
    path("ask", views.home, name="home"),
    path("ask/<int:conversation>", views.show, name="show"),
    path("ask/<int:conversation>/stop/<int:turn>", views.stop, name="stop"),
    path("ask/cards/<int:proposal>", views.card, name="card"),
]
