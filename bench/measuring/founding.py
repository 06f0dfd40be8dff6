"""`python -m bench.measuring.founding EMAIL PASSWORD`: a business with 10,000 clients in a new installation.

Prints the business's number. Run in the installation's own environment, after `prepare`.
"""

from __future__ import annotations

import sys

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from bench.measuring.clients import fill  # noqa: E402
from opsystem.control.accounts.models import Person  # noqa: E402
from opsystem.control.hosting.places import place_of  # noqa: E402
from opsystem.kit import clock  # noqa: E402
from opsystem.lifecycle.opening import open_vault  # noqa: E402
from opsystem.lifecycle.provisioning import start_business  # noqa: E402


def found(email: str, password: str) -> int:
    """Make an owner and a full business; return its number."""
    owner = Person(email=email, name="Alice Tanner", confirmed_16_at=clock.now())
    owner.set_password(password)
    owner.save()
    EmailAddress.objects.create(user=owner, email=email, verified=True, primary=True)
    business = start_business(owner, name="Bench", phone="+12285550100", website="", industry="Plumbing")
    with open_vault(place_of(business.pk)) as vault:
        fill(vault)
    return business.number


if __name__ == "__main__":
    print(found(sys.argv[1], sys.argv[2]))
