"""The Django app of this room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app, and lets security events be noted once all models are there."""

    name = "opsystem.control.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Begin to note security events."""
        # Django makes the app before any model may be imported, so this import cannot stand above.
        import_module("opsystem.control.accounts.trail").listen()
