"""Permafrost Mapper: satellite land surface temperature to a validated permafrost map, in QGIS.

This module imports nothing, so that ``permafrost_mapper.core`` works in a notebook or on a
cluster worker that has neither QGIS nor GDAL.
"""


def classFactory(iface):
    """Return the plugin; called once when QGIS loads it."""
    from .plugin import PermafrostMapperPlugin

    return PermafrostMapperPlugin(iface)
