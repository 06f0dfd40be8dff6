"""Tables of usage: counts by day, and sign-ins with time and address."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opsystem.kit import clock


class Count(models.Model):
    """How often something was used on one day (UTC). `business_id` 0 is nobody in particular."""

    business_id = models.PositiveBigIntegerField(default=0)
    day = models.DateField()
    meter = models.CharField(max_length=60)
    amount = models.PositiveBigIntegerField(default=0)

    class Meta:
        """One row for each business, day and meter."""

        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["business_id", "day", "meter"], name="one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"count {self.pk}"


class SignIn(models.Model):
    """One sign-in of a person: when, from which address, by which way."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=clock.now, db_index=True)
    ip = models.GenericIPAddressField(null=True)
    method = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"sign-in {self.pk}"
