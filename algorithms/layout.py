"""A print layout of a permafrost map, built from what is printed, and written as PDF and PNG.

It is built in code and not from a template file: what stands where depends on the paper, on the shape of the basin and
on the lengths of the texts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QBuffer, QIODevice, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QTextLayout, QTextOption

from ..core.about import RESOURCES
from ..core.classes import GLACIER, LAKE, PERMAFROST_MAP, MapClass, Relief
from ..core.errors import InputError, OutputError
from ..core.files import whole_file
from ..core.language import language, tr
from ..core.publish.sheet import MARGIN, Box, Paper, Sheet, arrange, round_step
from ..raster.read.rasters import RasterSource
from .layers import VectorTable
from .style import apply_style

FAMILY = "sans-serif"
# Where there is one of these: in bold, characters that Qt takes from another font than that of the text overlap.
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei")
INK, MUTED, FAINT, ALERT = "#1f2a33", "#55626e", "#9aa5ae", "#8a5a00"
# Sizes of texts on A4, in points: titles take the first with which they leave room for the map.
TITLE_SIZES = (20.0, 17.0, 14.0, 12.0, 10.0)
PERIOD_SIZE, TEXT_SIZE, SMALL_SIZE = 12.0, 9.0, 7.0
# Share of the paper that the title may take.
MAX_HEADER = 0.2
MM_PER_POINT = 25.4 / 72
# Texts are measured with this many pixels per mm, and the widths taken a little larger.
PIXELS_PER_MM = 40
SLACK = 1.03
# Width of the column beside the map, the largest scale bar and the north arrow on A4, mm.
COLUMN, BAR, ARROW = 72.0, 48.0, 11.0
# Around what the map shows.
ROOM = 1.04
# Height over width of what is shown, or the reverse, at the least; and limits of its size in units of a CRS.
MIN_SHAPE = 0.1
MIN_EXTENT = 1e-30
DEGREES = "EPSG:4326"
PDF_END = b"%%EOF"


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


def drawn_crs(own: QgsCoordinateReferenceSystem, bounds: Sequence[float]) -> QgsCoordinateReferenceSystem:
    """Return the CRS in which a map is drawn: its own, or, of one in degrees, an equal-area projection around it."""
    if not own.isGeographic():
        return own
    xmin, ymin, xmax, ymax = bounds
    centre = f"+lat_0={(ymin + ymax) / 2:.4f} +lon_0={(xmin + xmax) / 2:.4f}"
    return QgsCoordinateReferenceSystem.fromProj(f"+proj=laea {centre} +datum=WGS84 +units=m +no_defs +type=crs")


def add_layout(
    project: QgsProject, name: str, printed: Printed, sizes: Sequence[tuple[float, float]]
) -> QgsPrintLayout:
    """Add a layout, and its layers in a hidden group of the same name, to a project; call it in the main thread.

    Parameters
    ----------
    project : QgsProject
    name : str
        Name of the layout; it gets a number where the project has one of this name.
    printed : Printed
    sizes : sequence of (float, float)
        Papers to choose from, width and height in mm.

    Raises
    ------
    InputError
        If the title is too long for the paper.
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(_free_name(project, name))
    _Builder(layout, printed, sizes[0]).build(sizes)
    # The manager owns it from now on.
    project.layoutManager().addLayout(layout)
    return layout


def _free_name(project: QgsProject, name: str) -> str:
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def write_pdf(layout: QgsPrintLayout, path: str, dpi: float) -> None:
    """Write a layout as PDF.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = dpi
    # GDAL would open the file again to write the georeference, which not every GDAL can.
    settings.appendGeoreference = False
    with whole_file(path) as temporary:
        outcome = QgsLayoutExporter(layout).exportToPdf(str(temporary), settings)
        # Qt does not notice a disk that is full.
        is_whole = temporary.is_file() and PDF_END in temporary.read_bytes()[-1024:]
        if outcome != QgsLayoutExporter.ExportResult.Success or not is_whole:
            raise OutputError(tr("'{path}' cannot be written: make room or choose another folder.", path=path))


def write_png(layout: QgsPrintLayout, path: str, dpi: float) -> None:
    """Write a layout as PNG.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    image = QgsLayoutExporter(layout).renderPageToImage(0, dpi=dpi)
    # Through memory, since Qt does not notice a disk that is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "PNG"):
        raise MemoryError
    with whole_file(path) as temporary:
        temporary.write_bytes(bytes(buffer.data()))


# Texts ------------------------------------------------------------------------------------------------


def _family() -> str:
    """Return a family of fonts with the characters of the user's language."""
    chosen = CHINESE if language().startswith("zh") else ()
    return next((name for name in chosen if QFontInfo(QFont(name)).family() == name), FAMILY)


def _font(points: float, bold: bool = False) -> QFont:
    font = QFont(_family())
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _measuring(points: float, bold: bool) -> QFont:
    font = _font(points, bold)
    font.setPixelSize(max(1, round(points * MM_PER_POINT * PIXELS_PER_MM)))
    return font


def text_width(text: str, points: float, bold: bool = False) -> float:
    """Return the width of a line of text, mm."""
    return SLACK * QFontMetricsF(_measuring(points, bold)).horizontalAdvance(text) / PIXELS_PER_MM


def line_height(points: float, bold: bool = False) -> float:
    """Return the distance of lines of text, mm."""
    return SLACK * QFontMetricsF(_measuring(points, bold)).lineSpacing() / PIXELS_PER_MM


def wrapped(text: str, points: float, width: float, bold: bool = False) -> list[str]:
    """Break a text into lines of at most a width in mm, also between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        layout = QTextLayout(paragraph, _measuring(points, bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width * PIXELS_PER_MM / SLACK)
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return lines


@dataclass(frozen=True)
class _Text:
    """Lines of text of one size."""

    lines: Sequence[str]
    points: float
    colour: str = INK
    bold: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * line_height(self.points, self.bold)

    @property
    def width(self) -> float:
        return max(text_width(line, self.points, self.bold) for line in self.lines)


def _height(texts: Sequence[_Text], gap: float) -> float:
    return sum(text.height for text in texts) + gap * max(0, len(texts) - 1)


# Layers -----------------------------------------------------------------------------------------------


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


NAMES = {"glaciers": GLACIER.name, "lakes": LAKE.name, "basin": "Basin", "survey": "Survey"}
COVERS = {"glaciers": GLACIER.value, "lakes": LAKE.value}


def _layers(printed: Printed) -> dict[str, QgsMapLayer]:
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


# The layout -------------------------------------------------------------------------------------------


class _Builder:
    """Builds a layout: makes the items, measures them, and sets each in its place."""

    def __init__(self, layout: QgsPrintLayout, printed: Printed, paper: tuple[float, float]) -> None:
        self._layout = layout
        self._printed = printed
        # Texts and gaps grow with the paper.
        self._unit = Paper(*paper, 0, 0).unit
        self._layers = _layers(printed)

    def build(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Build it on one of some papers."""
        group = self._layout.project().layerTreeRoot().addGroup(self._layout.name())
        group.setItemVisibilityChecked(False)
        group.setExpanded(False)
        for layer in self._layers.values():
            self._layout.project().addMapLayer(layer, False)
            group.addLayer(layer)
        crs, extent = self._ground()
        legend = self._legend()
        notes = [self._text(note, SMALL_SIZE, COLUMN * self._unit, MUTED) for note in self._printed.notes]
        widths, height = self._table_size()
        column = max(sum(widths), *(note.width for note in notes)), height + _height(notes, self._unit)
        bar = ((BAR + 2 * ARROW) * self._unit, 16 * self._unit)
        # The item itself has its size only once it is drawn.
        legend_size = QgsLegendRenderer(legend.model(), legend.legendSettings()).minimumSize()
        papers = [
            Paper(width, high, _height(self._header(width), self._unit), _height(self._footer(width), self._unit / 2))
            for width, high in sizes
        ]
        blocks = [(legend_size.width(), legend_size.height()), column, bar]
        sheet = arrange(papers, (extent.width(), extent.height()), blocks)
        width = sheet.paper.width
        self._layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width, sheet.paper.height))
        self._labels(self._header(width), sheet.header, self._unit)
        self._labels(self._footer(width), sheet.footer, self._unit / 2)
        drawn = self._map(sheet.map, crs, extent)
        self._set(legend, sheet.blocks[0])
        legend.setLinkedMap(drawn)
        at = sheet.blocks[1]
        self._table(widths, Box(at.x, at.y, sum(widths), height))
        self._labels(notes, Box(at.x, at.y + height + self._unit, at.width, at.height), self._unit)
        # Units of a map without a CRS of the Earth have neither a length nor a direction.
        if crs.isValid() and crs.ellipsoidAcronym():
            self._scale_bar(drawn, sheet, crs)
            self._north(drawn, sheet.blocks[2])

    # What is drawn

    def _ground(self) -> tuple[QgsCoordinateReferenceSystem, QgsRectangle]:
        """Return the CRS in which the map is drawn, and what it shows in it."""
        own = self._layers["map"].crs()
        bounds = self._printed.bounds
        crs = drawn_crs(own, bounds)
        extent = QgsRectangle(*bounds)
        if crs != own:
            extent = self._transformed(extent, own, crs)
        longer = max(extent.width(), extent.height())
        if not (extent.isFinite() and MIN_EXTENT < longer < 1 / MIN_EXTENT):
            raise InputError(
                tr(
                    "'{name}' cannot be drawn: check the size of its cells, and its CRS.",
                    name=self._printed.map.name,
                )
            )
        # A row of cells is drawn in a frame that is not a line.
        least = MIN_SHAPE * longer
        width, height = max(extent.width(), least), max(extent.height(), least)
        return crs, QgsRectangle.fromCenterAndSize(extent.center(), ROOM * width, ROOM * height)

    def _transformed(
        self, extent: QgsRectangle, own: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem
    ) -> QgsRectangle:
        """Return a rectangle in another CRS, one of infinite size where it does not exist there."""
        try:
            return QgsCoordinateTransform(own, crs, self._layout.project()).transformBoundingBox(extent)
        except QgsCsException:
            return QgsRectangle(-math.inf, -math.inf, math.inf, math.inf)

    def _map(self, box: Box, crs: QgsCoordinateReferenceSystem, extent: QgsRectangle) -> QgsLayoutItemMap:
        drawn = QgsLayoutItemMap(self._layout)
        self._layout.addLayoutItem(drawn)
        self._set(drawn, box)
        drawn.setId("map")
        if crs.isValid():
            drawn.setCrs(crs)
        drawn.setLayers(list(self._layers.values()))
        drawn.setKeepLayerSet(True)
        # In the shape of the box, since QGIS would change the box.
        more = box.width / box.height * extent.height() / extent.width()
        extent = QgsRectangle.fromCenterAndSize(
            extent.center(), extent.width() * max(1.0, more), extent.height() * max(1.0, 1 / more)
        )
        drawn.setExtent(extent)
        drawn.setFrameEnabled(True)
        drawn.setFrameStrokeColor(QColor(INK))
        if crs.isValid():
            self._graticule(drawn, crs)
        return drawn

    def _graticule(self, drawn: QgsLayoutItemMap, crs: QgsCoordinateReferenceSystem) -> None:
        degrees = QgsCoordinateReferenceSystem(DEGREES)
        shown = self._transformed(drawn.extent(), crs, degrees)
        widest = max(shown.width(), shown.height())
        # A CRS of a site has no degrees.
        if not 0 < widest <= 720:
            return
        # Some lines in both directions, and not too many in either.
        step = min(round_step(widest, 6), round_step(min(shown.width(), shown.height()), 2))
        step = max(step, round_step(widest, 12))
        grid = drawn.grid()
        grid.setEnabled(True)
        grid.setCrs(degrees)
        grid.setIntervalX(step)
        grid.setIntervalY(step)
        grid.setLineSymbol(QgsLineSymbol.createSimple({"line_color": FAINT, "line_width": "0.1"}))
        grid.setAnnotationEnabled(True)
        grid.setAnnotationFormat(QgsLayoutItemMapGrid.AnnotationFormat.CustomFormat)
        grid.setAnnotationExpression(DEGREES_TEXT)
        _set_font(grid, SMALL_SIZE * self._unit, MUTED, "Annotation")
        grid.setAnnotationFrameDistance(self._unit)
        sides, shows = QgsLayoutItemMapGrid.BorderSide, QgsLayoutItemMapGrid.DisplayMode
        directions = QgsLayoutItemMapGrid.AnnotationDirection
        for side, shown_there, direction in (
            (sides.Left, shows.LatitudeOnly, directions.Vertical),
            (sides.Bottom, shows.LongitudeOnly, directions.Horizontal),
            (sides.Right, shows.HideAll, directions.Vertical),
            (sides.Top, shows.HideAll, directions.Horizontal),
        ):
            grid.setAnnotationDisplay(shown_there, side)
            grid.setAnnotationDirection(direction, side)

    def _legend(self) -> QgsLayoutItemLegend:
        legend = QgsLayoutItemLegend(self._layout)
        self._layout.addLayoutItem(legend)
        legend.setAutoUpdateModel(False)
        root = legend.model().rootGroup()
        root.removeAllChildren()
        # What the polygons show is not listed a second time as a class.
        covered = [COVERS[name] for name in self._layers if name in COVERS]
        entries = [entry.value for entry in PERMAFROST_MAP]
        shown = [entries.index(entry.value) for entry in self._printed.classes if entry.value not in covered]
        for name in ("map", *NAMES):
            if name not in self._layers:
                continue
            node = root.addLayer(self._layers[name])
            QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
            if name == "map":
                # Some versions of QGIS put the name of the band before the classes.
                extra = len(legend.model().layerLegendNodes(node)) - len(entries)
                QgsMapLayerLegendUtils.setLegendNodeOrder(node, [index + extra for index in shown])
                legend.model().refreshLayerLegend(node)
        style = legend.style(QgsLegendStyle.Style.SymbolLabel)
        _set_font(style, TEXT_SIZE * self._unit, INK)
        legend.setStyle(QgsLegendStyle.Style.SymbolLabel, style)
        legend.setSymbolWidth(7 * self._unit)
        legend.setSymbolHeight(4 * self._unit)
        legend.setBoxSpace(0)
        if not hasattr(style, "setTextFormat"):
            # QGIS 3.22 has one colour for the whole legend, which later ones deprecate.
            legend.setFontColor(QColor(INK))
        return legend

    def _table_size(self) -> tuple[list[float], float]:
        """Return the widths of the columns and the height of the table, mm."""
        points, rows = TEXT_SIZE * self._unit, self._printed.areas
        widths = [
            max(text_width(row[column], points, index == 0) for index, row in enumerate(rows))
            + (4.5 if column else 0) * self._unit
            for column in range(len(rows[0]))
        ]
        return widths, len(rows) * self._row_height()

    def _row_height(self) -> float:
        return line_height(TEXT_SIZE * self._unit) + self._unit

    def _table(self, widths: list[float], box: Box) -> None:
        """Add the table of areas, a label for each cell: numbers stand right, and lines keep their distance."""
        points = TEXT_SIZE * self._unit
        for index, row in enumerate(self._printed.areas):
            right = box.x
            for column, (text, width) in enumerate(zip(row, widths)):
                right += width
                at = Box(right - width, box.y + index * self._row_height(), width, self._row_height())
                self._label(_Text([text], points, INK if index else MUTED), at, is_right=column > 0)

    def _scale_bar(self, drawn: QgsLayoutItemMap, sheet: Sheet, crs: QgsCoordinateReferenceSystem) -> None:
        metres = QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)
        box = sheet.blocks[2]
        bar = QgsLayoutItemScaleBar(self._layout)
        self._layout.addLayoutItem(bar)
        bar.setStyle("Single Box")
        bar.setLinkedMap(drawn)
        km_per_mm = drawn.extent().width() * metres / 1000 / sheet.map.width
        segment = round_step(km_per_mm * BAR * self._unit, 2)
        if 2 * segment > km_per_mm * BAR * self._unit:
            segment = round_step(km_per_mm * BAR * self._unit, 4)
        in_km = segment >= 0.5
        units = QgsUnitTypes.DistanceUnit
        bar.setUnits(units.DistanceKilometers if in_km else units.DistanceMeters)
        bar.setUnitLabel(tr("km") if in_km else tr("m"))
        bar.setUnitsPerSegment(segment if in_km else 1000 * segment)
        bar.setNumberOfSegments(2)
        bar.setNumberOfSegmentsLeft(0)
        bar.setHeight(1.6 * self._unit)
        bar.setBoxContentSpace(0)
        bar.setLabelBarSpace(self._unit)
        _set_font(bar, TEXT_SIZE * self._unit, INK)
        bar.update()
        self._set(bar, Box(box.x, box.y + 2 * self._unit, box.width - ARROW * self._unit, box.height))

    def _north(self, drawn: QgsLayoutItemMap, box: Box) -> None:
        arrow = QgsLayoutItemPicture(self._layout)
        self._layout.addLayoutItem(arrow)
        arrow.setPicturePath(str(RESOURCES / "layouts" / "north.svg"))
        arrow.setLinkedMap(drawn)
        arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
        width = ARROW * self._unit
        self._set(arrow, Box(box.x + box.width - width, box.y, width, box.height))

    # Texts

    def _text(self, text: str, points: float, width: float, colour: str = INK, bold: bool = False) -> _Text:
        points *= self._unit
        return _Text(wrapped(text, points, width, bold), points, colour, bold)

    def _header(self, paper: float) -> list[_Text]:
        """Return title, period and what is simulated, on a paper of a width."""
        width = paper - 2 * MARGIN * self._unit
        below = [self._text(self._printed.period, PERIOD_SIZE, width, MUTED)] if self._printed.period else []
        if self._printed.alert:
            below.append(self._text(self._printed.alert, TEXT_SIZE, width, ALERT, bold=True))
        for size in TITLE_SIZES:
            texts = [self._text(self._printed.title, size, width, bold=True), *below]
            if len(texts[0].lines) <= 2:
                return texts
        if _height(texts, self._unit) > MAX_HEADER * paper:
            raise InputError(
                tr(
                    "The title has {n_title} characters, too many for the paper: shorten it, or choose a larger paper.",
                    n_title=len(self._printed.title),
                )
            )
        return texts

    def _footer(self, paper: float) -> list[_Text]:
        width = paper - 2 * MARGIN * self._unit
        return [self._text(text, SMALL_SIZE, width, MUTED) for text in self._printed.footer]

    def _labels(self, texts: Sequence[_Text], box: Box, gap: float) -> None:
        y = box.y
        for text in texts:
            self._label(text, Box(box.x, y, max(box.width, text.width), text.height))
            y += text.height + gap

    def _label(self, text: _Text, box: Box, is_right: bool = False) -> None:
        label = QgsLayoutItemLabel(self._layout)
        self._layout.addLayoutItem(label)
        label.setText("\n".join(text.lines))
        _set_font(label, text.points, text.colour, bold=text.bold)
        label.setMarginX(0)
        label.setMarginY(0)
        label.setHAlign(Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft)
        self._set(label, box)

    def _set(self, item: Any, box: Box) -> None:
        item.attemptMove(QgsLayoutPoint(box.x, box.y))
        item.attemptResize(QgsLayoutSize(box.width, box.height))


# The degrees of a line of the graticule, as text: 80.5°E.
DEGREES_TEXT = (
    "round(abs(@grid_number), 6) || '°' || CASE WHEN round(@grid_number, 6) = 0 THEN '' "
    "WHEN @grid_axis = 'x' THEN if(@grid_number < 0, 'W', 'E') ELSE if(@grid_number < 0, 'S', 'N') END"
)


def _text_format(points: float, colour: str, bold: bool) -> QgsTextFormat:
    font = _font(points, bold)
    text_format = QgsTextFormat()
    text_format.setFont(font)
    text_format.setSize(points)
    text_format.setColor(QColor(colour))
    return text_format


def _set_font(item: Any, points: float, colour: str, prefix: str = "", bold: bool = False) -> None:
    """Set font and colour of an item: by a format where it takes one, else, as in QGIS 3.22, one by one."""
    set_format = getattr(item, f"set{prefix}TextFormat", None)
    if set_format is not None:
        set_format(_text_format(points, colour, bold))
        return
    getattr(item, f"set{prefix}Font")(_font(points, bold))
    set_colour = getattr(item, f"set{prefix}FontColor", None)
    if set_colour is not None:
        set_colour(QColor(colour))
