"""Connected accounts: make one, lead its owner to Stripe's own page, and ask how far it is.

https://docs.stripe.com/connect/hosted-onboarding. The business is Stripe's own customer: it pays Stripe's
fees, bears its losses and has the whole Stripe dashboard.
"""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.answers import told
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading_standing import account_of
from opsystem.vendors.stripe.refusals import VENDOR
from opsystem.vendors.stripe.standing import AccountState

_TECHNICAL = (
    "country",
    "controller[fees][payer]",
    "controller[losses][payments]",
    "controller[stripe_dashboard][type]",
    "controller[requirement_collection]",
    "capabilities[card_payments][requested]",
    "capabilities[us_bank_account_ach_payments][requested]",
    "metadata[business]",
)
CREATE_ACCOUNT = Call(
    VENDOR, "create_account", "open a Stripe account", dict.fromkeys(_TECHNICAL, Category.TECHNICAL)
)
ACCOUNT_LINK = Call(
    VENDOR,
    "account_link",
    "lead the owner to Stripe",
    dict.fromkeys(("account", "type", "refresh_url", "return_url"), Category.TECHNICAL),
)
ACCOUNT_STATE = Call(VENDOR, "account_state", "look at the Stripe account", {})


def create_account(
    config: StripeConfig, *, business: int, key: str, ledger: Ledger, ref: str, initiator: str
) -> AccountState:
    """Make a connected account for a business; the same `key` makes one. Its owner tells Stripe the rest."""
    with calling(config, Passage(CREATE_ACCOUNT, ledger, ref, initiator)) as client:
        made = client.v1.accounts.create(
            {
                "country": "US",
                "controller": {
                    "fees": {"payer": "account"},
                    "losses": {"payments": "stripe"},
                    "stripe_dashboard": {"type": "full"},
                    "requirement_collection": "stripe",
                },
                "capabilities": {
                    "card_payments": {"requested": True},
                    "us_bank_account_ach_payments": {"requested": True},
                },
                "metadata": {"business": str(business)},
            },
            {"idempotency_key": key},
        )
        return account_of(made.to_dict())


def account_link(
    config: StripeConfig, account: str, *, back: str, again: str, ledger: Ledger, ref: str, initiator: str
) -> str:
    """Return the address of Stripe's page for this account; it serves once, for some minutes."""
    with calling(config, Passage(ACCOUNT_LINK, ledger, ref, initiator)) as client:
        link = client.v1.account_links.create(
            {"account": account, "type": "account_onboarding", "refresh_url": again, "return_url": back}
        )
        return told(link.url)


def account_state(
    config: StripeConfig, account: str, *, ledger: Ledger, ref: str, initiator: str
) -> AccountState:
    """Ask how far an account is."""
    with calling(config, Passage(ACCOUNT_STATE, ledger, ref, initiator)) as client:
        return account_of(client.v1.accounts.retrieve(account).to_dict())
