"""How the gaps of a stack are filled: the settings that a run has and its report states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from ..language import tr
from .trend import LAPSE_RATE
from .variogram import Variogram

# A longer stack has one variogram per month unless the user chooses otherwise.
MAX_SCENES_BY_SCENE = 31


@dataclass(frozen=True)
class FillRecipe:
    """How gaps are filled; see `fill.fill_scene`.

    Attributes
    ----------
    trend : str
        One of ``trend.TRENDS``.
    lapse_rate : float
        K/km, for ``fixed_lapse``.
    variogram : str or Variogram
        Variogram of the residuals, or the name of the model to be estimated.
    fit : str
        How it is estimated: ``likelihood`` or ``moments``.
    variogram_per : str
        ``scene`` or ``month``: which scenes share the shape of a variogram, each on its own scale;
        ``auto`` means ``scene`` in short stacks.
    neighbours : int
        Known cells used for each estimate.
    search : str
        ``octant`` or ``nearest``.
    references : int
        For ``elevation_reference``: how many scenes, nearest in time, predict another.
    validation_cells : int
        Known cells of each scene that are predicted from the others, for the report.
    seed : int
        Seed of everything drawn at random.
    """

    trend: str = "elevation"
    lapse_rate: float = LAPSE_RATE
    variogram: Union[str, Variogram] = "auto"
    fit: str = "likelihood"
    variogram_per: str = "auto"
    neighbours: int = 32
    search: str = "octant"
    references: int = 30
    validation_cells: int = 500
    seed: int = 1

    def by_month(self, scenes: int) -> bool:
        """Return whether the scenes of a month share a variogram, in a stack of so many scenes."""
        if isinstance(self.variogram, Variogram) or self.fit != "likelihood":
            return False
        if self.variogram_per == "auto":
            return scenes > MAX_SCENES_BY_SCENE
        return self.variogram_per == "month"

    def method(self) -> str:
        """Return a sentence for a methods section on trend, variogram and neighbourhood."""
        trend = {
            "elevation": tr("A linear trend with elevation, fitted to the known cells of each scene,"),
            "elevation_reference": tr(
                "A linear trend with elevation and with the pattern of the scenes of other dates"
            ),
            "fixed_lapse": tr(
                "A trend with elevation at a fixed lapse rate of {lapse_rate:g} K/km", lapse_rate=self.lapse_rate
            ),
            "none": "",
        }[self.trend]
        search = tr("the nearest in each octant") if self.search == "octant" else tr("the nearest")
        said = {"neighbours": self.neighbours, "search": search, "variogram": self._variogram_method()}
        method = (
            tr(
                "{trend} was subtracted, the residuals were interpolated by ordinary kriging from {neighbours} known "
                "cells ({search}) with {variogram}, and the trend was added back.",
                trend=trend,
                **said,
            )
            if trend
            else tr(
                "The mean of each scene was subtracted, the residuals were interpolated by ordinary kriging from "
                "{neighbours} known cells ({search}) with {variogram}, and the mean was added back.",
                **said,
            )
        )
        if isinstance(self.variogram, Variogram):
            return method
        return tr(
            "{method} The kriging standard deviation of gaps was adapted to the errors with which the known cells "
            "beside them are predicted from others.",
            method=method,
        )

    def _variogram_method(self) -> str:
        if isinstance(self.variogram, Variogram):
            return tr("a given {model} variogram", model=self.variogram.model)
        if self.fit == "moments":
            return tr("a variogram ({variogram}) fitted to the empirical variogram", variogram=self.variogram)
        if self.variogram == "auto":
            return tr(
                "two nested exponential variograms with geometric anisotropy, estimated by approximate likelihood"
            )
        return tr("a variogram ({model}) estimated by approximate likelihood", model=self.variogram)
