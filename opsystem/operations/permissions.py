"""Who may do what: roles are sets of permissions, and every operation names one permission."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing a role may or may not do."""

    PROFILE_READ = "profile.read"
    SETTINGS_MANAGE = "settings.manage"
    TEAM_READ = "team.read"
    TEAM_MANAGE = "team.manage"
    CLIENTS_READ = "clients.read"
    CLIENTS_WRITE = "clients.write"
    NOTES_WRITE = "notes.write"
    JOBS_READ = "jobs.read"
    JOBS_WRITE = "jobs.write"
    VISITS_WORK = "visits.work"
    PRICES_READ = "prices.read"
    PRICES_WRITE = "prices.write"
    LISTS_READ = "lists.read"
    LISTS_WRITE = "lists.write"
    FILES_READ = "files.read"
    FILES_WRITE = "files.write"
    MESSAGES_READ = "messages.read"
    MESSAGES_SEND = "messages.send"
    MONEY_READ = "money.read"
    QUOTES_WRITE = "quotes.write"
    INVOICES_WRITE = "invoices.write"
    PAYMENTS_WRITE = "payments.write"
    REFUND = "payments.refund"
    BOOKS_WRITE = "books.write"
    PAYMENTS_SETUP = "payments.setup"
    EXPENSES_WRITE = "expenses.write"
    TIME_READ = "time.read"
    TIME_WRITE = "time.write"
    REPORTS_READ = "reports.read"
    MOVE_IN = "imports.run"
    SEARCH = "search.use"
    HISTORY_READ = "history.read"
    UNDO_OWN = "history.undo_own"
    UNDO_ANY = "history.undo_any"
    ASSISTANT_USE = "assistant.use"
    APPROVE = "assistant.approve"
    ERASE = "clients.erase"
    DISCLOSURES_READ = "disclosures.read"
    EXPORT = "vault.export"
    DELETE = "vault.delete"
    INBOUND = "vendor.inbound"
    HUB = "client.hub"
    BOOK = "client.book"
    DELIVER = "system.deliver"


def area_of(permission: Permission) -> str:
    """Return what a permission is about: its first word, such as `clients`."""
    return permission.value.partition(".")[0]


class Role(StrEnum):
    """What a person is in a business."""

    OWNER = "owner"
    ADMIN = "admin"
    OFFICE = "office"
    TECHNICIAN = "technician"
    BOOKKEEPER = "bookkeeper"
    READONLY = "readonly"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The role as people say it."""
        return "Read-only" if self is Role.READONLY else self.value.capitalize()


_MACHINES = {Permission.INBOUND, Permission.DELIVER}
# What a client may do by his link, and a visitor at the booking page; no role of the team has it.
_CLIENTS = {Permission.HUB, Permission.BOOK}
_PEOPLE = set(Permission) - _MACHINES - _CLIENTS
_READS = {
    Permission.PROFILE_READ,
    Permission.TEAM_READ,
    Permission.CLIENTS_READ,
    Permission.JOBS_READ,
    Permission.PRICES_READ,
    Permission.LISTS_READ,
    Permission.FILES_READ,
    Permission.MONEY_READ,
    Permission.TIME_READ,
    Permission.REPORTS_READ,
    Permission.SEARCH,
}
_BOOKKEEPING = {
    Permission.PRICES_WRITE,
    Permission.INVOICES_WRITE,
    Permission.PAYMENTS_WRITE,
    Permission.REFUND,
    Permission.BOOKS_WRITE,
    Permission.EXPENSES_WRITE,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(_PEOPLE),
    Role.ADMIN: frozenset(
        _PEOPLE - {Permission.EXPORT, Permission.DELETE, Permission.ERASE, Permission.PAYMENTS_SETUP}
    ),
    Role.OFFICE: frozenset(
        _PEOPLE
        - {
            Permission.EXPORT,
            Permission.DELETE,
            Permission.ERASE,
            Permission.TEAM_MANAGE,
            Permission.SETTINGS_MANAGE,
            Permission.DISCLOSURES_READ,
            Permission.PAYMENTS_SETUP,
            Permission.BOOKS_WRITE,
        }
    ),
    Role.TECHNICIAN: frozenset(
        {
            Permission.PROFILE_READ,
            Permission.CLIENTS_READ,
            Permission.JOBS_READ,
            Permission.LISTS_READ,
            Permission.VISITS_WORK,
            Permission.NOTES_WRITE,
            Permission.EXPENSES_WRITE,
            Permission.TIME_WRITE,
            Permission.FILES_READ,
            Permission.FILES_WRITE,
            Permission.SEARCH,
            Permission.UNDO_OWN,
            Permission.ASSISTANT_USE,
        }
    ),
    Role.BOOKKEEPER: frozenset(_READS | _BOOKKEEPING | {Permission.NOTES_WRITE, Permission.UNDO_OWN}),
    Role.READONLY: frozenset(_READS | {Permission.MESSAGES_READ, Permission.HISTORY_READ}),
}
