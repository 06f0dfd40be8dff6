"""Addresses of invoices, their drafts and payments."""

from __future__ import annotations

from django.urls import path

from opsystem.web.invoices import acts, drafts, editing, views

app_name = "invoices"
urlpatterns = [
    path("invoices", views.show_list, name="list"),
    path("invoices/new", drafts.add, name="add"),
    path("invoices/batch", views.batch, name="batch"),
    path("invoices/reminders", acts.remind_all, name="remind_all"),
    path("invoices/drafts/<int:draft>", drafts.show, name="draft"),
    path("invoices/drafts/<int:draft>/edit", editing.edit, name="edit_draft"),
    path("invoices/drafts/<int:draft>/issue", drafts.issue, name="issue"),
    path("invoices/drafts/<int:draft>/removal", drafts.remove, name="remove_draft"),
    path("jobs/<int:job>/invoice", drafts.from_job, name="from_job"),
    path("invoices/<int:invoice>", views.show, name="show"),
    path("invoices/<int:invoice>/payment", acts.pay, name="pay"),
    path("invoices/<int:invoice>/sending", acts.send, name="send"),
    path("invoices/<int:invoice>/credit", acts.credit, name="credit"),
    path("invoices/<int:invoice>/used-credit", acts.use, name="use_credit"),
    path("invoices/<int:invoice>/void", acts.void, name="void"),
    path("invoices/<int:invoice>/write-off", acts.write_off, name="write_off"),
]
