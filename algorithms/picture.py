"""A picture of a map of classes, with title, graticule, legend and scale, drawn by QGIS in any thread."""

from __future__ import annotations

import math
from typing import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDistanceArea,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPen

from ..core.classes import MapClass
from ..core.errors import OutputError
from ..core.files import whole_file
from .parameters import tr
from .style import apply_style

MAP_WIDTH = 1400
MARGIN = 70
TITLE_HEIGHT = 80
LEGEND_HEIGHT = 110
INK = QColor("#2b2b2b")
FAINT = QColor(43, 43, 43, 60)


def save_picture(path: str, classes: Sequence[MapClass], title: str, picture: str, note: str = "") -> None:
    """Draw a map of classes to a PNG file.

    Parameters
    ----------
    path : str
        The raster.
    classes : sequence of MapClass
        Its classes; they make the legend.
    title, note : str
        Above the map, and in small print below it.
    picture : str
        Final name of the PNG.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    layer = QgsRasterLayer(path, title)
    apply_style(layer, classes)
    extent = layer.extent()
    extent.scale(1.02)
    # A degree of longitude is shorter than one of latitude: draw the middle of the map in its true shape.
    shape = 1 / math.cos(math.radians(extent.center().y())) if layer.crs().isGeographic() else 1.0
    height = round(MAP_WIDTH * shape * extent.height() / extent.width())
    image = QImage(MAP_WIDTH + 2 * MARGIN, height + TITLE_HEIGHT + LEGEND_HEIGHT + MARGIN, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(MARGIN, TITLE_HEIGHT, MAP_WIDTH, height)
    _text(painter, QPointF(MARGIN, TITLE_HEIGHT - 28), title, 24, bold=True)
    painter.drawImage(frame, _map_image(layer, extent))
    _graticule(painter, frame, extent, layer.crs())
    _legend(painter, frame, classes)
    _scale_bar(painter, frame, extent, layer.crs())
    _text(painter, QPointF(MARGIN, image.height() - 22), note, 11)
    painter.end()
    with whole_file(picture) as temporary:
        if not image.save(str(temporary), "PNG"):
            raise OutputError(f"'{picture}' cannot be written: make room or choose another folder.")


def _map_image(layer: QgsRasterLayer, extent: QgsRectangle) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(MAP_WIDTH, round(MAP_WIDTH * extent.height() / extent.width())))
    settings.setBackgroundColor(QColor("white"))
    image = QImage(settings.outputSize(), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.renderSynchronously()
    painter.end()
    return image


def _text(painter: QPainter, at: QPointF, text: str, size: int, bold: bool = False) -> None:
    font = QFont("sans-serif")
    font.setPixelSize(size)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(at, text)


def _nice_step(span: float, parts: int) -> float:
    """Give the round number nearest to a part of a span: 1, 2 or 5 times a power of ten."""
    raw = span / parts
    power = 10 ** math.floor(math.log10(raw))
    return min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw)) * power


def _graticule(painter: QPainter, frame: QRectF, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    step = _nice_step(max(extent.width(), extent.height()), 6)
    in_metres = crs.mapUnits() == QgsUnitTypes.DistanceUnit.DistanceMeters
    scale, unit = (1000, " km") if in_metres else (1, "°" if crs.isGeographic() else "")
    across, down = frame.width() / extent.width(), frame.height() / extent.height()
    x = math.ceil(extent.xMinimum() / step) * step
    while x <= extent.xMaximum():
        at = frame.left() + (x - extent.xMinimum()) * across
        painter.setPen(QPen(FAINT, 1))
        painter.drawLine(QPointF(at, frame.top()), QPointF(at, frame.bottom()))
        _text(painter, QPointF(at - 14, frame.bottom() + 20), f"{x / scale:g}{unit}", 14)
        x += step
    y = math.ceil(extent.yMinimum() / step) * step
    while y <= extent.yMaximum():
        at = frame.bottom() - (y - extent.yMinimum()) * down
        painter.setPen(QPen(FAINT, 1))
        painter.drawLine(QPointF(frame.left(), at), QPointF(frame.right(), at))
        _text(painter, QPointF(6, at + 5), f"{y / scale:g}{unit}", 14)
        y += step
    painter.setPen(QPen(INK, 1.5))
    painter.drawRect(frame)


def _legend(painter: QPainter, frame: QRectF, classes: Sequence[MapClass]) -> None:
    x, y = frame.left(), frame.bottom() + 48
    for entry in classes:
        painter.setPen(QPen(INK, 1))
        painter.setBrush(QColor(entry.colour))
        painter.drawRect(QRectF(x, y, 34, 20))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _text(painter, QPointF(x + 44, y + 16), tr(entry.name), 17)
        x += 44 + painter.fontMetrics().boundingRect(tr(entry.name)).width() + 34


def _scale_bar(painter: QPainter, frame: QRectF, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    """Draw a bar that is right along the middle of the map."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsProject().transformContext())
    # Of an ellipsoid without a code, as in a CRS typed by its parameters, QGIS makes lengths that are no numbers. All
    # ellipsoids of the Earth differ by less than the bar shows.
    ellipsoid = crs.ellipsoidAcronym()
    measure.setEllipsoid(ellipsoid if ellipsoid.startswith("EPSG:") else "EPSG:7030")
    middle = extent.center().y()
    width_km = measure.measureLine(QgsPointXY(extent.xMinimum(), middle), QgsPointXY(extent.xMaximum(), middle)) / 1000
    length_km = _nice_step(width_km, 6)
    length = frame.width() * length_km / width_km
    left, y = frame.right() - length - 70, frame.bottom() + 58
    painter.setPen(QPen(INK, 2))
    for x in (left, left + length):
        painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
    painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    _text(painter, QPointF(left + length + 10, y + 6), f"{length_km:g} km", 15)
