"""The schema of a business's vault: every noun's tables, handed to the vault library."""

from __future__ import annotations

from pathlib import Path

from opsystem.business.acceptance import models as acceptance
from opsystem.business.announcing import models as announcing
from opsystem.business.arrivals import models as arrivals
from opsystem.business.asking import models as asking
from opsystem.business.billing import models as billing
from opsystem.business.booking import models as booking
from opsystem.business.certificates import models as certificates
from opsystem.business.checklists import models as checklists
from opsystem.business.clients import merged
from opsystem.business.clients import models as clients
from opsystem.business.clients.consent import models as consent
from opsystem.business.clients.persons import models as persons
from opsystem.business.collecting import keeping as collecting_keeping
from opsystem.business.collecting import models as collecting
from opsystem.business.conversations import models as conversations
from opsystem.business.dispatch import models as dispatch
from opsystem.business.equipment import models as equipment
from opsystem.business.expenses import models as expenses
from opsystem.business.exports import models as exports
from opsystem.business.fields import models as fields
from opsystem.business.files import models as files
from opsystem.business.hours import models as hours
from opsystem.business.hub import models as hub
from opsystem.business.hub import rules as hub_rules
from opsystem.business.intake import models as intake
from opsystem.business.invoices import models as invoices
from opsystem.business.joblines import models as joblines
from opsystem.business.jobs import models as jobs
from opsystem.business.jobs.stamps import models as stamps
from opsystem.business.jobtypes import models as jobtypes
from opsystem.business.ledger import models as ledger
from opsystem.business.links import models as links
from opsystem.business.outside import models as outside
from opsystem.business.payments import models as payments
from opsystem.business.prices import models as prices
from opsystem.business.profile import models as profile
from opsystem.business.quotes import models as quotes
from opsystem.business.record import Record
from opsystem.business.recurring import models as recurring
from opsystem.business.skills import models as skills
from opsystem.business.tags import models as tags
from opsystem.business.taxes import models as taxes
from opsystem.business.team import models as team
from opsystem.business.templates import models as templates
from opsystem.business.timesheets import models as timesheets
from opsystem.vault import VaultSchema

NOUNS = (
    profile,
    team,
    hours,
    clients,
    consent,
    merged,
    fields,
    persons,
    prices,
    checklists,
    tags,
    templates,
    jobs,
    joblines,
    dispatch,
    taxes,
    ledger,
    invoices,
    payments,
    billing,
    collecting,
    collecting_keeping,
    files,
    equipment,
    conversations,
    asking,
    expenses,
    exports,
    arrivals,
    quotes,
    acceptance,
    links,
    hub,
    # Work: who may do it, when it comes again, what was asked for, what it took.
    skills,
    certificates,
    jobtypes,
    stamps,
    recurring,
    timesheets,
    intake,
    outside,
    announcing,
    hub_rules,
    booking,
)

SCHEMA = VaultSchema(metadata=Record.metadata, version=1, migrations=Path(__file__).parent / "migrations")
