"""Runs that are killed at random moments and resumed: checks files under final names, and the next run."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from hard_runs import Run, clear, content, hidden, jobs, program_environment, start, start_program

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

# Kills before a run is left to end.
MAX_KILLS = 3

# Seconds by the clock until a signal counts as ignored: the machine may be busy.
MAX_IGNORED = 300


@dataclass
class Tried:
    """What was tried with one step, and what was lost.

    Attributes
    ----------
    seconds : float
        Duration of an undisturbed run.
    kills : dict
        Number of kills that hit a running process, by signal.
    reruns : int
        Number of runs that were left to end.
    slowest : float
        Seconds of the processor from SIGINT to the end of the process.
    lost : list of str
        What went wrong, a sentence each.
    """

    seconds: float = 0.0
    kills: dict[signal.Signals, int] = field(default_factory=lambda: dict.fromkeys(SIGNALS, 0))
    reruns: int = 0
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Number of kills."""
        return sum(self.kills.values())


class Killing:
    """Kills runs of one step."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self._out = folder / "out"
        self._said = folder / "said.json"
        self._algorithm, self._parameters = jobs(folder, self._out)[name]
        self._random = random.Random(f"{name} {seed}")  # noqa: S311
        self.tried = Tried()
        self._expected = self._undisturbed()
        again = self._undisturbed()
        self._compare(again, "two undisturbed runs")

    def _undisturbed(self) -> dict[str, bytes]:
        clear(self._out)
        started = time.monotonic()
        outcome = self._start().outcome()
        self.tried.seconds = time.monotonic() - started
        if not outcome["ok"]:
            raise RuntimeError(f"{self._algorithm}: {outcome['log']}")
        self._hidden = hidden(self._out)
        return content(self._out)

    def _start(self) -> Run:
        return start(self._algorithm, self._parameters, self._said)

    def _moment(self, _run: Run) -> float:
        """Return for how many seconds a run is left alone."""
        return self._random.uniform(0, self.tried.seconds)

    def once(self) -> None:
        """Kill a run up to three times, let it end, and look at what is there."""
        clear(self._out)
        for _ in range(self._random.randint(1, MAX_KILLS)):
            self._kill()
        outcome = self._start().outcome()
        self.tried.reruns += 1
        if not outcome["ok"]:
            self.tried.lost.append(f"the next run failed: {outcome['log'][-300:]}")
            return
        self._compare(content(self._out), "the next run")
        left = [name for name in hidden(self._out) if name not in self._hidden]
        if left:
            self.tried.lost.append(f"the next run left {', '.join(left)}")

    def _kill(self) -> None:
        number = self._random.choice(SIGNALS)
        run = self._start()
        if run.wait(self._moment(run)):
            return
        before = run.processor()
        run.kill(number)
        if not run.wait(MAX_IGNORED):
            self.tried.lost.append(f"{number.name} was ignored for {MAX_IGNORED} s")
            run.kill(signal.SIGKILL)
            run.wait(10)
        self.tried.kills[number] += 1
        if number is signal.SIGINT:
            self.tried.slowest = max(self.tried.slowest, run.processor() - before)
        found = content(self._out)
        self._compare(found, f"what {number.name} left", {name: self._expected.get(name) for name in found})

    def _compare(self, found: dict[str, bytes], what: str, expected: dict[str, bytes] | None = None) -> None:
        expected = self._expected if expected is None else expected
        for name in sorted({*found, *expected}):
            if found.get(name) != expected.get(name):
                sizes = [len(content[name]) if content.get(name) else None for content in (expected, found)]
                self.tried.lost.append(f"{what}: '{name}' differs ({sizes[0]} and {sizes[1]} bytes)")


class KillingProgram(Killing):
    """Kills runs of the real qgis_process of one step."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self._env = program_environment(folder)
        self._begun = 0.0
        super().__init__(folder, name, seed)

    def _start(self) -> Run:
        return start_program(self._algorithm, self._parameters, self._said, self._env)

    def _undisturbed(self) -> dict[str, bytes]:
        # Most of the time QGIS starts: how long a run takes after its first trace is found out, too.
        clear(self._out)
        run = self._start()
        self._wait_for_a_trace(run)
        begun = time.monotonic()
        run.wait(600)
        self._begun = time.monotonic() - begun
        return super()._undisturbed()

    def _moment(self, run: Run) -> float:
        # One in four is killed at any moment, also while QGIS starts.
        if self._random.random() < 0.25:
            return super()._moment(run)
        self._wait_for_a_trace(run)
        return self._random.uniform(0, self._begun)

    def _wait_for_a_trace(self, run: Run) -> None:
        while not (self._out.is_dir() and any(self._out.iterdir())) and not run.wait(0.01):
            pass
