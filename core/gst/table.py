"""The training table: daily ground surface temperatures of stations beside the LSTs of their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np

from ..celsius import MAX_SHARE_BEYOND, TEMPERATURES, ZERO_CELSIUS, inside, read_celsius, require_same_unit
from ..days import read_days
from ..errors import InputError
from ..prepare.elevation import ELEVATIONS
from ..tabletext import is_fill, is_missing, read_numbers, station_key, station_name

ELEVATION = "elevation"
SATELLITES = ("terra", "aqua")

# As many rows that are more than `MAX_SHARE_BEYOND` of a table or of a station are no slip.
MANY_ROWS = 10

# Names that are listed in a message.
MOST_NAMES = 10


@dataclass(frozen=True)
class TrainingTable:
    """Rows to train on: one station on one day each.

    Attributes
    ----------
    stations : array of str, shape (n,)
    dates : array of datetime64[D], shape (n,)
    gst : array, shape (n,)
        Daily mean ground surface temperature, degC.
    predictors : array, shape (n, p)
        degC, or m of elevation; NaN where missing, but not everywhere in a row.
    names : tuple of str
        Of the p predictors.
    """

    stations: np.ndarray
    dates: np.ndarray
    gst: np.ndarray
    predictors: np.ndarray
    names: tuple[str, ...]

    def columns(self, names: Sequence[str]) -> np.ndarray:
        """Give some of the predictors, shape (n, len(names))."""
        return self.predictors[:, [self.names.index(name) for name in names]]


@dataclass(frozen=True)
class Unused:
    """Why some rows are not used.

    Attributes
    ----------
    reason : str
    rows : int
        How many.
    example, remedy : str
        One of them, and what to do about it.
    share : str
        What part of the table or of a station they are, where that is large; else empty.
    """

    reason: str
    rows: int
    example: str
    remedy: str
    share: str = ""

    def sentence(self) -> str:
        """Tell it to the user."""
        said = f"{self.rows} rows are not used: {self.reason}, {self.example}."
        return f"{said} They make up {self.share}: {self.remedy}." if self.share else said


@dataclass(frozen=True)
class Cleaning:
    """What became of the rows of a table.

    Attributes
    ----------
    rows, used : int
        Rows read, and rows in the training table.
    unused : tuple of Unused
        Each row under the first reason that holds for it.
    gaps : mapping
        Number of used rows in which a predictor is missing.
    notes : tuple of str
        How the table was read, where that does not go without saying.
    """

    rows: int
    used: int
    unused: tuple[Unused, ...]
    gaps: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Tell it to the user, one sentence a reason."""
        said = [f"{self.used} of {self.rows} rows are used.", *self.notes]
        said += [unused.sentence() for unused in self.unused]
        said += [f"{name} is missing in {rows} of the used rows." for name, rows in self.gaps.items() if rows]
        return said

    def warnings(self) -> set[str]:
        """Give those sentences that tell of much that is not used."""
        return {unused.sentence() for unused in self.unused if unused.share}


@dataclass(frozen=True)
class Observations:
    """Daily mean ground surface temperatures of stations, one a station-day.

    Attributes
    ----------
    rows : Rows
        What became of the rows of the table; the arrays hold all of them, and ``rows.used`` is True
        where they can be used.
    stations : array of object, shape (n,)
        Names.
    dates : array of datetime64[D], shape (n,)
    gst : array, shape (n,)
        degC.
    """

    rows: Rows
    stations: np.ndarray
    dates: np.ndarray
    gst: np.ndarray


class Rows:
    """The rows of a table that can be used, and why the others cannot.

    Attributes
    ----------
    used : array of bool, shape (n,)
    unused : list of Unused
    notes : list of str
        How the table was read, where that does not go without saying.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], stations: np.ndarray, dates: np.ndarray) -> None:
        self._columns = columns
        self._names, self._station_of = np.unique(stations.astype(str), return_inverse=True)
        self._dates = dates
        self.used = np.ones(len(stations), bool)
        self.unused: list[Unused] = []
        self.notes: list[str] = []

    def leave_out(self, rows: np.ndarray, reason: str, shown: str, remedy: str) -> None:
        """Leave out rows that are used so far, and show the first of them by one of its columns."""
        rows = rows & self.used
        if rows.any():
            example = self.example(rows, shown)
            self.unused.append(Unused(reason, int(rows.sum()), example, remedy, self._share(rows)))
            self.used[rows] = False

    def example(self, rows: np.ndarray, shown: str) -> str:
        """Show the first of some rows by one of its columns."""
        first = int(np.flatnonzero(rows)[0])
        value = self._columns[shown][first]
        quoted = "" if is_missing(value) else f"'{value}' "
        return f"for example {quoted}in row {first + 1}"

    def _share(self, rows: np.ndarray) -> str:
        """Say what part of the table, of a station, or of its season some rows are; nothing if it is small."""
        share = rows.mean()
        if share > MAX_SHARE_BEYOND:
            return f"{100 * share:.0f} % of the table"
        of_station = np.bincount(self._station_of[rows], minlength=len(self._names))
        shares = of_station / np.bincount(self._station_of, minlength=len(self._names))
        shares[of_station < MANY_ROWS] = 0
        most = int(np.argmax(shares))
        if shares[most] > MAX_SHARE_BEYOND:
            return f"{100 * shares[most]:.0f} % of the rows of station '{self._names[most]}'"
        return self._season(rows)

    def _season(self, rows: np.ndarray) -> str:
        """Say of which station some rows are all there are of a season; nothing where there is none."""
        dated = ~np.isnat(self._dates)
        # Quarters of years that begin in December.
        quarters = np.where(dated, (self._dates.astype("datetime64[M]").astype(int) + 1) // 3, 0)
        first = quarters[dated].min() if dated.any() else 0
        width = int(quarters.max() - first) + 1 if dated.any() else 1
        place = (self._station_of * width + quarters - first)[dated]
        total, lost = (
            np.bincount(place),
            np.bincount(place[rows[dated]], minlength=place.max() + 1 if len(place) else 0),
        )
        whole = np.flatnonzero((lost == total) & (lost >= MANY_ROWS))
        if not len(whole):
            return ""
        of_season = dated & rows & (self._station_of * width + quarters - first == whole[0])
        days = self._dates[of_season]
        return f"all rows of station '{self._names[whole[0] // width]}' from {days.min()} to {days.max()}"

    def require_few(self, name: str, reasons: Sequence[str]) -> None:
        """Raise an `InputError` where many rows are left out for one of some reasons that a user can mend."""
        for unused in self.unused:
            if unused.reason in reasons and unused.share and unused.rows >= MANY_ROWS and self.used.any():
                raise InputError(
                    f"{unused.rows} rows of table '{name}' cannot be used, which make up {unused.share} "
                    f"({unused.reason}, {unused.example}): {unused.remedy}."
                )

    def require_some(self, name: str) -> None:
        """Raise an `InputError` with the reason of most rows, where none can be used."""
        if not self.used.any():
            empty = Unused("it is empty", 0, "", "choose another table")
            most = max(self.unused, key=lambda reason: reason.rows, default=empty)
            example = f", {most.example}" if most.example else ""
            raise InputError(f"Table '{name}' has no row that can be used ({most.reason}{example}): {most.remedy}.")

    def cleaning(self, predictors: np.ndarray, names: Sequence[str]) -> Cleaning:
        """Tell what became of the rows; `predictors` are those of the used ones, shape (used, p)."""
        gaps = dict(zip(names, np.isnan(predictors).sum(axis=0).tolist()))
        return Cleaning(len(self.used), int(self.used.sum()), tuple(self.unused), gaps, tuple(self.notes))


def clean_observations(
    columns: Mapping[str, Sequence[Any]],
    station: str,
    date: str,
    target: str,
    name: str,
    known: Sequence[str] = (),
) -> Observations:
    """Read daily mean GST of stations from columns as they come from a file.

    Left out are rows without station, rows with an impossible date, with a GST that is missing, a
    text or a fill value, and repeated station-days: once where the rows agree, altogether where
    they contradict each other. Stations that are `known` have their names as they are written there.
    Other parameters and the errors are those of `clean_table`.
    """
    observations = _read_observations(columns, station, date, target, name, known)
    _leave_out_repeated(observations, observations.gst[:, np.newaxis], station)
    observations.rows.require_some(name)
    return observations


def clean_table(
    columns: Mapping[str, Sequence[Any]],
    station: str,
    date: str,
    target: str,
    predictors: Sequence[str],
    name: str,
    kelvin: bool = False,
) -> tuple[TrainingTable, Cleaning]:
    """Make a training table of columns as they come from a file.

    Left out are the rows that `clean_observations` leaves out, and rows in which no LST is left.
    Texts and fill values among the predictors count as missing.

    Parameters
    ----------
    columns : mapping of str to sequences of length n
        Numbers, texts, dates or None.
    station, date, target : str
        Names of the columns that hold the station, the day (``YYYY-MM-DD``) and GST in degC.
    predictors : sequence of str
        Names of the columns that hold the LSTs, and ``elevation`` in m. The training table has
        their names in lower case.
    name : str
        How the user knows the table.
    kelvin : bool
        Whether the LSTs are in kelvin; else they are in degC.

    Returns
    -------
    TrainingTable, Cleaning

    Raises
    ------
    InputError
        If a column is absent or without values, temperatures have the other unit, day and night of
        a satellite are swapped, or no row is left.
    """
    _require_columns(columns, predictors, name)
    names = tuple(column.lower() for column in predictors)
    is_lst = np.array([column != ELEVATION for column in names], bool)
    if not is_lst.any():
        raise InputError(f"No LST of table '{name}' is chosen as predictor: choose at least one.")
    observations = _read_observations(columns, station, date, target, name)
    values = np.column_stack(
        [
            _predictor(columns[column], column, name, column.lower() == ELEVATION, kelvin, observations.stations)
            for column in predictors
        ]
    )
    rows = observations.rows
    no_lst = np.isnan(values[:, is_lst]).all(axis=1)
    rows.leave_out(no_lst, "no LST has a value", predictors[int(np.argmax(is_lst))], "choose days with LST")
    _leave_out_repeated(observations, np.column_stack([observations.gst, values]), station)
    rows.require_some(name)
    used = rows.used
    require_same_unit(observations.gst[used], values[used][:, is_lst], f"Column '{target}' of table '{name}'")
    stations = observations.stations[used].astype(str)
    table = TrainingTable(stations, observations.dates[used], observations.gst[used], values[used], names)
    require_days_warmer(dict(zip(names, table.predictors.T)))
    return table, rows.cleaning(table.predictors, names)


def _require_columns(columns: Mapping[str, Sequence[Any]], names: Sequence[str], table: str) -> None:
    for column in names:
        if column not in columns:
            raise InputError(f"Table '{table}' has no column '{column}': it has {', '.join(columns)}.")


def _read_observations(
    columns: Mapping[str, Sequence[Any]], station: str, date: str, target: str, name: str, known: Sequence[str] = ()
) -> Observations:
    _require_columns(columns, (station, date, target), name)
    days = read_days(columns[date])
    stations, note = one_spelling([station_name(value) for value in columns[station]], days.days, known)
    rows = Rows(columns, stations, days.days)
    rows.notes += [f"Table '{name}': {said}." for said in (days.note, note) if said]
    read = read_numbers(columns[target])
    gst = read_celsius(read.numbers, f"Column '{target}' of table '{name}'", stations)
    low, high = TEMPERATURES
    is_text, is_unsure = f"'{target}' is a text", f"'{date}' does not tell which day it is"
    rows.leave_out(stations == "", f"no station in '{station}'", station, "name the stations")
    rows.leave_out(days.unsure, is_unsure, date, "write dates as YYYY-MM-DD")
    rows.leave_out(np.isnat(days.days), f"'{date}' is no date", date, "write dates as YYYY-MM-DD")
    rows.leave_out(read.is_text, is_text, target, "write numbers with a decimal point")
    rows.leave_out(
        np.isnan(read.numbers), f"'{target}' is missing", target, "choose the column that holds GST, or fill the gaps"
    )
    fill = np.isnan(gst) & is_fill(read.numbers)
    beyond = f"'{target}' is outside {low:g} to {high:g} °C"
    rows.leave_out(fill, f"{beyond}, a fill value", target, "give GST in degC")
    rows.leave_out(np.isnan(gst), beyond, target, "give GST in degC")
    rows.require_few(name, (is_text, is_unsure, f"'{date}' is no date"))
    return Observations(rows, stations, days.days, gst)


def one_spelling(names: Sequence[str], dates: np.ndarray, known: Sequence[str] = ()) -> tuple[np.ndarray, str]:
    """Give the names of stations in one spelling each, and say which ones were written otherwise.

    Names that differ in case, spaces or zeros in front are those of one station: of the one that is known, or, where
    none is known, of the first spelling. But two that are both known, or that have a day in common, are two stations.

    Returns
    -------
    array of object, shape (n,); str
    """
    spellings: dict[str, list[str]] = {}
    for name in dict.fromkeys([*known, *names]):
        spellings.setdefault(station_key(name), []).append(name)
    several = {key: found for key, found in spellings.items() if len(found) > 1 and key}
    other: dict[str, str] = {}
    if several:
        as_array = np.array(names, object)
        for found in several.values():
            listed = [name for name in found if name in known]
            if len(listed) > 1:
                continue
            days = np.concatenate([np.unique(dates[as_array == name]) for name in found])
            if listed or len(np.unique(days)) == len(days):
                other.update((name, found[0]) for name in found[1:])
    note = ""
    if other:
        pairs = [f"'{name}' is '{first}'" for name, first in other.items()]
        note = f"stations are the same though written otherwise: {shortened(pairs)}"
    return np.array([other.get(name, name) for name in names], object), note


def shortened(names: Sequence[str]) -> str:
    """List names, the first ten where there are more."""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _leave_out_repeated(observations: Observations, values: np.ndarray, station: str) -> None:
    """Leave out station-days that are there more than once; `values` tell whether they agree."""
    rows = observations.rows
    repeated, contradicting = _repeated(observations.stations, observations.dates, values, rows.used)
    rows.leave_out(repeated, "the station-day is there a second time", station, "keep one row a day")
    rows.leave_out(
        contradicting,
        "the station-day is there several times with other values",
        station,
        "average the rows of a station to one a day",
    )


def require_day_warmer(day: np.ndarray, night: np.ndarray, day_name: str, night_name: str) -> None:
    """Raise an `InputError` if the day is mostly colder than the night: the two were swapped; NaN is ignored."""
    difference = day - night
    known = difference[np.isfinite(difference)]
    if known.size and np.median(known) < 0:
        raise InputError(
            f"'{day_name}' is colder than '{night_name}' by {-np.median(known):.3g} K in the median: they seem "
            "swapped, exchange them."
        )


def require_days_warmer(values: Mapping[str, np.ndarray]) -> None:
    """Raise an `InputError` if day and night of a satellite were swapped; overpasses by their names."""
    for satellite in SATELLITES:
        day, night = f"{satellite}_day", f"{satellite}_night"
        if day in values and night in values:
            require_day_warmer(values[day], values[night], day, night)


def _predictor(
    column: Sequence[Any], title: str, name: str, is_elevation: bool, kelvin: bool, stations: np.ndarray
) -> np.ndarray:
    """Read a column of LST in degC or of elevation in m; NaN where there is no plausible number."""
    read = read_numbers(column)
    what = f"Column '{title}' of table '{name}'"
    if is_elevation:
        values = inside(read.numbers, ELEVATIONS)
    elif kelvin:
        values = read_celsius(read.numbers, what, stations, ZERO_CELSIUS)
    else:
        values = read_celsius(read.numbers, what, stations, or_else=", or set UNIT to kelvin")
    texts = int(read.is_text.sum())
    if np.isnan(values).all() or texts >= max(MANY_ROWS, MAX_SHARE_BEYOND * len(values)):
        row = int(np.argmax(read.is_text)) if texts else 0
        example = f", for example '{column[row]}' in row {row + 1}" if len(column) else ""
        holds = f"{texts} texts" if texts and not np.isnan(values).all() else "no usable number"
        raise InputError(
            f"{what} holds {holds}{example}: choose another one, write numbers with a decimal point, and "
            "give temperatures in the unit that is chosen."
        )
    return values


def _repeated(
    stations: np.ndarray, dates: np.ndarray, values: np.ndarray, used: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Find rows that repeat an earlier station-day, and all rows of station-days that contradict themselves."""
    first_row: dict[tuple[str, int], int] = {}
    repeated = np.zeros(len(used), bool)
    contradicted = set()
    days = dates.astype(int)
    for i in np.flatnonzero(used).tolist():
        key = (stations[i], int(days[i]))
        first = first_row.setdefault(key, i)
        if first != i:
            repeated[i] = True
            if not np.array_equal(values[first], values[i], equal_nan=True):
                contradicted.add(key)
    contradicting = np.zeros(len(used), bool)
    if contradicted:
        for i in np.flatnonzero(used).tolist():
            contradicting[i] = (stations[i], int(days[i])) in contradicted
    return repeated & ~contradicting, contradicting
