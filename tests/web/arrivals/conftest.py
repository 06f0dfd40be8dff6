"""Everything here begins with an export of Alice's business."""

from __future__ import annotations

from tests.lifecycle.exporting.filled import filled
from tests.lifecycle.office import office

__all__ = ["filled", "office"]
