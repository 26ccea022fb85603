"""Runs the tests in test/gui inside the real QGIS, on a virtual screen; arguments go to pytest."""

from __future__ import annotations

import json
import signal
import sys
import tempfile

import headless

TESTS = headless.ROOT / "test" / "gui"


def main() -> None:
    """Run the tests and exit as pytest does."""
    # Else the window would be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended."))
    arguments = [str(TESTS), *sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        env = {"PERMAFROST_GUI_TESTS": json.dumps(arguments)}
        try:
            code = headless.run_in_window(TESTS / "in_qgis.py", folder, env, timeout=1800)
        except FileNotFoundError as error:
            sys.exit(str(error))
    sys.exit(code)


if __name__ == "__main__":
    main()
