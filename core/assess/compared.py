"""What the values that a rule compares tell of it: fill values and backgrounds that nobody has tagged, other units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Mapping, NamedTuple

import numpy as np

from ..celsius import KELVIN
from ..errors import InputError
from ..language import tr
from ..permafrost.ttop import no_zero_counts, share_of_background, zero_counts
from ..tabletext import is_fill
from .binary import NOT_COMPARED, OTHER, cells_of_other, fill_notes
from .rule import Rule

# Ends of the range of bytes, which are fill values where all other values are this much nearer to 0.
ENDS_OF_BYTES, APART = (255, -128), 50

# Smaller fill values, such as 99, may be percentages.
MIN_FILL = 900

# Values above a limit of a fraction that are percentages rather than classes.
PERCENTAGES = (10.0, 100.5)


@dataclass(frozen=True, eq=False)
class Compared:
    """The values of a map that its rule compares; those of several windows can be added.

    Attributes
    ----------
    counts : array of int
        `zero_counts` of all.
    ends : mapping of int to int
        Numbers of cells with `ENDS_OF_BYTES`.
    lowest, least, highest : float
        Of all others; `least` is the lowest of those above 0.
    other : mapping of int to int
        `cells_of_other`, for a rule that lists classes.
    """

    counts: np.ndarray = field(default_factory=no_zero_counts)
    ends: Mapping[int, int] = field(default_factory=dict)
    lowest: float = np.inf
    least: float = np.inf
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
            zero_counts(known),
            ends,
            float(within.min(initial=np.inf)),
            float(within.min(initial=np.inf, where=within > 0)),
            float(within.max(initial=-np.inf)),
        )

    def __add__(self, later: Compared) -> Compared:
        """Add the values of another window."""
        return Compared(
            self.counts + later.counts,
            Counter(self.ends) + Counter(later.ends),
            min(self.lowest, later.lowest),
            min(self.least, later.least),
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
        for fill in self._fills():
            raise InputError(
                tr(
                    "'{name}' holds {fill:.6g}, a fill value that its rule '{rule}' would compare: tag it as "
                    "nodata, or add 'drop {fill:.6g}' to the rule.",
                    name=name,
                    fill=fill,
                    rule=rule.text,
                )
            )
        return [*fill_notes(self.other, name), *self._background(rule, name), *self._percentages(rule, name)]

    def _background(self, rule: Rule, name: str) -> list[str]:
        """Return a sentence about zeros among temperatures that may be meant; raise `InputError` for others."""
        share = share_of_background(self.counts)
        if not share or not self._are_temperatures(rule):
            return []
        said = {"name": name, "share": 100 * share, "rule": rule.text}
        # Such a rule tells 0 from cold ground, as maps need that hold temperatures of permafrost alone.
        if (rule.sign, rule.values[0]) == ("<", 0):
            return [
                tr(
                    "'{name}' is exactly 0 in {share:.3g} % of the cells that its rule '{rule}' compares, which count "
                    "as ground without permafrost: tag 0 as nodata if it is a background.",
                    **said,
                )
            ]
        raise InputError(
            tr(
                "'{name}' is exactly 0 in {share:.3g} % of the cells that its rule '{rule}' compares, which seems "
                "to be a background: tag 0 as nodata, or add 'drop 0' to the rule.",
                **said,
            )
        )

    def _fills(self) -> list[float]:
        """Return the fill values among the values: an extreme that is known as one, or a byte far beyond the others."""
        extremes = np.array([value for value in (self.lowest, self.highest) if np.isfinite(value)])
        fills = extremes[(np.abs(extremes) >= MIN_FILL) & is_fill(extremes)].tolist()
        # A mask of 0 and 255 has no other value than 0.
        if self.lowest == self.highest == 0:
            return fills
        beyond = {end: end - self.highest if end > 0 else self.lowest - end for end in ENDS_OF_BYTES}
        return fills + [end for end, cells in self.ends.items() if cells and beyond[end] >= APART]

    def _are_temperatures(self, rule: Rule) -> bool:
        """Return whether a limit is one of temperatures, of which none or few are 0, rather than of sums or shares."""
        limit = rule.values[0]
        is_kelvin = KELVIN[0] <= min(limit, self.least)
        return self.lowest < 0 or (rule.sign.startswith("<") and (limit <= 0 or is_kelvin))

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
    indices : array of int8, shape (rows, columns)
        `PERMAFROST`, `OTHER` or `NOT_COMPARED` of `core.assess.binary`.
    values : array, shape (rows, columns) or (rows, columns, n)
        What the rule was applied to: the cells, or the n parts of each.
    parts : array of int8, shape of `values`
        The indices of these.
    """

    indices: np.ndarray
    values: np.ndarray
    parts: np.ndarray

    def compared(self, used: np.ndarray, rule: Rule) -> Compared:
        """Return the values in those cells that are compared with the reference, booleans of the shape of `indices`."""
        return Compared.of(self.values[used], self.parts[used], rule)
