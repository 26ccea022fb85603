"""The training table: daily ground surface temperatures of stations beside the LSTs of their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, MutableMapping, Sequence

import numpy as np

from ..celsius import TEMPERATURES, ZERO_CELSIUS, inside, read_celsius, require_same_unit
from ..coded import Coded, CodedColumns
from ..days import read_days
from ..errors import InputError
from ..language import tr
from ..prepare.elevation import ELEVATIONS
from ..tabletext import is_fill, read_numbers
from .model import ELEVATION
from .overpasses import require_days_warmer
from .rows import MAX_SHARE_UNUSED, MIN_ROWS_TO_WARN, Cleaning, Rows
from .stations import read_stations


@dataclass(frozen=True)
class TrainingTable:
    """Rows to train on, each a station on a day.

    Attributes
    ----------
    stations : Coded of str, length n
        Names, sorted.
    dates : Coded of datetime64[D], length n
    gst : Coded, length n
        Daily mean ground surface temperature, degC.
    predictors : CodedColumns, shape (n, p)
        degC, or m of elevation; NaN where missing, but not everywhere in a row.
    names : tuple of str
        Names of the p predictors.
    """

    stations: Coded
    dates: Coded
    gst: Coded
    predictors: CodedColumns
    names: tuple[str, ...]

    @classmethod
    def of(
        cls, stations: np.ndarray, dates: np.ndarray, gst: np.ndarray, predictors: np.ndarray, names: Sequence[str]
    ) -> TrainingTable:
        """Return a table of arrays, those of the predictors of shape (n, p)."""
        return cls(Coded.of(stations), Coded.of(dates), Coded.of(gst), CodedColumns.of(predictors), tuple(names))

    def take(self, rows: np.ndarray) -> TrainingTable:
        """Return the table of some rows, given by an array of bool."""
        stations, dates, gst = (column.take(rows) for column in (self.stations, self.dates, self.gst))
        return TrainingTable(stations, dates, gst, self.predictors.take(rows), self.names)


@dataclass(frozen=True)
class Observations:
    """Daily mean ground surface temperatures of stations.

    Attributes
    ----------
    rows : Rows
        What became of the rows of the table. The columns hold all rows; ``rows.used`` is True where they can be used.
    stations : Coded of str, length n
        Names.
    dates : Coded of datetime64[D], length n
    gst : Coded, length n
        degC.
    """

    rows: Rows
    stations: Coded
    dates: Coded
    gst: Coded


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
    _leave_out_repeated(observations, [observations.gst], station)
    observations.rows.require_some(name)
    return observations


def clean_table(
    columns: MutableMapping[str, Sequence[Any]],
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
    columns : mutable mapping of str to sequences of length n
        Numbers, texts, dates or None. Columns are taken out of it once they have been read: in a long table they are
        not held twice.
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
    if not set(names) - {ELEVATION}:
        raise InputError(tr("No LST of table '{name}' is among the predictors: choose at least one.", name=name))
    lsts = [index for index, column in enumerate(names) if column != ELEVATION]
    rows, read = _read_rows(columns, (station, date, target, *predictors), names, lsts, name, kelvin)
    columns.clear()
    # One after the other, for the same reason.
    stations, dates, gst, *taken = [read.pop(0).take(rows.used) for _ in range(len(read))]
    table = TrainingTable(stations, dates, gst, CodedColumns(tuple(taken)), names)
    require_same_unit(
        table.gst,
        CodedColumns(tuple(taken[index] for index in lsts)),
        tr("Column '{target}' of table '{name}'", target=target, name=name),
    )
    by_name = dict(zip(names, taken))
    require_days_warmer(by_name)
    return table, rows.cleaning(by_name)


def _read_rows(
    columns: MutableMapping[str, Sequence[Any]],
    titles: Sequence[str],
    names: Sequence[str],
    lsts: Sequence[int],
    name: str,
    kelvin: bool,
) -> tuple[Rows, list[Coded]]:
    """Return which rows of a training table can be used, and its columns: stations, dates, GST and predictors."""
    station, date, target, *predictors = titles
    observations = _read_observations(columns, station, date, target, name)
    if not len(observations.rows.used):
        # Else the first predictor would be blamed.
        observations.rows.require_some(name)
    shown = (station, date, target, predictors[lsts[0]])
    values = []
    for place, column in enumerate(predictors):
        is_elevation = names[place] == ELEVATION
        values.append(_predictor(columns[column], column, name, is_elevation, kelvin, observations.stations))
        if column not in (*shown, *predictors[place + 1 :]):
            del columns[column]
    rows = observations.rows
    no_lst = np.ones(len(rows.used), bool)
    for index in lsts:
        no_lst &= values[index].spread(np.isnan(values[index].values))
    rows.leave_out(no_lst, tr("no LST has a value"), predictors[lsts[0]], tr("choose days with LST"))
    _leave_out_repeated(observations, [observations.gst, *values], station)
    rows.require_some(name)
    return rows, [observations.stations, observations.dates, observations.gst, *values]


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
    stations, note = read_stations(columns[station], days.days, known)
    rows = Rows(columns, stations, days.days)
    rows.notes += [tr("Table '{name}': {said}.", name=name, said=said) for said in (days.note, note) if said]
    read = read_numbers(columns[target])
    gst = read_celsius(read.coded, tr("Column '{target}' of table '{name}'", target=target, name=name), stations)
    low, high = TEMPERATURES
    is_text, is_unsure = tr("'{target}' is a text", target=target), tr("'{date}' is ambiguous", date=date)
    is_nameless, is_undated = stations.spread(stations.values == ""), days.days.spread(np.isnat(days.days.values))
    rows.leave_out(is_nameless, tr("no station in '{station}'", station=station), station, tr("name the stations"))
    rows.leave_out(days.unsure, is_unsure, date, tr("write dates as YYYY-MM-DD"))
    rows.leave_out(is_undated, tr("'{date}' is not a date", date=date), date, tr("write dates as YYYY-MM-DD"))
    rows.leave_out(read.is_text, is_text, target, tr("write numbers with a decimal point"))
    rows.leave_out(
        read.coded.spread(np.isnan(read.coded.values)),
        tr("'{target}' is missing", target=target),
        target,
        tr("choose the column that holds GST, or fill the gaps"),
    )
    impossible = np.isnan(gst.values)
    fill = impossible.copy()
    fill[impossible] = is_fill(read.coded.values[impossible])
    beyond = tr("'{target}' is outside {low:g} to {high:g} °C", target=target, low=low, high=high)
    rows.leave_out(gst.spread(fill), tr("{beyond}, a fill value", beyond=beyond), target, tr("give GST in °C"))
    rows.leave_out(gst.spread(impossible), beyond, target, tr("give GST in °C"))
    rows.require_few(name, (is_text, is_unsure, tr("'{date}' is not a date", date=date)))
    return Observations(rows, stations, days.days, gst)


def _predictor(
    column: Sequence[Any], title: str, name: str, is_elevation: bool, kelvin: bool, stations: Coded
) -> Coded:
    """Return a column of LSTs in degC, or of elevations in m, with NaN where there is no plausible number."""
    read = read_numbers(column)
    what = tr("Column '{title}' of table '{name}'", title=title, name=name)
    if is_elevation:
        values = Coded(inside(read.coded.values, ELEVATIONS), read.coded.codes)
    elif kelvin:
        values = read_celsius(read.coded, what, stations, ZERO_CELSIUS)
    else:
        values = read_celsius(read.coded, what, stations, or_else=tr(", or choose kelvin as their unit"))
    texts = int(read.is_text.sum())
    is_empty = not values.count(~np.isnan(values.values))
    if is_empty or texts >= max(MIN_ROWS_TO_WARN, MAX_SHARE_UNUSED * len(values)):
        row = int(np.argmax(read.is_text)) if texts else 0
        example = tr(", for example '{column}' in row {row}", column=column[row], row=row + 1) if len(column) else ""
        holds = tr("{texts} texts", texts=texts) if texts and not is_empty else tr("no usable number")
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


def _leave_out_repeated(observations: Observations, values: Sequence[Coded], station: str) -> None:
    """Leave out repeated station-days; whether their rows agree is decided by some columns."""
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
    stations: Coded, dates: Coded, values: Sequence[Coded], used: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows repeat an earlier station-day, and which are of a station-day whose rows differ."""
    repeated, contradicting = np.zeros((2, len(used)), bool)
    keys = _station_days(stations, dates, used)
    keys.sort()
    several = np.unique(keys[1:][keys[1:] == keys[:-1]])
    if not len(several):
        return repeated, contradicting
    # Only rows that share their station-day with another one are looked at further.
    keys = _station_days(stations, dates, used)
    shares = several[np.searchsorted(several, keys).clip(max=len(several) - 1)] == keys
    rows, of_day = np.flatnonzero(used)[shares], np.searchsorted(several, keys[shares])
    first = np.full(len(several), -1)
    first[of_day[::-1]] = rows[::-1]
    differs = np.zeros(len(rows), bool)
    for column in values:
        here, there = column[rows], column[first[of_day]]
        differs |= (here != there) & ~(np.isnan(here) & np.isnan(there))
    is_contradicted = np.zeros(len(several), bool)
    is_contradicted[of_day[differs]] = True
    contradicting[rows] = is_contradicted[of_day]
    repeated[rows] = rows != first[of_day]
    return repeated & ~contradicting, contradicting


def _station_days(stations: Coded, dates: Coded, used: np.ndarray) -> np.ndarray:
    """Return a number for the station and the day of each used row."""
    days = len(dates.values)
    kind = np.int32 if len(stations.values) * days < 2**31 else np.int64
    return stations.index[used].astype(kind) * kind(days) + dates.index[used]
