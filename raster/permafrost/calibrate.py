"""Calibration of r_k against a survey map: the cells of large rasters are counted in windows, then r_k is chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Collection

import numpy as np

from ...core.assess.binary import OTHER, binary, cells_of_other, fill_notes, listed
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.calibrate import FROZEN, MAX_CLASSES, calibrate, candidates, limits
from ...core.permafrost.calibration_result import CalibrationResult, CalibrationSettings
from ...core.permafrost.cross_validation import assign_folds, cross_validate
from ...core.permafrost.rk import RkTable, classes_to_r_k
from ...core.permafrost.ttop import ExcludedCells, pair_of_year
from ..grid.grid import Grid
from ..read.classes import NO_CLASS, ClassSource
from ..read.description import class_names
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..read.tiles import TileSource, bounded_tiles
from ..run.blocks import Running, map_windows
from ..run.values import values_of
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output


@dataclass(frozen=True)
class SurveyRasters:
    """Degree days, classes and survey map, read together on the cells of DDT.

    Attributes
    ----------
    ddt, ddf : RasterSource
        Degree days, degC d.
    classes, reference : ClassSource
        Classes that may have an r_k of their own, and the survey map.
    permafrost, not_compared, without_r_k : collections of int
        Values of the survey map that are permafrost, values of it that are excluded, and classes that have no r_k.
    """

    ddt: RasterSource
    ddf: RasterSource
    classes: ClassSource
    reference: ClassSource
    permafrost: Collection[int]
    not_compared: Collection[int] = ()
    without_r_k: Collection[int] = ()

    @property
    def grid(self) -> Grid:
        """The cells of DDT."""
        return self.ddt.grid()

    @property
    def paths(self) -> list[str]:
        """The files that are read."""
        return [source.path for source in (self.ddt, self.ddf, self.classes, self.reference)]

    def sources(self, blocks: TileSource) -> dict[str, Source]:
        """Return what is read in each window: the rasters, and the blocks that are held out as a whole."""
        rasters = {"ddt": self.ddt, "ddf": self.ddf, "classes": self.classes, "reference": self.reference}
        return {**rasters, "block": blocks}

    def compared(
        self, ddt: np.ndarray, ddf: np.ndarray, classes: np.ndarray, reference: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, ExcludedCells]:
        """Return what the survey shows in each cell, which cells are compared, and those without a possible year."""
        pair = pair_of_year(ddt, ddf, self.ddt.name, self.ddf.name)
        kinds = binary(reference, self.permafrost, self.not_compared, NO_CLASS)
        has_r_k = ~np.isin(classes, [NO_CLASS, *self.without_r_k])
        return kinds, (kinds >= 0) & has_r_k & ~np.isnan(pair.ddt) & ~np.isnan(pair.ddf), pair.excluded


@dataclass(frozen=True)
class WindowExtent:
    """Finds the classes of a window, surveyed or not, and counts the cells compared in each block."""

    survey: SurveyRasters

    def __call__(
        self, ddt: np.ndarray, ddf: np.ndarray, classes: np.ndarray, reference: np.ndarray, block: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[int, int], ExcludedCells]:
        """Return the classes, the blocks with their numbers of cells, `cells_of_other`, and what is excluded."""
        kinds, used, excluded = self.survey.compared(ddt, ddf, classes, reference)
        other = cells_of_other(reference, used & (kinds == OTHER))
        return np.unique(classes), *np.unique(block[used], return_counts=True), other, excluded


@dataclass(frozen=True)
class WindowCounts:
    """Counts the cells of a window by block, class, limit of r_k, and what the survey shows.

    Attributes
    ----------
    survey : SurveyRasters
    classes : array of int, shape (n,)
        The classes that have an r_k, ascending.
    tried : array, shape (m,)
        Candidate r_k in ascending order.
    blocks : int
        Number of blocks.
    """

    survey: SurveyRasters
    classes: np.ndarray
    tried: np.ndarray
    blocks: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of the counts of a block, see `core.permafrost.calibrate.mapped_cells`."""
        return len(self.classes), len(self.tried) + 1, 2

    def __call__(
        self, ddt: np.ndarray, ddf: np.ndarray, classes: np.ndarray, reference: np.ndarray, block: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return flat indices into an array of shape (blocks, *shape), and their numbers of cells."""
        kinds, used, _ = self.survey.compared(ddt, ddf, classes, reference)
        each = (
            block[used],
            np.searchsorted(self.classes, classes[used]),
            limits(ddt[used], ddf[used], self.tried),
            kinds[used],
        )
        return np.unique(np.ravel_multi_index(each, (self.blocks, *self.shape)), return_counts=True)


def survey_extent(
    survey: SurveyRasters, blocks: TileSource, running: Running
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Find the classes that have an r_k, and count the cells compared in each block.

    Returns
    -------
    classes : array of int, shape (n,)
        Surveyed or not, ascending.
    cells : array of int, shape (blocks,)
    notes : list of str
        Sentences about degree days that no year has, and values of the survey that seem to stand for no value.

    Raises
    ------
    InputError
        If there are too many classes, no cells to compare, or degree days are not those of a year.
    """
    grid = survey.grid
    present: set[int] = set()
    cells = np.zeros(blocks.tiles(grid), np.int64)
    other: Counter[int] = Counter()
    excluded = ExcludedCells()
    for _, found in map_windows(WindowExtent(survey), survey.sources(blocks), grid, running):
        classes_here, blocks_here, cells_here, other_here, excluded_here = found
        other.update(other_here)
        excluded += excluded_here
        present.update(classes_here.tolist())
        cells[blocks_here] += cells_here
    excluded.require_one_year(survey.ddt.name, survey.ddf.name)
    classes = np.array(sorted(present - {NO_CLASS, *survey.without_r_k}), np.int64)
    if len(classes) > MAX_CLASSES:
        raise InputError(
            tr(
                "'{name}' holds {n_classes} classes, and at most {max_classes} can have an r_k: use a map with "
                "fewer classes.",
                name=survey.classes.name,
                n_classes=len(classes),
                max_classes=MAX_CLASSES,
            )
        )
    if not cells.any():
        raise InputError(
            tr(
                "'{name}', '{ddf_name}', '{classes_name}' and '{reference_name}' have no cell in which all hold "
                "a value: check that they cover the same area.",
                name=survey.ddt.name,
                ddf_name=survey.ddf.name,
                classes_name=survey.classes.name,
                reference_name=survey.reference.name,
            )
        )
    notes = [*excluded.warnings_in(survey.ddt.name, survey.ddf.name), *fill_notes(other, survey.reference.name)]
    return classes, cells, notes


def count_by_fold(
    survey: SurveyRasters,
    blocks: TileSource,
    classes: np.ndarray,
    tried: np.ndarray,
    fold_of: np.ndarray,
    running: Running,
) -> np.ndarray:
    """Count the cells of each fold of each repeat by class, limit of r_k, and what the survey shows.

    Parameters
    ----------
    survey, blocks
        What is read.
    classes : array of int, shape (n,)
        From `survey_extent`.
    tried : array, shape (m,)
        Candidate r_k in ascending order.
    fold_of : array of int, shape (repeats, blocks)
        From `core.permafrost.cross_validation.assign_folds`.
    running : Running

    Returns
    -------
    array of int, shape (repeats, folds, n, m + 1, 2)
        See `core.permafrost.calibrate.mapped_cells`.
    """
    work = WindowCounts(survey, classes, tried, fold_of.shape[1])
    size = int(np.prod(work.shape))
    counts = np.zeros((len(fold_of), int(fold_of.max()) + 1, *work.shape), np.int64)
    for _, (found, cells) in map_windows(work, survey.sources(blocks), survey.grid, running):
        block, place = np.divmod(found, size)
        for repeat, folds in zip(counts, fold_of):
            counted = np.bincount(folds[block].astype(np.int64) * size + place, cells, repeat.size)
            repeat += counted.reshape(repeat.shape).astype(np.int64)
    return counts


@dataclass(frozen=True)
class CalibrationJob:
    """A calibration of r_k by class.

    Attributes
    ----------
    survey : SurveyRasters
    settings : CalibrationSettings
    block_size : int
        Sides of the square blocks that are held out as a whole, cells; enlarged where a grid has too many of them.
    """

    survey: SurveyRasters
    settings: CalibrationSettings
    block_size: int = 10


def run_calibration(job: CalibrationJob, output: str, provenance: Provenance, running: Running) -> CalibrationResult:
    """Calibrate r_k by class, cross-validate it, and write the r_k of each cell.

    Parameters
    ----------
    job : CalibrationJob
    output : str
        Path of the raster of r_k.
    provenance : Provenance
    running : Running

    Raises
    ------
    InputError
        If nothing can be compared, or the survey does not allow a calibration.
    """
    survey, settings = job.survey, job.settings
    tried = candidates(*settings.r_k_range)
    blocks, note = bounded_tiles(job.block_size, survey.grid)
    classes, cells, notes = survey_extent(survey, blocks, running.part(0, 1 / 3))
    fold_of = assign_folds(cells, settings.folds, settings.repeats, settings.seed)
    by_fold = count_by_fold(survey, blocks, classes, tried, fold_of, running.part(1 / 3, 1 / 3))
    counts = by_fold[0].sum(axis=0)
    if not counts[..., FROZEN].any():
        _refuse_no_permafrost(survey, int(counts.sum()), running)
    result = CalibrationResult(
        settings,
        classes_name=survey.classes.name,
        survey_name=survey.reference.name,
        class_names=class_names(survey.classes),
        classes=classes,
        without_r_k=survey.without_r_k,
        blocks=int(np.count_nonzero(cells)),
        block_size=blocks.side,
        counts=counts,
        calibration=calibrate(counts, tried, settings.min_cells),
        held_out=cross_validate(by_fold, tried, settings.min_cells),
        notes=tuple(filter(None, (note, *notes))),
    )
    _write_r_k(survey, result, output, provenance, running.part(2 / 3, 1 / 3))
    return result


def _refuse_no_permafrost(survey: SurveyRasters, cells: int, running: Running) -> None:
    """Raise an `InputError` that lists the values which the survey map does hold."""
    permafrost = ", ".join(map(str, survey.permafrost))
    raise InputError(
        tr(
            "None of the {cells} usable cells of the survey is permafrost, and r_k can only be calibrated "
            "where both permafrost and other ground occur: check PERMAFROST_VALUE, which is '{permafrost}', "
            "because '{name}' holds the values {listed}.",
            cells=cells,
            permafrost=permafrost,
            name=survey.reference.name,
            listed=listed(values_of(survey.reference, running)),
        )
    )


def _write_r_k(
    survey: SurveyRasters, result: CalibrationResult, path: str, provenance: Provenance, running: Running
) -> None:
    """Write the r_k of the class of each cell."""
    table = RkTable("calibrated", dict(zip(result.classes.tolist(), result.calibration.r_k.tolist())), {})
    look_up, sources, grid = partial(classes_to_r_k, table=table), {"classes": survey.classes}, survey.grid
    with raster_output(path, grid, Layer(["r_k"]), provenance, running) as output:
        for window, r_k in map_windows(look_up, sources, grid, running):
            output.write(window, r_k)
