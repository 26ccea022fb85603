"""Rules that turn the values of any map into permafrost or no permafrost: ``<= 0``, ``>= 0.5``, ``in 1 2 drop 3 4``."""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..errors import InputError
from ..language import tr
from ..lists import at_semicolons
from ..tabletext import clean
from .binary import NOT_COMPARED, OTHER, PERMAFROST, shown

COMPARISONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}

# Maps of our own: permafrost is 1; glaciers and lakes are not compared.
OWN_CLASSES = "== 1 drop 3 4"

# No digit can match in two ways, and texts are split before they are matched, so a mistyped rule takes linear time.
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
SIGNS = ("<=", ">=", "==", "<", ">")
MEMBERS, DROP = "in ", " drop "


@dataclass(frozen=True)
class Rule:
    """Which values of a map are permafrost, and which are not compared.

    Attributes
    ----------
    text : str
        As the user wrote it.
    sign : str
        A key of `COMPARISONS`, or ``in``.
    values : tuple of float
        The limit, or the members.
    dropped : tuple of float
        Values that are not compared, such as those of glaciers and lakes.
    """

    text: str
    sign: str
    values: tuple[float, ...]
    dropped: tuple[float, ...] = ()

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Return `PERMAFROST`, `OTHER` or, for NaN and dropped values, `NOT_COMPARED` for each cell, int8.

        Numbers are compared in float32, the type in which rasters are read, so 0.1 in a rule equals 0.1 in a map.
        """
        values = np.asarray(values, np.float32)
        numbers = np.array(self.values, np.float32)
        permafrost = np.isin(values, numbers) if self.sign == "in" else COMPARISONS[self.sign](values, numbers[0])
        indices = np.where(permafrost, PERMAFROST, OTHER).astype(np.int8)
        indices[np.isnan(values) | np.isin(values, np.array(self.dropped, np.float32))] = NOT_COMPARED
        return indices


def read_rule(text: str, parameter: str) -> Rule:
    """Return the rule in a text.

    Parameters
    ----------
    text : str
        A comparison (``<= 0``, ``< 0``, ``>= 0.5``, ``> 0.5``, ``== 1``) or a list (``in 1 2``), followed by the
        values that are not compared: ``== 1 drop 3 4``.
    parameter : str
        The parameter that holds it, for the error.

    Raises
    ------
    InputError
        If the text is no rule.
    """
    plain = clean(text)
    chosen, drop, dropped = plain.partition(DROP)
    sign = next((sign for sign in SIGNS if chosen.startswith(sign)), "in")
    if sign == "in":
        values = _numbers(chosen[len(MEMBERS) :]) if chosen.startswith(MEMBERS) else None
    else:
        values = _numbers(chosen[len(sign) :].strip())
    not_compared = _numbers(dropped) if drop else ()
    if not values or not_compared is None or (sign != "in" and len(values) > 1):
        raise InputError(
            tr(
                "{parameter} holds the rule '{rule}', which cannot be read: write '<= 0', '>= 0.5', '== 1' or "
                "'in 1 2', followed by 'drop 3 4' for values that are not compared.",
                parameter=parameter,
                rule=shown(plain),
            )
        )
    return Rule(plain, "in" if sign == "==" else sign, values, not_compared)


def read_rules(text: str, count: int, parameter: str) -> list[Rule]:
    """Return the rules of several maps from a text with semicolons between them; a single rule serves all maps.

    Raises
    ------
    InputError
        If a rule cannot be read, or their number is neither one nor that of the maps.
    """
    parts = at_semicolons(text)
    if len(parts) not in (1, count):
        said = {"parameter": parameter, "rules": shown(text), "n_parts": len(parts)}
        raise InputError(
            tr(
                "{parameter} '{rules}' holds {n_parts} rules for 1 map: give one rule for all maps, or one per map in "
                "the order of the maps, separated by semicolons.",
                **said,
            )
            if count == 1
            else tr(
                "{parameter} '{rules}' holds {n_parts} rules for {count} maps: give one rule for all maps, or one per "
                "map in the order of the maps, separated by semicolons.",
                count=count,
                **said,
            )
        )
    rules = [read_rule(part, parameter) for part in parts]
    return rules * count if len(rules) == 1 else rules


def aggregate(indices: np.ndarray) -> np.ndarray:
    """Return the index of cells from those of their subcells.

    Parameters
    ----------
    indices : array of int8, shape (..., n)
        `PERMAFROST`, `OTHER` or `NOT_COMPARED` for each of the n equal parts of a cell.

    Returns
    -------
    array of int8, shape (...)
        `NOT_COMPARED` where at least half of the parts are not compared, else `PERMAFROST` where at least half of
        the compared parts are permafrost: in this package, a cell is what covers at least half of it.
    """
    n = indices.shape[-1]
    dropped = np.count_nonzero(indices == NOT_COMPARED, axis=-1)
    permafrost = np.count_nonzero(indices == PERMAFROST, axis=-1)
    of_cell = np.where(2 * permafrost >= n - dropped, PERMAFROST, OTHER)
    return np.where(2 * dropped >= n, NOT_COMPARED, of_cell).astype(np.int8)


def _numbers(text: str) -> Optional[tuple[float, ...]]:
    """Return numbers separated by spaces or commas; None where one of them is not a finite number."""
    parts = re.split("[ ,]+", text)
    numbers = tuple(float(part) if NUMBER.fullmatch(part) else math.inf for part in parts)
    return numbers if all(map(math.isfinite, numbers)) else None
