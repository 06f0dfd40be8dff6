"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from opsystem.web.printing import views

app_name = "printing"
urlpatterns = [
    path("jobs/<int:job>/sheet.pdf", views.job_sheet, name="job_sheet"),
    path("jobs/<int:job>/report.pdf", views.service_report, name="service_report"),
    path("quotes/<int:quote>/paper.pdf", views.quote, name="quote"),
    path("invoices/<int:invoice>/paper.pdf", views.invoice, name="invoice"),
    path("payments/<int:payment>/receipt.pdf", views.receipt, name="receipt"),
    path("clients/<int:client>/statement.pdf", views.statement, name="statement"),
]
