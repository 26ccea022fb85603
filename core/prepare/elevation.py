"""Elevations: their limits."""

from __future__ import annotations

# No land lies beyond these, m; the fill values of elevation models lie outside.
ELEVATIONS = (-500.0, 9000.0)
