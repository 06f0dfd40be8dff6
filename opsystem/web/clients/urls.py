"""Addresses of the clients' pages."""

from __future__ import annotations

from django.urls import path

from opsystem.web.clients import duplicates, erasing, links, people, viewing, views

app_name = "clients"
urlpatterns = [
    path("clients", views.show_list, name="list"),
    path("clients/new", views.add, name="add"),
    path("clients/<int:client>", views.show, name="show"),
    path("clients/duplicates", duplicates.show_list, name="duplicates"),
    path("clients/<int:client>/merge/<int:other>", duplicates.merge, name="merge"),
    path("clients/<int:client>/apart/<int:other>", duplicates.keep_apart, name="keep_apart"),
    path("clients/<int:client>/people/new", people.add, name="add_person"),
    path("clients/<int:client>/people/<int:person>", people.edit, name="edit_person"),
    path("clients/<int:client>/people/<int:person>/removal", people.remove, name="remove_person"),
    path("clients/<int:client>/preferences", people.prefer, name="prefer"),
    path("clients/<int:client>/refusal", people.refuse, name="refuse"),
    path("clients/<int:client>/service", people.serve, name="serve"),
    path("clients/<int:client>/edit", views.edit, name="edit"),
    path("clients/<int:client>/erase", erasing.erase, name="erase"),
    path("clients/<int:client>/archival", views.archive, name="archive"),
    path("clients/<int:client>/restoration", views.restore, name="restore"),
    path("clients/<int:client>/properties/new", views.add_place, name="add_property"),
    path("clients/<int:client>/properties/<int:place>/edit", views.edit_place, name="edit_property"),
    path("clients/<int:client>/links", links.links, name="links"),
    path("clients/<int:client>/links/<int:link>/revoke", links.revoke, name="revoke_link"),
    path("clients/<int:client>/corrections/<int:correction>", links.settle, name="settle"),
    path("clients/<int:client>/view", viewing.view, name="view"),
    path("clients/<int:client>/notes", views.note, name="note"),
    path("clients/<int:client>/text", views.write_text, name="text"),
    path("clients/<int:client>/email", views.write_email, name="email"),
]
