"""Where the map of a layout lies: its CRS, its extent, and the degrees along its frame."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLineSymbol,
    QgsProject,
    QgsRectangle,
)

from ...core.errors import InputError
from ...core.language import tr
from ...core.publish.sheet import round_step
from .drawn import Printed
from .texts import FAINT, MUTED, SMALL_SIZE, set_font

# Around what the map shows.
ROOM = 1.04
# Height over width of what is shown, or the reverse, at the least; and limits of its size in units of a CRS.
MIN_SHAPE = 0.1
MIN_EXTENT = 1e-30

# The degrees of a line of the graticule, as text: 80.5°E.
DEGREES_TEXT = (
    "round(abs(@grid_number), 6) || '°' || CASE WHEN round(@grid_number, 6) = 0 THEN '' "
    "WHEN @grid_axis = 'x' THEN if(@grid_number < 0, 'W', 'E') ELSE if(@grid_number < 0, 'S', 'N') END"
)


def drawn_crs(own: QgsCoordinateReferenceSystem, bounds: Sequence[float]) -> QgsCoordinateReferenceSystem:
    """Return the CRS in which a map is drawn: its own, or, of one in degrees, an equal-area projection around it."""
    if not own.isGeographic():
        return own
    xmin, ymin, xmax, ymax = bounds
    centre = f"+lat_0={(ymin + ymax) / 2:.4f} +lon_0={(xmin + xmax) / 2:.4f}"
    return QgsCoordinateReferenceSystem.fromProj(f"+proj=laea {centre} +datum=WGS84 +units=m +no_defs +type=crs")


def ground(
    printed: Printed, own: QgsCoordinateReferenceSystem, project: QgsProject
) -> tuple[QgsCoordinateReferenceSystem, QgsRectangle]:
    """Return the CRS in which a map is drawn, and what is shown in it.

    Parameters
    ----------
    printed : Printed
    own : QgsCoordinateReferenceSystem
        That of the map.
    project : QgsProject
        Whose transformations are used.

    Raises
    ------
    InputError
        If the cells are too small or too large to be drawn.
    """
    crs = drawn_crs(own, printed.bounds)
    extent = QgsRectangle(*printed.bounds)
    if crs != own:
        extent = _transformed(extent, own, crs, project)
    longer = max(extent.width(), extent.height())
    if not (extent.isFinite() and MIN_EXTENT < longer < 1 / MIN_EXTENT):
        raise InputError(
            tr("'{name}' cannot be drawn: check the size of its cells, and its CRS.", name=printed.map.name)
        )
    # A row of cells is drawn in a frame that is not a line.
    least = MIN_SHAPE * longer
    width, height = max(extent.width(), least), max(extent.height(), least)
    return crs, QgsRectangle.fromCenterAndSize(extent.center(), ROOM * width, ROOM * height)


def _transformed(
    extent: QgsRectangle, own: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem, project: QgsProject
) -> QgsRectangle:
    """Return a rectangle in another CRS, one of infinite size where it does not exist there."""
    try:
        return QgsCoordinateTransform(own, crs, project).transformBoundingBox(extent)
    except QgsCsException:
        return QgsRectangle(-math.inf, -math.inf, math.inf, math.inf)


def add_graticule(drawn: QgsLayoutItemMap, crs: QgsCoordinateReferenceSystem, unit: float) -> None:
    """Draw lines of longitude and latitude over a map, with degrees along its frame.

    Parameters
    ----------
    drawn : QgsLayoutItemMap
    crs : QgsCoordinateReferenceSystem
        In which it is drawn.
    unit : float
        How much larger than on A4 texts are.
    """
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    shown = _transformed(drawn.extent(), crs, degrees, drawn.layout().project())
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
    set_font(grid, SMALL_SIZE * unit, MUTED, "Annotation")
    grid.setAnnotationFrameDistance(unit)
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
