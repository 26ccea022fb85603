"""What a layout shows, and the layers that draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QPainter

from ...core.classes import GLACIER, LAKE, PERMAFROST_MAP, MapClass, Relief
from ...core.language import tr
from ...raster.read.rasters import RasterSource
from ..layers import VectorTable
from ..style import apply_style
from .texts import INK

NAMES = {"glaciers": GLACIER.name, "lakes": LAKE.name, "basin": "Basin", "survey": "Survey"}


@dataclass(frozen=True)
class Printed:
    """What a layout shows.

    Attributes
    ----------
    map : RasterSource
    classes : sequence of MapClass
        Those that the map has.
    bounds : tuple of float
        What is shown, in the CRS of the map.
    relief : RasterSource, optional
        Elevations, drawn as hillshade below the map.
    outlines : dict of str to VectorTable
        ``glaciers``, ``lakes``, ``basin``, ``survey``, as far as given.
    title, period : str
    areas : list of list of str
        Rows of the table, the first one is its heading.
    notes : sequence of str
        What is written in small print below the table.
    footer : sequence of str
        Paragraphs below the map.
    alert : str
        What is simulated, as a sentence; empty where nothing is.
    """

    map: RasterSource
    classes: Sequence[MapClass]
    bounds: tuple[float, float, float, float]
    relief: Optional[RasterSource]
    outlines: dict[str, VectorTable]
    title: str
    period: str
    areas: list[list[str]]
    notes: Sequence[str]
    footer: Sequence[str]
    alert: str = ""


def _raster_layer(source: RasterSource, name: str, style: Any) -> QgsRasterLayer:
    path = "".join([source.path, *(f"|option:{option}" for option in source.open_options)])
    layer = QgsRasterLayer(path, name)
    if source.crs_wkt:
        layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(source.crs_wkt))
    apply_style(layer, style)
    return layer


def _vector_layer(table: VectorTable, name: str, renderer_of: str) -> QgsVectorLayer:
    """Open the file of a layer, or copy what was read of one that has none."""
    layer = QgsVectorLayer(table.path, name, "ogr")
    crs = QgsCoordinateReferenceSystem.fromWkt(table.crs_wkt)
    if not layer.isValid() or not layer.isSpatial():
        geometries = []
        for wkb in table.wkb:
            geometry = QgsGeometry()
            geometry.fromWkb(wkb)
            geometries.append(geometry)
        kind = QgsWkbTypes.displayString(geometries[0].wkbType()) if geometries else "Polygon"
        layer = QgsVectorLayer(kind, name, "memory")
        features = []
        for geometry in geometries:
            feature = QgsFeature()
            feature.setGeometry(geometry)
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
    if crs.isValid():
        layer.setCrs(crs)
    layer.setRenderer(QgsSingleSymbolRenderer(_symbol(layer, renderer_of)))
    return layer


def _symbol(layer: QgsVectorLayer, kind: str) -> Any:
    if layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry:
        return QgsMarkerSymbol.createSimple({"color": "#d95f02", "outline_color": "#ffffff", "size": "1.8"})
    if layer.geometryType() == QgsWkbTypes.GeometryType.LineGeometry:
        return QgsLineSymbol.createSimple({"line_color": "#d95f02", "line_width": "0.4"})
    fills = {"glaciers": GLACIER.colour, "lakes": LAKE.colour}
    if kind in fills:
        return QgsFillSymbol.createSimple({"color": fills[kind], "outline_color": "#3f6fa8", "outline_width": "0.05"})
    line = {"basin": (INK, "solid", "0.4"), "survey": ("#d95f02", "dash", "0.5")}[kind]
    colour, style, width = line
    return QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": colour, "outline_style": style, "outline_width": width}
    )


def layers_of(printed: Printed) -> dict[str, QgsMapLayer]:
    """Return the layers from the top of the map to its bottom."""
    drawn: dict[str, QgsMapLayer] = {
        name: _vector_layer(printed.outlines[name], tr(NAMES[name]), name)
        for name in ("survey", "basin", "lakes", "glaciers")
        if name in printed.outlines
    }
    drawn["map"] = _raster_layer(printed.map, tr("Permafrost map"), PERMAFROST_MAP)
    if printed.relief is not None:
        drawn["map"].setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
        drawn["relief"] = _raster_layer(printed.relief, tr("Relief"), Relief())
    return drawn
