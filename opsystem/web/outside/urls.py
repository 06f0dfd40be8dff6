"""Addresses of links for outside."""

from __future__ import annotations

from django.urls import path

from opsystem.web.outside import views

urlpatterns = [
    path("calendar/<int:number>/<str:secret>.ics", views.calendar, name="outside_calendar"),
    path("shared/<int:number>/<str:secret>", views.job, name="outside_job"),
]
