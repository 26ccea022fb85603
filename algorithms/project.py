"""A QGIS project of layers in groups, styled, that opens at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Union

from qgis.core import (
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.errors import OutputError
from ..core.files import whole_file
from .parameters import Style
from .style import apply_style


@dataclass(frozen=True)
class LayerOfProject:
    """A file, the name and group that it has in the project, and its style.

    For polygons the style is the colour of the outline, for points their colour; a table needs none.
    """

    path: Path
    name: str
    group: str
    style: Union[Style, str] = ""


def write_project(path: Path, title: str, layers: list[LayerOfProject]) -> None:
    """Write a project; the first layer lies on top, the first group is open.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    project = QgsProject()
    project.setTitle(title)
    groups = {}
    for entry in layers:
        layer = _open(entry)
        if entry.group not in groups:
            groups[entry.group] = project.layerTreeRoot().addGroup(entry.group)
        project.addMapLayer(layer, False)
        node = groups[entry.group].addLayer(layer)
        node.setExpanded(False)
        # Of the rasters only the first is seen; the others would lie hidden below it.
        node.setItemVisibilityChecked(isinstance(layer, QgsVectorLayer) or entry is _first_raster(layers))
    bottom = layers[-1]
    reference = QgsRasterLayer(str(bottom.path), bottom.name)
    project.setCrs(reference.crs())
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(reference.extent(), reference.crs()))
    with whole_file(path) as temporary:
        # The project has to know its final folder, to name its layers relative to it.
        if not project.write(str(temporary)):
            raise OutputError(f"Project '{path}' cannot be written ({project.error()}): choose another folder.")


def _first_raster(layers: list[LayerOfProject]) -> LayerOfProject:
    return next(entry for entry in layers if entry.path.suffix == ".tif")


def _open(entry: LayerOfProject) -> Union[QgsRasterLayer, QgsVectorLayer]:
    if not isinstance(entry.style, str):
        layer = QgsRasterLayer(str(entry.path), entry.name)
        apply_style(layer, entry.style)
        return layer
    layer = QgsVectorLayer(str(entry.path), entry.name)
    if layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry:
        symbol = QgsMarkerSymbol.createSimple({"color": entry.style, "outline_color": "#ffffff", "size": "2.6"})
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    elif layer.isSpatial():
        symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": entry.style, "outline_width": "0.4"})
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer
