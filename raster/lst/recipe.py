"""What decides the bytes of a filled stack: the scenes, and how their gaps are filled."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Optional, Union

from ...core.lst.trend import LAPSE_RATE
from ...core.lst.variogram import Variogram
from ..read.sources import RasterSource
from ..read.stack import Stack
from ..read.vectors import Features
from ..run.checkpoints import fingerprint
from . import tiles

# A longer stack has one variogram per month where the user leaves the choice open.
MAX_SCENES_BY_SCENE = 31


@dataclass(frozen=True)
class FillRecipe:
    """How gaps are filled; see `core.lst.fill.fill_scene`.

    Attributes
    ----------
    trend : str
        One of ``core.lst.trend.TRENDS``.
    lapse_rate : float
        K/km, for ``fixed_lapse``.
    variogram : str or Variogram
        Variogram of the residuals, or the name of the model to be estimated.
    fit : str
        How it is estimated: ``likelihood`` or ``moments``.
    variogram_per : str
        ``scene`` or ``month``: which scenes share the shape of a variogram, each on its own scale;
        ``auto`` means ``scene`` in short stacks.
    neighbours : int
        Known cells used for each estimate.
    search : str
        ``octant`` or ``nearest``.
    references : int
        For ``elevation_reference``: how many scenes, nearest in time, predict another.
    validation_cells : int
        Known cells of each scene that are predicted from the others, for the report.
    seed : int
        Seed of everything drawn at random.
    """

    trend: str = "elevation"
    lapse_rate: float = LAPSE_RATE
    variogram: Union[str, Variogram] = "auto"
    fit: str = "likelihood"
    variogram_per: str = "auto"
    neighbours: int = 32
    search: str = "octant"
    references: int = 30
    validation_cells: int = 500
    seed: int = 1

    def by_month(self, stack: Stack) -> bool:
        """Return whether the scenes of a month share a variogram."""
        if isinstance(self.variogram, Variogram) or self.fit != "likelihood":
            return False
        if self.variogram_per == "auto":
            return len(stack.days) > MAX_SCENES_BY_SCENE
        return self.variogram_per == "month"


@dataclass(frozen=True)
class FillJob:
    """Everything that decides the bytes of a filled stack.

    Attributes
    ----------
    stack : Stack
        The scenes.
    elevation : RasterSource, optional
        In metres.
    basin : Features, optional
        Polygons outside of which gaps stay.
    recipe : FillRecipe
        How gaps are filled.
    """

    stack: Stack
    elevation: Optional[RasterSource] = None
    basin: Optional[Features] = None
    recipe: FillRecipe = field(default_factory=FillRecipe)

    @property
    def paths(self) -> list[str]:
        """The rasters that are read."""
        return [source.path for source in (self.stack.source, self.elevation) if source is not None]

    def fingerprint(self) -> str:
        """Return a short text that changes with anything that decides how the gaps of a scene are filled."""
        content = {
            "plan": [tiles.MAX_HELD_CELLS, tiles.PART_SIDE, tiles.TILE_SIDE],
            "recipe": asdict(self.recipe),
            "days": [day.isoformat() for day in self.stack.days],
            "stack": self.stack.source.reading,
            "elevation": self.elevation.reading if self.elevation else None,
            "basin": [geometry.hex() for geometry in self.basin.wkb] if self.basin else None,
        }
        return fingerprint(content, self.paths)
