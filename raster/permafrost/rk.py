"""r_k of large rasters of land cover classes, or of the fractions of plant functional types."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Mapping, Optional, Sequence, Union

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.rk import (
    RkTable,
    class_cells,
    classes_to_r_k,
    layers_to_r_k,
    mean_r_k,
    normal_name,
    require_fitting_table,
    unknown_classes,
)
from ..grid.grid import Grid
from ..read.classes import NO_CLASS, ClassSource, SubcellSource
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import Written, raster_output

# Percent, or fractions, of a cell, with what rounding adds; others, such as 255, are untagged fill values.
SHARES = (0.0, 101.0)

# The r_k of a window, and its numbers of cells by class.
WindowRk = tuple[np.ndarray, Mapping[int, int]]


@dataclass(frozen=True)
class LandCoverJob:
    """r_k from a map of land cover classes, and what is done in each window.

    Attributes
    ----------
    landcover : RasterSource
    table : RkTable
        By class.
    dominant : bool
        Whether a cell with several classes takes the r_k of the most frequent one instead of their mean.
    """

    landcover: RasterSource
    table: RkTable
    dominant: bool = True

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window."""
        kind = ClassSource if self.dominant else SubcellSource
        return {"landcover": kind.of(self.landcover)}

    @property
    def empty(self) -> str:
        """The sentence with which an empty result is refused."""
        return tr(
            "No class of '{name}' has an r_k in table '{table_name}', in which water and ice have none: choose a map "
            "with land, or the table of that map.",
            name=self.landcover.name,
            table_name=self.table.name,
        )

    def __call__(self, landcover: np.ndarray) -> WindowRk:
        """Look up the r_k of a window."""
        to_r_k = classes_to_r_k if self.dominant else mean_r_k
        return to_r_k(landcover, self.table), class_cells(landcover, NO_CLASS)

    def check_classes(self, cells: Mapping[int, int]) -> list[str]:
        """Refuse a table of a different legend; return a sentence about classes that are not in the table.

        Parameters
        ----------
        cells : mapping
            Numbers of cells by class.

        Raises
        ------
        InputError
            If the table is that of a different legend.
        """
        require_fitting_table(cells, self.table, self.landcover.name)
        unknown = unknown_classes(cells, self.table)
        if not unknown:
            return []
        listed = ", ".join(
            tr("{value} ({number} cells)", value=value, number=number) for value, number in unknown.items()
        )
        return [
            tr(
                "Classes of '{name}' that are not in table '{table_name}' have no r_k: {listed}.",
                name=self.landcover.name,
                table_name=self.table.name,
                listed=listed,
            )
        ]


@dataclass(frozen=True)
class FractionsJob:
    """r_k from the fractions of plant functional types, and what is done in each window.

    Attributes
    ----------
    layers : mapping of str to RasterSource
        By the names in the table.
    table : RkTable
        By layer.
    dominant : bool
        Whether a cell takes the r_k of the layer with the largest fraction instead of their weighted mean.
    """

    layers: Mapping[str, RasterSource]
    table: RkTable
    dominant: bool = True

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window."""
        return dict(self.layers)

    @property
    def empty(self) -> str:
        """The sentence with which an empty result is refused."""
        return tr("The PFT layers hold no fraction of ground with an r_k: check the layers and their names.")

    def __call__(self, **fractions: np.ndarray) -> WindowRk:
        """Compute the r_k of a window."""
        return layers_to_r_k(np.stack(list(fractions.values())), list(fractions), self.table, self.dominant), {}

    def check_classes(self, _cells: Mapping[int, int]) -> list[str]:
        """Return nothing: layers have no classes."""
        return []


RkJob = Union[LandCoverJob, FractionsJob]


def match_layers(layers: Sequence[RasterSource], table: RkTable) -> tuple[dict[str, RasterSource], list[str]]:
    """Return the layers by their names in a table, and a sentence about each layer that is not used.

    The name of a layer may have any prefix; of several layers with the same name, the first one is used.

    Raises
    ------
    InputError
        If no layer is in the table.
    """
    known: dict[str, RasterSource] = {}
    notes = []
    for layer in layers:
        name = _name_in(table, layer.name)
        if name is None:
            notes.append(
                tr(
                    "Layer '{name}' is not used: it is not in table '{table_name}'.",
                    name=layer.name,
                    table_name=table.name,
                )
            )
        elif name in known:
            notes.append(
                tr(
                    "Layer '{name}' is not used: another layer is '{used_name}' of table '{table_name}'.",
                    name=layer.name,
                    used_name=name,
                    table_name=table.name,
                )
            )
        else:
            known[name] = RasterSource.of(layer, resampling="average", possible=SHARES)
    if not known:
        raise InputError(
            tr("No PFT layer has a name in table '{name}': name the layers as in the table.", name=table.name)
        )
    return known, notes


def _name_in(table: RkTable, layer: str) -> Optional[str]:
    return next((str(key) for key in table.r_k if normal_name(layer).endswith(str(key))), None)


def run_rk(job: RkJob, grid: Grid, output: str, provenance: Provenance, running: Running) -> Written:
    """Write the r_k of each cell of a grid, and return what may spoil it.

    Raises
    ------
    InputError
        If no cell has an r_k, or the table is that of a different legend.
    """
    cells: Counter[int] = Counter()
    with raster_output(output, grid, Layer(["r_k"]), provenance, running, job.empty) as writer:
        for window, (r_k, cells_here) in map_windows(job, job.sources, grid, running):
            writer.write(window, r_k)
            cells.update(cells_here)
        # Checked here, before the output gets its final name.
        warnings = job.check_classes(cells)
    if any(value > 1 for value in job.table.r_k.values()):
        warnings.append(
            tr(
                "Table '{name}' holds r_k above 1, which is plausible only where the soil conducts heat better "
                "thawed than frozen.",
                name=job.table.name,
            )
        )
    return Written(tuple(warnings))
