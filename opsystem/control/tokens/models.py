"""The table of personal tokens."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opsystem.control.businesses.models import Business
from opsystem.kit import clock


class Token(models.Model):
    """A key to one business's API with the rights of the person who made it, until it ends."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"
