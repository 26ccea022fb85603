"""The variogram of one scene, with what it was fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from .recipe import FillRecipe
from .scores import Scores
from .variogram import EmpiricalVariogram, Variogram


@dataclass(frozen=True)
class SceneFit:
    """A variogram of the residuals of a scene.

    Attributes
    ----------
    name : str
        Of the stack.
    band : int
        The scene, counted from 1.
    recipe : FillRecipe
        How it was fitted.
    variogram : Variogram
        Of the residuals from the trend.
    empirical : EmpiricalVariogram
        From all pairs of known cells.
    trend : str
        The trend that was used.
    r2 : float
        Share of the variance of the scene that the trend explains; NaN without one.
    warnings : tuple of str
        What was done differently than requested.
    validation : Scores, optional
        Of known cells predicted from the others.
    """

    name: str
    band: int
    recipe: FillRecipe
    variogram: Variogram
    empirical: EmpiricalVariogram
    trend: str
    r2: float
    warnings: tuple[str, ...] = ()
    validation: Optional[Scores] = None

    @property
    def _structures(self) -> list[Variogram]:
        return [self.variogram, *([self.variogram.nested] if self.variogram.nested else [])]

    @property
    def nugget(self) -> float:
        """Sum of the nuggets of all structures (K2)."""
        return float(sum(structure.nugget for structure in self._structures))

    @property
    def partial_sill(self) -> float:
        """Sum of the partial sills of all structures (K2)."""
        return self.variogram.total_sill - self.nugget

    @property
    def longest_range(self) -> float:
        """Practical range of the longest structure (m)."""
        return float(max(structure.range for structure in self._structures))

    @property
    def rmse(self) -> float:
        """RMSE of known cells predicted from the others (K); NaN without validation."""
        return self.validation.rmse if self.validation else float("nan")
