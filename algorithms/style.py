"""Styles of layers, made from the classes and ramps of ``core/classes.py``."""

from __future__ import annotations

import html
import os
from datetime import date
from threading import Lock
from typing import Iterator, Sequence, Union

from qgis.core import (
    Qgis,
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsDateTimeRange,
    QgsFillSymbol,
    QgsHillshadeRenderer,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMarkerSymbol,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSimpleLegendNode,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsWkbTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..core.classes import Ramp, Relief
from ..core.files import write_text
from ..core.language import Say, tr
from ..raster.publish.times import band_times
from ..raster.read.rasters import RasterSource
from .parameters import Style

METRES_PER_DEGREE = 111320.0
# Custom property of a group of a run in the tree of layers: the folder whose files it holds.
FOLDER = "permafrost/folder"


def apply_style(layer: QgsMapLayer, style: Union[Style, str], say: Say = tr) -> None:
    """Set the colours and the legend of a layer, whose words `say` chooses.

    For points and polygons the style is a colour, of polygons that of their outline; a table has none.
    """
    if isinstance(layer, QgsRasterLayer):
        _style_raster(layer, style, say)
        if layer.bandCount() > 1:
            _set_times(layer)
    elif layer.isSpatial():
        if layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry:
            symbol = QgsMarkerSymbol.createSimple({"color": style, "outline_color": "#ffffff", "size": "2.6"})
        else:
            symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": style, "outline_width": "0.4"})
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.triggerRepaint()


def write_style(layer: QgsMapLayer, path: Union[str, os.PathLike]) -> None:
    """Write the style of a layer as QML, reproducibly: Qt would write attributes in random order.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    document = QDomDocument()
    layer.exportNamedStyle(document)
    root = document.documentElement()
    # How profiles of elevation are drawn: the products have none, and QGIS chooses its colours at random.
    root.removeChild(root.firstChildElement("elevation"))
    lines = "\n".join(_lines(root))
    write_text(path, f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{lines}\n")


def _lines(element: QDomElement, indent: str = "") -> Iterator[str]:
    """Yield the lines of an element; each element contains either elements or text."""
    attributes = element.attributes()
    found = (attributes.item(number).toAttr() for number in range(attributes.count()))
    pairs = sorted((attribute.name(), attribute.value()) for attribute in found)
    opening = f"<{element.tagName()}" + "".join(f' {name}="{html.escape(value)}"' for name, value in pairs)
    child = element.firstChildElement()
    if child.isNull():
        text = html.escape(element.text(), quote=False)
        yield f"{indent}{opening}>{text}</{element.tagName()}>" if text else f"{indent}{opening}/>"
        return
    yield f"{indent}{opening}>"
    while not child.isNull():
        yield from _lines(child, indent + " ")
        child = child.nextSiblingElement()
    yield f"{indent}</{element.tagName()}>"


def _style_raster(layer: QgsRasterLayer, style: Style, say: Say) -> None:
    provider = layer.dataProvider()
    if isinstance(style, Ramp):
        layer.setRenderer(QgsSingleBandPseudoColorRenderer(provider, 1, _shader(style)))
        lowest, highest = style.stops[0][0], style.stops[-1][0]
        # Without both limits the legend reads "nan".
        layer.renderer().setClassificationMin(lowest)
        layer.renderer().setClassificationMax(highest)
    elif isinstance(style, Relief):
        renderer = QgsHillshadeRenderer(provider, 1, style.azimuth, style.altitude)
        renderer.setZFactor(style.exaggeration / (METRES_PER_DEGREE if layer.crs().isGeographic() else 1.0))
        renderer.setMultiDirectional(True)
        layer.setRenderer(renderer)
        layer.brightnessFilter().setBrightness(style.brightness)
        # Elevations are interpolated before they are shaded: steps between enlarged cells would show as lines.
        layer.setResamplingStage(Qgis.RasterResamplingStage.Provider)
        methods = getattr(Qgis, "RasterResamplingMethod", None) or QgsRasterDataProvider.ResamplingMethod
        provider.setZoomedInResamplingMethod(methods.Cubic)
    else:
        entries = [QgsPalettedRasterRenderer.Class(c.value, QColor(c.colour), say(c.name)) for c in style]
        layer.setRenderer(QgsPalettedRasterRenderer(provider, 1, entries))


def _set_times(layer: QgsRasterLayer) -> None:
    """Let the Temporal Controller play the bands; before QGIS 3.38 it only knows when the whole layer is shown."""
    times = band_times(RasterSource(layer.source(), layer.name()))
    if not times:
        return
    spans = [_span(first, end) for first, end in times]
    properties = layer.temporalProperties()
    modes = Qgis.RasterTemporalMode
    if hasattr(modes, "FixedRangePerBand"):
        properties.setMode(modes.FixedRangePerBand)
        properties.setFixedRangePerBand(dict(enumerate(spans, start=1)))
    else:
        properties.setMode(modes.FixedTemporalRange)
        properties.setFixedTemporalRange(_span(min(times)[0], max(times)[1]))
    properties.setIsActive(True)


def _span(first: date, end: date) -> QgsDateTimeRange:
    """Return the time from the beginning of a day to that of another one, which is outside."""
    begins, ends = (QDateTime(QDate(day.year, day.month, day.day), QTime(0, 0)) for day in (first, end))
    return QgsDateTimeRange(begins, ends, True, False)


def _shader(ramp: Ramp) -> QgsRasterShader:
    function = QgsColorRampShader(ramp.stops[0][0], ramp.stops[-1][0])
    function.setColorRampType(QgsColorRampShader.Type.Interpolated)
    function.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(value, QColor(colour), f"{value:g} {ramp.unit}".strip())
            for value, colour in ramp.stops
        ]
    )
    # The legend shows a bar with its two ends.
    ends = QgsColorRampLegendNodeSettings()
    ends.setSuffix(f" {ramp.unit}".rstrip())
    function.setLegendSettings(ends)
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    return shader


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer when it is added to the canvas, and puts it in its place among those of its run.

    Parameters
    ----------
    style : Ramp, Relief or classes
        Of the layer.
    paths : sequence of str
        Files of the layers of the run, from the first, which is on top, to the last.
    """

    def __init__(self, style: Style, paths: Sequence[str]) -> None:
        super().__init__()
        self.style = style
        self._paths = list(paths)

    def postProcessLayer(self, layer, context, _feedback) -> None:
        """Called by QGIS in the main thread once the layer is loaded."""
        # A layer of an earlier run on the canvas still shows the file that this run has replaced.
        layer.reload()
        apply_style(layer, self.style)
        node = context.project().layerTreeRoot().findLayer(layer) if context.project() is not None else None
        if node is not None:
            node = _in_order(_out_of_groups(node), self._paths)
            show_without_band(node)
            unfold(node)


def _out_of_groups(node: QgsLayerTreeLayer) -> QgsLayerTreeLayer:
    """Move a layer to the top of the tree if it lies in a group of another run, and return its node.

    QGIS 3.44 adds results beside the current layer, which after `sampledata` is one of the sample basin.
    """
    above = [node.parent()]
    while above[-1].parent() is not None:
        above.append(above[-1].parent())
    if not any(group.customProperty(FOLDER) for group in above):
        return node
    moved = above[-1].insertLayer(0, node.layer())
    node.parent().removeChildNode(node)
    return moved


def _in_order(node: QgsLayerTreeLayer, paths: list[str]) -> QgsLayerTreeLayer:
    """Move a layer below those of its run that come before it, above those that follow, and return its node.

    QGIS loads the layers of a run in the order of their temporary names.
    """
    group, own = node.parent(), node.layer().source()
    if own not in paths:
        return node
    layers = [child.layer() if isinstance(child, QgsLayerTreeLayer) else None for child in group.children()]
    places = {layer.source(): place for place, layer in enumerate(layers) if layer is not None}
    here = places[own]
    above = [places[path] for path in paths[: paths.index(own)] if path in places]
    below = [places[path] for path in paths[paths.index(own) + 1 :] if path in places]
    if max(above, default=-1) < here < min(below, default=len(layers)):
        return node
    moved = group.insertLayer(max(above) + 1 if above else min(below), node.layer())
    group.removeChildNode(node)
    return moved


def show_without_band(node: QgsLayerTreeLayer) -> None:
    """Leave the name of the only band out of the legend of a raster, which QGIS shows above its classes or colours."""
    layer = node.layer()
    if not isinstance(layer, QgsRasterLayer) or layer.bandCount() > 1:
        return
    entries = layer.legend().createLayerTreeModelLegendNodes(node)
    kept = [index for index, entry in enumerate(entries) if not isinstance(entry, QgsSimpleLegendNode)]
    if kept and len(kept) < len(entries):
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, kept)
        # A tree that shows the layer already does not notice by itself.
        layer.legend().itemsChanged.emit()


def unfold(node: QgsLayerTreeNode) -> None:
    """Expand a node of the legend; the window reacts to changes only, and collapses nodes that are added empty."""
    node.setExpanded(False)
    node.setExpanded(True)


# Post-processors of layers that are being loaded, and the lock of the list.
_held: list[QgsProcessingLayerPostProcessorInterface] = []
_holding = Lock()


def hold(post_processor: QgsProcessingLayerPostProcessorInterface) -> QgsProcessingLayerPostProcessorInterface:
    """Keep the Python part of a post-processor alive as long as QGIS keeps the C++ part, and return it.

    QGIS owns a post-processor once it is registered and deletes it with the context of the run, but holds no
    reference to the Python object. Objects whose C++ part has been deleted are released here.
    """
    with _holding:
        _held[:] = [held for held in _held if not sip.isdeleted(held)]
        _held.append(post_processor)
    return post_processor


def style_when_loaded(context: QgsProcessingContext, path: str, style: Style, paths: Sequence[str]) -> None:
    """Request a layer that the context will load to be styled, in its place among `paths`, the layers of the run."""
    # QGIS deletes a styler after its use, so each is new.
    context.layerToLoadOnCompletionDetails(path).setPostProcessor(hold(Styler(style, paths)))
