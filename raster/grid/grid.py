"""Grids: where the cells of a raster are, and how large they are on the ground."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Optional, Sequence

import numpy as np
from osgeo import gdal

from ...core.errors import InputError
from ...core.language import Say, later, tr
from .gdal_io import attempt, spatial_reference, transformation
from .longitudes import off_turns, turns_between, turns_onto, whole_turn
from .texts import projection_of
from .window import Window

# Two grids are the same if no cell is off by more than this share of a cell.
SAME_CELL = 1e-3

# Without a CRS, coordinates within these limits are assumed to be degrees. Longitudes run to 180 or to 360.
DEGREES_X, DEGREES_Y = 361.0, 91.0

# Names of a local CRS that only say that it is unknown, as GDAL and QGIS write them.
NAMES_NOTHING = re.compile(r"\s*(?:un(?:known|named|defined|specified)\b|arbitrary\b)", re.IGNORECASE)

# Longitudes of a place in two datums differ by less than this share of a turn.
SAME_LONGITUDE = 0.01

# Rows by which a grid in degrees may extend beyond a pole: some models have cell centres there.
ROWS_BEYOND_POLE = 1.0

# The name of a grid that has none of its own.
FIRST_INPUT = later("the first input")


@dataclass(frozen=True)
class Grid:
    """The cells of a raster.

    Attributes
    ----------
    width, height : int
        Number of columns and of rows.
    geotransform : tuple of 6 floats
        As in GDAL: x of the corner, cell width, 0, y of the corner, 0, cell height (negative).
    crs_wkt : str
        The CRS as WKT; empty where the raster has none.
    """

    width: int
    height: int
    geotransform: tuple[float, float, float, float, float, float]
    crs_wkt: str

    @property
    def cells(self) -> int:
        """Number of cells."""
        return self.width * self.height

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Smallest x, smallest y, largest x, largest y."""
        x0, dx, _, y0, _, dy = self.geotransform
        x1, y1 = x0 + dx * self.width, y0 + dy * self.height
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def is_geographic(self) -> bool:
        """Whether the cells are measured in degrees."""
        return bool(self.crs_wkt) and bool(spatial_reference(self.crs_wkt).IsGeographic())

    @property
    def turn(self) -> float:
        """Difference in x of a whole turn around the Earth, see `whole_turn`."""
        return whole_turn(self.crs_wkt)

    @property
    def middle_x(self) -> float:
        """X of the centre."""
        return self.geotransform[0] + self.geotransform[1] * self.width / 2

    def turned(self, turns: int) -> Grid:
        """Return the grid with longitudes increased by whole turns, on the same ground."""
        if turns == 0:
            return self
        x0, dx, rx, y0, ry, dy = self.geotransform
        return replace(self, geotransform=(x0 + turns * self.turn, dx, rx, y0, ry, dy))

    def cell_metres(self, name: str = FIRST_INPUT) -> tuple[np.ndarray, float]:
        """Return the width of a cell in each row, and its height, in metres.

        Degrees are converted along the meridian and the parallel of the ellipsoid; units of a
        projection or of a local CRS are used as they are, and those without a CRS are assumed to be metres.

        Parameters
        ----------
        name : str
            Name of the raster, known to the user.

        Raises
        ------
        InputError
            If the size of the cells is unknown, see `require_metres`.
        """
        require_metres(self, name)
        dx, dy = abs(self.geotransform[1]), abs(self.geotransform[5])
        if not self.crs_wkt:
            return np.full(self.height, dx), dy
        reference = spatial_reference(self.crs_wkt)
        if not reference.IsGeographic():
            unit = reference.GetLinearUnits()
            return np.full(self.height, dx * unit), dy * unit
        degree = reference.GetAngularUnits()
        latitude = degree * (self.geotransform[3] + self.geotransform[5] * (np.arange(self.height) + 0.5))
        # Rows beyond a pole are as narrow as at the pole.
        latitude = np.clip(latitude, -np.pi / 2, np.pi / 2)
        major, minor = reference.GetSemiMajor(), reference.GetSemiMinor()
        squared = 1 - (minor / major) ** 2
        normal = major / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        meridian = normal[self.height // 2] ** 3 * (1 - squared) / major**2
        return dx * degree * normal * np.cos(latitude), float(dy * degree * meridian)

    def crs_name(self, say: Say = tr) -> str:
        """Return a short name of the CRS, such as ``EPSG:4326``."""
        if not self.crs_wkt:
            return say("no CRS")
        reference = spatial_reference(self.crs_wkt)
        code = reference.GetAuthorityCode(None)
        return f"{reference.GetAuthorityName(None)}:{code}" if code else reference.GetName()

    def describe(self, say: Say = tr) -> str:
        """Describe the grid in messages and reports, and in English in metadata."""
        xmin, ymin, xmax, ymax = self.bounds
        unit = say("deg") if self.is_geographic else say("map units")
        cell = f"{abs(self.geotransform[1]):.6g} x {abs(self.geotransform[5]):.6g} {unit}"
        return say(
            "{width} x {height} cells of {cell}, x {xmin:.6g} to {xmax:.6g}, y {ymin:.6g} to {ymax:.6g}, {crs_name}",
            width=self.width,
            height=self.height,
            cell=cell,
            xmin=xmin,
            xmax=xmax,
            ymin=ymin,
            ymax=ymax,
            crs_name=self.crs_name(say),
        )

    def window(self) -> Window:
        """Return the window of the whole grid."""
        return Window(0, 0, self.width, self.height)

    def middle(self, side: int) -> Window:
        """Return the square tile that contains the centre: a file with such tiles decodes only that one."""
        column, row = (cells // 2 // side * side for cells in (self.width, self.height))
        return Window(column, row, min(side, self.width - column), min(side, self.height - row))

    def same_cells(self, other: Grid) -> bool:
        """Whether both grids have the same cells; a missing CRS is taken to be the other's.

        Longitudes that differ by whole turns are the same.
        """
        if (self.width, self.height) != (other.width, other.height):
            return False
        ours, theirs = np.array(self.geotransform), np.array(other.geotransform)
        cell = min(abs(ours[1]), abs(ours[5]))
        # The shift of the corners, and what a difference in cell size adds over the whole grid.
        shift = max(abs(off_turns(ours[0] - theirs[0], self.turn or other.turn)), abs(ours[3] - theirs[3]))
        growth = max(abs(ours[1] - theirs[1]) * self.width, abs(ours[5] - theirs[5]) * self.height)
        return shift + growth <= SAME_CELL * cell and self.same_crs(other)

    def same_crs(self, other: Grid) -> bool:
        """Whether both grids have the same CRS; a missing one is taken to be the other's."""
        if not self.crs_wkt or not other.crs_wkt or self.crs_wkt == other.crs_wkt:
            return True
        return bool(spatial_reference(self.crs_wkt).IsSame(spatial_reference(other.crs_wkt)))

    def place_of(self, other: Grid) -> Optional[Window]:
        """Return another grid as a window of this one, which may extend beyond it; None if the cells do not coincide.

        Of places that differ by whole turns of longitude, the one with the nearest centre is returned.
        """
        x0, dx, _, y0, _, dy = self.geotransform
        other = other.turned(turns_between(other.middle_x, self.middle_x, other.turn))
        column, row = (other.geotransform[0] - x0) / dx, (other.geotransform[3] - y0) / dy
        window = Window(round(column), round(row), other.width, other.height)
        moved = replace(other, geotransform=self.part(window).geotransform)
        return window if other.same_cells(moved) and self.same_crs(other) else None

    def part(self, window: Window) -> Grid:
        """Return the grid of a window, which may extend beyond this grid."""
        return self.refined(window, 1)

    def bounds_in(self, crs_wkt: str, name: str) -> tuple[float, float, float, float]:
        """Return the bounds of the raster `name` in another CRS; infinite where they have no place in it.

        The smallest x is less than the largest also across the line where longitudes jump by a whole turn.
        """
        way = transformation(self.crs_wkt, crs_wkt, name)
        bounds, _ = attempt(way.TransformBounds, *self.bounds, 21)
        if bounds is None:
            return (np.inf,) * 4
        xmin, ymin, xmax, ymax = bounds
        turn = whole_turn(crs_wkt)
        left, _, right, _ = self.bounds
        if turn and self.turn:
            # Longitudes hardly change from one datum to another, so their whole turns are kept.
            left, right = (x * turn / self.turn for x in (left, right))
            if max(abs(off_turns(xmin - left, turn)), abs(off_turns(xmax - right, turn))) < SAME_LONGITUDE * turn:
                xmin += turn * turns_between(xmin, left, turn)
                xmax += turn * turns_between(xmax, right, turn)
        if xmax < xmin:
            xmax += turn
        return xmin, ymin, xmax, ymax

    def overlaps(self, other: Grid, name: str) -> bool:
        """Whether the raster `name`, whose grid this is, and another grid overlap on the ground; both have a CRS."""
        xmin, ymin, xmax, ymax = self.bounds_in(other.crs_wkt, name)
        left, bottom, right, top = other.bounds
        reachable = all(np.isfinite([xmin, ymin, xmax, ymax]))
        return reachable and ymax > bottom and ymin < top and bool(turns_onto(xmin, xmax, left, right, other.turn))

    def window_of(self, bounds: tuple[float, float, float, float], margin: int = 0) -> Window:
        """Return the window of whole cells that covers bounds; it may extend beyond this grid."""
        x0, dx, _, y0, _, dy = self.geotransform
        columns = sorted((x - x0) / dx for x in (bounds[0], bounds[2]))
        rows = sorted((y - y0) / dy for y in (bounds[1], bounds[3]))
        # A bound that misses the edge of a cell by rounding alone adds no further cell.
        left, top = (math.floor(first + SAME_CELL) - margin for first, _ in (columns, rows))
        right, bottom = (math.ceil(last - SAME_CELL) + margin for _, last in (columns, rows))
        return Window(left, top, max(1, right - left), max(1, bottom - top))

    def thinned(self, step: int) -> Grid:
        """Return a grid of cells that are `step` times as large, for pictures."""
        x0, dx, rx, y0, ry, dy = self.geotransform
        corner = (x0, dx * step, rx, y0, ry, dy * step)
        return Grid(max(1, self.width // step), max(1, self.height // step), corner, self.crs_wkt)

    def refined(self, window: Window, factor: int) -> Grid:
        """Return the grid of a window with each cell cut into `factor` x `factor` subcells."""
        x0, dx, rx, y0, ry, dy = self.geotransform
        corner = (x0 + dx * window.column, dx / factor, rx, y0 + dy * window.row, ry, dy / factor)
        return Grid(window.width * factor, window.height * factor, corner, self.crs_wkt)


def grid_of(dataset: gdal.Dataset, name: str, crs_wkt: str = "") -> Grid:
    """Return the grid of an open raster; `crs_wkt`, if given, overrides the CRS in the file.

    Raises
    ------
    InputError
        If the raster is not georeferenced, or is rotated.
    """
    geotransform = dataset.GetGeoTransform(can_return_null=True)
    size = dataset.RasterXSize, dataset.RasterYSize
    return north_up_grid(size, geotransform, crs_wkt or projection_of(dataset), name)


def north_up_grid(size: tuple[int, int], geotransform: Optional[Sequence[float]], crs_wkt: str, name: str) -> Grid:
    """Return the grid of so many columns and rows with a geotransform of GDAL, which is None without georeference.

    Raises
    ------
    InputError
        If there is no georeference, or the grid is rotated.
    """
    if geotransform is None:
        raise InputError(tr("Raster '{name}' is not georeferenced: georeference it first.", name=name))
    if not np.isfinite(geotransform).all():
        raise InputError(
            tr(
                "The grid of raster '{name}' has a corner or a cell that is no finite number: the file seems "
                "damaged, get it again.",
                name=name,
            )
        )
    if geotransform[2] != 0 or geotransform[4] != 0:
        raise InputError(tr("The grid of raster '{name}' is rotated: warp it to a north-up grid first.", name=name))
    x0, dx, rx, y0, ry, dy = geotransform
    return Grid(*size, (x0, dx, rx, y0, ry, dy), crs_wkt)


def require_metres(grid: Grid, name: str = FIRST_INPUT) -> None:
    """Raise an `InputError` if the size of the cells of a grid, known by a name, on the ground is unknown."""
    reason = _no_metres(grid)
    if reason:
        raise InputError(
            tr(
                "Lengths and areas of {quoted} ({grid}) are not known, since {reason}: assign the right CRS to it.",
                quoted=_quoted(name),
                grid=grid.describe(),
                reason=reason,
            )
        )


def metres_note(grid: Grid, name: str) -> str:
    """Return a sentence on what lengths and areas on a grid, known by a name, assume; empty if they assume nothing."""
    if not _is_without_crs(grid) or _no_metres(grid):
        return ""
    said = {"name": _quoted(name), "grid": grid.describe()}
    if grid.crs_wkt:
        return tr(
            "{name} ({grid}) has no known CRS: its coordinates are assumed to be metres, so lengths and areas are "
            "wrong if they are in other units, and do not account for the distortion of its projection.",
            **said,
        )
    return tr(
        "{name} ({grid}) has no CRS: its coordinates are assumed to be metres, so lengths and areas are wrong if they "
        "are in other units, and do not account for the distortion of its projection.",
        **said,
    )


def shown_name(name: str) -> str:
    """Return the name of a grid in the user's language, where it is not the name of a file or layer."""
    return tr(FIRST_INPUT) if name == FIRST_INPUT else name


def _quoted(name: str) -> str:
    return tr(FIRST_INPUT) if name == FIRST_INPUT else f"'{name}'"


def _is_without_crs(grid: Grid) -> bool:
    """Return whether a grid has no CRS, or one that declares itself unknown.

    GeoTIFF has no unknown unit: a local CRS stored with one is read back in metres, and only its name reveals it.
    """
    if not grid.crs_wkt:
        return True
    reference = spatial_reference(grid.crs_wkt)
    return bool(reference.IsLocal()) and bool(NAMES_NOTHING.match(reference.GetName() or "unknown"))


def _no_metres(grid: Grid) -> str:
    """Return the reason why lengths on a grid are unknown; empty where they are known."""
    xmin, ymin, xmax, ymax = grid.bounds
    if _is_without_crs(grid):
        in_degrees = max(-xmin, xmax) <= DEGREES_X and max(-ymin, ymax) <= DEGREES_Y
        if not in_degrees:
            return ""
        if grid.crs_wkt:
            return tr("it has no known CRS and its coordinates may be degrees")
        return tr("it has no CRS and its coordinates may be degrees")
    reference = spatial_reference(grid.crs_wkt)
    if reference.IsGeographic():
        pole = np.pi / 2 / reference.GetAngularUnits() + ROWS_BEYOND_POLE * abs(grid.geotransform[5]) * (1 + SAME_CELL)
        return "" if max(-ymin, ymax) <= pole else tr("its CRS is in degrees and its rows lie beyond the poles")
    if reference.IsProjected():
        return ""
    if not reference.IsLocal():
        return tr("its CRS is no map projection")
    unit, name = reference.GetLinearUnits(), reference.GetLinearUnitsName() or "unknown"
    if name.lower() == "unknown" and unit == 1.0:
        return tr("the unit of its CRS is unknown")
    # A degree is reported as 0.017 "metres".
    angular = ("degree", "radian", "grad", "gon", "arc-second", "arc-minute")
    return tr("the unit of its CRS is {name}", name=name) if name.lower() in angular else ""


def require_overlap(grid: Grid, name: str, target: Grid, target_name: str = FIRST_INPUT) -> None:
    """Raise an `InputError` if a raster cannot be aligned to a grid because of CRS, place or order of rows."""
    if not grid.crs_wkt or not target.crs_wkt:
        lacking = f"'{name}'" if not grid.crs_wkt else shown_name(target_name)
        raise InputError(
            tr(
                "'{name}' ({grid}) is not on the grid of {target_name} ({target}) and {lacking} has no CRS: "
                "assign the right CRS to it.",
                name=name,
                grid=grid.describe(),
                target_name=shown_name(target_name),
                target=target.describe(),
                lacking=lacking,
            )
        )
    if target.geotransform[1] < 0 or target.geotransform[5] > 0:
        raise InputError(
            tr(
                "The rows of {target_name} run from south to north ({target}) and '{name}' lies on other cells: "
                "warp {target_name} to a north-up grid.",
                target_name=shown_name(target_name),
                target=target.describe(),
                name=name,
            )
        )
    if not grid.overlaps(target, name):
        raise InputError(
            tr(
                "'{name}' ({grid}) does not overlap {target_name} ({target}): check both extents and CRSs.",
                name=name,
                grid=grid.describe(),
                target_name=shown_name(target_name),
                target=target.describe(),
            )
        )
