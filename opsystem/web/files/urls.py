"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from opsystem.web.files import arranging, content, marking, pairing, uploading, views

app_name = "files"
urlpatterns = [
    path("files", views.show_list, name="list"),
    path("files/upload", content.upload, name="upload"),
    path("files/uploads", uploading.begin, name="begin_upload"),
    path("files/uploads/<int:upload>/done", uploading.finish, name="finish_upload"),
    path("files/uploads/<int:upload>/<int:at>", uploading.part, name="upload_part"),
    path("files/together", arranging.together, name="together"),
    path("files/<int:file>/pair", pairing.pair, name="pair"),
    path("files/<int:file>/marks", marking.mark, name="mark"),
    path("files/<int:file>", views.show, name="show"),
    path("files/<int:file>/caption", views.caption, name="caption"),
    path("files/<int:file>/removal", views.remove, name="remove"),
    path("files/<int:file>/<str:size>", content.serve, name="content"),
]
