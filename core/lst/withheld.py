"""How well withheld cells were filled."""

from __future__ import annotations

from dataclasses import dataclass

from .recipe import FillRecipe
from .scores import Scores


@dataclass(frozen=True)
class WithheldScores:
    """Scores of known cells that were withheld and filled again.

    Attributes
    ----------
    recipe : FillRecipe
        How they were filled.
    share : float
        Share of the known cells of each scene that was withheld, 0 to 1.
    pattern : str
        ``cells`` or ``clouds``.
    by_scene : dict
        Scores by trend of each scene, by its label.
    pooled : dict
        Scores of the withheld cells of all scenes together, by trend; that of the recipe comes first.
    """

    recipe: FillRecipe
    share: float
    pattern: str
    by_scene: dict[str, dict[str, Scores]]
    pooled: dict[str, Scores]

    @property
    def scores(self) -> Scores:
        """Scores of all withheld cells with the trend of the recipe."""
        return self.pooled[self.recipe.trend]
