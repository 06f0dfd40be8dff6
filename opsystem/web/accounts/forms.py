"""What sign-up asks beside email address and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from opsystem.control.accounts.models import Person
from opsystem.kit import clock

_NOT_THE_NAME = UserAttributeSimilarityValidator(user_attributes=("name",))


class SignUpQuestions(forms.Form):
    """Name, and the confirmation of being 16 or older (promises P1.1, P7.3). allauth adds the rest."""

    name = forms.CharField(max_length=120, error_messages={"required": "Give your name."})
    confirmed_16 = forms.BooleanField(
        error_messages={"required": "OpSystem is for people of 16 years and older. Confirm that you are."}
    )
    field_order = ("name", "email", "password1", "confirmed_16")

    def clean(self) -> dict[str, Any]:
        """Refuse a password made of the name; allauth knows only the address when it checks the password."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("name") and cleaned.get("password1"):
            try:
                _NOT_THE_NAME.validate(cleaned["password1"], Person(name=cleaned["name"]))
            except ValidationError as problem:
                self.add_error("password1", problem)
        return cleaned

    def signup(self, request: HttpRequest, user: Person) -> None:  # noqa: ARG002 - allauth calls it so
        """Keep the answers with the new person."""
        user.name = self.cleaned_data["name"]
        user.confirmed_16_at = clock.now()
        user.save(update_fields=["name", "confirmed_16_at"])
