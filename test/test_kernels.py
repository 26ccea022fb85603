"""Numba's folder of compiled code: whatever is wrong with it, functions are compiled anew."""

import errno
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")

SOURCE = """
from permafrost_mapper.core.kernels import kernel

@kernel()
def inner(x):
    return 2 * x

@kernel()
def outer(x):
    return inner(x) + 1
"""

IMPORT = """
import importlib.util, sys

spec = importlib.util.spec_from_file_location(sys.argv[1], "source.py")
module = sys.modules[sys.argv[1]] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.outer(3))
"""

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Return a function that loads the kernels as a new process does."""
    source = tmp_path / "source.py"
    source.write_text(SOURCE)

    def load():
        name = "kernels_of_test"
        spec = importlib.util.spec_from_file_location(name, source)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load


def folder(module):
    return Path(module.outer.stats.cache_path)


def is_loaded(module):
    return bool(module.outer.stats.cache_hits)


@pytest.mark.parametrize("kind", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: b"\0" * len(content),
        lambda content: b"\x80\x04\x8c\x04json\x8c\x04nono\x93.",
    ],
    ids=["empty", "cut off", "zeros", "of another program"],
)
def test_damaged_code_is_compiled_anew(load, kind, damage):
    first = load()
    assert first.outer(3) == 7
    damaged = list(folder(first).glob(kind))
    assert damaged
    for path in damaged:
        path.write_bytes(damage(path.read_bytes()))
    second = load()
    assert second.outer(3) == 7
    assert not is_loaded(second)
    third = load()
    assert third.outer(3) == 7
    assert is_loaded(third)


def test_the_package_may_be_renamed(tmp_path):
    """Compiled code names the module that it belongs to, which another process has to find."""
    (tmp_path / "permafrost_mapper").symlink_to(ROOT, target_is_directory=True)
    (tmp_path / "source.py").write_text(SOURCE)
    for name in ("before", "behind"):
        done = subprocess.run(
            [sys.executable, "-c", IMPORT, name], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.stdout, done.returncode) == ("7\n", 0), done.stderr


def test_there_may_be_no_room_for_compiled_code(load, monkeypatch):
    from numba.core import caching

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(caching.os, "replace", full)
    module = load()
    assert module.outer(3) == 7
    assert not list(folder(module).glob("*.nbi"))
