"""Addresses of the kit's own test site."""

from __future__ import annotations


from django.http import HttpRequest, HttpResponse
from django.urls import path

from opsystem.web.components_page import show_components
from opsystem.web.templating import page


def error_page(request: HttpRequest, name: str) -> HttpResponse:
    return page(request, f"errors/{name}.html")


urlpatterns = [
    path("components", show_components),
    path("errors/<str:name>", error_page),
]
