"""The outcome of filling the gaps of a stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..language import tr
from .recipe import FillRecipe


@dataclass(frozen=True)
class SceneOutcome:
    """How a scene was filled.

    Attributes
    ----------
    label : str
        Date.
    gap_share : float
        Share of missing cells before filling, 0 to 1.
    filled, remaining, far : int
        Gaps that were filled and that were not; filled gaps without a known cell within reach, which hold the trend.
    trend : str
        The trend that was used.
    lapse_rate, r2 : float
        Slope of the trend with elevation in K/km, and the share of variance that the trend explains.
    references : int
        Scenes of other dates in the trend.
    variogram : str
        Description of the variogram of the residuals; empty without one.
    fallbacks : tuple of str
        What was done differently than requested.
    rmse, bias, coverage, crps : float
        Scores of known cells predicted from the others: K, K, share within nominal 95 % intervals, K.
    gap_slope : float
        What cells surrounded by gaps were found to differ by (K); 0 if that is uncertain.
    """

    label: str
    gap_share: float
    filled: int
    remaining: int
    far: int
    trend: str
    lapse_rate: float
    r2: float
    references: int
    variogram: str
    fallbacks: tuple[str, ...] = ()
    rmse: float = np.nan
    bias: float = np.nan
    coverage: float = np.nan
    crps: float = np.nan
    gap_slope: float = 0.0


@dataclass(frozen=True)
class FilledStack:
    """A filled stack.

    Attributes
    ----------
    name : str
        Of the input.
    recipe : FillRecipe
        How it was filled.
    scenes : tuple of SceneOutcome
        In order of time.
    """

    name: str
    recipe: FillRecipe
    scenes: tuple[SceneOutcome, ...]

    @property
    def filled(self) -> int:
        """Number of gaps filled in all scenes."""
        return sum(scene.filled for scene in self.scenes)

    @property
    def remaining(self) -> int:
        """Number of gaps that remain in all scenes."""
        return sum(scene.remaining for scene in self.scenes)

    @property
    def most_filled(self) -> int:
        """Index of the scene in which most gaps were filled."""
        return int(np.argmax([scene.filled for scene in self.scenes]))

    @property
    def validation(self) -> Optional[SceneMeans]:
        """Mean scores of the scenes; None without any."""
        means = SceneMeans(*(self.mean(name) for name in ("rmse", "bias", "coverage", "crps")))
        return None if np.isnan(means.rmse) else means

    def mean(self, name: str) -> float:
        """Return the mean of an attribute over the scenes in which it is defined; NaN if there are none."""
        values = np.array([getattr(scene, name) for scene in self.scenes], dtype=float)
        values = values[np.isfinite(values)]
        return float(values.mean()) if values.size else float("nan")

    def notes(self) -> list[str]:
        """Return a sentence on each scene that was filled differently than requested."""
        return [
            tr("{scene}: {reasons}.", scene=scene.label, reasons=tr("; ").join(scene.fallbacks))
            for scene in self.scenes
            if scene.fallbacks
        ]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on departures from what was requested, and on gaps that remain."""
        sentences = []
        departures = sum(bool(scene.fallbacks) for scene in self.scenes)
        if departures:
            sentences.append(
                tr(
                    "{departures} of {n_scenes} scenes were not filled with the requested trend or variogram: the "
                    "log gives the reason for each.",
                    departures=departures,
                    n_scenes=len(self.scenes),
                )
            )
        if self.remaining:
            sentences.append(tr("{remaining} gaps remain: their scenes have no known cell.", remaining=self.remaining))
        return tuple(sentences)


@dataclass(frozen=True)
class SceneMeans:
    """Means over scenes of the scores of `SceneOutcome`."""

    rmse: float
    bias: float
    coverage: float
    crps: float
