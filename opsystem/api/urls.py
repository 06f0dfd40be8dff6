"""Addresses of the REST API."""

from __future__ import annotations

from django.urls import path

from opsystem.api import views

urlpatterns = [
    path("api/v1/b/<int:number>", views.catalogue, name="api_catalogue"),
    path("api/v1/b/<int:number>/openapi.json", views.description, name="api_description"),
    path("api/v1/b/<int:number>/files", views.upload, name="api_upload"),
    path("api/v1/b/<int:number>/files/<int:file>", views.download, name="api_download"),
    path("api/v1/b/<int:number>/<str:name>", views.call, name="api_call"),
]
