"""Addresses of settings."""

from __future__ import annotations

from django.urls import path

from opsystem.web.settings import booking, checklists, disclosures, job_types, logo, templates, tokens, views

app_name = "settings"
urlpatterns = [
    path("settings", views.home, name="home"),
    path("settings/business", views.edit_business, name="business"),
    path("settings/logo", logo.change, name="logo"),
    path("settings/switches", views.switches, name="switches"),
    path("settings/booking", booking.booking, name="booking"),
    path("settings/booking/services", booking.add, name="add_service"),
    path("settings/booking/services/<int:service>/remove", booking.remove, name="remove_service"),
    path("settings/tokens", tokens.show_list, name="tokens"),
    path("settings/tokens/<int:token>/end", tokens.revoke, name="revoke_token"),
    path("settings/disclosures", disclosures.show_list, name="disclosures"),
    path("settings/checklists", checklists.show_list, name="checklists"),
    path("settings/checklists/new", checklists.add, name="add_checklist"),
    path("settings/checklists/<int:checklist>/edit", checklists.edit, name="edit_checklist"),
    path("settings/job-types", job_types.show_list, name="job_types"),
    path("settings/job-types/new", job_types.add, name="add_job_type"),
    path("settings/job-types/<int:job_type>/edit", job_types.edit, name="edit_job_type"),
    path("settings/job-types/<int:job_type>/removal", job_types.remove, name="remove_job_type"),
    path("settings/templates", templates.show_list, name="templates"),
    path("settings/templates/new", templates.add, name="add_template"),
    path("settings/templates/<int:template>/edit", templates.edit, name="edit_template"),
]
