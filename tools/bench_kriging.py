"""The part of the benchmark that measures kriging: cells per second against other programs, and how time grows.

All of them krige the same cells of one scene from the same number of known cells with the same variogram, in one
run: the 16 and the 32 nearest ones, and 32 by octants. PyKrige has no octants, and gets a sample of the cells, as it
would take too long otherwise. gstat (R, Debian package r-cran-gstat) and KrigeKit (Fortran, `pip install krigekit`)
take part where they are installed. Neither reads a file within the time that counts. KrigeKit has quadrants in place of
octants: 8 cells in each.

Seconds of processor time are shown beside those by the clock, and count on a machine that does other things too.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy import ndimage

SEARCHES = ((16, "nearest"), (32, "nearest"), (32, "octant"))
REACH = 250.0  # cells
ROOT = Path(__file__).resolve().parent.parent
R_SCRIPT = """
suppressMessages({{library(sp); library(gstat)}})
known <- read.csv("known.csv"); gaps <- read.csv("gaps.csv")
coordinates(known) <- ~x+y; coordinates(gaps) <- ~x+y
model <- vgm({sill}, "Exp", {range} / 3)
invisible(krige(z ~ 1, known, gaps[1:100, ], model, {search}, debug.level = 0))
started <- proc.time()
filled <- krige(z ~ 1, known, gaps, model, {search}, debug.level = 0)
took <- proc.time() - started
cat(took[["elapsed"]], took[["user.self"]] + took[["sys.self"]])
write.csv(data.frame(filled$var1.pred, sqrt(pmax(filled$var1.var, 0))), "filled.csv", row.names = FALSE)
"""


def core():
    """Import the package from this checkout, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(
        "permafrost_mapper", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["permafrost_mapper"] = module
    spec.loader.exec_module(module)
    from permafrost_mapper.core.lst import kriging, variogram

    return kriging.krige, variogram.Variogram


def cloudy(rows: int, columns: int, gaps: float, seed: int = 1) -> np.ndarray:
    """Return a smooth random scene, `gaps` of it under clouds."""
    rng = np.random.default_rng(seed)
    weather, clouds = (ndimage.gaussian_filter(rng.normal(size=(rows, columns)), width) for width in (4, 8))
    return np.where(clouds < np.quantile(clouds, gaps), np.nan, 280 + 3 * weather / weather.std())


def timed(function, repeat: int):
    """Return the shortest wall-clock and CPU seconds of a few runs, and the result."""
    times = []
    for _ in range(repeat):
        started, used = time.perf_counter(), time.process_time()
        result = function()
        times.append((time.perf_counter() - started, time.process_time() - used))
    return min(times), result


def pykrige(scene, cells, neighbours, sill, range_):
    """Run PyKrige's moving window at some cells: seconds, estimates, variances."""
    from pykrige.ok import OrdinaryKriging

    row, column = np.nonzero(np.isfinite(scene))
    # PyKrige holds the distances of all known cells among each other: it gets a part of the scene.
    kriging = OrdinaryKriging(
        column.astype(float),
        -row.astype(float),
        scene[row, column],
        variogram_model="exponential",
        variogram_parameters={"psill": sill, "range": range_, "nugget": 0.0},
    )
    return timed(
        lambda: kriging.execute(
            "points",
            cells[:, 1].astype(float),
            -cells[:, 0].astype(float),
            n_closest_points=neighbours,
            backend="loop",
        ),
        1,
    )


def gstat(scene, neighbours, search, sill, range_):
    """Run gstat's krige at all gaps: seconds, estimates, standard deviations."""
    known, gaps = np.argwhere(np.isfinite(scene)), np.argwhere(np.isnan(scene))
    with tempfile.TemporaryDirectory() as folder:
        table = np.column_stack([known[:, 1], -known[:, 0], scene[tuple(known.T)]])
        np.savetxt(Path(folder, "known.csv"), table, delimiter=",", header="x,y,z", comments="", fmt="%.17g")
        np.savetxt(
            Path(folder, "gaps.csv"), gaps[:, ::-1] * [1, -1], delimiter=",", header="x,y", comments="", fmt="%d"
        )
        of_quadrants = f"nmax = {neighbours}, omax = {neighbours // 4}, maxdist = {REACH}"
        wanted = f"nmax = {neighbours}" if search == "nearest" else of_quadrants
        script = R_SCRIPT.format(sill=sill, range=range_, search=wanted)
        Path(folder, "run.R").write_text(script, encoding="utf-8")
        run = subprocess.run(["Rscript", "run.R"], cwd=folder, capture_output=True, text=True, check=False)
        if run.returncode:
            return None, run.stderr.strip().splitlines()[-1:]
        return tuple(map(float, run.stdout.split())), np.loadtxt(
            Path(folder, "filled.csv"), delimiter=",", skiprows=1
        ).T


def krigekit(scene, neighbours, search, sill, range_, threads):
    """Run KrigeKit at all gaps: seconds, estimates, variances."""
    from krigekit import Kriging

    known, gaps = np.argwhere(np.isfinite(scene)), np.argwhere(np.isnan(scene))

    def run():
        kriging = Kriging(ndim=2, nvar=1)
        kriging.set_obs(ivar=1, coord=known[:, ::-1] * [1.0, -1.0], value=scene[tuple(known.T)])
        kriging.set_grid(coord=gaps[:, ::-1] * [1.0, -1.0])
        kriging.set_vgm(ivar=1, jvar=1, vtype="exp", nugget=0.0, sill=sill, a_major=range_)
        if search == "nearest":
            kriging.set_search(ivar=1, nmax=neighbours)
        else:
            kriging.set_search(ivar=1, nmax=neighbours // 4, maxdist=REACH, sector_search=True)
        kriging.solve(nthread=threads)
        return kriging.get_results()

    return timed(run, 1)


def row(name, cells, seconds, gstat_rate=None):
    """Print one line of the table."""
    by_clock, of_processor = seconds
    times = f"{cells / by_clock / gstat_rate:6.1f} x gstat" if gstat_rate else ""
    print(
        f"  {name:<30}{cells:>9,} cells {by_clock:8.2f} s {of_processor:8.2f} s of processor "
        f"{cells / by_clock:>11,.0f} cells/s {cells / of_processor:>11,.0f} per processor  {times}",
        flush=True,
    )


def compare(krige, variogram, scene, neighbours, search, repeat, backends):
    """Run all kriging programs on one scene."""
    sill, range_ = float(np.nanvar(scene)), 30.0
    model = variogram("exponential", 0.0, sill, range_)
    gaps = np.argwhere(np.isnan(scene))
    every = os.cpu_count()
    print(f"\n{scene.shape[0]} x {scene.shape[1]} cells, {len(gaps) / scene.size:.0%} missing, exponential variogram")
    print(f"{neighbours} known cells, {search}, {every} processors")

    rate = result = None
    if shutil.which("Rscript"):
        seconds, result = gstat(scene, neighbours, search, sill, range_)
        if seconds is None:
            print(f"  gstat is skipped: {result}")
        else:
            rate = len(gaps) / seconds[0]
            row("gstat krige (C), 1 thread", len(gaps), seconds, rate)
    else:
        print("  gstat is skipped: Rscript is not installed")
    if importlib.util.find_spec("krigekit"):
        for threads in (1, every):
            seconds, _ = krigekit(scene, neighbours, search, sill, range_, threads)
            row(f"KrigeKit (Fortran), {threads} threads", len(gaps), seconds, rate)
    else:
        print("  KrigeKit is skipped: it is not installed")

    for backend in backends:
        for threads in (1, every):

            def ours_on(backend=backend, threads=threads):
                return krige(scene, model, 1.0, 1.0, neighbours, search, backend=backend, threads=threads)

            seconds, ours = timed(ours_on, repeat)
            row(f"this plugin, {backend}, {threads} threads", len(gaps), seconds, rate)
    if rate and search == "nearest":
        difference = np.abs(np.array(ours) - result)
        print(f"  median difference from gstat {np.median(difference):.1e} (ties between neighbours differ)")

    if search != "nearest":
        return
    if importlib.util.find_spec("pykrige"):
        part = scene[:100, :100]
        cells = np.argwhere(np.isnan(part))[:1000]
        seconds, _ = pykrige(part, cells, neighbours, sill, range_)
        row("PyKrige moving window", len(cells), seconds, rate)
    else:
        print("  PyKrige is skipped: it is not installed")


def growth(krige, variogram, backend, quick):
    """Show how time grows with cells, with the share of gaps, and with neighbours."""
    model = variogram("exponential", 0.0, 9.0, 30.0)
    shapes = [(150, 250), (300, 500), (600, 1000)] + ([] if quick else [(919, 2025)])
    print(f"\nGrowth, {backend}, octants")
    for shape, gaps, neighbours in (
        [(shape, 0.5, 32) for shape in shapes]
        + [((300, 500), gaps, 32) for gaps in (0.1, 0.3, 0.7, 0.9)]
        + [((300, 500), 0.5, neighbours) for neighbours in (8, 16, 64)]
    ):
        scene = cloudy(*shape, gaps)
        seconds, _ = timed(lambda s=scene, n=neighbours: krige(s, model, 1.0, 1.0, n, backend=backend), 1)
        row(f"{shape[0]}x{shape[1]}, {gaps:.0%} gaps, {neighbours}", int(np.isnan(scene).sum()), seconds)


def bench_kriging(quick: bool) -> None:
    """Compare all kriging programs on one scene, and show how the time of ours grows."""
    krige, variogram = core()
    scene = cloudy(300, 500, 0.3)
    backends = ["numpy"]
    if importlib.util.find_spec("numba"):
        backends.append("numba")
        # Compiled before it is timed.
        krige(scene[:50, :50], variogram("exponential", 0, 1, 9), 1.0, 1.0, backend="numba")
    else:
        print("Numba is not installed: NumPy alone")
    for neighbours, search in SEARCHES:
        compare(krige, variogram, scene, neighbours, search, 1 if quick else 3, backends)
    growth(krige, variogram, backends[-1], quick)
