"""Addresses of approvals. The hash of what was shown stands in the address of each decision."""

from __future__ import annotations

from django.urls import path

from opsystem.web.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals", views.show_list, name="list"),
    path("approvals/<int:proposal>/<str:shown>/approval", views.approve, name="approve"),
    path("approvals/<int:proposal>/<str:shown>/edition", views.edit, name="edit"),
    path("approvals/<int:proposal>/rejection", views.reject, name="reject"),
]
