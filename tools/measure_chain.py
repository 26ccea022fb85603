"""The whole chain from scenes to areas on a simulated basin: seconds, processor seconds and memory of each step.

    python tools/measure_chain.py           # small, some minutes: what `make bench ARGS=chain` runs
    python tools/measure_chain.py --full    # 2025 x 919 cells, 60 days of four scenes

Each step is a process of its own, `qgis_process run permafrost:...`, whose start counts. Stacks are built and filled
from the scenes of some days. Stations are sampled and degree days summed from stacks of a whole year without gaps,
which come from the same simulation and stand for the filled ones.

How time grows is measured with one overpass: with the number of scenes, of cells, and with the share of gaps. The
projection to sixteen years multiplies what a scene, or a year, takes; it is compared with a longer run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Optional

import headless
from large_basin import OVERPASSES, LargeBasin, package
from osgeo import gdal
from usage import measured

BUILD = headless.ROOT / "build" / "bench" / "chain"
CHART = headless.ROOT / "docs" / "pictures" / "sixteen_years.svg"
ONE = OVERPASSES[0]
YEARS, DAYS = 16, 5844  # the years of the publication
CORES = (2, 16, 128)
# Cores of a run, and of this machine.
RUN_CORES = 2


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Attributes
    ----------
    basin : LargeBasin
        For the whole chain.
    smaller : LargeBasin
        With another number of cells, and more days.
    days : tuple of int
        Numbers of days of the smaller basin, ascending; the first is that of the basin.
    gaps : tuple of float
        Shares of missing cells.
    gap_days : int
        Days on which they are measured.
    """

    basin: LargeBasin
    smaller: LargeBasin
    days: tuple[int, ...]
    gaps: tuple[float, ...]
    gap_days: int

    @classmethod
    def of(cls, folder: Path, full: bool) -> Plan:
        """Return the plan for a basin of full size, or for a small one."""
        columns, rows, days, gap_days = (2025, 919, (60, 120, 365), 12) if full else (404, 184, (36, 54, 72), 6)
        basin = LargeBasin(folder / "basin", columns, rows, date(2019, 6, 1), days[0])
        smaller = replace(
            basin,
            folder=folder / "smaller",
            columns=columns // 2,
            rows=rows // 2,
            start=date(2019, 1, 1),
            days=days[-1],
        )
        return cls(basin, replace(smaller, whole_year=False, overpasses=(ONE,)), days, (0.004, 0.05, 0.25), gap_days)

    def with_gaps(self, share: float) -> LargeBasin:
        """Return the basin with another share of missing cells, one overpass of it."""
        folder = self.basin.folder.with_name(f"gaps_{share:g}")
        return replace(
            self.basin, folder=folder, days=self.gap_days, missing=share, whole_year=False, overpasses=(ONE,)
        )

    def basins(self) -> list[LargeBasin]:
        """Return all basins."""
        return [self.basin, self.smaller, *map(self.with_gaps, self.gaps)]


class Row(NamedTuple):
    """A step that was measured; `scenes` is the number of scenes, or of days, that it read."""

    step: str
    what: str
    scenes: int
    seconds: float
    cpu_seconds: float
    memory: float


class Runs:
    """Runs steps and keeps what they use."""

    def __init__(self, out: Path, env: dict[str, str]) -> None:
        self.out = out
        self.env = env
        self.rows: list[Row] = []

    def run(self, step: str, what: str, scenes: int, parameters: dict[str, Any]) -> Row:
        """Run an algorithm in a process of its own."""
        words = []
        for name, value in parameters.items():
            words += [f"{name}={one}" for one in (value if isinstance(value, list) else [value])]
        usage = measured([headless.program(), "run", f"permafrost:{step}", "--", *words], self.env)
        row = Row(step, what, scenes, *usage)
        self.rows.append(row)
        print(
            f"  {step:<16}{what:<44}{scenes:>6}{usage.seconds:>9.1f} s{usage.cpu_seconds:>9.1f} s"
            f"{usage.memory:>7.0f} MB",
            flush=True,
        )
        return row

    def build(self, basin: LargeBasin, folder: Path, what: str, end: Optional[date] = None) -> Row:
        """Build the stacks of a basin."""
        days = basin.scene_days if end is None else [day for day in basin.scene_days if day <= end]
        one = {"OVERPASS": ONE} if basin.overpasses == (ONE,) else {}
        if one:
            one["PATTERN"] = "TRIMS_Terra{YYYY}{DDD}D.tif"
        parameters = {"INPUT": basin.scenes, "PRODUCT": "trims", **one, "END": days[-1], "OUTPUT": folder}
        return self.run("buildlststack", what, len(days) * len(basin.overpasses), parameters)

    def fill(self, basin: LargeBasin, stacks: Path, overpass: str, what: str, scenes: int) -> Row:
        """Fill a stack, with all defaults, standard deviation and report."""
        name = f"{overpass}_{basin.start.year}"
        given = {"INPUT": stacks / f"{name}.tif", "DEM": basin.file("elevation.tif")}
        out = {"OUTPUT": f"filled_{name}.tif", "OUTPUT_STD": f"std_{name}.tif", "OUTPUT_HTML": f"filled_{name}.html"}
        folder = stacks.with_name(f"{stacks.name}_filled")
        return self.run("filllstgaps", what, scenes, {**given, **{key: folder / file for key, file in out.items()}})


def run_chain(runs: Runs, basin: LargeBasin) -> None:
    """Run all steps from scenes to areas."""
    stacks, days = runs.out / "stacks", 365
    runs.build(basin, stacks, "four overpasses")
    for overpass in OVERPASSES:
        runs.fill(basin, stacks, overpass, overpass, basin.days)
    out, whole = runs.out, {overpass.upper(): basin.stack(overpass) for overpass in OVERPASSES}
    samples, model, rk = out / "samples.csv", out / "model.json", out / "rk.tif"
    ddt, ddf, ttop, permafrost = (out / f"{name}.tif" for name in ("ddt", "ddf", "ttop", "map"))
    places = {"STATIONS": basin.file("stations_simulated.geojson")}
    observations = {"OBSERVATIONS": basin.file("observations_simulated.csv")}
    ground = {name.upper(): basin.file(f"{name}.geojson") for name in ("glaciers", "lakes", "basin")}
    steps = [
        ("samplelst", 4 * days, {**places, **observations, **whole, "OUTPUT": samples}),
        ("fitgstmodel", 0, {"INPUT": samples, "OUTPUT": model, "OUTPUT_HTML": out / "model.html"}),
        ("degreedays", 4 * days, {"GST_MODEL": model, **whole, "DDT_MEAN": ddt, "DDF_MEAN": ddf}),
        ("rkfactor", 0, {"LANDCOVER": basin.file("landcover.tif"), "TABLE": "modis_igbp", "GRID": ddt, "OUTPUT": rk}),
        ("ttop", 0, {"DDT": ddt, "DDF": ddf, "RK": rk, "OUTPUT": ttop}),
        ("classify", 0, {"TTOP": ttop, **ground, "OUTPUT": permafrost}),
        (
            "probability",
            0,
            {"DDT": ddt, "DDF": ddf, "RK": rk, "GST_MODEL": model}
            | {"OUTPUT": out / "probability.tif", "ZONES": out / "zones.tif"},
        ),
        (
            "accuracy",
            0,
            {"MAP": permafrost, "REFERENCE": basin.file("survey.tif"), "REGIONS": basin.file("survey_regions.geojson")}
            | {"REGION_FIELD": "name", "OUTPUT": out / "agreement.tif", "OUTPUT_HTML": out / "accuracy.html"},
        ),
        (
            "areastatistics",
            0,
            {"MAP": permafrost, "ZONES": basin.file("districts.geojson"), "ZONE_FIELD": "name"}
            | {"TABLE": out / "areas.csv", "OUTPUT_HTML": out / "areas.html"},
        ),
    ]
    for step, scenes, parameters in steps:
        runs.run(step, "a year, four stacks" if scenes else "", scenes, parameters)


def run_growth(runs: Runs, plan: Plan) -> None:
    """Measure how building and filling grow, with one overpass."""
    smaller = plan.smaller
    for days in plan.days:
        stacks = runs.out / f"smaller_{days}"
        what = f"{smaller.columns} x {smaller.rows} cells, {days} days"
        runs.build(smaller, stacks, what, smaller.scene_days[days - 1])
        runs.fill(smaller, stacks, ONE, what, days)
    for share in plan.gaps:
        basin, stacks = plan.with_gaps(share), runs.out / f"gaps_{share:g}"
        runs.build(basin, stacks, f"{share:.1%} missing")
        runs.fill(basin, stacks, ONE, f"{share:.1%} missing", basin.days)


def line(rows: list[Row]) -> tuple[float, float]:
    """Return the seconds of a run, and of each of its scenes, from a shorter and a longer run."""
    short, long = rows
    each = (long.seconds - short.seconds) / (long.scenes - short.scenes)
    return short.seconds - each * short.scenes, each


def check_growth(rows: list[Row]) -> list[str]:
    """Return what the shorter runs predict for the longest, and how long that took."""
    said = []
    for step in ("buildlststack", "filllstgaps"):
        *few, last = [row for row in rows if row.step == step and "days" in row.what]
        start, each = line(few)
        predicted = start + each * last.scenes
        said.append(
            f"{step}, {last.what}: {few[0].scenes} and {few[1].scenes} scenes predict {predicted:.1f} s for "
            f"{last.scenes}; it took {last.seconds:.1f} s"
        )
    return said


def projection(plan: Plan, rows: list[Row]) -> list[tuple[str, list[float]]]:
    """Return the minutes of each step for sixteen years on so many cores.

    The 64 stacks, one per overpass and year, are built and filled by as many runs of two cores each as there are cores
    for, side by side. All else is one run on two cores.
    """
    chain = rows[: next(place for place, row in enumerate(rows) if row.step == "areastatistics") + 1]
    by_step: dict[str, list[Row]] = {}
    for row in chain:
        by_step.setdefault(row.step, []).append(row)
    stacks = 4 * YEARS
    minutes = []
    for step, of_step in by_step.items():
        seconds = sum(row.seconds for row in of_step)
        scenes = sum(row.scenes for row in of_step)
        if step in ("buildlststack", "filllstgaps"):
            of_stack = seconds / scenes * DAYS / YEARS
            rounds = [-(-stacks // max(1, cores // RUN_CORES)) for cores in CORES]
            minutes.append((step, [number * of_stack / 60 for number in rounds]))
        else:
            total = seconds * (YEARS if scenes else 1)
            minutes.append((step, [total / 60] * len(CORES)))
    return minutes


def report(plan: Plan, rows: list[Row], chart: Optional[Path]) -> None:
    """Print what follows from the measurements, and draw the projection."""
    for sentence in check_growth(rows):
        print(f"  {sentence}")
    minutes = projection(plan, rows)
    print(f"\n  minutes for {YEARS} years" + "".join(f"{cores:>8} cores" for cores in CORES))
    for step, of_step in [*minutes, ("all", [sum(column) for column in zip(*(of_step for _, of_step in minutes))])]:
        print(f"  {step:<20}" + "".join(f"{number:>14.1f}" for number in of_step))
    if chart:
        package()
        from permafrost_mapper.core.reports.charts import BLUE, bars

        items = [(step, of_step[0], BLUE) for step, of_step in minutes]
        title = (
            f"Minutes for {YEARS} years of four scenes a day, {plan.basin.columns} x {plan.basin.rows} cells, on two "
            f"cores, projected from {plan.basin.days} days and a year of degree days"
        )
        drawn = bars(items, title, "min", 1).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        chart.write_text(drawn + "\n", encoding="utf-8")


def machine() -> str:
    """Return what kind of machine this is."""
    from importlib.util import find_spec

    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [text.partition(":")[2].strip() for text in lines if text.startswith("model name")]
    numba = "with Numba" if find_spec("numba") else "without Numba"
    return (
        f"{os.cpu_count()} processors ({names[0] if names else platform.processor()}), {platform.system()}, Python "
        f"{platform.python_version()}, GDAL {gdal.VersionInfo('RELEASE_NAME')}, {numba}"
    )


def measure(folder: Path, full: bool, chart: Optional[Path] = None) -> None:
    """Make what is missing of the basins, and measure."""
    plan, out = Plan.of(folder, full), folder / "out"
    for basin in plan.basins():
        basin.make()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    print(f"\n  {machine()}; load {os.getloadavg()[0]:.1f} before")
    print(f"  {plan.basin.columns} x {plan.basin.rows} cells, {plan.basin.days} days, {plan.basin.missing:.1%} missing")
    print(f"  {'step':<16}{'':<44}{'scenes':>6}{'clock':>11}{'processor':>11}{'peak':>10}", flush=True)
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        headless.run("permafrost:ttop", {}, env=env)
        runs = Runs(out, env)
        run_chain(runs, plan.basin)
        run_growth(runs, plan)
    (folder / "rows.json").write_text(json.dumps([row._asdict() for row in runs.rows], indent=1), encoding="utf-8")
    report(plan, runs.rows, chart)
    shutil.rmtree(out, ignore_errors=True)


def bench_chain(_quick: bool) -> None:
    """Measure a small basin; that of full size has a command of its own."""
    measure(BUILD / "small", full=False)


def main() -> None:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--full", action="store_true", help="2025 x 919 cells; needs 20 GB of disk, which stay in FOLDER"
    )
    parser.add_argument("--folder", type=Path, default=BUILD, help="where the basins are made")
    parser.add_argument("--prepare", action="store_true", help="only make the basins")
    parser.add_argument("--chart", type=Path, help=f"draw the projection, as {CHART.relative_to(headless.ROOT)} was")
    given = parser.parse_args()
    gdal.DontUseExceptions()
    folder = given.folder / ("full" if given.full else "small")
    if given.prepare:
        for basin in Plan.of(folder, given.full).basins():
            basin.make()
    else:
        measure(folder, given.full, given.chart)


if __name__ == "__main__":
    main()
