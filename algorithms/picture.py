"""A picture of a class map with title, graticule, legend and scale bar, drawn by QGIS in any thread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsDistanceArea,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPen

from ..core.classes import MapClass
from ..core.errors import InputError
from ..core.files import whole_file
from ..core.language import Say, tr
from .style import apply_style

MAP_WIDTH = 1400
MAX_MAP_HEIGHT = 4200
# In units of a CRS; a division by less overflows.
MIN_EXTENT = 1e-100
# Nearer to a pole, or if coordinates are no degrees, the shape at the centre says nothing about the map.
MAX_LATITUDE = 89.0
MARGIN = 70
TITLE_HEIGHT = 80
LEGEND_HEIGHT = 110
INK = QColor("#2b2b2b")
FAINT = QColor(43, 43, 43, 60)


def save_picture(
    path: str, classes: Sequence[MapClass], title: str, picture: str, note: str = "", say: Say = tr
) -> None:
    """Draw a map of classes to a PNG file.

    Parameters
    ----------
    path : str
        The raster.
    classes : sequence of MapClass
        Its classes, for the legend.
    title, note : str
        Text above the map, and in small print below it.
    picture : str
        Final name of the PNG.
    say : callable
        Of the words of the legend: `tr`, or `english` for data.

    Raises
    ------
    InputError
        If the extent of the raster cannot be drawn.
    OutputError
        If the file cannot be written.
    """
    layer = QgsRasterLayer(path, title)
    apply_style(layer, classes)
    extent = layer.extent()
    extent.scale(1.02)
    if not (extent.isFinite() and min(extent.width(), extent.height()) > MIN_EXTENT):
        raise InputError(
            tr("'{path}' cannot be drawn, since its cells are too small or too large: check their size.", path=path)
        )
    # A degree of longitude is shorter than one of latitude: draw the centre of the map in its true shape.
    latitude = min(abs(extent.center().y()), MAX_LATITUDE) if layer.crs().isGeographic() else 0.0
    width, height = _map_size(extent.height() / extent.width() / math.cos(math.radians(latitude)))
    image = _white_image(MAP_WIDTH + 2 * MARGIN, height + TITLE_HEIGHT + LEGEND_HEIGHT + MARGIN)
    with _painting(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(MARGIN, TITLE_HEIGHT, width, height)
        _text(painter, QPointF(MARGIN, TITLE_HEIGHT - 28), title, 24, bold=True)
        painter.drawImage(frame, _map_image(layer, extent))
        _graticule(painter, frame, extent, layer.crs())
        _legend(painter, frame, classes, say)
        _scale_bar(painter, frame, extent, layer.crs())
        _text(painter, QPointF(MARGIN, image.height() - 22), note, 11)
    # Through memory, since Qt does not notice a disk that is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise MemoryError
    with whole_file(picture) as temporary:
        temporary.write_bytes(bytes(buffer.data()))


@contextmanager
def _painting(image: QImage) -> Iterator[QPainter]:
    """Provide a painter on an image that ends with the block, also when it raises.

    An image that is deleted before its painter, as when an exception unwinds, crashes the process.
    """
    painter = QPainter(image)
    try:
        yield painter
    finally:
        painter.end()


def _white_image(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    # An image that Qt cannot allocate has no pixels.
    if image.isNull():
        raise MemoryError
    image.fill(QColor("white"))
    return image


def _map_size(ratio: float) -> tuple[int, int]:
    """Return the width and the height in pixels of a map with a ratio of height to width."""
    height = MAP_WIDTH * ratio
    if height > MAX_MAP_HEIGHT:
        return max(1, round(MAX_MAP_HEIGHT / ratio)), MAX_MAP_HEIGHT
    return MAP_WIDTH, max(1, round(height))


def _map_image(layer: QgsRasterLayer, extent: QgsRectangle) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(*_map_size(extent.height() / extent.width())))
    settings.setBackgroundColor(QColor("white"))
    image = _white_image(settings.outputSize().width(), settings.outputSize().height())
    with _painting(image) as painter:
        QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
    return image


def _text(painter: QPainter, at: QPointF, text: str, size: int, bold: bool = False) -> None:
    font = QFont("sans-serif")
    font.setPixelSize(size)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(at, text)


def _nice_step(span: float, parts: int) -> float:
    """Return the round number nearest to a part of a span: 1, 2 or 5 times a power of ten."""
    raw = span / parts
    power = 10 ** math.floor(math.log10(raw))
    return min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw)) * power


def _multiples(step: float, low: float, high: float) -> list[float]:
    """Return the multiples of a step between two numbers, by index, since far from 0 a step may add nothing."""
    return [index * step for index in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _graticule(painter: QPainter, frame: QRectF, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    step = _nice_step(max(extent.width(), extent.height()), 6)
    in_metres = crs.mapUnits() == QgsUnitTypes.DistanceUnit.DistanceMeters
    scale, unit = (1000, " km") if in_metres else (1, "°" if crs.isGeographic() else "")
    across, down = frame.width() / extent.width(), frame.height() / extent.height()
    for x in _multiples(step, extent.xMinimum(), extent.xMaximum()):
        at = frame.left() + (x - extent.xMinimum()) * across
        painter.setPen(QPen(FAINT, 1))
        painter.drawLine(QPointF(at, frame.top()), QPointF(at, frame.bottom()))
        _text(painter, QPointF(at - 14, frame.bottom() + 20), f"{x / scale:g}{unit}", 14)
    for y in _multiples(step, extent.yMinimum(), extent.yMaximum()):
        at = frame.bottom() - (y - extent.yMinimum()) * down
        painter.setPen(QPen(FAINT, 1))
        painter.drawLine(QPointF(frame.left(), at), QPointF(frame.right(), at))
        _text(painter, QPointF(6, at + 5), f"{y / scale:g}{unit}", 14)
    painter.setPen(QPen(INK, 1.5))
    painter.drawRect(frame)


def _legend(painter: QPainter, frame: QRectF, classes: Sequence[MapClass], say: Say) -> None:
    x, y = frame.left(), frame.bottom() + 48
    for entry in classes:
        painter.setPen(QPen(INK, 1))
        painter.setBrush(QColor(entry.colour))
        painter.drawRect(QRectF(x, y, 34, 20))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _text(painter, QPointF(x + 44, y + 16), say(entry.name), 17)
        x += 44 + painter.fontMetrics().boundingRect(say(entry.name)).width() + 34


def _scale_bar(painter: QPainter, frame: QRectF, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    """Draw a scale bar that holds along the centre of the map."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsProject().transformContext())
    # With an ellipsoid without a code, as in a CRS given by its parameters, QGIS returns lengths of NaN. All
    # ellipsoids of the Earth differ by less than the bar can show.
    ellipsoid = crs.ellipsoidAcronym()
    measure.setEllipsoid(ellipsoid if ellipsoid.startswith("EPSG:") else "EPSG:7030")
    middle = extent.center().y()
    ends = QgsPointXY(extent.xMinimum(), middle), QgsPointXY(extent.xMaximum(), middle)
    try:
        width_km = measure.measureLine(*ends) / 1000
    except QgsCsException:
        # Raised by newer QGIS if an end is not on the Earth; earlier versions return an invalid length.
        return
    # Units of a raster without a CRS have no length, nor have cells that are not on the Earth.
    if not (math.isfinite(width_km) and width_km > 0) or not crs.isValid():
        return
    length_km = _nice_step(width_km, 6)
    length = frame.width() * length_km / width_km
    left, y = frame.right() - length - 70, frame.bottom() + 58
    painter.setPen(QPen(INK, 2))
    for x in (left, left + length):
        painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
    painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    _text(painter, QPointF(left + length + 10, y + 6), f"{length_km:g} km", 15)
