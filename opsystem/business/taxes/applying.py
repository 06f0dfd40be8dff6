"""Which taxes apply: by the place of the work, the day, and what the client has a certificate for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from opsystem.business.clients.models import Client, Property
from opsystem.business.lines import Rate
from opsystem.business.taxes.models import TaxExemption, TaxRate
from opsystem.business.taxes.records import TaxHere
from opsystem.operations import Work


def taxes_for(work: Work, client: Client, place: Property | None, day: date) -> TaxHere:
    """Return the taxes of an invoice or quote: of the rates that fit the place, those valid that day.

    Of rates with one name the one that became valid last counts. Without a place, only rates that
    fit every place apply.
    """
    exempt = exemption_on(work, client.id, place, day)
    if exempt is not None:
        return TaxHere((), exempt.certificate)
    valid = (
        select(TaxRate)
        .where(
            TaxRate.removed_at.is_(None),
            TaxRate.valid_from <= day,
            or_(TaxRate.valid_until.is_(None), TaxRate.valid_until >= day),
        )
        .order_by(TaxRate.valid_from, TaxRate.id)
    )
    newest = {rate.name.casefold(): rate for rate in work.session.scalars(valid) if _fits(rate, place)}
    rates = sorted(newest.values(), key=lambda rate: rate.id)
    return TaxHere(tuple(Rate(rate.name, rate.milli_percent, rate.id) for rate in rates), None)


def exemption_on(work: Work, client_id: int, place: Property | None, day: date) -> TaxExemption | None:
    """Return the certificate by which a client pays no tax at a place on a day, if there is one."""
    valid = (
        select(TaxExemption)
        .where(
            TaxExemption.client_id == client_id,
            TaxExemption.ended_at.is_(None),
            TaxExemption.valid_from <= day,
            or_(TaxExemption.valid_until.is_(None), TaxExemption.valid_until >= day),
        )
        .order_by(TaxExemption.id.desc())
    )
    state = _plain(place.state) if place is not None else ""
    found = work.session.scalars(valid)
    return next((one for one in found if not one.state or _plain(one.state) == state), None)


def _fits(rate: TaxRate, place: Property | None) -> bool:
    if place is None:
        return not (rate.state or rate.city or rate.postcodes)
    starts = rate.postcodes.split()
    return (
        (not rate.state or _plain(rate.state) == _plain(place.state))
        and (not rate.city or _plain(rate.city) == _plain(place.city))
        and (not starts or place.postcode.strip().startswith(tuple(starts)))
    )


def _plain(text: str) -> str:
    return text.strip().casefold()
