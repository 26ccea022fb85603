"""What the values that a rule compares tell of it: fill values and backgrounds that nobody has tagged, other units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Mapping, NamedTuple

import numpy as np

from ..errors import InputError
from ..language import tr
from ..permafrost.ttop import MAX_SHARE_OF_ZERO, MAX_ZEROS
from .binary import NOT_COMPARED, OTHER, cells_of_other, fill_notes
from .rule import Rule

# Ends of the range of bytes, which are fill values where no other value is nearer than this.
ENDS_OF_BYTES, APART = (255, -128), 50

# Values above a limit of a fraction that are percentages rather than classes.
PERCENTAGES = (10.0, 100.5)


@dataclass(frozen=True)
class Compared:
    """The values of a map that its rule compares; those of several windows can be added.

    Attributes
    ----------
    known, zeros, decimals : int
        Numbers of cells, of those that are exactly 0, and of those that are no whole number.
    ends : mapping of int to int
        Numbers of cells with `ENDS_OF_BYTES`.
    lowest, highest : float
        Of all others.
    other : mapping of int to int
        `cells_of_other`, for a rule that lists classes.
    """

    known: int = 0
    zeros: int = 0
    decimals: int = 0
    ends: Mapping[int, int] = field(default_factory=dict)
    lowest: float = np.inf
    highest: float = -np.inf
    other: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, values: np.ndarray, indices: np.ndarray, rule: Rule) -> Compared:
        """Look at values of any shape, and what the rule makes of them."""
        if rule.sign == "in":
            return cls(other=cells_of_other(values, indices == OTHER))
        known = values[indices != NOT_COMPARED]
        ends = {end: int(np.count_nonzero(known == end)) for end in ENDS_OF_BYTES}
        within = known[~np.isin(known, ENDS_OF_BYTES)] if any(ends.values()) else known
        return cls(
            known.size,
            int(np.count_nonzero(known == 0)),
            int(np.count_nonzero(known != np.rint(known))),
            ends,
            float(within.min(initial=np.inf)),
            float(within.max(initial=-np.inf)),
        )

    def __add__(self, later: Compared) -> Compared:
        """Add the values of another window."""
        return Compared(
            self.known + later.known,
            self.zeros + later.zeros,
            self.decimals + later.decimals,
            Counter(self.ends) + Counter(later.ends),
            min(self.lowest, later.lowest),
            max(self.highest, later.highest),
            Counter(self.other) + Counter(later.other),
        )

    def notes(self, rule: Rule, name: str) -> list[str]:
        """Return sentences about the values of a whole map that its rule seems to misunderstand.

        Raises
        ------
        InputError
            If a limit is compared with a fill value or a background.
        """
        for end, cells in self.ends.items():
            nearest = self.highest if end > 0 else self.lowest
            if cells and not abs(end - nearest) < APART:
                raise fill_compared(name, end, rule)
        is_of_temperatures = rule.sign.startswith("<") or self.lowest < 0
        if is_of_temperatures and self.decimals and self.zeros > max(MAX_ZEROS, MAX_SHARE_OF_ZERO * self.known):
            raise InputError(
                tr(
                    "'{name}' is exactly 0 in {share:.3g} % of the cells that its rule '{rule}' compares, which seems "
                    "to be a background: tag 0 as nodata, or add 'drop 0' to the rule.",
                    name=name,
                    share=100 * self.zeros / self.known,
                    rule=rule.text,
                )
            )
        return [*fill_notes(self.other, name), *self._percentages(rule, name)]

    def _percentages(self, rule: Rule, name: str) -> list[str]:
        """Return a sentence about a limit for fractions of a map in percent."""
        low, high = PERCENTAGES
        is_fraction = rule.sign.startswith(">") and 0 < rule.values[0] < 1
        if not is_fraction or self.lowest < 0 or not low < self.highest <= high:
            return []
        return [
            tr(
                "'{name}' holds values up to {highest:.6g}, as percentages, and its rule '{rule}' compares them with a "
                "fraction: write '{sign} {percent:g}' if they are in percent.",
                name=name,
                highest=self.highest,
                rule=rule.text,
                sign=rule.sign,
                percent=100 * rule.values[0],
            )
        ]


class Ruled(NamedTuple):
    """A map under its rule.

    Attributes
    ----------
    indices : array of int8
        `PERMAFROST`, `OTHER` or `NOT_COMPARED` of `core.assess.binary`.
    compared : Compared
        The values behind them.
    """

    indices: np.ndarray
    compared: Compared


def fill_compared(name: str, fill: float, rule: Rule) -> InputError:
    """Return the error about a fill value of a map that a limit would take for cold or warm ground."""
    return InputError(
        tr(
            "'{name}' holds {fill:.6g}, a fill value that its rule '{rule}' would compare: tag it as "
            "nodata, or add 'drop {fill:.6g}' to the rule.",
            name=name,
            fill=fill,
            rule=rule.text,
        )
    )
