"""The table of heads: the newest signed head of each vault's journal."""

from __future__ import annotations

from django.db import models


class JournalHead(models.Model):
    """Up to `position`, the journal of the vault in `directory` had this hash, signed with the vault's key.

    A vault that was put back to an earlier time, or whose journal was cut off, does not lead here.
    """

    directory = models.CharField(max_length=64, unique=True)
    at = models.CharField(max_length=40)
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    signer = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"head {self.position}"
