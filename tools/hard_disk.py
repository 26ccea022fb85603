"""Disks that fill up, vanish or may not be written, inputs that vanish or are cut off, and runs that meet."""

from __future__ import annotations

import fcntl
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Callable, Iterator, Sequence

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

# The user that may do nothing, on all systems that know one.
NOBODY = 65534

# Bytes of a disk that is a file, and the least quota, which makes room for the folder itself.
DISK = 2**28
LEAST_QUOTA = 2**16

EXT4 = ("mkfs.ext4", "-q")
BTRFS = ("mkfs.btrfs", "--quiet", "--force")

# What stops a file system at once, as a loss of power does: no more data reach the disk, but the journal, which knows
# of new files and names, may just have done so.
SHUTDOWN, WITH_JOURNAL, WITHOUT_JOURNAL = 0x8004587D, 1, 2


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
        if os.geteuid() == 0:
            # Runs that may not do everything write what they have said.
            for path in (folder, Path(os.environ["TMPDIR"])):
                path.chmod(0o777)

    def kinds(self) -> dict[str, Callable[[str, Tried], None]]:
        """Return what can be tried, by names; each takes a step."""
        # Only root may mount a disk.
        of_root = {
            "full disk": self._full_disk,
            "read-only disk": self._read_only,
            "disk becomes read-only": self._becomes_read_only,
            "disk vanishes": self._disk_vanishes,
        }
        # A container may have no disks that are files.
        of_files = {"quota": self._quota, "power loss": self._power_loss} if self._mounts_files else {}
        return {
            **({**of_root, **of_files} if os.geteuid() == 0 else {}),
            "limit of the size of files": self._limit,
            "no permission to write": self._forbidden,
            "folder is removed": self._folder_vanishes,
            "input vanishes or is cut off": self._vanishing,
            "output is an input": self._output_is_input,
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

    def _judge(
        self, name: str, tried: Tried, outcome: dict[str, Any], is_right: bool = True, may_leave: bool = False
    ) -> None:
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
        if left and not may_leave:
            tried.lost.append(f"{name}: left {', '.join(left)}")

    @contextmanager
    def _disk(self, *options: str) -> Iterator[None]:
        """Let the folder of the outputs be a disk of its own, in memory."""
        clear(self._out)
        self._out.mkdir()
        with _mounted(["-t", "tmpfs", "-o", ",".join(options), "tmpfs"], self._out):
            yield

    @contextmanager
    def _disk_with_quota(self, room: int) -> Iterator[None]:
        """Let the folder of the outputs be one that may hold so many bytes; of Btrfs, whose quotas bind root, too."""
        image, whole = self._image(*BTRFS), self._folder / "disk"
        clear(self._out)
        for folder in (whole, self._out):
            folder.mkdir(exist_ok=True)
        with _mounted(["-o", "loop", str(image)], whole):
            _run("btrfs", "quota", "enable", str(whole))
            _run("btrfs", "subvolume", "create", str(whole / "out"))
            _run("btrfs", "qgroup", "limit", str(room), str(whole / "out"))
            with _mounted(["--bind", str(whole / "out")], self._out):
                yield

    @cached_property
    def _mounts_files(self) -> bool:
        """Whether disks that are files can be made, of both kinds, and mounted."""
        mounted = self._folder / "disk"
        mounted.mkdir(exist_ok=True)
        try:
            for command in (EXT4, BTRFS):
                with _mounted(["-o", "loop", str(self._image(*command))], mounted):
                    pass
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _image(self, *command: str) -> Path:
        """Return a file that holds an empty disk, formatted by a command."""
        image = self._folder / "disk.img"
        image.unlink(missing_ok=True)
        with image.open("wb") as file:
            file.truncate(DISK)
        _run(*command, str(image))
        return image

    def _full_disk(self, name: str, tried: Tried) -> None:
        size = sum(map(len, self.expected(name).values()))
        room = max(self._random.randrange(int(size * 1.1)) // 4096, 2)
        with self._disk(f"size={room * 4096}"):
            self._judge(name, tried, self._start(name).outcome())

    def _quota(self, name: str, tried: Tried) -> None:
        size = sum(map(len, self.expected(name).values()))
        with self._disk_with_quota(LEAST_QUOTA + self._random.randrange(2 * size + LEAST_QUOTA)):
            self._judge(name, tried, self._start(name).outcome())

    def _power_loss(self, name: str, tried: Tried) -> None:
        """Stop the disk under a run, look at what has reached it, and let the next run go on."""
        self.expected(name)
        clear(self._out)
        self._out.mkdir()
        disk = ["-o", "loop", str(self._image(*EXT4))]
        with _mounted(disk, self._out):
            run = self._start(name)
            run.wait(self._random.uniform(0, 0.8))
            _stop_disk(self._out, self._random.choice((WITH_JOURNAL, WITHOUT_JOURNAL)))
            if not run.wait(0.01):
                run.kill(signal.SIGKILL)
                run.wait(10)
        # What the run said of a disk that is gone does not matter.
        self._notes.unlink(missing_ok=True)
        with _mounted(disk, self._out):
            self._judge(name, tried, {"ok": True}, may_leave=True)
            outcome = self._start(name).outcome()
            self._judge(name, tried, outcome)
            if not outcome["ok"] or content(self._out) != self.expected(name):
                tried.lost.append(f"{name}: the next run failed: {outcome['log'][-200:]}")

    def _read_only(self, name: str, tried: Tried) -> None:
        self.expected(name)
        with self._disk("ro"):
            self._refused(name, tried, self._start(name).outcome())

    def _becomes_read_only(self, name: str, tried: Tried) -> None:
        self.expected(name)
        with self._disk("size=1g"):
            run = self._start(name)
            run.wait(self._random.uniform(0, 0.6))
            # What is being written at that moment keeps the disk from it.
            while (
                not run.wait(0.01)
                and subprocess.run(
                    ["mount", "-o", "remount,ro", str(self._out)], check=False, stderr=subprocess.DEVNULL
                ).returncode
            ):
                pass
            # Partial files cannot be removed any more.
            self._judge(name, tried, run.outcome(), may_leave=True)

    def _disk_vanishes(self, name: str, tried: Tried) -> None:
        self.expected(name)
        with self._disk("size=1g"):
            run = self._start(name)
            run.wait(self._random.uniform(0, 0.6))
            subprocess.run(["umount", "--lazy", str(self._out)], check=True)
            self._judge(name, tried, run.outcome())

    def _folder_vanishes(self, name: str, tried: Tried) -> None:
        self.expected(name)
        clear(self._out)
        run = self._start(name)
        run.wait(self._random.uniform(0, 0.6))
        shutil.rmtree(self._out, ignore_errors=True)
        self._judge(name, tried, run.outcome())

    def _forbidden(self, name: str, tried: Tried) -> None:
        self.expected(name)
        clear(self._out)
        self._out.mkdir(mode=0o555)

        def become_nobody() -> None:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setegid(NOBODY)
                os.seteuid(NOBODY)

        self._refused(name, tried, self._start(name, become_nobody).outcome())
        self._out.chmod(0o755)

    def _output_is_input(self, name: str, tried: Tried) -> None:
        """Name an input as an output, by its own name, or by that of a link."""
        self.expected(name)
        clear(self._out)
        self._out.mkdir()
        algorithm, parameters = jobs(self._folder, self._out)[name]
        values = [part for value in parameters.values() for part in (value if isinstance(value, list) else [value])]
        inputs = {Path(value) for value in map(str, values) if self._out not in Path(value).parents}
        pairs = [
            (parameter, victim)
            for parameter, value in parameters.items()
            for victim in sorted(inputs)
            if self._out in Path(str(value)).parents and victim.is_file() and victim.suffix == Path(value).suffix
        ]
        if not pairs:
            return
        parameter, victim = self._random.choice(pairs)
        before = victim.read_bytes()
        link = self._out / f"link{victim.suffix}"
        kind = self._random.choice(("its name", "a link", "a hard link"))
        if kind == "a link":
            link.symlink_to(victim)
        elif kind == "a hard link":
            os.link(victim, link)
        given = {**parameters, parameter: str(victim if kind == "its name" else link)}
        run = start(algorithm, given, self._folder / "said.json", partial(self._watch, None))
        outcome = run.outcome()
        link.unlink(missing_ok=True)
        self._refused(f"{name} by {kind}", tried, outcome)
        if victim.read_bytes() != before:
            tried.lost.append(f"{name}: input '{victim.name}' was replaced by {parameter} by {kind}")
            victim.write_bytes(before)

    def _refused(self, name: str, tried: Tried, outcome: dict[str, Any]) -> None:
        """Judge a run that cannot succeed, and must not leave anything."""
        self._judge(name, tried, outcome, is_right=False)
        if outcome["ok"]:
            tried.lost.append(f"{name}: succeeded")
        if found := content(self._out):
            tried.lost.append(f"{name}: left {', '.join(found)}")

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


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def _mounted(what: Sequence[str], folder: Path) -> Iterator[None]:
    """Mount a disk, and take it away in the end, if it is still there."""
    _run("mount", *what, str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _stop_disk(folder: Path, how: int) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", how))
    finally:
        os.close(handle)


def try_all(folder: Path, number: int, seed: int, end: float, only: Sequence[str]) -> dict[str, Tried]:
    """Try each kind as often as asked for, with the steps in turn; of both those that are named, or all."""
    trouble = Trouble(folder, seed)
    kinds = {kind: attempt for kind, attempt in trouble.kinds().items() if kind in only} or trouble.kinds()
    steps = [step for step in STEPS if step in only] or STEPS
    found = {kind: Tried() for kind in kinds}
    for turn in range(number):
        for kind, attempt in kinds.items():
            if time.monotonic() > end:
                return found
            attempt(steps[turn % len(steps)], found[kind])
    return found
