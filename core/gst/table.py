"""The training table: daily ground surface temperatures of stations beside the LSTs of their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np

from ..celsius import TEMPERATURES, ZERO_CELSIUS, inside, read_celsius, require_same_unit
from ..days import read_days
from ..errors import InputError
from ..language import tr
from ..prepare.elevation import ELEVATIONS
from ..tabletext import is_fill, read_numbers, station_name
from .model import ELEVATION
from .overpasses import require_days_warmer
from .rows import MAX_SHARE_UNUSED, MIN_ROWS_TO_WARN, Cleaning, Rows
from .stations import one_spelling


@dataclass(frozen=True)
class TrainingTable:
    """Rows to train on, each a station on a day.

    Attributes
    ----------
    stations : array of str, shape (n,)
    dates : array of datetime64[D], shape (n,)
    gst : array, shape (n,)
        Daily mean ground surface temperature, degC.
    predictors : array, shape (n, p)
        degC, or m of elevation; NaN where missing, but not everywhere in a row.
    names : tuple of str
        Names of the p predictors.
    """

    stations: np.ndarray
    dates: np.ndarray
    gst: np.ndarray
    predictors: np.ndarray
    names: tuple[str, ...]

    def columns(self, names: Sequence[str]) -> np.ndarray:
        """Return some of the predictors, shape (n, len(names))."""
        return self.predictors[:, [self.names.index(name) for name in names]]


@dataclass(frozen=True)
class Observations:
    """Daily mean ground surface temperatures of stations.

    Attributes
    ----------
    rows : Rows
        What became of the rows of the table. The arrays hold all rows; ``rows.used`` is True where they can be used.
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


def clean_observations(
    columns: Mapping[str, Sequence[Any]],
    station: str,
    date: str,
    target: str,
    name: str,
    known: Sequence[str] = (),
) -> Observations:
    """Read daily mean GST of stations from columns as they come from a file.

    Rows are left out that have no station, an impossible date, or a GST that is missing, a text or a fill value. Of
    repeated station-days the first is kept where the rows agree, and none where they contradict each other. Names of
    stations are spelled as in `known`. Other parameters and the errors are as for `clean_table`.
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
    """Return a training table from columns as they come from a file.

    The rows are left out that `clean_observations` leaves out, and those without any LST. Texts and fill values among
    the predictors count as missing.

    Parameters
    ----------
    columns : mapping of str to sequences of length n
        Numbers, texts, dates or None.
    station, date, target : str
        Names of the columns that hold the station, the day (``YYYY-MM-DD``) and GST in degC.
    predictors : sequence of str
        Names of the columns that hold the LSTs, and ``elevation`` in m. The training table has their names in lower
        case.
    name : str
        Name of the table, for messages.
    kelvin : bool
        Whether the LSTs are in kelvin; else they are in degC.

    Returns
    -------
    TrainingTable, Cleaning

    Raises
    ------
    InputError
        If a column is absent or empty, temperatures are in another unit, day and night of a satellite are swapped, or
        no row is left.
    """
    _require_columns(columns, predictors, name)
    names = tuple(column.lower() for column in predictors)
    is_lst = np.array([column != ELEVATION for column in names], bool)
    if not is_lst.any():
        raise InputError(tr("No LST of table '{name}' is among the predictors: choose at least one.", name=name))
    observations = _read_observations(columns, station, date, target, name)
    values = np.column_stack(
        [
            _predictor(columns[column], column, name, column.lower() == ELEVATION, kelvin, observations.stations)
            for column in predictors
        ]
    )
    rows = observations.rows
    no_lst = np.isnan(values[:, is_lst]).all(axis=1)
    rows.leave_out(no_lst, tr("no LST has a value"), predictors[int(np.argmax(is_lst))], tr("choose days with LST"))
    _leave_out_repeated(observations, np.column_stack([observations.gst, values]), station)
    rows.require_some(name)
    used = rows.used
    require_same_unit(
        observations.gst[used],
        values[used][:, is_lst],
        tr("Column '{target}' of table '{name}'", target=target, name=name),
    )
    stations = observations.stations[used].astype(str)
    table = TrainingTable(stations, observations.dates[used], observations.gst[used], values[used], names)
    require_days_warmer(dict(zip(names, table.predictors.T)))
    return table, rows.cleaning(table.predictors, names)


def _require_columns(columns: Mapping[str, Sequence[Any]], names: Sequence[str], table: str) -> None:
    for column in names:
        if column not in columns:
            raise InputError(
                tr(
                    "Table '{table}' has no column '{column}': it has {columns}.",
                    table=table,
                    column=column,
                    columns=", ".join(columns),
                )
            )


def _read_observations(
    columns: Mapping[str, Sequence[Any]], station: str, date: str, target: str, name: str, known: Sequence[str] = ()
) -> Observations:
    _require_columns(columns, (station, date, target), name)
    days = read_days(columns[date])
    stations, note = one_spelling([station_name(value) for value in columns[station]], days.days, known)
    rows = Rows(columns, stations, days.days)
    rows.notes += [tr("Table '{name}': {said}.", name=name, said=said) for said in (days.note, note) if said]
    read = read_numbers(columns[target])
    gst = read_celsius(read.numbers, tr("Column '{target}' of table '{name}'", target=target, name=name), stations)
    low, high = TEMPERATURES
    is_text, is_unsure = tr("'{target}' is a text", target=target), tr("'{date}' is ambiguous", date=date)
    rows.leave_out(stations == "", tr("no station in '{station}'", station=station), station, tr("name the stations"))
    rows.leave_out(days.unsure, is_unsure, date, tr("write dates as YYYY-MM-DD"))
    rows.leave_out(np.isnat(days.days), tr("'{date}' is not a date", date=date), date, tr("write dates as YYYY-MM-DD"))
    rows.leave_out(read.is_text, is_text, target, tr("write numbers with a decimal point"))
    rows.leave_out(
        np.isnan(read.numbers),
        tr("'{target}' is missing", target=target),
        target,
        tr("choose the column that holds GST, or fill the gaps"),
    )
    fill = np.isnan(gst) & is_fill(read.numbers)
    beyond = tr("'{target}' is outside {low:g} to {high:g} °C", target=target, low=low, high=high)
    rows.leave_out(fill, tr("{beyond}, a fill value", beyond=beyond), target, tr("give GST in °C"))
    rows.leave_out(np.isnan(gst), beyond, target, tr("give GST in °C"))
    rows.require_few(name, (is_text, is_unsure, tr("'{date}' is not a date", date=date)))
    return Observations(rows, stations, days.days, gst)


def _predictor(
    column: Sequence[Any], title: str, name: str, is_elevation: bool, kelvin: bool, stations: np.ndarray
) -> np.ndarray:
    """Return a column of LSTs in degC, or of elevations in m, with NaN where there is no plausible number."""
    read = read_numbers(column)
    what = tr("Column '{title}' of table '{name}'", title=title, name=name)
    if is_elevation:
        values = inside(read.numbers, ELEVATIONS)
    elif kelvin:
        values = read_celsius(read.numbers, what, stations, ZERO_CELSIUS)
    else:
        values = read_celsius(read.numbers, what, stations, or_else=tr(", or choose kelvin as their unit"))
    texts = int(read.is_text.sum())
    if np.isnan(values).all() or texts >= max(MIN_ROWS_TO_WARN, MAX_SHARE_UNUSED * len(values)):
        row = int(np.argmax(read.is_text)) if texts else 0
        example = tr(", for example '{column}' in row {row}", column=column[row], row=row + 1) if len(column) else ""
        holds = tr("{texts} texts", texts=texts) if texts and not np.isnan(values).all() else tr("no usable number")
        raise InputError(
            tr(
                "{what} holds {holds}{example}: choose another one, write numbers with a decimal point, and give "
                "temperatures in the unit that is chosen.",
                what=what,
                holds=holds,
                example=example,
            )
        )
    return values


def _leave_out_repeated(observations: Observations, values: np.ndarray, station: str) -> None:
    """Leave out repeated station-days; whether their rows agree is decided by `values`, shape (n, p)."""
    rows = observations.rows
    repeated, contradicting = _repeated(observations.stations, observations.dates, values, rows.used)
    rows.leave_out(repeated, tr("the station-day is repeated"), station, tr("keep one row per day"))
    rows.leave_out(
        contradicting,
        tr("the station-day is repeated with different values"),
        station,
        tr("average the rows of a station to one a day"),
    )


def _repeated(
    stations: np.ndarray, dates: np.ndarray, values: np.ndarray, used: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows repeat an earlier station-day, and which are of a station-day whose rows differ."""
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
