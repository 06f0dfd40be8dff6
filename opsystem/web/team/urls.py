"""Addresses of the team's pages."""

from __future__ import annotations

from django.urls import path

from opsystem.web.team import views

app_name = "team"
urlpatterns = [
    path("team", views.show_list, name="list"),
    path("team/new", views.invite_person, name="add"),
    path("team/<int:member>/role", views.change_role, name="role"),
    path("team/<int:member>/invitation", views.send_again, name="invite"),
    path("team/<int:member>/invitation/end", views.withdraw, name="withdraw"),
    path("team/<int:member>/removal", views.remove_person, name="remove"),
]
