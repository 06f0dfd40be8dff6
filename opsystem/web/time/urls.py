"""Addresses of hours."""

from __future__ import annotations

from django.urls import path

from opsystem.web.time import calendar, costs, views

app_name = "time"
urlpatterns = [
    path("time", views.show, name="week"),
    path("time/new", views.add, name="add"),
    path("time/export", views.download, name="csv"),
    path("time/approval", views.approve, name="approve"),
    path("time/costs", costs.show, name="costs"),
    path("time/calendar", calendar.show, name="calendar"),
    path("time/<int:entry>/correction", views.correct, name="correct"),
    path("time/<int:entry>/removal", views.remove, name="remove"),
]
