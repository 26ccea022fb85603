"""From layers of QGIS to plain data that any thread may use."""

from .crs import crs_wkt
from .encoding import require_decoded
from .features import empty_note, feature_table
from .near import part_near
from .rasters import known_to_qgis, needs_no_layer, opens_by_gdal, raster_layer, raster_source
from .tables import SIMULATED, AttributeTable, UnreadTable, attribute_table
from .texts import require_text
from .vectors import VectorTable, cover_source

__all__ = [
    "SIMULATED",
    "AttributeTable",
    "UnreadTable",
    "VectorTable",
    "attribute_table",
    "cover_source",
    "crs_wkt",
    "empty_note",
    "feature_table",
    "known_to_qgis",
    "needs_no_layer",
    "opens_by_gdal",
    "part_near",
    "raster_layer",
    "raster_source",
    "require_decoded",
    "require_text",
]
