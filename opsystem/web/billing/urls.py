"""Addresses of billing."""

from __future__ import annotations

from django.urls import path

from opsystem.web.billing import clients, plans, settings, stages

app_name = "billing"
urlpatterns = [
    path("settings/invoices", settings.show, name="settings"),
    path("clients/<int:client>/billing", clients.show, name="client"),
    path("clients/<int:client>/billing/exemption", clients.exempt, name="exempt"),
    path("clients/<int:client>/billing/exemption/end", clients.end, name="end_exemption"),
    path("clients/<int:client>/billing/reminders", clients.reminders, name="reminders"),
    path("clients/<int:client>/plans/new", plans.add, name="add_plan"),
    path("billing/plans", plans.show_list, name="plans"),
    path("billing/plans/<int:plan>/pause", plans.pause, name="pause_plan"),
    path("billing/plans/<int:plan>/resume", plans.resume, name="resume_plan"),
    path("billing/plans/<int:plan>/price", plans.price, name="raise_plan"),
    path("jobs/<int:job>/stages", stages.show, name="stages"),
    path("jobs/<int:job>/stages/next", stages.bill, name="bill_stage"),
]
