"""Count how several permafrost maps agree with one reference, on the cells of the coarsest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
from osgeo import gdal

from ...core.assess.binary import PERMAFROST, require_found
from ...core.assess.compared import Compared, Ruled
from ...core.assess.comparemaps import Comparison, Tally, comparable, compare_maps, tally_maps
from ...core.assess.rule import Rule
from ...core.language import tr
from ...core.permafrost.classify import HALF
from ..grid.grid import Grid
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..read.tiles import bounded_tiles
from ..run.blocks import Running, map_windows
from ..run.covers import require_covers
from ..run.values import values_of
from ..write.provenance import Provenance
from ..write.storage import Layer, Storage
from ..write.writer import raster_output
from .binary import BinarySource, coarsest

# Numbers of maps, of which 0 is one.
NUMBERS_OF_MAPS = Storage(gdal.GDT_Byte, 255)


@dataclass(frozen=True)
class CompareMapsJob:
    """Maps to be compared with a reference.

    Attributes
    ----------
    maps : tuple of BinarySource
        The maps under their rules.
    reference : BinarySource
        The reference under its rule.
    exclude : Source, optional
        Share of each cell that is to be left out.
    block_size : int
        Side of the blocks that the bootstrap draws, in cells; 0 for no bootstrap.
    seed : int
        Of the bootstrap.
    """

    maps: tuple[BinarySource, ...]
    reference: BinarySource
    exclude: Optional[Source]
    block_size: int
    seed: int

    @property
    def names(self) -> list[str]:
        """Names of the maps; those that several maps share are numbered."""
        names = [one.name for one in self.maps]
        return [name if names.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(names, start=1)]

    @property
    def cells(self) -> RasterSource:
        """The raster whose cells are compared: the coarsest of all."""
        return coarsest(self.reference.source, [one.source for one in self.maps])

    @property
    def paths(self) -> list[str]:
        """The rasters that are read."""
        sources = [*(one.source for one in self.maps), self.reference.source, self.exclude]
        return [source.path for source in sources if isinstance(source, RasterSource)]

    def notes(self) -> list[str]:
        """Return how maps on other cells are resampled to the common ones, in sentences."""
        cells = self.cells
        grid = cells.grid()
        return [_on_common_cells(one, grid, cells.name) for one in (self.reference, *self.maps)]


def _on_common_cells(source: BinarySource, grid: Grid, name: str) -> str:
    """Return how a map is resampled to the common cells; empty if it is on them already."""
    if source.source.grid().same_cells(grid):
        return ""
    parts = source.subcells_per_side(grid)
    if parts == 1:
        return tr(
            "'{name}' is resampled to the cells of '{target}' by the nearest cell.", name=source.name, target=name
        )
    return tr(
        "'{name}' is finer than '{target}': its rule is applied to {parts} x {parts} parts of each cell, "
        "and a cell is permafrost where permafrost covers at least half of what is compared in it.",
        name=source.name,
        target=name,
        parts=parts,
    )


@dataclass(frozen=True)
class _CountWindow:
    """Counts over one window, and the agreement of its cells; the rules are those of the maps and the reference."""

    rules: tuple[Rule, ...]
    n_blocks: int

    def __call__(
        self, reference: Ruled, block: np.ndarray, excluded: Optional[np.ndarray] = None, **found: Ruled
    ) -> tuple[Tally, np.ndarray, np.ndarray, list[Compared]]:
        """Return the counts, per cell how many maps agree with the reference and how many show permafrost, and values.

        These are the ones that are compared, of each map and the reference.
        """
        ruled = [found[_map_name(i)] for i in range(len(found))]
        maps, truth = np.stack([one.indices for one in ruled]), reference.indices
        used = comparable(maps, truth)
        if excluded is not None:
            used &= excluded < HALF
        agreeing, permafrost = (np.where(used, (maps == what).sum(axis=0), np.nan) for what in (truth, PERMAFROST))
        compared = [one.compared(used, rule) for one, rule in zip((*ruled, reference), self.rules)]
        return tally_maps(maps, truth, used, block, self.n_blocks), agreeing, permafrost, compared


def _map_name(index: int) -> str:
    return f"map_{index}"


def run_comparemaps(job: CompareMapsJob, path: Optional[str], provenance: Provenance, running: Running) -> Comparison:
    """Compare maps with a reference, and write how many of them agree with it.

    Parameters
    ----------
    job : CompareMapsJob
        What is compared.
    path : str, optional
        Final name of the raster: band 1 counts the maps that agree with the reference, band 2 those that show
        permafrost.
    provenance : Provenance
        Goes into its metadata.
    running : Running
        How the windows are computed.

    Raises
    ------
    InputError
        If no cell can be compared, a rule names classes that its map does not hold, a limit is compared with a fill
        value or a background, or the excluded area holds a fill value.
    """
    cells = job.cells
    grid = cells.grid()
    require_covers([job.exclude], grid, running.part(0.0, 0.01))
    n_maps = len(job.maps)
    blocks, warning = bounded_tiles(job.block_size, grid, n_maps)
    n_blocks = blocks.tiles(grid)
    sources: dict[str, Source] = {_map_name(i): one for i, one in enumerate(job.maps)}
    sources |= {"reference": job.reference, "block": blocks}
    if job.exclude is not None:
        sources["excluded"] = job.exclude
    layer = Layer(["Maps that agree with the reference", "Maps that show permafrost"], numbers=NUMBERS_OF_MAPS)
    nothing = tr(
        "MAPS and '{name}' have no cell that can be compared: check that all of them show the same "
        "place, and the values that the rules drop.",
        name=job.reference.name,
    )
    compared_maps = (*job.maps, job.reference)
    work = _CountWindow(tuple(one.rule for one in compared_maps), n_blocks)
    tally, compared = Tally.empty(n_maps, n_blocks), [Compared()] * (n_maps + 1)
    with raster_output(path, grid, layer, provenance, running, nothing) as output:
        for window, (counted, agreeing, permafrost, compared_here) in map_windows(work, sources, grid, running):
            output.write(window, agreeing, 1)
            output.write(window, permafrost, 2)
            tally += counted
            compared = [before + here for before, here in zip(compared, compared_here)]
        # Before the raster gets its final name.
        warnings = [warning] if warning else []
        for one, values in zip(compared_maps, compared):
            warnings += values.notes(one.rule, one.name)
        warnings += _without_permafrost(job, tally.has_permafrost, running)
    ranking, pairs = compare_maps(job.names, [one.rule for one in job.maps], tally, job.seed)
    return Comparison(job.reference.name, cells.name, ranking, pairs, tally.dropped, blocks.side, tuple(warnings))


def _without_permafrost(job: CompareMapsJob, has_permafrost: np.ndarray, running: Running) -> list[str]:
    """Return a warning for each map that its rule leaves without permafrost; refuse classes that it does not hold."""
    parameters = [*(["RULES"] * len(job.maps)), "REFERENCE_RULE"]
    warnings = []
    for source, parameter, has in zip((*job.maps, job.reference), parameters, has_permafrost):
        if has:
            continue
        rule, found = source.rule, values_of(source.source, running)
        if rule.sign == "in":
            asked, excluded = ([f"{value:g}" for value in values] for values in (rule.values, rule.dropped))
            require_found(asked, found, parameter, f"'{source.name}'", excluded)
        if found:
            warnings.append(
                tr(
                    "'{name}' has no permafrost under its rule '{rule}' of {parameter}; its values range from "
                    "{low:g} to {high:g}. Kappa says little or is undefined.",
                    name=source.name,
                    rule=rule.text,
                    parameter=parameter,
                    low=found[0],
                    high=found[-1],
                )
            )
    return warnings
