"""The accuracy of a permafrost map against a reference, per region and pooled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Sequence

import numpy as np

from ..confusion import AreaAdjusted, area_adjusted, tally_zones
from ..language import later, tr
from .assessment import COUNTS, MEASURES, Assessment, assess
from .binary import LABELS, NOT_COMPARED, OTHER, PERMAFROST, agreement

POOLED = later("pooled")

# Columns of `Accuracy.rows`.
ACCURACY_FIELDS = {"region": str, **{name.lower(): int if name in COUNTS else float for name, _ in MEASURES}}


@dataclass(frozen=True, eq=False)
class BlockAccuracy:
    """What was found in a block of cells.

    Attributes
    ----------
    agreement : ndarray of uint8, shape (rows, columns)
        Values of ``core.classes.AGREEMENT``; 0 where nothing is compared.
    zones : ndarray of int, shape (n,)
        Zones with cells that are compared: region times the number of tiles, plus tile.
    counts : ndarray of int64, shape (n, 2, 2)
        Confusion matrix of each of them, rows = map, columns = reference.
    unmapped : int
        Cells of the reference that have no permafrost class in the map.
    mapped_km2 : ndarray, shape (2,), optional
        Area of permafrost and of other ground in the map, where it is requested.
    has_permafrost : tuple of bool
        Whether the map holds permafrost here, and the reference, inside of regions or outside.
    other_cells : tuple of dict
        Of the map and of the reference, see `cells_of_other`.
    """

    agreement: np.ndarray
    zones: np.ndarray
    counts: np.ndarray
    unmapped: int
    mapped_km2: Optional[np.ndarray]
    has_permafrost: tuple[bool, bool]
    other_cells: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))


def compare(
    map_indices: np.ndarray,
    reference_indices: np.ndarray,
    tile: np.ndarray,
    tiles: int,
    region: Optional[np.ndarray] = None,
    area_km2: Optional[np.ndarray] = None,
) -> BlockAccuracy:
    """Compare a block of a map with the reference.

    Parameters
    ----------
    map_indices, reference_indices : ndarray of int, shape (rows, columns)
        ``PERMAFROST``, ``OTHER`` or ``NOT_COMPARED`` of `binary`.
    tile : ndarray of int, shape (rows, columns)
        Tile of the bootstrap that each cell lies in.
    tiles : int
        Number of tiles of the map.
    region : ndarray of int, shape (rows, columns), optional
        Index of the region; negative outside of all.
    area_km2 : ndarray, shape (rows, columns), optional
        Areas of the cells, where the mapped areas are requested.
    """
    has_permafrost = bool((map_indices == PERMAFROST).any()), bool((reference_indices == PERMAFROST).any())
    if region is None:
        zone = np.asarray(tile, np.int64)
    else:
        reference_indices = np.where(region >= 0, reference_indices, NOT_COMPARED)
        zone = np.where(region >= 0, region.astype(np.int64) * tiles + tile, NOT_COMPARED)
    # Zones of this block alone: a map may have a million of them.
    first = max(int(zone.min()), 0)
    counts = tally_zones(map_indices, reference_indices, zone - first, 2, max(int(zone.max()) - first + 1, 1))
    occupied = np.flatnonzero(counts.any(axis=(1, 2)))
    mapped = None
    if area_km2 is not None:
        mapped = np.array([float(area_km2[map_indices == index].sum()) for index in (PERMAFROST, OTHER)])
    return BlockAccuracy(
        agreement(map_indices, reference_indices),
        first + occupied,
        counts[occupied],
        int(np.count_nonzero((reference_indices >= 0) & (map_indices < 0))),
        mapped,
        has_permafrost,
    )


@dataclass(frozen=True, eq=False)
class Accuracy:
    """The accuracy of a permafrost map.

    Attributes
    ----------
    map_name, reference_name : str
        What was compared.
    regions : sequence of Assessment
        One per region; empty where the map was not divided.
    pooled : Assessment
        All cells that were compared.
    unmapped : int
        Cells of the reference that have no permafrost class in the map.
    block_size : int
        Side of the blocks of the bootstrap, cells; 0 where there was none.
    adjusted : AreaAdjusted, optional
        Estimates in km2 from a probability sample, in the order of ``LABELS``.
    notes : tuple of str
        Further sentences for `warnings`.
    """

    map_name: str
    reference_name: str
    regions: Sequence[Assessment]
    pooled: Assessment
    unmapped: int
    block_size: int
    adjusted: Optional[AreaAdjusted] = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        names: tuple[str, str],
        counts: np.ndarray,
        regions: Sequence[str],
        unmapped: int,
        block_size: int,
        seed: int,
        mapped_km2: Optional[np.ndarray] = None,
    ) -> Accuracy:
        """Assess the counts.

        Parameters
        ----------
        names : tuple of str
            Of map and reference.
        counts : ndarray of int, shape (regions, tiles, 2, 2)
            Confusion matrices, rows = map; one region where the map is not divided.
        regions : sequence of str
            Names of the regions; empty where the map is not divided.
        unmapped, block_size : int
            As in the class.
        seed : int
            Seed of the bootstrap.
        mapped_km2 : ndarray, shape (2,), optional
            Mapped areas of a probability sample.
        """
        assessed = [assess(region, matrices, seed) for region, matrices in zip(regions, counts)]
        pooled = assess(POOLED, counts.reshape(-1, 2, 2), seed)
        adjusted = None if mapped_km2 is None else area_adjusted(pooled.confusion.matrix, mapped_km2)
        return cls(*names, assessed, pooled, unmapped, block_size, adjusted)

    @property
    def everything(self) -> list[Assessment]:
        """The regions, and all of them pooled."""
        return [*self.regions, self.pooled]

    def rows(self) -> list[list]:
        """Return a row per region and one for all cells, with the columns of `ACCURACY_FIELDS`."""
        return [[assessed.region, *assessed.measures().values()] for assessed in self.everything]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about classes that should not be there, or are absent, which leaves kappa without meaning."""
        warnings = list(self.notes)
        sentences = (
            (1, later("None of the cells compared is {missing} in the map: kappa is undefined or means little.")),
            (0, later("None of the cells compared is {missing} in the reference: kappa is undefined or means little.")),
        )
        for axis, sentence in sentences:
            present = self.pooled.confusion.matrix.sum(axis=axis) > 0
            if not present.all():
                warnings.append(tr(sentence, missing=tr(LABELS[int(np.argmin(present))])))
        return tuple(warnings)
