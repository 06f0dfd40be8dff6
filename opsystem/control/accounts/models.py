"""A person who may sign in. What the person may do stands in the memberships of businesses, not here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from opsystem.kit import clock


class PeopleManager(BaseUserManager["Person"]):
    """Finds people by their email address, whatever its casing."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this email address."""
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody with a sign-in: name, email address, being 16 or older (promises P1.1, P7.3)."""

    class Theme(models.TextChoices):
        """How pages look for this person."""

        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    confirmed_16_at = models.DateTimeField(null=True)
    theme = models.CharField(max_length=8, default=Theme.SYSTEM)
    joined_at = models.DateTimeField(default=clock.now)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        """One account an address."""

        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]  # noqa: RUF012

    def __str__(self) -> str:
        return f"person {self.pk}"

    def get_full_name(self) -> str:
        """Return the name, under the name Django and allauth ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return self.name.partition(" ")[0]
