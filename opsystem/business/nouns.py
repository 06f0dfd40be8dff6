"""Every noun of the trade at once: importing this room fills the catalogue and declares the row scope."""

from __future__ import annotations

from opsystem.business import client_scope, scope
from opsystem.business.acceptance import client_side as acceptance_client_side
from opsystem.business.acceptance import converting as acceptance_converting
from opsystem.business.acceptance import operations as acceptance_operations
from opsystem.business.acceptance import queries as acceptance_queries
from opsystem.business.announcing import operations as announcing_operations
from opsystem.business.announcing import queries as announcing_queries
from opsystem.business.arrivals import operations as arrivals_operations
from opsystem.business.arrivals import queries as arrivals_queries
from opsystem.business.asking import attention as asking_attention
from opsystem.business.asking import operations as asking_operations
from opsystem.business.asking import queries as asking_queries
from opsystem.business.billing import operations as billing_operations
from opsystem.business.billing import queries as billing_queries
from opsystem.business.booking import holding as booking_holding
from opsystem.business.booking import offering as booking_offering
from opsystem.business.booking import visiting as booking_visiting
from opsystem.business.booking import where as booking_where
from opsystem.business.certificates import operations as certificates_operations
from opsystem.business.certificates import queries as certificates_queries
from opsystem.business.checklists import operations as checklists_operations
from opsystem.business.checklists import queries as checklists_queries
from opsystem.business.clients import operations as clients_operations
from opsystem.business.clients import standing as clients_standing
from opsystem.business.clients.consent import operations as consent_operations
from opsystem.business.clients.consent import queries as consent_queries
from opsystem.business.clients.persons import operations as persons_operations
from opsystem.business.collecting import operations as collecting_operations
from opsystem.business.conversations import operations as conversations_operations
from opsystem.business.conversations import queries as conversations_queries
from opsystem.business.costing import queries as costing_queries
from opsystem.business.dispatch import board as dispatch_board
from opsystem.business.dispatch import operations as dispatch_operations
from opsystem.business.dispatch import queries as dispatch_queries
from opsystem.business.equipment import operations as equipment_operations
from opsystem.business.equipment import queries as equipment_queries
from opsystem.business.equipment import servicing as equipment_servicing
from opsystem.business.erasure import operations as erasure_operations
from opsystem.business.erasure import queries as erasure_queries
from opsystem.business.expenses import operations as expenses_operations
from opsystem.business.expenses import queries as expenses_queries
from opsystem.business.exports import operations as exports_operations
from opsystem.business.exports import queries as exports_queries
from opsystem.business.fields import operations as fields_operations
from opsystem.business.fields import queries as fields_queries
from opsystem.business.files import arranging as files_arranging
from opsystem.business.files import browsing as files_browsing
from opsystem.business.files import logo as files_logo
from opsystem.business.files import marks as files_marks
from opsystem.business.files import operations as files_operations
from opsystem.business.files import pairing as files_pairing
from opsystem.business.files import queries as files_queries
from opsystem.business.history import keeping as history_keeping
from opsystem.business.history import operations as history_operations
from opsystem.business.history import planning as history_planning
from opsystem.business.history import queries as history_queries
from opsystem.business.history import timeline as history_timeline
from opsystem.business.hours import operations as hours_operations
from opsystem.business.hours import queries as hours_queries
from opsystem.business.hub import answering as hub_answering
from opsystem.business.hub import details as hub_details
from opsystem.business.hub import files as hub_files
from opsystem.business.hub import invoices as hub_invoices
from opsystem.business.hub import messages as hub_messages
from opsystem.business.hub import papers as hub_papers
from opsystem.business.hub import paying as hub_paying
from opsystem.business.hub import proving as hub_proving
from opsystem.business.hub import quotes as hub_quotes
from opsystem.business.hub import visits as hub_visits
from opsystem.business.intake import operations as intake_operations
from opsystem.business.intake import queries as intake_queries
from opsystem.business.invoices import operations as invoices_operations
from opsystem.business.invoices import queries as invoices_queries
from opsystem.business.joblines import operations as joblines_operations
from opsystem.business.joblines import queries as joblines_queries
from opsystem.business.jobs import operations as jobs_operations
from opsystem.business.jobs import queries as jobs_queries
from opsystem.business.jobtypes import operations as jobtypes_operations
from opsystem.business.jobtypes import queries as jobtypes_queries
from opsystem.business.ledger import queries as ledger_queries
from opsystem.business.links import operations as links_operations
from opsystem.business.links import queries as links_queries
from opsystem.business.merging import operations as merging_operations
from opsystem.business.merging import queries as merging_queries
from opsystem.business.outside import operations as outside_operations
from opsystem.business.outside import queries as outside_queries
from opsystem.business.overview import queries as overview_queries
from opsystem.business.packs import operations as packs_operations
from opsystem.business.packs import queries as packs_queries
from opsystem.business.payments import operations as payments_operations
from opsystem.business.payments import queries as payments_queries
from opsystem.business.prices import operations as prices_operations
from opsystem.business.prices import queries as prices_queries
from opsystem.business.printing import enclosing as printing_enclosing
from opsystem.business.printing import queries as printing_queries
from opsystem.business.profile import channels as profile_channels
from opsystem.business.profile import disclosures as profile_disclosures
from opsystem.business.profile import operations as profile_operations
from opsystem.business.profile import queries as profile_queries
from opsystem.business.quotes import operations as quotes_operations
from opsystem.business.quotes import queries as quotes_queries
from opsystem.business.recurring import operations as recurring_operations
from opsystem.business.recurring import queries as recurring_queries
from opsystem.business.reports import queries as reports_queries
from opsystem.business.reports import taking as reports_taking
from opsystem.business.schema import SCHEMA
from opsystem.business.search import queries as search_queries
from opsystem.business.skills import operations as skills_operations
from opsystem.business.skills import queries as skills_queries
from opsystem.business.tags import operations as tags_operations
from opsystem.business.tags import queries as tags_queries
from opsystem.business.taxes import operations as taxes_operations
from opsystem.business.taxes import queries as taxes_queries
from opsystem.business.team import founding as team_founding
from opsystem.business.team import operations as team_operations
from opsystem.business.team import queries as team_queries
from opsystem.business.templates import operations as templates_operations
from opsystem.business.templates import queries as templates_queries
from opsystem.business.timeline import queries as timeline_queries
from opsystem.business.timesheets import operations as timesheets_operations
from opsystem.business.timesheets import queries as timesheets_queries
from opsystem.operations import CATALOGUE

__all__ = ["CATALOGUE", "ROOMS", "SCHEMA"]

ROOMS = (
    scope,
    client_scope,
    profile_channels,
    profile_disclosures,
    profile_operations,
    profile_queries,
    team_founding,
    team_operations,
    team_queries,
    hours_operations,
    hours_queries,
    fields_operations,
    fields_queries,
    tags_operations,
    tags_queries,
    clients_operations,
    clients_standing,
    consent_operations,
    consent_queries,
    persons_operations,
    links_operations,
    links_queries,
    hub_answering,
    hub_details,
    hub_files,
    hub_invoices,
    hub_messages,
    hub_papers,
    hub_paying,
    hub_proving,
    hub_quotes,
    hub_visits,
    booking_holding,
    booking_offering,
    booking_visiting,
    booking_where,
    prices_operations,
    prices_queries,
    checklists_operations,
    checklists_queries,
    templates_operations,
    templates_queries,
    packs_operations,
    packs_queries,
    skills_operations,
    skills_queries,
    certificates_operations,
    certificates_queries,
    jobtypes_operations,
    jobtypes_queries,
    jobs_operations,
    jobs_queries,
    recurring_operations,
    recurring_queries,
    timesheets_operations,
    timesheets_queries,
    intake_operations,
    intake_queries,
    outside_operations,
    outside_queries,
    announcing_operations,
    announcing_queries,
    joblines_operations,
    joblines_queries,
    quotes_operations,
    quotes_queries,
    dispatch_board,
    dispatch_operations,
    dispatch_queries,
    taxes_operations,
    taxes_queries,
    ledger_queries,
    invoices_operations,
    invoices_queries,
    payments_operations,
    payments_queries,
    billing_operations,
    billing_queries,
    acceptance_client_side,
    acceptance_converting,
    acceptance_operations,
    acceptance_queries,
    collecting_operations,
    overview_queries,
    asking_attention,
    asking_operations,
    asking_queries,
    conversations_operations,
    conversations_queries,
    arrivals_operations,
    arrivals_queries,
    costing_queries,
    expenses_operations,
    expenses_queries,
    exports_operations,
    exports_queries,
    files_arranging,
    files_browsing,
    files_logo,
    files_marks,
    files_operations,
    files_pairing,
    files_queries,
    equipment_operations,
    equipment_servicing,
    equipment_queries,
    erasure_operations,
    erasure_queries,
    history_keeping,
    history_operations,
    history_planning,
    history_queries,
    history_timeline,
    printing_enclosing,
    printing_queries,
    reports_queries,
    reports_taking,
    search_queries,
    merging_operations,
    merging_queries,
    timeline_queries,
)
