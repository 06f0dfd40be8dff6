"""Addresses of certificates and skills."""

from __future__ import annotations

from django.urls import path

from opsystem.web.certificates import views

app_name = "certificates"
urlpatterns = [
    path("certificates", views.show_list, name="list"),
    path("certificates/new", views.add, name="add"),
    path("certificates/<int:certificate>/renewal", views.renew, name="renew"),
    path("certificates/<int:certificate>/removal", views.remove, name="remove"),
    path("team/<int:member>/skills", views.skills, name="skills"),
]
