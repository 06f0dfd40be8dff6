"""Addresses of jobs and visits."""

from __future__ import annotations

from django.urls import path

from opsystem.web.jobs import views, visits

app_name = "jobs"
urlpatterns = [
    path("jobs", views.show_list, name="list"),
    path("jobs/new", views.add, name="add"),
    path("jobs/<int:job>", views.show, name="show"),
    path("jobs/<int:job>/edit", views.edit, name="edit"),
    path("jobs/<int:job>/completion", views.complete, name="complete"),
    path("jobs/<int:job>/cancellation", views.cancel, name="cancel"),
    path("jobs/<int:job>/notes", views.note, name="note"),
    path("jobs/<int:job>/checklist/<int:item>", views.tick, name="tick"),
    path("jobs/<int:job>/visits/new", visits.schedule, name="schedule_visit"),
    path("visits/<int:visit>", visits.show, name="visit"),
    path("visits/<int:visit>/time", visits.move, name="move_visit"),
    path("visits/<int:visit>/people", visits.assign, name="assign_visit"),
    path("visits/<int:visit>/cancellation", visits.cancel, name="cancel_visit"),
    path("visits/<int:visit>/start", visits.start, name="start_visit"),
    path("visits/<int:visit>/finish", visits.finish, name="finish_visit"),
]
