"""Addresses of the schedule."""

from __future__ import annotations

from django.urls import path

from opsystem.web.schedule import boards, placing, views

app_name = "schedule"
urlpatterns = [
    path("schedule", boards.show_week, name="week"),
    path("schedule/day", boards.show_day, name="day"),
    path("schedule/month", views.month, name="month"),
    path("schedule/backlog", views.backlog, name="backlog"),
    path("schedule/placements", placing.drop, name="drop"),
    path("schedule/visits/<int:visit>", placing.place, name="place"),
    path("schedule/jobs/<int:job>", placing.find, name="find"),
]
