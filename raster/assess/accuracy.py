"""The accuracy of a permafrost map against a reference raster, polygons or points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Optional, Union, cast

import numpy as np

from ...core import classes
from ...core.assess.accuracy import Accuracy, BlockAccuracy, compare
from ...core.assess.binary import OTHER, binary, cells_of_other, fill_notes, require_found
from ...core.language import tr
from ..grid.grid import Grid, metres_note
from ..read.area import CellAreaSource
from ..read.classes import NO_CLASS, ClassSource
from ..read.points import PointSource, observe_cells
from ..read.protocols import Source
from ..read.rasters import RasterSource, alignment_note
from ..read.tiles import bounded_tiles
from ..read.vectors import PolygonSource, overlap_note
from ..run.blocks import Running, map_windows
from ..run.values import values_of
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output

AGREEMENT = Layer(["Agreement"], classes=classes.AGREEMENT)


@dataclass(frozen=True)
class CodedMap:
    """Classes, and which of them are permafrost.

    Attributes
    ----------
    source : ClassSource or PolygonSource
        A raster, or polygons or points that carry classes.
    permafrost : tuple of int
        Classes that are permafrost.
    excluded : tuple of int
        Classes that are not compared.
    chosen_by : str
        What chooses the classes that are permafrost, for messages.
    """

    source: Union[ClassSource, PolygonSource]
    permafrost: tuple[int, ...] = (1,)
    excluded: tuple[int, ...] = ()
    chosen_by: str = "The list of classes that are permafrost"

    def read(self, values: np.ndarray) -> np.ndarray:
        """Return ``PERMAFROST``, ``OTHER`` or ``NOT_COMPARED`` for classes that were read."""
        return binary(values, self.permafrost, self.excluded, NO_CLASS)

    def require_permafrost(self, running: Running) -> None:
        """Raise an `InputError` that lists the classes of a raster unless one of them may be permafrost."""
        if isinstance(self.source, RasterSource):
            found = values_of(ClassSource.of(self.source), running)
            require_found(self.permafrost, found, self.chosen_by, f"'{self.source.name}'", self.excluded)


@dataclass(frozen=True)
class AccuracyJob:
    """A map and what it is compared with.

    Attributes
    ----------
    map : CodedMap
        The map, whose source is a raster; its grid is used.
    reference : CodedMap
        The truth.
    regions : tuple of str
        Names of the regions; empty where the map is not divided.
    region : PolygonSource, optional
        Index of the region that each cell lies in.
    block_size : int
        Side of the blocks of the bootstrap, cells; 0 for no bootstrap.
    seed : int
        Seed of the bootstrap.
    is_probability_sample : bool
        Whether accuracies and areas are adjusted for the sampling.
    """

    map: CodedMap
    reference: CodedMap
    regions: tuple[str, ...] = ()
    region: Optional[PolygonSource] = None
    block_size: int = 10
    seed: int = 1
    is_probability_sample: bool = False

    def grid(self) -> Grid:
        """Return the grid of the map."""
        return cast(ClassSource, self.map.source).grid()

    @property
    def layers(self) -> int:
        """Number of matrices per tile."""
        return max(len(self.regions), 1)

    @property
    def paths(self) -> list[str]:
        """Files that are read; polygons and points are part of their source."""
        return [coded.source.path for coded in (self.map, self.reference) if isinstance(coded.source, RasterSource)]

    def notes(self) -> list[str]:
        """Return how the reference is resampled to the cells of the map, as sentences."""
        source, grid = self.reference.source, self.grid()
        if isinstance(source, RasterSource):
            return [alignment_note(source, grid)]
        if not isinstance(source, PointSource):
            return []
        seen = observe_cells(source.features, grid)
        return [
            tr(
                "{points} points of '{name}' lie in {n_classes} cells of the map, {outside} lie off the map; "
                "{disagreeing} cells are excluded because their points disagree.",
                points=seen.points,
                name=source.name,
                n_classes=len(seen.classes),
                outside=seen.outside,
                disagreeing=seen.disagreeing,
            )
        ]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Departures from the request and assumptions, as sentences."""
        grid = self.grid()
        said = [bounded_tiles(self.block_size, grid, self.layers)[1]]
        polygons = [self.reference.source, self.region]
        said += [overlap_note(source, grid) for source in polygons if type(source) is PolygonSource]
        if self.is_probability_sample:
            said.append(metres_note(grid, self.map.source.name))
        return tuple(filter(None, said))


@dataclass(frozen=True)
class _Compare:
    """Compares a window of the map with the reference."""

    map: CodedMap
    reference: CodedMap
    tiles: int

    def __call__(
        self,
        map_classes: np.ndarray,
        reference_classes: np.ndarray,
        tile: np.ndarray,
        region: Optional[np.ndarray] = None,
        area_km2: Optional[np.ndarray] = None,
    ) -> BlockAccuracy:
        """Return what was found."""
        map_indices, reference_indices = self.map.read(map_classes), self.reference.read(reference_classes)
        found = compare(map_indices, reference_indices, tile, self.tiles, region, area_km2)
        compared = (map_indices >= 0) & (reference_indices >= 0)
        other = (
            cells_of_other(map_classes, compared & (map_indices == OTHER)),
            cells_of_other(reference_classes, compared & (reference_indices == OTHER)),
        )
        return replace(found, other_cells=other)


def run_accuracy(job: AccuracyJob, output: Optional[str], provenance: Provenance, running: Running) -> Accuracy:
    """Compare a map with a reference; write where they agree.

    Parameters
    ----------
    job : AccuracyJob
        Map, reference and regions.
    output : str, optional
        Path of the raster of agreement; None if it is not requested.
    provenance : Provenance
        Written into the metadata.
    running : Running
        Threads or cluster, memory, progress and cancellation.

    Raises
    ------
    InputError
        If no cell can be compared, or a raster holds none of the classes that are permafrost.
    """
    grid = job.grid()
    tiles, _ = bounded_tiles(job.block_size, grid, job.layers)
    n_tiles = tiles.tiles(grid)
    counts = np.zeros((job.layers * n_tiles, 2, 2), np.int64)
    unmapped, mapped_km2, has_permafrost = 0, np.zeros(2), np.zeros(2, bool)
    other_cells: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    map_name, reference_name = job.map.source.name, job.reference.source.name
    empty = tr(
        "'{map_name}' and '{reference_name}' have no cell that can be compared: check that they show the "
        "same place, and the values in {chosen_by} and {reference_chosen_by}.",
        map_name=map_name,
        reference_name=reference_name,
        chosen_by=job.map.chosen_by,
        reference_chosen_by=job.reference.chosen_by,
    )
    work = _Compare(job.map, job.reference, n_tiles)
    with raster_output(output, grid, AGREEMENT, provenance, running, empty) as writer:
        for window, found in map_windows(work, _sources(job, tiles), grid, running):
            writer.write(window, found.agreement)
            counts[found.zones] += found.counts
            unmapped += found.unmapped
            has_permafrost |= found.has_permafrost
            for cells, here in zip(other_cells, found.other_cells):
                cells.update(here)
            if found.mapped_km2 is not None:
                mapped_km2 += found.mapped_km2
        for coded, has in zip((job.map, job.reference), has_permafrost):
            if not has:
                coded.require_permafrost(running)
    accuracy = Accuracy.of(
        (map_name, reference_name),
        counts.reshape(job.layers, n_tiles, 2, 2),
        job.regions,
        unmapped,
        tiles.side if job.block_size else 0,
        job.seed,
        mapped_km2 if job.is_probability_sample else None,
    )
    notes = [note for name, cells in zip((map_name, reference_name), other_cells) for note in fill_notes(cells, name)]
    return replace(accuracy, notes=tuple(notes))


def _sources(job: AccuracyJob, tiles: Source) -> dict[str, Source]:
    """Return what is read in each window."""
    sources: dict[str, Source] = {
        "map_classes": job.map.source,
        "reference_classes": job.reference.source,
        "tile": tiles,
    }
    if job.region is not None:
        sources["region"] = job.region
    if job.is_probability_sample:
        sources["area_km2"] = CellAreaSource(job.map.source.name)
    return sources
