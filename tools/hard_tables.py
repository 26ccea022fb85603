"""Long tables: how long steps read them, and how much memory they take."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hard_runs import as_texts, clear, stacks, start

STATIONS = 40

FIRST_DAY, LAST_DAY = date(1960, 1, 1), date(2019, 12, 31)

OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")


@dataclass(frozen=True)
class Measured:
    """How a step went with a table.

    Attributes
    ----------
    step : str
        Id of the algorithm, and what is special about its table.
    rows : int
        Of the table.
    seconds, processor, megabytes : float
        Duration of the run, seconds of the processor in all threads, and peak of resident memory.
    log : str
        Of a run that failed.
    """

    step: str
    rows: int
    seconds: float
    processor: float
    megabytes: float
    log: str


def write_observations(path: Path, rows: int, stations: list[str]) -> Path:
    """Write daily temperatures of stations, each station-day once."""
    chance = random.Random(1)  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        file.write("station,date,gst\n")
        for row in range(rows):
            # From the last day of the stacks backwards, so that some rows are used.
            day = LAST_DAY - timedelta(row // len(stations))
            file.write(f"{stations[row % len(stations)]},{day},{chance.gauss(-2, 8):.2f}\n")
    return path


def write_training(path: Path, rows: int, decimals: int = 2, missing: float = 0.0) -> Path:
    """Write a training table, each station-day once, of which a share of the LSTs is missing."""
    chance = random.Random(2)  # noqa: S311
    stations = _stations(rows)
    with path.open("w", encoding="utf-8") as file:
        file.write(f"station,date,gst,{','.join(OVERPASSES)}\n")
        for row in range(rows):
            gst = chance.gauss(-2, 8)
            lst = [gst + (6 if name.endswith("day") else -6) + chance.gauss(0, 2) for name in OVERPASSES]
            day = FIRST_DAY + timedelta(row // stations)
            cells = ["" if chance.random() < missing else f"{value:.{decimals}f}" for value in lst]
            file.write(f"s{row % stations},{day},{gst:.{decimals}f},{','.join(cells)}\n")
    return path


def _stations(rows: int) -> int:
    """Return so many stations that a table has each station-day once."""
    return max(STATIONS, rows // 20_000)


def measure(folder: Path, numbers: list[int]) -> list[Measured]:
    """Run the steps that read long tables with tables of so many rows."""
    found = []
    for rows in numbers:
        names = [f"s{number}" for number in range(_stations(rows))]
        observed = write_observations(folder / "long.csv", rows, names)
        points = folder / "points.csv.geojson"
        places = ",".join(
            f'{{"type":"Feature","properties":{{"station":"{name}"}},"geometry":'
            f'{{"type":"Point","coordinates":[{79 + number % STATIONS / 100},36]}}}}'
            for number, name in enumerate(names)
        )
        points.write_text(f'{{"type":"FeatureCollection","features":[{places}]}}', encoding="utf-8")
        sampled = {"STATIONS": points, "OBSERVATIONS": observed, **stacks(folder), "OUTPUT": folder / "out" / "o.csv"}
        found.append(_measured(folder, "samplelst", rows, sampled))
        trained = {"INPUT": folder / "long.csv", "OUTPUT": folder / "out" / "o.json"}
        write_training(folder / "long.csv", rows)
        found.append(_measured(folder, "fitgstmodel", rows, trained))
        write_training(folder / "long.csv", rows, decimals=10, missing=0.1)
        found.append(_measured(folder, "fitgstmodel", rows, trained, ", ten decimals and gaps"))
    return found


def _measured(folder: Path, algorithm: str, rows: int, parameters: dict, table: str = "") -> Measured:
    clear(folder / "out")
    started = time.monotonic()
    run = start(algorithm, as_texts(parameters), folder / "said.json")
    while not run.wait(1):
        pass
    seconds = time.monotonic() - started
    outcome = run.outcome()
    return Measured(algorithm + table, rows, seconds, run.used, run.peak, "" if outcome["ok"] else outcome["log"])
