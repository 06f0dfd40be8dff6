"""Addresses of jobs and visits."""

from __future__ import annotations

from django.urls import path

from opsystem.web.jobs import answering, course, doing, views, visits

app_name = "jobs"
urlpatterns = [
    path("jobs", views.show_list, name="list"),
    path("jobs/new", views.add, name="add"),
    path("jobs/<int:job>", views.show, name="show"),
    path("jobs/<int:job>/edit", views.edit, name="edit"),
    path("jobs/<int:job>/completion", views.complete, name="complete"),
    path("jobs/<int:job>/cancellation", views.cancel, name="cancel"),
    path("jobs/<int:job>/notes", views.note, name="note"),
    path("jobs/<int:job>/checklist/<int:item>", answering.tick, name="tick"),
    path("jobs/<int:job>/checklist/<int:item>/answer", answering.fill, name="fill"),
    path("jobs/<int:job>/hold", course.hold, name="hold"),
    path("jobs/<int:job>/hold/end", course.resume, name="resume"),
    path("jobs/<int:job>/billing/skip", course.skip_bill, name="skip_bill"),
    path("jobs/<int:job>/merging", course.merge, name="merge"),
    path("jobs/<int:job>/sharing", course.share, name="share"),
    path("jobs/<int:job>/sharing/<int:link>/end", course.end_share, name="end_share"),
    path("jobs/<int:job>/visits/new", visits.schedule, name="schedule_visit"),
    path("visits/<int:visit>", visits.show, name="visit"),
    path("visits/<int:visit>/time", visits.move, name="move_visit"),
    path("visits/<int:visit>/people", visits.assign, name="assign_visit"),
    path("visits/<int:visit>/cancellation", visits.cancel, name="cancel_visit"),
    path("visits/<int:visit>/start", doing.start, name="start_visit"),
    path("visits/<int:visit>/finish", doing.finish, name="finish_visit"),
    path("visits/<int:visit>/on-my-way", doing.on_way, name="on_way"),
    path("visits/<int:visit>/pause", doing.pause, name="pause_visit"),
]
