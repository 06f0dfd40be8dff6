"""Tables of hosting: the vault's place, its alarm in each lane of work, and deletions."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from opsystem.control.businesses.models import Business
from opsystem.kit import clock


def new_directory() -> str:
    """Return a random name for a vault's directory; it is the vault's id as well."""
    return secrets.token_hex(16)


class Vault(models.Model):
    """Where one business's vault is. What opens it is in the key store, never here.

    `directory` is the vault's id, also in the key store, and its directory under `vaults_dir`.
    """

    class State(models.TextChoices):
        """What may be done with the vault."""

        MAKING = "making"
        OPEN = "open"
        CLOSED = "closed"

    business = models.OneToOneField(Business, on_delete=models.PROTECT, related_name="vault")
    directory = models.CharField(max_length=64, unique=True, default=new_directory)
    schema_version = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"vault {self.pk}"


def new_link() -> str:
    """Return the unguessable name under which a certificate is shown to whoever has the link."""
    return secrets.token_urlsafe(18)


class Deletion(models.Model):
    """A business that is to be deleted, and what remains to be said of it afterwards: no name, no content.

    `business_id` and people are plain numbers: the entry outlives what it is about. `numbers` are phone
    numbers the operator still rents for the business; they are dropped when they are given back.
    """

    link = models.CharField(max_length=40, unique=True, default=new_link)
    business_id = models.PositiveBigIntegerField()
    business_number = models.PositiveIntegerField()
    vault_id = models.CharField(max_length=64, unique=True)
    asked_by = models.PositiveBigIntegerField(null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    numbers = models.JSONField(default=list)
    certificate = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"deletion {self.pk}"


class Alarm(models.Model):
    """The time at which one lane of a vault's work next wants a worker. `version` counts the wake-ups.

    A worker holds the alarm by a lease: until `lease_until`, under the name in `lease_by`.
    """

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="alarms")
    lane = models.CharField(max_length=16)
    due_at = models.DateTimeField(null=True)
    woken_at = models.DateTimeField()
    version = models.PositiveBigIntegerField(default=1)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=100, blank=True)

    class Meta:
        """One alarm for each lane of a vault; claims look for the earliest."""

        constraints = [models.UniqueConstraint(fields=["vault", "lane"], name="one_alarm_a_lane")]  # noqa: RUF012
        indexes = [  # noqa: RUF012
            models.Index(
                fields=["lane", "due_at"], condition=Q(due_at__isnull=False), name="alarms_that_are_set"
            )
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"
