"""CRSs of QGIS as WKT."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

from ...raster.grid.gdal_io import wkt_of


def crs_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as WKT; empty for none.

    QGIS caches CRSs for all layers. One that was first created in a thread of a task loses its WKT as soon as that
    thread ends, half a minute later, though it is still valid and has its code.
    """
    wkt = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL)
    if wkt or not crs.isValid():
        return wkt
    return next(filter(None, map(wkt_of, filter(None, (crs.authid(), crs.toProj())))), "")


def vector_crs(layer: QgsVectorLayer) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a layer; QGIS takes geometry collections for a table and does not keep their CRS."""
    return layer.crs() if layer.crs().isValid() or layer.isSpatial() else layer.dataProvider().crs()
