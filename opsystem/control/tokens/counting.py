"""How often a token is used: so many times a minute, counted for all processes together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from opsystem.control.tokens.models import Token
from opsystem.kit import clock


@dataclass(frozen=True)
class Allowance:
    """What is left of a minute: the `limit`, how many calls are `left`, and in how many `seconds` it ends."""

    limit: int
    left: int
    seconds: int

    @property
    def is_spent(self) -> bool:
        """Whether this call is one too many."""
        return self.left < 0


def count_call(token: Token, limit: int) -> Allowance:
    """Count one call of a token and return what is left of its minute."""
    now = clock.now()
    minute = now.replace(second=0, microsecond=0)
    this = Token.objects.filter(pk=token.pk)
    if not this.filter(minute=minute).update(used=F("used") + 1):
        this.update(minute=minute, used=1)
    used = this.values_list("used", flat=True).get()
    return Allowance(limit, limit - used, 60 - now.second)
