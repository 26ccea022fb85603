"""How stacks are written: hundredths of a degree, one band per day."""

from __future__ import annotations

from datetime import date
from typing import Sequence

from osgeo import gdal

from .storage import Layer, Storage

# Hundredths of a degree, -327.67 to 327.67.
HUNDREDTHS = Storage(gdal.GDT_Int16, -32768, 0.01)


def stack_layer(days: Sequence[date]) -> Layer:
    """Return the layer of a stack, for `writer.raster_output`."""
    return Layer([day.isoformat() for day in days], "degC", numbers=HUNDREDTHS)
