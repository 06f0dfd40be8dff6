"""Everything here happens in Alice's business."""

from __future__ import annotations

from tests.lifecycle.office import office

__all__ = ["office"]
