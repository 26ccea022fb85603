"""The settings and the result of a calibration of r_k."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Mapping

import numpy as np

from ..confusion import oa_and_kappa
from ..language import tr
from .calibrate import FROZEN, Calibration, matrix
from .cross_validation import CrossValidation


@dataclass(frozen=True)
class CalibrationSettings:
    """The settings of a calibration.

    Attributes
    ----------
    r_k_range : (float, float)
        Lowest and highest candidate r_k.
    folds, repeats, seed : int
        See `cross_validation.assign_folds`.
    min_cells : int
        See `calibrate.calibrate`.
    """

    r_k_range: tuple[float, float]
    folds: int = 5
    repeats: int = 10
    seed: int = 1
    min_cells: int = 30


@dataclass(frozen=True)
class CalibrationResult:
    """r_k by class, and its agreement with the survey on all cells and on cells held out.

    Attributes
    ----------
    settings : CalibrationSettings
    classes_name, survey_name : str
        Names of the map of classes and of the survey map.
    class_names : mapping of int to str
        Names of classes, as far as they are known.
    classes : array of int, shape (n,)
        The classes that have an r_k.
    without_r_k : collection of int
        The classes that have none on purpose, such as water and ice.
    blocks, block_size : int
        Number of blocks with surveyed cells, and the length of their sides in cells.
    counts : array of int, shape (n, m + 1, 2)
        All cells of the survey, see `calibrate.mapped_cells`.
    calibration : Calibration
    held_out : CrossValidation
    notes : tuple of str
        What the run had to change, a sentence each.
    """

    settings: CalibrationSettings
    classes_name: str
    survey_name: str
    class_names: Mapping[int, str]
    classes: np.ndarray
    without_r_k: Collection[int]
    blocks: int
    block_size: int
    counts: np.ndarray
    calibration: Calibration
    held_out: CrossValidation
    notes: tuple[str, ...] = ()

    @property
    def by_class(self) -> np.ndarray:
        """Confusion matrix of all cells with r_k by class, shape (2, 2); rows = map, columns = survey."""
        return matrix(self.counts, self.calibration.chosen)

    @property
    def uniform(self) -> np.ndarray:
        """Confusion matrix of all cells with the best single r_k, shape (2, 2); rows = map, columns = survey."""
        return matrix(self.counts, np.full(len(self.classes), self.calibration.uniform))

    @property
    def cells(self) -> int:
        """Number of cells compared."""
        return int(self.counts.sum())

    @property
    def kappa(self) -> float:
        """Kappa of all cells with r_k by class."""
        return float(oa_and_kappa(self.by_class)[1])

    @property
    def kappa_uniform(self) -> float:
        """Kappa of all cells with the best single r_k."""
        return float(oa_and_kappa(self.uniform)[1])

    @property
    def kappa_held_out(self) -> float:
        """Mean over the repeats of the held-out kappa with r_k by class."""
        return float(self.held_out.kappas()[0].mean())

    @property
    def kappa_uniform_held_out(self) -> float:
        """Mean over the repeats of the held-out kappa with a single r_k."""
        return float(self.held_out.kappas()[1].mean())

    def table(self) -> list[dict[str, object]]:
        """Return a row per class, as `rk.write_table` takes them; classes without r_k come last, with empty cells."""
        calibration = self.calibration
        rows = [
            {
                "class": key,
                "r_k": f"{calibration.tried[place]:.3f}",
                "name": self.class_names.get(key, ""),
                "n": int(cells.sum()),
                "n_permafrost": int(cells[FROZEN]),
                "r_k_low": f"{calibration.tried[low]:.3f}",
                "r_k_high": f"{calibration.tried[high]:.3f}",
                "calibrated": "yes" if own else "no",
            }
            for key, place, cells, (low, high), own in zip(
                self.classes.tolist(),
                calibration.chosen,
                self.counts.sum(axis=1),
                calibration.equal,
                calibration.is_own,
            )
        ]
        empty = dict.fromkeys(rows[0], "")
        return rows + [{**empty, "class": key, "name": self.class_names.get(key, "")} for key in self.without_r_k]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may be wrong with the calibration, a sentence each."""
        calibration, found = self.calibration, list(self.notes)
        by_class, uniform = self.kappa_held_out, self.kappa_uniform_held_out
        if not by_class > uniform:
            found.append(
                tr(
                    "On held-out cells r_k by class (kappa {by_class:.4f}) is no better than the best single r_k "
                    "({uniform:.4f}): use r_k {uniform_r_k:.3f} for all cells, or other classes.",
                    by_class=by_class,
                    uniform=uniform,
                    uniform_r_k=calibration.uniform_r_k,
                )
            )
        low, high = self.settings.r_k_range
        at_end = calibration.is_own & np.isin(calibration.r_k, (low, high))
        if at_end.any():
            found.append(
                tr(
                    "r_k lies at an end of the range {low:g} to {high:g} for the classes {listed}: check DDT and DDF "
                    "there, or widen the range.",
                    low=low,
                    high=high,
                    listed=self._listed(at_end),
                )
            )
        above = calibration.r_k > 1
        if above.any():
            found.append(
                tr(
                    "r_k exceeds 1 for the classes {listed}, which is plausible only where the soil conducts heat "
                    "better thawed than frozen.",
                    listed=self._listed(above),
                )
            )
        if self.held_out.missing:
            found.append(
                tr(
                    "{missing} folds could not be held out, because the rest of the survey shows permafrost "
                    "everywhere or nowhere.",
                    missing=self.held_out.missing,
                )
            )
        return tuple(found)

    def _listed(self, which: np.ndarray) -> str:
        return ", ".join(map(str, self.classes[which].tolist()))
