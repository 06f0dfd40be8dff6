"""What sign-up asks beside email address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from opsystem.control.accounts.models import Person
from opsystem.kit import clock


class SignUpQuestions(forms.Form):
    """Name, and the confirmation of being 16 or older (promises P1.1, P7.3). allauth adds the rest."""

    name = forms.CharField(max_length=120, error_messages={"required": "Give your name."})
    confirmed_16 = forms.BooleanField(
        error_messages={"required": "OpSystem is for people of 16 years and older. Confirm that you are."}
    )
    field_order = ("name", "email", "password1", "confirmed_16")

    def signup(self, request: HttpRequest, user: Person) -> None:  # noqa: ARG002 - allauth calls it so
        """Keep the answers with the new person."""
        user.name = self.cleaned_data["name"]
        user.confirmed_16_at = clock.now()
        user.save(update_fields=["name", "confirmed_16_at"])
