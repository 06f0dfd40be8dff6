"""Address of the day."""

from __future__ import annotations

from django.urls import path

from opsystem.web.today import views

app_name = "today"
urlpatterns = [path("", views.show, name="show")]
