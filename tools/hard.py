"""Stress tests: what can go wrong, tried many times.

    make hard
    make hard ARGS="kills --number 1000"
    make hard ARGS="kills --minutes 2 --only ttop"
    make hard ARGS="files disk long --number 100"

Each part prints a table of what was tried, how often, and what was lost, and ends with 1 if anything was. Without a
part all are tried, one after the other.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import headless

# Seconds after which a step that is watched is cancelled, and those that it may be silent.
MAX_WATCHED = 90.0
MAX_SILENT = 10.0

# Spoilt texts for one reader before the next one has its turn.
FUZZED_AT_ONCE = 2000

# How often each part tries, where all are tried.
NUMBERS = {
    "kills": 60,
    "program": 12,
    "cancel": 1,
    "endless": 1,
    "gaps": 1,
    "disk": 20,
    "files": 60,
    "fuzz": 2000,
    "tables": 100_000,
    "long": 100,
}

# Sentences about what one reader has lost.
MAX_SAID = 20


def main() -> int:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", metavar="part", nargs="*", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--number", type=int, help="how often; 30, or a number of its own where all parts are tried")
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after that many minutes")
    parser.add_argument("--only", nargs="+", default=None, help="steps, or kinds of files or troubles, to try")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other moments and damages")
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if not given.parts:
        return try_all_parts(sys.argv[1:])
    given.number = given.number or 30
    end = time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory(prefix="hard-") as folder:
        # What runs leave among the temporary files is seen, and removed with the folder.
        temporary = Path(folder, "tmp")
        temporary.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        with headless.application("qgis_process"):
            lost = sum(PARTS[part](Path(folder), given, end) for part in given.parts)
            sys.stdout.flush()
            shutil.rmtree(folder, ignore_errors=True)
            # QGIS at times crashes while Python takes it down.
            os._exit(1 if lost else 0)


def try_all_parts(options: list[str]) -> int:
    """Try all parts, each in a process of its own: what one leaves behind in memory is not seen by the next."""
    lost = 0
    for part, number in NUMBERS.items():
        print(f"\n{part}\n", flush=True)
        lost += subprocess.run(
            [sys.executable, __file__, part, "--number", str(number), *options], check=False
        ).returncode
    return int(lost > 0)


def kills(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Kill runs of each step at random moments, until there are as many kills as asked for."""
    from hard_kills import Killing

    return _kill(Killing, folder, given, end)


def program(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Kill runs of the real qgis_process at random moments, until there are as many kills as asked for."""
    from hard_kills import KillingProgram

    return _kill(KillingProgram, folder, given, end)


def _kill(kind: type, folder: Path, given: argparse.Namespace, end: float) -> int:
    from hard_kills import SIGNALS
    from hard_runs import jobs

    _small_basin(folder)
    names = given.only or list(jobs(folder, folder))
    killing = {name: kind(folder, name, given.seed) for name in names}
    tried = {name: each.tried for name, each in killing.items()}
    while sum(each.total for each in tried.values()) < given.number and time.monotonic() < end:
        # Each step as often as the others.
        name = min(names, key=lambda name: tried[name].total)
        before = len(tried[name].lost)
        killing[name].once()
        for sentence in tried[name].lost[before:]:
            print(f"{name}: {sentence}", file=sys.stderr, flush=True)
    header = [
        "step",
        "one run [s]",
        *(number.name for number in SIGNALS),
        "runs after it",
        "SIGINT [s of the processor]",
        "lost",
    ]
    rows = [
        [name, f"{t.seconds:.1f}", *t.kills.values(), t.reruns, f"at most {t.slowest:.1f}", len(t.lost)]
        for name, t in tried.items()
    ]
    sums = [sum(t.kills[number] for t in tried.values()) for number in SIGNALS]
    lost = sum(len(t.lost) for t in tried.values())
    slowest = max(t.slowest for t in tried.values())
    rows.append(["all", "", *sums, sum(t.reruns for t in tried.values()), f"at most {slowest:.1f}", lost])
    print_table(header, rows)
    return lost


def cancel(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Interrupt runs on the sample basin, in this process."""
    from hard_cancel import interrupt_in_basin
    from hard_runs import jobs, make_basin, short_jobs

    whole = folder / "whole basin"
    whole.mkdir()
    make_basin(whole)
    names = given.only or [*jobs(whole, whole), *short_jobs(whole, whole)]
    return _print_stopped(interrupt_in_basin(whole, names, given.number, given.seed, end))


def endless(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Interrupt runs on rasters without end, in this process and in qgis_process."""
    from hard_cancel import endless_jobs, interrupt_endless, interrupt_process

    found = interrupt_endless(folder, given.only or list(endless_jobs(folder, folder)), given.number, end)
    if not given.only:
        found.update(interrupt_process(folder, given.number, end))
    return _print_stopped(found)


def _print_stopped(found: dict) -> int:
    for name, stopped in found.items():
        for sentence in stopped.lost:
            print(f"{name}: {sentence}", file=sys.stderr, flush=True)
    rows = [
        [name, len(s.seconds), f"{max(s.processor, default=0):.1f}", f"{max(s.seconds, default=0):.1f}", len(s.lost)]
        for name, s in found.items()
    ]
    print_table(["step", "interrupts", "slowest [s of the processor]", "[s]", "lost"], rows)
    return sum(row[-1] for row in rows)


def gaps(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Measure how long steps on the sample basin go without looking for a cancel, and without a sign of life."""
    from hard_gaps import watch
    from hard_runs import jobs, make_basin, short_jobs

    whole, out = folder / "whole basin", folder / "out"
    whole.mkdir()
    make_basin(whole)
    steps = {name: job for name, job in {**jobs(whole, out), **short_jobs(whole, out)}.items() if name == job[0]}
    rows, late = [], 0
    for name in given.only or [name for name in steps if not name.startswith("permafrost map")]:
        if time.monotonic() > end:
            break
        ok, seconds, looks, signs = watch(*steps[name], out, MAX_WATCHED)
        # Other work lengthens the time by the clock, and threads of the step that of the processor.
        without_a_look, without_a_sign = (min(gap.processor, gap.seconds) for gap in (looks, signs))
        late += not ok or without_a_look > 1 or without_a_sign > MAX_SILENT
        cells = [name, f"{seconds:.0f}"]
        for gap in (looks, signs):
            cells += [f"{gap.processor:.1f}", f"{gap.seconds:.1f}"]
            print(f"{name}: {gap.processor:.1f} s {gap.where}{'' if ok else ' FAILED'}", file=sys.stderr, flush=True)
        rows.append(cells)
    header = [
        "step",
        "run [s]",
        "without a look [s of the processor]",
        "[s]",
        "without a sign [s of the processor]",
        "[s]",
    ]
    print_table(header, rows)
    return late


def files(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Damage files of each kind, each as often as asked for."""
    from hard_files import read_damaged, readers
    from osgeo import gdal

    _small_basin(folder)
    gdal.VectorTranslate(str(folder / "lakes.gpkg"), str(folder / "basin" / "lakes.geojson"), format="GPKG")
    rows = []
    for kind in given.only or readers(folder, folder):
        found = read_damaged(folder, kind, given.number, given.seed, end)
        for sentence in found.lost:
            print(f"{kind}: {sentence}", file=sys.stderr, flush=True)
        rows.append([kind, found.cases, found.accepted, f"{found.slowest:.1f}", len(found.lost)])
    print_table(["file", "damaged", "read nevertheless", "slowest [s]", "lost"], rows)
    return sum(row[-1] for row in rows)


def disk(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Run steps on disks that fill up, with inputs that vanish, and two at a time; needs root to mount a disk."""
    from hard_disk import try_all

    _small_basin(folder)
    rows = []
    for kind, tried in try_all(folder, given.number, given.seed, end, given.only or ()).items():
        for sentence in tried.lost:
            print(f"{kind}: {sentence}", file=sys.stderr, flush=True)
        rows.append([kind, tried.runs, tried.failed, len(tried.lost)])
    print_table(["trouble", "runs", "ended with a sentence", "lost"], rows)
    return sum(row[-1] for row in rows)


def fuzz(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Give spoilt texts to every function that reads a text from outside, each as often as asked for."""
    from hard_fuzz import Fuzzed, readers
    from hard_fuzz import fuzz as fuzz_reader

    chosen = {name: pair for name, pair in readers(folder).items() if not given.only or name in given.only}
    found = {name: Fuzzed() for name in chosen}
    # A share of each in turn, so that a part that ends early has tried all.
    for first in range(0, given.number, FUZZED_AT_ONCE):
        for name, (reader, seeds) in chosen.items():
            number = min(FUZZED_AT_ONCE, given.number - first)
            fuzz_reader(reader, seeds, found[name], number, f"{name} {given.seed} {first}", end)
    rows = []
    for name, fuzzed in found.items():
        for sentence in fuzzed.lost[:MAX_SAID]:
            print(f"{name}: {sentence}", file=sys.stderr, flush=True)
        rows.append([name, fuzzed.cases, fuzzed.accepted, f"{fuzzed.slowest:.2f}", len(fuzzed.lost)])
    print_table(["text", "spoilt", "read nevertheless", "slowest [s]", "lost"], rows)
    return sum(row[-1] for row in rows)


def tables(folder: Path, given: argparse.Namespace, _end: float) -> int:
    """Read tables of as many rows as asked for, and of tenths of that; at least 10,000."""
    from hard_tables import measure

    _small_basin(folder)
    most = max(given.number, 10_000)
    found = measure(folder, [rows for rows in (most // 100, most // 10, most) if rows >= 10_000])
    for each in found:
        if each.log:
            print(f"{each.step}: {each.log[-300:]}", file=sys.stderr, flush=True)
    rows = [
        [each.step, each.rows, f"{each.processor:.1f}", f"{each.seconds:.1f}", f"{each.megabytes:.0f}"]
        for each in found
    ]
    print_table(["step", "rows", "run [s of the processor]", "[s]", "memory [MB]"], rows)
    return sum(bool(each.log) for each in found)


def long(folder: Path, given: argparse.Namespace, end: float) -> int:
    """Run steps in one process, as often as asked for."""
    from hard_long import run_many, state, take_errors

    _small_basin(folder)
    take_errors()
    header = ["runs", *state()]
    rows = run_many(folder, given.number, end)
    print_table(header, rows)
    # All but memory is as it was after the first round.
    return sum(row[2:] != rows[0][2:] for row in rows)


def _small_basin(folder: Path) -> None:
    if (folder / "years.tif").exists():
        return
    sys.path.append(str(headless.ROOT / "test"))
    import small_basin
    from hard_runs import make_basin

    # Each process would compile anew what takes a moment on so few cells.
    sys.modules["numba"] = None
    small_basin.shrink(folder / "sample")
    make_basin(folder)


def print_table(header: list, rows: list[list]) -> None:
    """Print a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    print("\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines))


PARTS = {
    "kills": kills,
    "program": program,
    "cancel": cancel,
    "endless": endless,
    "gaps": gaps,
    "disk": disk,
    "files": files,
    "fuzz": fuzz,
    "tables": tables,
    "long": long,
}

if __name__ == "__main__":
    sys.exit(main())
