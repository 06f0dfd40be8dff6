"""Forms keep what was typed and say what is wrong where it is wrong."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from opsystem.kit.errors import Invalid
from opsystem.web.forms import FormState


def test_a_sent_form_keeps_every_value_and_carries_the_problem() -> None:
    sent = QueryDict("name=Ana&phone=12&member=U-1&member=U-2")
    form = FormState.of(sent, Invalid("Not saved.", fields={"phone": "Give an area code."}))
    assert form.value("name") == "Ana"
    assert form.chosen("member", "U-2")
    assert not form.chosen("member", "U-3")
    assert (form.error("phone"), form.error("name"), form.message) == ("Give an area code.", "", "Not saved.")
    assert form.is_bad


def test_a_new_form_is_empty_and_well() -> None:
    assert FormState().value("name") == ""
    assert FormState().value("name", "Ana") == "Ana"
    assert not FormState().is_bad
    assert not FormState().chosen("member", "")


def test_numbers_and_choices_compare_as_text() -> None:
    assert FormState({"minutes": 60}).chosen("minutes", "60")


def test_django_forms_are_taken_as_they_stand() -> None:
    class SignIn(forms.Form):
        email = forms.EmailField()
        keep = forms.BooleanField(required=False)

    form = FormState.of_django(SignIn({"email": "ana", "keep": "on"}))
    assert form.value("email") == "ana"
    assert "valid email" in form.error("email")
    assert form.value("keep") is True
