"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from opsystem.web.files import content, views

app_name = "files"
urlpatterns = [
    path("files", views.show_list, name="list"),
    path("files/upload", content.upload, name="upload"),
    path("files/<int:file>", views.show, name="show"),
    path("files/<int:file>/caption", views.caption, name="caption"),
    path("files/<int:file>/removal", views.remove, name="remove"),
    path("files/<int:file>/<str:size>", content.serve, name="content"),
]
