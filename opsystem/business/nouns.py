"""Every noun of the trade at once: importing this room fills the catalogue and declares the row scope."""

from __future__ import annotations

from opsystem.business import scope
from opsystem.business.profile import channels as profile_channels
from opsystem.business.profile import operations as profile_operations
from opsystem.business.profile import queries as profile_queries
from opsystem.business.team import founding as team_founding
from opsystem.business.team import operations as team_operations
from opsystem.business.team import queries as team_queries

ROOMS = (
    scope,
    profile_channels,
    profile_operations,
    profile_queries,
    team_founding,
    team_operations,
    team_queries,
)
