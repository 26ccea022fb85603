"""Disks that fill up, inputs that vanish or are cut off, and two runs that write the same files."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Callable, Sequence

from hard_files import watch_for_exceptions
from hard_runs import Run, clear, content, hidden, jobs, start

# Too long for the part that fails, or of other software: QGIS runs them in the background of other steps.
STEPS = (
    "buildlststack",
    "filllstgaps",
    "predictgst",
    "degreedays",
    "calibraterk",
    "ttop",
    "probability",
    "comparemaps",
    "change",
    "exportproduct",
)


@dataclass
class Tried:
    """What was tried of one kind.

    Attributes
    ----------
    runs, failed : int
        Runs, and those among them that ended with a sentence.
    lost : list of str
        What went wrong.
    """

    runs: int = 0
    failed: int = 0
    lost: list[str] = field(default_factory=list)


class Trouble:
    """Runs steps under hard circumstances."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._out = folder, folder / "out"
        self._random = random.Random(seed)  # noqa: S311
        self._expected: dict[str, dict[str, bytes]] = {}
        self._notes = folder / "escaped.txt"

    def kinds(self) -> dict[str, Callable[[str, Tried], None]]:
        """Return what can be tried, by names; each takes a step."""
        # Only root may mount a disk.
        small_disk = {"full disk": self._full_disk} if os.geteuid() == 0 else {}
        return {
            **small_disk,
            "limit of the size of files": self._limit,
            "input vanishes or is cut off": self._vanishing,
            "two runs into the same files": self._two,
        }

    def expected(self, name: str) -> dict[str, bytes]:
        """Return what a step writes when nothing disturbs it."""
        if name not in self._expected:
            clear(self._out)
            outcome = self._start(name).outcome()
            if not outcome["ok"]:
                raise RuntimeError(f"{name}: {outcome['log']}")
            self._expected[name] = content(self._out)
        return self._expected[name]

    def _start(self, name: str, before: Callable[[], None] | None = None, said: str = "said") -> Run:
        algorithm, parameters = jobs(self._folder, self._out)[name]
        return start(algorithm, parameters, self._folder / f"{said}.json", partial(self._watch, before))

    def _watch(self, before: Callable[[], None] | None) -> None:
        notes = self._notes

        class Notes(list):
            def append(self, text: str) -> None:
                with notes.open("a") as file:
                    file.write(text + "\n")

        watch_for_exceptions(Notes())
        if before:
            before()

    def _judge(self, name: str, tried: Tried, outcome: dict[str, Any], is_right: bool = True) -> None:
        """Note an exception that is no sentence, a file that is not whole, and what is left of a failed run."""
        tried.runs += 1
        tried.failed += not outcome["ok"]
        if self._notes.exists():
            tried.lost.append(f"{name}: {self._notes.read_text().strip()}")
            self._notes.unlink()
        expected = self.expected(name) if is_right else {}
        for file, found in content(self._out).items():
            if is_right and found != expected.get(file):
                tried.lost.append(f"{name}: '{file}' is not whole")
        left = [path for path in hidden(self._out) if not path.endswith(".unfinished") and ".npz" not in path]
        if left:
            tried.lost.append(f"{name}: left {', '.join(left)}")

    def _full_disk(self, name: str, tried: Tried) -> None:
        size = sum(map(len, self.expected(name).values()))
        clear(self._out)
        self._out.mkdir()
        room = max(self._random.randrange(int(size * 1.1)) // 4096, 2)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={room * 4096}", "tmpfs", str(self._out)]
        subprocess.run(mount, check=True)
        try:
            self._judge(name, tried, self._start(name).outcome())
        finally:
            subprocess.run(["umount", str(self._out)], check=True)

    def _limit(self, name: str, tried: Tried) -> None:
        size = max(map(len, self.expected(name).values()))
        clear(self._out)
        room = self._random.randrange(1, size)

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

        run = self._start(name, limit)
        # What came of it may be larger than a file may be.
        outcome = run.outcome()
        self._judge(name, tried, outcome)

    def _vanishing(self, name: str, tried: Tried) -> None:
        self.expected(name)
        clear(self._out)
        _, parameters = jobs(self._folder, self._out)[name]
        values = [part for value in parameters.values() for part in (value if isinstance(value, list) else [value])]
        paths = [Path(value) for value in values if isinstance(value, str)]
        inputs = [path for path in paths if path.is_file()]
        scenes = [file for path in paths if path.is_dir() for file in path.iterdir()]
        victim = self._random.choice(inputs or scenes)
        kept = self._folder / "kept"
        shutil.copy2(victim, kept)
        run = self._start(name)
        run.wait(moment := self._random.uniform(0, 0.6))
        done = f"'{victim.name}' removed after {moment:.2f} s"
        if self._random.random() < 0.5:
            victim.unlink()
        else:
            with victim.open("r+b") as file:
                file.truncate(size := self._random.randrange(victim.stat().st_size))
            done = f"'{victim.name}' cut off after {size} bytes and {moment:.2f} s"
        outcome = run.outcome()
        victim.unlink(missing_ok=True)
        shutil.copy2(kept, victim)
        before = len(tried.lost)
        # A scene that cannot be read is left out, and said so.
        self._judge(name, tried, outcome, is_right=bool(inputs))
        tried.lost[before:] = [f"{sentence} ({done})" for sentence in tried.lost[before:]]

    def _two(self, name: str, tried: Tried) -> None:
        self.expected(name)
        clear(self._out)
        first = self._start(name)
        time.sleep(self._random.uniform(0, 0.5))
        second = self._start(name, said="second")
        outcomes = [first.outcome(), second.outcome()]
        for outcome in outcomes:
            self._judge(name, tried, outcome)
        if not any(outcome["ok"] for outcome in outcomes):
            tried.lost.append(f"{name}: both failed: {outcomes[0]['log'][-200:]}")
        if any(outcome["ok"] for outcome in outcomes) and content(self._out) != self.expected(name):
            tried.lost.append(f"{name}: files are missing")


def try_all(folder: Path, number: int, seed: int, end: float, steps: Sequence[str]) -> dict[str, Tried]:
    """Try each kind as often as asked for, with the steps in turn."""
    trouble = Trouble(folder, seed)
    found = {kind: Tried() for kind in trouble.kinds()}
    for turn in range(number):
        for kind, attempt in trouble.kinds().items():
            if time.monotonic() > end:
                return found
            attempt(steps[turn % len(steps)], found[kind])
    return found
