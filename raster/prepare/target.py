"""Chooses the grid of stacks: that of a raster, or one over an extent, in the cells of the scenes or others."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Iterable, Optional

from ...core.errors import InputError
from ...core.language import tr
from ...core.prepare.scenes import Files
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.vectors import Features
from .scenes import Decoding, OpenScene

# A grid with more cells is the result of a wrong unit.
MAX_CELLS = 10**10


@dataclass(frozen=True)
class Target:
    """The cells that are requested.

    Attributes
    ----------
    grid : Grid, optional
        Exactly these cells; the other attributes are not used then.
    extent : Grid, optional
        A rectangle in any CRS, or in `crs_wkt` if it has none; by default that of the basin, or all that the tiles
        cover.
    crs_wkt : str
        By default the CRS of the tiles.
    resolution : float, optional
        Cell size in units of the CRS; by default the cells of the tiles, which requires their CRS.
    """

    grid: Optional[Grid] = None
    extent: Optional[Grid] = None
    crs_wkt: str = ""
    resolution: Optional[float] = None

    def on(self, tiles: dict[str, Grid], basin: Optional[Features] = None) -> Grid:
        """Return the grid of stacks of scenes.

        Parameters
        ----------
        tiles : dict
            From `tile_grids`.
        basin : Features, optional
            Its rectangle is the extent if none is given.

        Raises
        ------
        InputError
            If the choice is incomplete, or no tile overlaps the grid.
        """
        first = next(iter(tiles.values()))
        grid = self.grid or self._over_extent(tiles, first, self._extent(first, basin))
        if not grid.crs_wkt:
            raise InputError(tr("The raster chosen for GRID has no CRS: assign the right one to it."))
        if not any(tile.overlaps(grid, name) for name, tile in tiles.items()):
            name = next(iter(tiles))
            raise InputError(
                tr(
                    "No scene overlaps the grid of the stacks ({grid}); the first, '{name}', is {first}: check GRID "
                    "or EXTENT, and the CRSs.",
                    grid=grid.describe(),
                    name=name,
                    first=first.describe(),
                )
            )
        return grid

    def _extent(self, first: Grid, basin: Optional[Features]) -> Optional[Grid]:
        """Return the rectangle that is requested, with a CRS; None for all that the tiles cover."""
        if self.extent is None:
            return basin.rectangle() if basin is not None else None
        if self.extent.crs_wkt:
            return self.extent
        return replace(self.extent, crs_wkt=self.crs_wkt or first.crs_wkt)

    def _over_extent(self, tiles: dict[str, Grid], first: Grid, extent: Optional[Grid]) -> Grid:
        """Return a grid over a rectangle, in the cells of the tiles or of the resolution that is requested."""
        wanted = replace(first, crs_wkt=self.crs_wkt or first.crs_wkt)
        own = _union(tiles) if extent is None or self.resolution is None else first
        bounds = (extent or own).bounds_in(wanted.crs_wkt, "EXTENT")
        if not all(map(math.isfinite, bounds)):
            raise InputError(
                tr("The extent cannot be transformed to {crs_name}: check EXTENT and CRS.", crs_name=wanted.crs_name())
            )
        if self.resolution is not None:
            return _grid_over(bounds, self.resolution, wanted)
        if wanted.same_crs(first):
            return own.part(own.window_of(bounds))
        raise InputError(
            tr(
                "The scenes are in {scenes_crs} and CRS is {wanted_crs}: give the cell size in units of CRS as "
                "RESOLUTION, or choose a GRID.",
                scenes_crs=first.crs_name(),
                wanted_crs=wanted.crs_name(),
            )
        )


def tile_grids(scenes: Iterable[Files]) -> dict[str, Grid]:
    """Return the grids of the tiles that scenes consist of, by the name of one file of each.

    Raises
    ------
    InputError
        If no file can be read.
    """
    grids: dict[str, Grid] = {}
    seen: set[str] = set()
    reason = ""
    for files in scenes:
        for position, file in enumerate(files):
            # Files whose pattern names no tile are distinguished by their order within the scene.
            tile = file.tile or str(position)
            if tile in seen:
                continue
            try:
                grids[file.name] = OpenScene(file, Decoding()).grid
            except InputError as error:
                reason = reason or str(error)
                continue
            seen.add(tile)
    if not grids:
        raise InputError(reason or tr("There is no scene to read."))
    return grids


def _union(tiles: dict[str, Grid]) -> Grid:
    """Return the smallest grid that holds all tiles."""
    (name, first), *_ = tiles.items()
    places = []
    for other, tile in tiles.items():
        place = first.place_of(tile)
        if place is None:
            raise InputError(
                tr(
                    "'{name}' ({first}) and '{other}' ({tile}) have different cells: choose a GRID, or give EXTENT, "
                    "CRS and RESOLUTION.",
                    name=name,
                    first=first.describe(),
                    other=other,
                    tile=tile.describe(),
                )
            )
        places.append(place)
    left, top = (min(getattr(place, side) for place in places) for side in ("column", "row"))
    right = max(place.column + place.width for place in places)
    bottom = max(place.row + place.height for place in places)
    return first.part(Window(left, top, right - left, bottom - top))


def _grid_over(bounds: tuple[float, float, float, float], resolution: float, wanted: Grid) -> Grid:
    """Return the grid of square cells that covers some bounds."""
    xmin, ymin, xmax, ymax = bounds
    corner = (xmin, resolution, 0.0, ymax, 0.0, -resolution)
    lattice = Grid(1, 1, corner, wanted.crs_wkt)
    grid = lattice.part(lattice.window_of(bounds))
    if resolution > max(xmax - xmin, ymax - ymin) or grid.cells > MAX_CELLS:
        raise InputError(
            tr(
                "RESOLUTION {resolution:g} makes {width} x {height} cells of the extent ({xmin:.6g} x "
                "{ymin:.6g}): give the cell size in units of {crs_name}.",
                resolution=resolution,
                width=grid.width,
                height=grid.height,
                xmin=xmax - xmin,
                ymin=ymax - ymin,
                crs_name=wanted.crs_name(),
            )
        )
    return grid
