"""What a process uses, as the operating system counts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import NamedTuple


class Usage(NamedTuple):
    """Usage of a process: wall-clock seconds, CPU seconds, and peak memory in MB."""

    seconds: float
    cpu_seconds: float
    memory: float


def measured(command: list[str], env: dict[str, str]) -> Usage:
    """Run a process, and return its usage; what it says is shown only where it fails."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return Usage(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
