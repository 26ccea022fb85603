"""A bounded share of `make hard`: kills, damaged files, full disks, and many runs in one process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("scipy")

HARD = Path(__file__).resolve().parent.parent / "tools" / "hard.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
@pytest.mark.parametrize(
    "arguments",
    [
        ["kills", "--number", "20", "--only", "buildlststack", "predictgst", "ttop", "change", "exportproduct"],
        ["files", "disk", "long", "--number", "10"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_nothing_is_lost(arguments):
    done = subprocess.run(
        [sys.executable, str(HARD), *arguments], capture_output=True, encoding="utf-8", timeout=900, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-3000:]}"
    assert "| lost |" in done.stdout
