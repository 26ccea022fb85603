"""The job of filling the gaps of a stack: everything that decides the bytes of its output."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Optional

from ...core.lst.recipe import FillRecipe
from ..read.rasters import RasterSource
from ..read.stack import Stack
from ..read.vectors import Features
from ..run.checkpoints import fingerprint
from . import tiles


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
