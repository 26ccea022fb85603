"""Speed and memory, as ratios to a named peer that does the same reading and writing in the same run; scores of gaps.

Without arguments everything is measured; name some of the parts to measure only these.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Iterator

import headless
import numpy as np
from bench_gaps import bench_gaps
from bench_kriging import bench_kriging, cloudy
from measure_chain import bench_chain
from osgeo import gdal
from usage import Usage, measured

gdal.DontUseExceptions()

BUILD = headless.ROOT / "build" / "bench"
SIDE = int(os.environ.get("BENCH_SIDE", "20000"))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
ROWS = 256
# Rows and columns of a river basin at 1 km.
BASIN = (919, 2025)
OPTIONS = [
    "TILED=YES",
    "COMPRESS=DEFLATE",
    "ZLEVEL=1",
    "PREDICTOR=3",
    "BIGTIFF=IF_SAFER",
    "NUM_THREADS=ALL_CPUS",
]


def write_raster(path: Path, rows_of: Callable[[int, int], np.ndarray]) -> None:
    """Write a float32 raster of SIDE x SIDE cells, a strip of tiles at a time."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), SIDE, SIDE, 1, gdal.GDT_Float32, OPTIONS)
    dataset.SetGeoTransform((400000.0, 1000.0, 0.0, 5000000.0, 0.0, -1000.0))
    dataset.SetProjection('LOCAL_CS["bench", UNIT["metre",1]]')
    for top in range(0, SIDE, ROWS):
        dataset.GetRasterBand(1).WriteArray(rows_of(top, min(ROWS, SIDE - top)), 0, top)
        dataset.FlushCache()


def make_inputs() -> dict[str, Path]:
    """Make degree days with noise, which compress as badly as real ones, and r_k in patches."""
    BUILD.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    columns = np.arange(SIDE)

    def degree_days(mean: float) -> Callable[[int, int], np.ndarray]:
        def rows_of(top: int, height: int) -> np.ndarray:
            rows = np.arange(top, top + height)[:, np.newaxis]
            smooth = mean * (1.2 + np.sin(rows / 900) * np.cos(columns / 700))
            return (smooth + random.normal(0, 20, (height, SIDE))).clip(0).astype(np.float32)

        return rows_of

    def r_k(top: int, height: int) -> np.ndarray:
        rows = np.arange(top, top + height)[:, np.newaxis]
        return np.choose((rows // 40 + columns // 60) % 4, [0.55, 0.75, 0.8, 0.95]).astype(np.float32)

    makers = {"DDT": degree_days(900.0), "DDF": degree_days(1100.0), "RK": r_k}
    paths = {name: BUILD / f"{name.lower()}_{SIDE}.tif" for name in makers}
    for name, path in paths.items():
        if not path.exists():
            print(f"  making {path.name} ...", flush=True)
            temporary = path.with_suffix(".part.tif")
            write_raster(temporary, makers[name])
            temporary.rename(path)
    return paths


def copy_through_gdal(inputs: list[str], output: str) -> None:
    """Read all inputs strip by strip on all processors and write the first one: what the algorithm cannot avoid."""

    def read(top: int) -> np.ndarray:
        # A handle of GDAL serves one thread only.
        arrays = [gdal.Open(path).ReadAsArray(0, top, SIDE, min(ROWS, SIDE - top)) for path in inputs]
        return arrays[0]

    dataset = gdal.GetDriverByName("GTiff").Create(output, SIDE, SIDE, 1, gdal.GDT_Float32, OPTIONS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tops = list(range(0, SIDE, ROWS))
        ahead = 2 * (os.cpu_count() or 1)
        futures = [pool.submit(read, top) for top in tops[:ahead]]
        for place, top in enumerate(tops):
            strip = futures[place].result()
            futures[place] = None
            if place + ahead < len(tops):
                futures.append(pool.submit(read, tops[place + ahead]))
            dataset.GetRasterBand(1).WriteArray(strip, 0, top)
            dataset.FlushCache()


def bench_ttop(quick: bool) -> None:
    """Compare `ttop` with reading its three inputs and writing one raster through GDAL."""
    inputs = make_inputs()
    output = BUILD / "out.tif"
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        headless.run("permafrost:ttop", {}, env=env)
        ours = [
            headless.program(),
            "run",
            "permafrost:ttop",
            "--",
            *(f"{name}={path}" for name, path in inputs.items()),
            f"OUTPUT={output}",
        ]
        theirs = [sys.executable, __file__, "--copy", *map(str, inputs.values()), str(output)]
        pairs = []
        for turn in range(1 if quick else RUNS):
            pairs.append((measured(ours, env), measured(theirs, env)))
            (seconds, _, memory), (peer, _, peer_memory) = pairs[-1]
            print(
                f"  run {turn + 1}: ttop {seconds:.1f} s, {memory:.0f} MB; GDAL's reading and writing {peer:.1f} s, "
                f"{peer_memory:.0f} MB; ratio {seconds / peer:.2f}",
                flush=True,
            )
    ratios = sorted(mine.seconds / peer.seconds for mine, peer in pairs)
    memory = max(mine.memory for mine, _ in pairs)
    print(
        f"ttop on {SIDE} x {SIDE} cells: {ratios[len(ratios) // 2]:.2f} x the time of reading and writing its rasters "
        f"through GDAL with {os.cpu_count()} threads (bar 1.5), peak memory {memory:.0f} MB (bar 1000)"
    )
    output.unlink()


def make_stack(scenes: int, shape: tuple[int, int] = BASIN) -> tuple[Path, Path]:
    """Make a stack, half of it under clouds, and its elevation."""
    BUILD.mkdir(parents=True, exist_ok=True)
    elevation = 3000 + 300 * cloudy(*shape, 0, seed=0) - 300 * 280
    paths = BUILD / "elevation.tif", BUILD / f"stack_{scenes}.tif"
    for path, bands, kind in zip(paths, (1, scenes), (gdal.GDT_Float32, gdal.GDT_Int16)):
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), *shape[::-1], bands, kind, ["COMPRESS=DEFLATE"])
        dataset.SetGeoTransform((400000.0, 1000.0, 0.0, 5000000.0, 0.0, -1000.0))
        dataset.SetProjection('LOCAL_CS["bench", UNIT["metre",1]]')
        for number in range(1, bands + 1):
            band = dataset.GetRasterBand(number)
            if path == paths[0]:
                band.WriteArray(elevation.astype(np.float32))
                continue
            degrees = cloudy(*shape, 0.5, seed=number) - 273.15 - 6e-3 * (elevation - 3000)
            band.SetDescription((date(2005, 1, 1) + timedelta(number)).isoformat())
            band.SetScale(0.01)
            band.SetNoDataValue(-32768)
            band.WriteArray(np.where(np.isnan(degrees), -32768, np.rint(100 * degrees)).astype(np.int16))
            dataset.FlushCache()
    return paths


def bench_filling(quick: bool) -> None:
    """Measure time and memory of filling stacks of a growing number of scenes, with all defaults."""
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        headless.run("permafrost:ttop", {}, env=env)
        for scenes in (1, 3) if quick else (1, 3, 10, 30):
            elevation, stack = make_stack(scenes)
            words = [f"INPUT={stack}", f"DEM={elevation}", f"OUTPUT={BUILD / 'filled.tif'}"]
            words += [f"OUTPUT_STD={BUILD / 'std.tif'}", f"OUTPUT_HTML={BUILD / 'filled.html'}"]
            command = [headless.program(), "run", "permafrost:filllstgaps", "--", *words]
            seconds, _, memory = measured(command, env)
            print(
                f"filllstgaps on {scenes} scenes of {BASIN[0]} x {BASIN[1]} cells, half missing: {seconds:.0f} s, "
                f"peak memory {memory:.0f} MB (bar 1000)",
                flush=True,
            )


OVERPASSES = {"terra_day": 11.0, "terra_night": -9.0, "aqua_day": 13.0, "aqua_night": -11.0}

# Columns, rows, years and the share that each overpass misses, to show growth with cells, days and gaps. TRIMS lacks
# half a percent; where a tenth is missing, a third of the cells lack one of the four overpasses. The start of QGIS
# dominates small runs and matters little for a basin.
SERIES = (
    (512, 512, 1, 0.005),
    (512, 512, 1, 0.1),
    (512, 512, 3, 0.005),
    (512, 512, 16, 0.005),
    (*BASIN[::-1], 1, 0.005),
    (*BASIN[::-1], 3, 0.005),
)
# Measured without Numba, too.
WITHOUT_NUMBA = SERIES[-2:]
FIRST_YEAR = 2001


def make_series(columns: int, rows: int, years: int, missing: float) -> dict[str, list[Path]]:
    """Make four stacks a year, with noise and gaps."""
    BUILD.mkdir(parents=True, exist_ok=True)
    options = ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=2", "INTERLEAVE=BAND", "NUM_THREADS=ALL_CPUS"]
    random = np.random.default_rng(1)
    relief = 6 * np.sin(np.arange(rows) / 90)[:, np.newaxis] * np.cos(np.arange(columns) / 70)
    # A few fields of noise, each day another one rolled to another place: drawing all of it would take minutes.
    noise = [np.round(100 * (relief + random.normal(0, 2, (rows, columns)))).astype(np.int16) for _ in range(16)]
    # Patches as clouds leave them, of 32 x 32 cells, other ones on each overpass.
    patches = [random.random((rows // 32 + 1, columns // 32 + 1)) < missing for _ in range(16)]
    gaps = [patch.repeat(32, axis=0).repeat(32, axis=1)[:rows, :columns] for patch in patches]
    series: dict[str, list[Path]] = {overpass: [] for overpass in OVERPASSES}
    for overpass, shift in OVERPASSES.items():
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            path = BUILD / f"{overpass}_{year}_{columns}x{rows}_{missing:g}.tif"
            series[overpass].append(path)
            if path.exists():
                continue
            print(f"  making {path.name} ...", flush=True)
            days = [date(year, 1, 1) + timedelta(day) for day in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
            temporary = path.with_suffix(".part.tif")
            driver = gdal.GetDriverByName("GTiff")
            dataset = driver.Create(str(temporary), columns, rows, len(days), gdal.GDT_Int16, options)
            dataset.SetGeoTransform((400000.0, 1000.0, 0.0, 5000000.0, 0.0, -1000.0))
            dataset.SetProjection('LOCAL_CS["bench", UNIT["metre",1]]')
            for number, day in enumerate(days, start=1):
                band = dataset.GetRasterBand(number)
                band.SetDescription(day.isoformat())
                band.SetNoDataValue(-32768)
                band.SetScale(0.01)
                season = -3 - 15 * np.cos(2 * np.pi * (number - 15) / 365)
                stored = np.roll(noise[number % 16], 37 * number, axis=1) + np.int16(100 * (season + shift))
                stored[gaps[random.integers(16)]] = -32768
                band.WriteArray(stored)
                band.FlushCache()
            del band, dataset
            temporary.rename(path)
    return series


def make_model() -> Path:
    """Fit a GST model to made-up stations."""
    BUILD.mkdir(parents=True, exist_ok=True)
    table, model = BUILD / "stations.csv", BUILD / "model.json"
    random = np.random.default_rng(2)
    lines = ["station,date,gst," + ",".join(OVERPASSES)]
    for station in range(4):
        for day in range(365):
            mean = -3 - 15 * np.cos(2 * np.pi * (day - 15) / 365) + random.normal(0, 5)
            lst = [mean + shift + random.normal(0, 2) for shift in OVERPASSES.values()]
            observed = date(FIRST_YEAR, 1, 1) + timedelta(day)
            lines.append(f"S{station},{observed},{mean:.2f}," + ",".join(f"{value:.2f}" for value in lst))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as config:
        parameters = {"INPUT": table, "OUTPUT": model, "OUTPUT_HTML": BUILD / "model.html"}
        done = headless.run("permafrost:fitgstmodel", parameters, env=headless.environment(config))
    if done.code:
        sys.exit(done.stderr)
    return model


def read_through_gdal(paths: list[str]) -> None:
    """Read all bands of all rasters block by block on all processors: what the algorithm cannot avoid."""

    def read(path: str, top: int) -> None:
        dataset = gdal.Open(path)
        for number in range(1, dataset.RasterCount + 1):
            band = dataset.GetRasterBand(number)
            band.ReadAsArray(0, top, dataset.RasterXSize, min(ROWS, dataset.RasterYSize - top))
            band.FlushCache()

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        strips = [(path, top) for path in paths for top in range(0, gdal.Open(path).RasterYSize, ROWS)]
        for reading in [pool.submit(read, *strip) for strip in strips]:
            reading.result()


@contextmanager
def without_numba(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Provide an environment in which Numba seems not to be installed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "numba.py").write_text("raise ImportError('left out')\n", encoding="utf-8")
        yield {**env, "PYTHONPATH": os.pathsep.join([folder, env["PYTHONPATH"]])}


def bench_degreedays(quick: bool) -> None:
    """Compare degree days from four stacks and a model with reading the stacks."""
    model = make_model()
    for series in SERIES[:1] if quick else SERIES:
        compare_with_reading(model, series, 1 if quick else RUNS)
    if not quick and find_spec("numba"):
        for series in WITHOUT_NUMBA:
            compare_with_reading(model, series, RUNS, has_numba=False)


def compare_with_reading(
    model: Path, of_series: tuple[int, int, int, float], runs: int, has_numba: bool = True
) -> None:
    """Compare the degree days of a series with reading its stacks."""
    outputs = {name: BUILD / f"{name.lower()}.tif" for name in ("DDT", "DDF", "MAGST", "VALID_DAYS")}
    columns, rows, years, missing = of_series
    series = make_series(columns, rows, years, missing)
    files = [str(path) for paths in series.values() for path in paths]
    with tempfile.TemporaryDirectory() as config, ExitStack() as stack:
        env = headless.environment(config)
        if not has_numba:
            env = stack.enter_context(without_numba(env))
        headless.run("permafrost:degreedays", {}, env=env)
        given = [f"{overpass.upper()}={path}" for overpass, paths in series.items() for path in paths]
        ours = [headless.program(), "run", "permafrost:degreedays", "--", f"GST_MODEL={model}", *given]
        ours += [f"{name}={path}" for name, path in outputs.items()]
        pairs = []
        for turn in range(runs):
            forget(*outputs.values())
            pairs.append((measured(ours, env), measured([sys.executable, __file__, "--read", *files], env)))
            mine, peer = pairs[-1]
            print(
                f"  run {turn + 1}: degreedays {mine.seconds:.1f} s, of processors {mine.cpu_seconds:.1f} s, "
                f"{mine.memory:.0f} MB; GDAL's reading {peer.seconds:.1f} s, of processors "
                f"{peer.cpu_seconds:.1f} s, {peer.memory:.0f} MB",
                flush=True,
            )
    # On a busy machine, the fastest runs are the least disturbed ones.
    best, best_peer = (Usage(*map(min, zip(*usages))) for usages in zip(*pairs))
    memory = max(mine.memory for mine, _ in pairs)
    print(
        f"degreedays on {columns} x {rows} cells, {years} years of four stacks, {missing:.1%} missing"
        f"{'' if has_numba else ', without Numba'}: "
        f"{best.seconds / best_peer.seconds:.2f} x the time of reading them through GDAL with {os.cpu_count()} "
        f"threads (bar 1.5), {best.cpu_seconds / best_peer.cpu_seconds:.2f} x in seconds of processors, peak "
        f"memory {memory:.0f} MB (bar 1000)",
        flush=True,
    )
    forget(*outputs.values())


def forget(*outputs: Path) -> None:
    """Remove outputs: a run whose results are there is not repeated."""
    for path in outputs:
        path.unlink(missing_ok=True)


# Rows and columns of a scene, and scenes, of the runs on a cluster; and of quick ones.
ON_CLUSTER = ((460, 1012), 16)
QUICK_ON_CLUSTER = ((200, 300), 4)


@contextmanager
def cluster(workers: int, env: dict[str, str]) -> Iterator[str]:
    """Start a Dask scheduler and workers of one thread each, and provide its address."""
    import distributed

    programs = {**env, "PYTHONPATH": os.pathsep.join([env["QGIS_PLUGINPATH"], env["PYTHONPATH"]])}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        quiet = {"env": programs, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

        def start(program: str, *words: str) -> subprocess.Popen:
            words = [*words, "--no-dashboard", "--scheduler-file", str(file)]
            return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *words], **quiet)

        processes = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")]
        processes += [start("dask_worker", "--nthreads", "1", "--no-nanny") for _ in range(workers)]
        try:
            with distributed.Client(scheduler_file=str(file)) as client:
                client.wait_for_workers(workers)
                yield client.scheduler.address
        finally:
            for process in processes:
                process.kill()
                process.wait()


def bench_dask(quick: bool) -> None:
    """Fill the same stack on threads of one process and on workers of a Dask cluster on this machine."""
    if find_spec("distributed") is None:
        print("dask: left out, distributed is not installed; run 'make extras'")
        return
    shape, scenes = QUICK_ON_CLUSTER if quick else ON_CLUSTER
    elevation, stack = make_stack(scenes, shape)
    output = BUILD / "filled.tif"
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        headless.run("permafrost:ttop", {}, env=env)
        given = [f"INPUT={stack}", f"DEM={elevation}", f"OUTPUT={output}"]
        written = set()

        def run(*words: str) -> Usage:
            forget(output)
            usage = measured([headless.program(), "run", "permafrost:filllstgaps", "--", *given, *words], env)
            written.add(hashlib.sha256(output.read_bytes()).hexdigest())
            return usage

        print(f"filllstgaps on {scenes} scenes of {shape[0]} x {shape[1]} cells, half missing")
        for number in (1, 2):
            here = run(f"THREADS={number}")
            with cluster(number, env) as address:
                there = run("THREADS=1", f"SCHEDULER={address}")
            print(
                f"  {number} threads: {here.seconds:.1f} s; {number} Dask workers of one thread on this machine: "
                f"{there.seconds:.1f} s; qgis_process held {here.memory:.0f} and {there.memory:.0f} MB at its peak; "
                f"all files are {'the same, byte for byte' if len(written) == 1 else 'DIFFERENT'}",
                flush=True,
            )
    forget(output)


PARTS = {
    "ttop": bench_ttop,
    "kriging": bench_kriging,
    "filling": bench_filling,
    "gaps": bench_gaps,
    "degreedays": bench_degreedays,
    "dask": bench_dask,
    "chain": bench_chain,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="one repetition, no large scenes")
    parser.add_argument("--copy", nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--read", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.copy:
        copy_through_gdal(arguments.copy[:-1], arguments.copy[-1])
        return
    if arguments.read:
        read_through_gdal(arguments.read)
        return
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    for part in arguments.parts or PARTS:
        PARTS[part](arguments.quick)


if __name__ == "__main__":
    main()
