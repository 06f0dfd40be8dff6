"""The table of duties: one row for each kind of work that the installation owes itself again and again."""

from __future__ import annotations

from django.db import models


class Duty(models.Model):
    """When a duty is due, who has it, and how it went last time.

    `outcome` is `done` or the code of a problem, `figures` are counts and codes, never content. `good_at` is
    when it last went well.
    """

    name = models.CharField(max_length=40, unique=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"duty {self.name}"
