"""The table of personal tokens."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opsystem.control.businesses.models import Business
from opsystem.kit import clock


class Token(models.Model):
    """A key to one business's API: the rights of the person who made it, or less, until it ends.

    `areas` are the first words of permissions (`clients`, `jobs`); none means all. `reach` is the farthest
    effect, from 0 (only read) to 4 (what cannot be taken back).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="tokens")
    areas = models.JSONField(default=list)
    reach = models.PositiveSmallIntegerField(default=3)
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # How often it was used in the minute that began then; the moment says also when it was used last.
    minute = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"token {self.pk}"
