"""Builds a print layout: what stands where depends on the paper, on the shape of the basin and on its texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...core.about import RESOURCES
from ...core.classes import GLACIER, LAKE, PERMAFROST_MAP
from ...core.errors import InputError
from ...core.language import tr
from ...core.publish.sheet import MARGIN, Box, Paper, Sheet, arrange, round_step
from .drawn import NAMES, Printed, layers_of
from .ground import add_graticule, ground
from .texts import ALERT, INK, MUTED, SMALL_SIZE, Text, height_of, line_height, set_font, text_width, wrapped

# Sizes of texts on A4, in points: titles take the first with which they leave room for the map.
TITLE_SIZES = (20.0, 17.0, 14.0, 12.0, 10.0)
PERIOD_SIZE, TEXT_SIZE = 12.0, 9.0
# Share of the paper that the title may take.
MAX_HEADER = 0.2
# Width of the column beside the map, the largest scale bar and the north arrow on A4, mm.
COLUMN, BAR, ARROW = 72.0, 48.0, 11.0

# What is drawn of polygons, by the name of the layer.
COVERS = {"glaciers": GLACIER.value, "lakes": LAKE.value}


class Builder:
    """Builds a layout: makes the items, measures them, and sets each in its place."""

    def __init__(self, layout: QgsPrintLayout, printed: Printed, paper: tuple[float, float]) -> None:
        self._layout = layout
        self._printed = printed
        # Texts and gaps grow with the paper.
        self._unit = Paper(*paper, 0, 0).unit
        self._layers = layers_of(printed)

    def build(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Build it on one of some papers."""
        group = self._layout.project().layerTreeRoot().addGroup(self._layout.name())
        group.setItemVisibilityChecked(False)
        group.setExpanded(False)
        for layer in self._layers.values():
            self._layout.project().addMapLayer(layer, False)
            group.addLayer(layer)
        crs, extent = ground(self._printed, self._layers["map"].crs(), self._layout.project())
        legend = self._legend()
        notes = [self._text(note, SMALL_SIZE, COLUMN * self._unit, MUTED) for note in self._printed.notes]
        widths, height = self._table_size()
        column = max(sum(widths), *(note.width for note in notes)), height + height_of(notes, self._unit)
        bar = ((BAR + 2 * ARROW) * self._unit, 16 * self._unit)
        # The item itself has its size only once it is drawn.
        legend_size = QgsLegendRenderer(legend.model(), legend.legendSettings()).minimumSize()
        papers = [
            Paper(
                width, high, height_of(self._header(width), self._unit), height_of(self._footer(width), self._unit / 2)
            )
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
            add_graticule(drawn, crs, self._unit)
        return drawn

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
        set_font(style, TEXT_SIZE * self._unit, INK)
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
                self._label(Text([text], points, INK if index else MUTED), at, is_right=column > 0)

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
        set_font(bar, TEXT_SIZE * self._unit, INK)
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

    def _text(self, text: str, points: float, width: float, colour: str = INK, bold: bool = False) -> Text:
        points *= self._unit
        return Text(wrapped(text, points, width, bold), points, colour, bold)

    def _header(self, paper: float) -> list[Text]:
        """Return title, period and what is simulated, on a paper of a width."""
        width = paper - 2 * MARGIN * self._unit
        below = [self._text(self._printed.period, PERIOD_SIZE, width, MUTED)] if self._printed.period else []
        if self._printed.alert:
            below.append(self._text(self._printed.alert, TEXT_SIZE, width, ALERT, bold=True))
        for size in TITLE_SIZES:
            texts = [self._text(self._printed.title, size, width, bold=True), *below]
            if len(texts[0].lines) <= 2:
                return texts
        if height_of(texts, self._unit) > MAX_HEADER * paper:
            raise InputError(
                tr(
                    "The title has {n_title} characters, too many for the paper: shorten it, or choose a larger paper.",
                    n_title=len(self._printed.title),
                )
            )
        return texts

    def _footer(self, paper: float) -> list[Text]:
        width = paper - 2 * MARGIN * self._unit
        return [self._text(text, SMALL_SIZE, width, MUTED) for text in self._printed.footer]

    def _labels(self, texts: Sequence[Text], box: Box, gap: float) -> None:
        y = box.y
        for text in texts:
            self._label(text, Box(box.x, y, max(box.width, text.width), text.height))
            y += text.height + gap

    def _label(self, text: Text, box: Box, is_right: bool = False) -> None:
        label = QgsLayoutItemLabel(self._layout)
        self._layout.addLayoutItem(label)
        label.setText("\n".join(text.lines))
        set_font(label, text.points, text.colour, bold=text.bold)
        label.setMarginX(0)
        label.setMarginY(0)
        label.setHAlign(Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft)
        self._set(label, box)

    def _set(self, item: Any, box: Box) -> None:
        item.attemptMove(QgsLayoutPoint(box.x, box.y))
        item.attemptResize(QgsLayoutSize(box.width, box.height))
