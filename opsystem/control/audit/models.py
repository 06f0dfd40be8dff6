"""The table of security events. The database refuses to change an event, see migration 0002."""

from __future__ import annotations

from django.db import models

from opsystem.kit import clock


class Event(models.Model):
    """One security event: ids, names of fields and a result, never the content of anything.

    `business_id` and `actor_id` are plain numbers, not foreign keys: the event outlives what it is about.
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.PositiveBigIntegerField(null=True)
    business_id = models.PositiveBigIntegerField(null=True)
    action = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60, blank=True)
    field_names = models.JSONField(default=list)
    result = models.CharField(max_length=40)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        """Read by person and by business."""

        indexes = [  # noqa: RUF012
            models.Index(fields=["actor_id", "at"], name="events_of_a_person"),
            models.Index(fields=["business_id", "at"], name="events_of_a_business"),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"


class Disclosure(models.Model):
    """What a vendor was told outside any vault: account mail (promise P3.8). Never the words."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    vendor = models.CharField(max_length=20)
    purpose = models.CharField(max_length=120)
    categories = models.JSONField()
    bytes = models.PositiveBigIntegerField()
    initiator = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"disclosure {self.pk}"
