"""Tables of businesses: the business, who belongs to it, who is invited, which addresses lead to it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from opsystem.kit import clock


def new_number() -> int:
    """Return a random six-digit number: easy to say, and it tells nobody how many businesses there are."""
    return 100_000 + secrets.randbelow(900_000)


class Business(models.Model):
    """A business: what sign-up asks for (promise P1.1). `number` stands in its addresses: `/b/<number>/`."""

    number = models.PositiveIntegerField(unique=True, default=new_number)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    website = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"business {self.number}"


class Membership(models.Model):
    """A person in a business, with a role; `member_id` is the person's row in the vault's team."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16)
    member_id = models.PositiveIntegerField()
    joined_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """A person is in a business once at a time."""

        constraints = [  # noqa: RUF012
            models.UniqueConstraint(
                fields=["business", "person"], condition=Q(removed_at=None), name="once_in_a_business"
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Invitation(models.Model):
    """An invitation by email. Only the hash of its token is kept; it serves once and expires."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=16)
    member_id = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can be accepted at this moment."""
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at


class Channel(models.Model):
    """An address of ours that leads to one business: a phone number for texts, an email address."""

    class Kind(models.TextChoices):
        """What arrives at the address."""

        SMS = "sms"
        EMAIL = "email"
        STRIPE = "stripe"  # the account at Stripe that its events name

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        """An address leads to one business only."""

        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["kind", "address"], name="one_business_an_address")
        ]

    def __str__(self) -> str:
        return f"channel {self.pk}"
