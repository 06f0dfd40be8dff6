"""How passwords are stored: Argon2id (RFC 9106) with the costs of a server that many sign in to."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """46 MiB and two rounds on one core: above the least OWASP's Password Storage Cheat Sheet names.

    Django's own costs are 100 MiB on eight cores; sixteen people signing in at once would then need 1.6 GiB.
    """

    memory_cost = 47_104
    time_cost = 2
    parallelism = 1
