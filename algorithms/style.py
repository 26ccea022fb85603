"""Styles of layers, made from the classes and ramps of ``core/classes.py``."""

from __future__ import annotations

from functools import cache

from qgis.core import (
    QgsColorRampShader,
    QgsPalettedRasterRenderer,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor

from ..core.classes import Ramp
from .parameters import Style, tr


def apply_style(layer: QgsRasterLayer, style: Style) -> None:
    """Give a raster layer its colours and its legend."""
    provider = layer.dataProvider()
    if isinstance(style, Ramp):
        layer.setRenderer(QgsSingleBandPseudoColorRenderer(provider, 1, _shader(style)))
        lowest, highest = style.stops[0][0], style.stops[-1][0]
        # Without both limits the legend reads "nan".
        layer.renderer().setClassificationMin(lowest)
        layer.renderer().setClassificationMax(highest)
    else:
        entries = [QgsPalettedRasterRenderer.Class(c.value, QColor(c.colour), tr(c.name)) for c in style]
        layer.setRenderer(QgsPalettedRasterRenderer(provider, 1, entries))
    layer.triggerRepaint()


def _shader(ramp: Ramp) -> QgsRasterShader:
    function = QgsColorRampShader(ramp.stops[0][0], ramp.stops[-1][0])
    function.setColorRampType(QgsColorRampShader.Type.Interpolated)
    function.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(value, QColor(colour), f"{value:g} {ramp.unit}".strip())
            for value, colour in ramp.stops
        ]
    )
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    return shader


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer when it lands on the canvas."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def postProcessLayer(self, layer, _context, _feedback) -> None:
        """Called by QGIS in the main thread once the layer is loaded."""
        if isinstance(layer, QgsRasterLayer):
            apply_style(layer, self._style)


@cache
def styler(style: Style) -> Styler:
    """Give the one styler of a style. The cache keeps it alive: QGIS does not, and would crash."""
    return Styler(style)
