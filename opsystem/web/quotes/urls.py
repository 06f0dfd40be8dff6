"""Addresses of quotes."""

from __future__ import annotations

from django.urls import path

from opsystem.web.quotes import answering, drafting, sending, views

app_name = "quotes"
urlpatterns = [
    path("quotes", views.show_list, name="list"),
    path("quotes/new", drafting.add, name="add"),
    path("quotes/<int:quote>", views.show, name="show"),
    path("quotes/<int:quote>/edit", drafting.edit, name="edit"),
    path("quotes/<int:quote>/prices", drafting.refresh, name="refresh"),
    path("quotes/<int:quote>/sending", sending.send, name="send"),
    path("quotes/<int:quote>/sent", sending.mark_sent, name="mark_sent"),
    path("quotes/<int:quote>/revision", sending.revise, name="revise"),
    path("quotes/<int:quote>/copy", sending.duplicate, name="duplicate"),
    path("quotes/<int:quote>/archive", sending.archive, name="archive"),
    path("quotes/<int:quote>/acceptance", answering.accept, name="accept"),
    path("quotes/<int:quote>/refusal", answering.decline, name="decline"),
    path("quotes/<int:quote>/job", answering.convert, name="convert"),
]
