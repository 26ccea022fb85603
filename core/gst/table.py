"""The training table: daily ground surface temperatures of stations beside the LSTs of their cells."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np

from ..errors import InputError

ELEVATION = "elevation"
SATELLITES = ("terra", "aqua")

# Beyond what any land surface has shown, degC and m; the fill values of loggers and of satellite
# products (3276.6, 99.9, -99.9, -999, -9999, 32767) all lie outside.
TEMPERATURES = (-95.0, 85.0)
ELEVATIONS = (-500.0, 9000.0)

ZERO_CELSIUS = 273.15

# Medians between these are kelvin.
KELVIN = (200.0, 350.0)

YEARS = (1900, 2100)

MISSING_TEXTS = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--"})


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
    """Why some rows are not used: the reason, how many, one of them, and what to do about it."""

    reason: str
    rows: int
    example: str
    remedy: str


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
    """

    rows: int
    used: int
    unused: tuple[Unused, ...]
    gaps: Mapping[str, int]

    def sentences(self) -> list[str]:
        """Tell it to the user, one sentence a reason."""
        said = [f"{self.used} of {self.rows} rows are used."]
        said += [f"{unused.rows} rows are not used: {unused.reason}, {unused.example}." for unused in self.unused]
        said += [f"{name} is missing in {rows} of the used rows." for name, rows in self.gaps.items() if rows]
        return said


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
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], count: int) -> None:
        self._columns = columns
        self.used = np.ones(count, bool)
        self.unused: list[Unused] = []

    def leave_out(self, rows: np.ndarray, reason: str, shown: str, remedy: str) -> None:
        """Leave out rows that are used so far, and show the first of them by one of its columns."""
        rows = rows & self.used
        if rows.any():
            first = int(np.flatnonzero(rows)[0])
            value = self._columns[shown][first]
            quoted = "" if _is_missing(value) else f"'{value}' "
            example = f"for example {quoted}in row {first + 1}"
            self.unused.append(Unused(reason, int(rows.sum()), example, remedy))
            self.used[rows] = False

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
        return Cleaning(len(self.used), int(self.used.sum()), tuple(self.unused), gaps)


def clean_observations(
    columns: Mapping[str, Sequence[Any]], station: str, date: str, target: str, name: str
) -> Observations:
    """Read daily mean GST of stations from columns as they come from a file.

    Left out are rows without station, rows with an impossible date, with a GST that is missing, a
    text or a fill value, and repeated station-days: once where the rows agree, altogether where
    they contradict each other. Parameters and errors are those of `clean_table`.
    """
    observations = _read_observations(columns, station, date, target, name)
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
        [_predictor(columns[column], column, name, column.lower() == ELEVATION, kelvin) for column in predictors]
    )
    rows = observations.rows
    no_lst = np.isnan(values[:, is_lst]).all(axis=1)
    rows.leave_out(no_lst, "no LST has a value", predictors[int(np.argmax(is_lst))], "choose days with LST")
    _leave_out_repeated(observations, np.column_stack([observations.gst, values]), station)
    rows.require_some(name)
    used = rows.used
    stations = observations.stations[used].astype(str)
    table = TrainingTable(stations, observations.dates[used], observations.gst[used], values[used], names)
    require_days_warmer(dict(zip(names, table.predictors.T)))
    return table, rows.cleaning(table.predictors, names)


def station_name(value: Any) -> str:
    """Give a station as it is compared: 7, 7.0 and '7 ' are one; empty where there is none."""
    if _is_missing(value):
        return ""
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value).strip()


def _require_columns(columns: Mapping[str, Sequence[Any]], names: Sequence[str], table: str) -> None:
    for column in names:
        if column not in columns:
            raise InputError(f"Table '{table}' has no column '{column}': it has {', '.join(columns)}.")


def _read_observations(
    columns: Mapping[str, Sequence[Any]], station: str, date: str, target: str, name: str
) -> Observations:
    _require_columns(columns, (station, date, target), name)
    stations = np.array([station_name(value) for value in columns[station]], object)
    dates = np.array([_date(value) for value in columns[date]], "datetime64[D]")
    raw_gst, gst_is_text = _numbers(columns[target])
    require_celsius(raw_gst, f"Column '{target}' of table '{name}'")
    gst = _inside(raw_gst, TEMPERATURES)
    rows = Rows(columns, len(stations))
    low, high = TEMPERATURES
    rows.leave_out(stations == "", f"no station in '{station}'", station, "name the stations")
    rows.leave_out(np.isnat(dates), f"'{date}' is no date", date, "write dates as YYYY-MM-DD")
    rows.leave_out(gst_is_text, f"'{target}' is a text", target, "write numbers with a decimal point")
    rows.leave_out(np.isnan(raw_gst), f"'{target}' is missing", target, "choose the column that holds GST")
    beyond = f"'{target}' is outside {low:g} to {high:g} °C, a fill value"
    rows.leave_out(np.isnan(gst), beyond, target, "give GST in degC")
    return Observations(rows, stations, dates, gst)


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


def require_celsius(values: np.ndarray, what: str, or_else: str = "") -> None:
    """Raise an `InputError`, with `or_else` as second remedy, if the median of temperatures is one of kelvin."""
    known = values[np.isfinite(values)]
    if known.size and KELVIN[0] <= np.median(known) <= KELVIN[1]:
        raise InputError(
            f"{what} has the median {np.median(known):.6g} and seems to be in kelvin: subtract "
            f"{ZERO_CELSIUS} to give degC{or_else}."
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


def _is_missing(value: Any) -> bool:
    return value is None or str(value).strip().lower() in MISSING_TEXTS


def _date(value: Any) -> Optional[np.datetime64]:
    """Read a calendar day; NaT where there is none."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    text = "" if _is_missing(value) else str(value).strip().replace("/", "-")
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        return np.datetime64("NaT")
    return np.datetime64(day) if YEARS[0] <= day.year <= YEARS[1] else np.datetime64("NaT")


def _numbers(values: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Read numbers, NaN where there is none; tell where there is a text instead."""
    numbers = np.full(len(values), np.nan)
    is_text = np.zeros(len(values), bool)
    for i, value in enumerate(values):
        if _is_missing(value):
            continue
        try:
            numbers[i] = float(value)
        except (TypeError, ValueError):
            is_text[i] = True
    return numbers, is_text


def _predictor(column: Sequence[Any], title: str, name: str, is_elevation: bool, kelvin: bool) -> np.ndarray:
    """Read a column of LST in degC or of elevation in m; NaN where there is no plausible number."""
    numbers, _ = _numbers(column)
    what = f"Column '{title}' of table '{name}'"
    if not is_elevation:
        if kelvin:
            numbers -= ZERO_CELSIUS
        require_celsius(numbers, what, ", or set UNIT to kelvin")
    values = _inside(numbers, ELEVATIONS if is_elevation else TEMPERATURES)
    if np.isnan(values).all():
        example = f", for example '{column[0]}'" if len(column) else ""
        raise InputError(
            f"{what} holds no usable number{example}: choose another one, write numbers with a decimal point, and "
            "give temperatures in the unit that is chosen."
        )
    return values


def _inside(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    low, high = limits
    return np.where((values >= low) & (values <= high), values, np.nan)


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
