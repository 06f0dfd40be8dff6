"""Address of the schedule."""

from __future__ import annotations

from django.urls import path

from opsystem.web.schedule import views

app_name = "schedule"
urlpatterns = [path("schedule", views.show, name="week")]
