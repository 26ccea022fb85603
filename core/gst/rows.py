"""The rows of a table that can be used, and the reasons why others cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence, Union

import numpy as np

from ..coded import Coded, batches
from ..errors import InputError
from ..language import tr
from ..tabletext import is_missing

# Rows that are left out are worth a warning where they are more than this share of a table or, if there are at least
# this many, of a station.
MAX_SHARE_UNUSED = 0.1
MIN_ROWS_TO_WARN = 10


@dataclass(frozen=True)
class Unused:
    """Rows that are not used for one reason.

    Attributes
    ----------
    reason : str
    rows : int
        Number of rows.
    example, remedy : str
        One of them, and what to do about it.
    share : str
        Their share of the table or of a station where that is large, else empty.
    """

    reason: str
    rows: int
    example: str
    remedy: str
    share: str = ""

    def sentence(self) -> str:
        """Return the message to the user."""
        said = {"reason": self.reason, "example": self.example}
        sentence = (
            tr("1 row is not used: {reason}, {example}.", **said)
            if self.rows == 1
            else tr("{rows} rows are not used: {reason}, {example}.", rows=self.rows, **said)
        )
        return (
            tr("{sentence} They make up {share}: {remedy}.", sentence=sentence, share=self.share, remedy=self.remedy)
            if self.share
            else sentence
        )


@dataclass(frozen=True)
class Cleaning:
    """What became of the rows of a table.

    Attributes
    ----------
    rows, used : int
        Rows read, and rows in the training table.
    unused : tuple of Unused
        Each row is counted under the first reason that applies to it.
    gaps : mapping of str to int
        For each predictor, the number of used rows in which it is missing.
    notes : tuple of str
        How the table was read, where that is not obvious.
    """

    rows: int
    used: int
    unused: tuple[Unused, ...]
    gaps: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return the messages to the user, one per reason."""
        sentences = [tr("{used} of {rows} rows are used.", used=self.used, rows=self.rows), *self.notes]
        sentences += [unused.sentence() for unused in self.unused]
        sentences += [
            tr("{name} is missing in {rows} of the used rows.", name=name, rows=rows)
            for name, rows in self.gaps.items()
            if rows
        ]
        return sentences

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those sentences that report a large share of unused rows."""
        return tuple(unused.sentence() for unused in self.unused if unused.share)


class Rows:
    """The rows of a table that can be used, and why the others cannot.

    Attributes
    ----------
    used : array of bool, shape (n,)
    unused : list of Unused
    notes : list of str
        How the table was read, where that is not obvious.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], stations: Coded, dates: Coded) -> None:
        self._columns = columns
        self._stations = stations
        self._dates = dates
        self.used = np.ones(len(stations), bool)
        self.unused: list[Unused] = []
        self.notes: list[str] = []

    def leave_out(self, rows: np.ndarray, reason: str, shown: str, remedy: str) -> None:
        """Exclude rows; the first that was still used is shown as an example, by the value of one column."""
        rows = rows & self.used
        if rows.any():
            example = self.example(rows, shown)
            self.unused.append(Unused(reason, int(rows.sum()), example, remedy, self._share(rows)))
            self.used[rows] = False

    def example(self, rows: np.ndarray, shown: str) -> str:
        """Return the first of some rows as an example, by the value of one column."""
        first = int(np.flatnonzero(rows)[0])
        value = self._columns[shown][first]
        if is_missing(value):
            return tr("for example in row {first}", first=first + 1)
        return tr("for example '{value}' in row {first}", value=value, first=first + 1)

    def _share(self, rows: np.ndarray) -> str:
        """Return the share of the table, of a station or of its season that some rows make up; empty if small."""
        share = rows.mean()
        if share > MAX_SHARE_UNUSED:
            return tr("{share:.0f} % of the table", share=100 * share)
        of_station = self._stations.counts(rows)
        shares = of_station / np.maximum(self._stations.times, 1)
        shares[of_station < MIN_ROWS_TO_WARN] = 0
        most = int(np.argmax(shares))
        if shares[most] > MAX_SHARE_UNUSED:
            return tr(
                "{shares:.0f} % of the rows of station '{names}'",
                shares=100 * shares[most],
                names=self._stations.values[most],
            )
        return self._season(rows)

    def _season(self, rows: np.ndarray) -> str:
        """Return the station and season of which some rows are all there is; empty if there is none."""
        days, stations = self._dates.values, self._stations
        dated = ~np.isnat(days)
        if not dated.any():
            return ""
        # Quarters of years that begin in December.
        quarters = (days.astype("datetime64[M]").astype(int) + 1) // 3
        quarters -= quarters[dated].min()
        width = int(quarters[dated].max()) + 1
        total, lost = np.zeros((2, len(stations.values) * width), np.int64)
        for batch in batches(len(rows)):
            codes = self._dates.index[batch]
            place = stations.index[batch].astype(np.int64) * width + quarters[codes]
            total += np.bincount(place[dated[codes]], minlength=len(total))
            lost += np.bincount(place[dated[codes] & rows[batch]], minlength=len(total))
        whole = np.flatnonzero((lost == total) & (lost >= MIN_ROWS_TO_WARN))
        if not len(whole):
            return ""
        station, quarter = divmod(int(whole[0]), width)
        of_season = rows & (stations.index == station) & self._dates.spread(dated & (quarters == quarter))
        lost_days = self._dates[of_season]
        return tr(
            "all rows of station '{names}' from {min} to {max}",
            names=stations.values[station],
            min=lost_days.min(),
            max=lost_days.max(),
        )

    def require_few(self, name: str, reasons: Sequence[str]) -> None:
        """Raise an `InputError` where many rows are left out for one of some reasons that a user can remedy."""
        for unused in self.unused:
            if unused.reason in reasons and unused.share and unused.rows >= MIN_ROWS_TO_WARN and self.used.any():
                raise InputError(
                    tr(
                        "{rows} rows of table '{name}' cannot be used, which make up {share} ({reason}, {example}): "
                        "{remedy}.",
                        rows=unused.rows,
                        name=name,
                        share=unused.share,
                        reason=unused.reason,
                        example=unused.example,
                        remedy=unused.remedy,
                    )
                )

    def require_some(self, name: str) -> None:
        """Raise an `InputError` with the most frequent reason if no row can be used."""
        if not self.used.any():
            empty = Unused(tr("it is empty"), 0, "", tr("choose another table"))
            most = max(self.unused, key=lambda reason: reason.rows, default=empty)
            example = f", {most.example}" if most.example else ""
            raise InputError(
                tr(
                    "Table '{name}' has no row that can be used ({reason}{example}): {remedy}.",
                    name=name,
                    reason=most.reason,
                    example=example,
                    remedy=most.remedy,
                )
            )

    def cleaning(self, predictors: Mapping[str, Union[np.ndarray, Coded]]) -> Cleaning:
        """Return what became of the rows; `predictors` are those of the used rows, by name."""
        columns = {name: Coded.of(values) for name, values in predictors.items()}
        gaps = {name: column.count(np.isnan(column.values)) for name, column in columns.items()}
        return Cleaning(len(self.used), int(self.used.sum()), tuple(self.unused), gaps, tuple(self.notes))
