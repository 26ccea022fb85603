"""Run inside QGIS by tools/gui_tests.py: runs pytest there and ends the process with its verdict."""

import json
import os
import sys
import traceback

from qgis.PyQt.QtCore import QTimer


def run_tests():
    """Run the tests; whatever happens, the process has to end."""
    code = 1
    try:
        import pytest

        # pytest-qgis would start a second QGIS in this one.
        code = pytest.main(["-p", "no:pytest_qgis", *json.loads(os.environ["PERMAFROST_GUI_TESTS"])])
    except Exception:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code))


QTimer.singleShot(1000, run_tests)
