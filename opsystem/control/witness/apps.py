"""The Django app of this room."""

from __future__ import annotations

from django.apps import AppConfig


class WitnessConfig(AppConfig):
    """Names the app."""

    name = "opsystem.control.witness"
    label = "witness"
