"""What is removed beside an output is what runs to this very output have left, whatever its name."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import OutputError
from permafrost_mapper.core.files import (
    beside,
    remove_partials,
    require_folder,
    temporary_folder,
    whole_file,
    whole_files,
    whole_folder,
    write_text,
)
from permafrost_mapper.core.marks import MARK, MAX_AGE, own_mark

# Dots, what globs, formats and regular expressions take for something else, and the words of temporary names.
WORDS = ["o", "2005", "0123abcd", "partial", "tif", "unfinished", "former", ".", "[o]", "*", "?", "{name}", "{", "\\d"]
NAMES = st.lists(st.sampled_from([*WORDS, ".", ".", "ä", " ", "'", "(", "+", "$", "^"]), min_size=1, max_size=6).map(
    lambda words: "".join(words) + ".tif"
)


class Killed(BaseException):
    """Ends a run as a signal does, so far as files are concerned."""


def left_by_a_kill(path):
    """Leave a partial file and its sidecar as a run that is killed does; give their names."""
    with pytest.raises(Killed), whole_file(path) as temporary:  # noqa: PT012
        names = temporary.name, f"{temporary.name}.aux.xml"
        raise Killed
    for name in names:
        (path.parent / name).write_text("cut off")
    return set(names)


@settings(max_examples=300)
@given(NAMES, NAMES)
@example("o.tif", "o.2005.tif")
@example("o.tif", "o.0123abcd.partial.tif")
@example("[o].tif", "o.tif")
@example("o*.tif", "o.tif")
def test_only_partial_files_of_the_very_file_are_removed(name, other):
    assume(name != other)
    with tempfile.TemporaryDirectory() as folder:
        ours, foreign = (left_by_a_kill(Path(folder) / one) for one in (name, other))
        remove_partials(Path(folder) / name)
        left = {path.name for path in Path(folder).iterdir()}
        assert left == foreign
        assert not left & ours


@settings(max_examples=200)
@given(NAMES, NAMES)
@example("o.tif", "o.2005.tif")
@example("o.tif", "o.0123456789abcdef.unfinished.tif")
@example("[o].tif", "o.tif")
def test_only_finished_units_of_the_very_file_are_removed(name, other):
    pytest.importorskip("osgeo.gdal")
    from permafrost_mapper.raster.run.checkpoints import finished_units_beside

    assume(name != other)
    with tempfile.TemporaryDirectory() as folder:
        for one, run in ((name, "0" * 16), (name, "1" * 16), (other, "0" * 16)):
            with pytest.raises(Killed), finished_units_beside(str(Path(folder) / one), run) as finished:  # noqa: PT012
                finished.folder.mkdir()
                raise Killed
        with finished_units_beside(str(Path(folder) / name), "2" * 16):
            pass
        assert [path.name for path in Path(folder).iterdir()] == [f".{other}.{'0' * 16}.unfinished"]


def test_other_suffixes_are_other_outputs(tmp_path):
    left = left_by_a_kill(tmp_path / "o.png") | left_by_a_kill(tmp_path / "o")
    remove_partials(tmp_path / "o.tif")
    assert {path.name for path in tmp_path.iterdir()} == left


def test_nothing_lies_beside_a_file_in_no_folder(tmp_path):
    assert beside(tmp_path / "absent" / "o.tif", "{name}.{mark}", MARK) == []
    write_text(tmp_path / "a", "")
    assert beside(tmp_path / "a" / "o.tif", "{name}.{mark}", MARK) == []


def test_folders_of_one_stem_do_not_meet(tmp_path):
    (tmp_path / ".a.b.0000-7fffffff-000000.partial").mkdir()
    with whole_folder(tmp_path / "a") as folder:
        (folder / "file").write_text("")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.b.0000-7fffffff-000000.partial", "a"]


# Whose they are -----------------------------------------------------------------------------------


def mark_of(process):
    with own_mark() as mark:
        machine, _, number = mark.split("-")
        return f"{machine}-{process:x}-{number}"


def ended_process():
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(done.stdout)


def test_what_a_living_run_writes_stays(tmp_path):
    """Also one of this process, or of another user."""
    living = [tmp_path / f".o.{mark_of(process)}.partial.tif" for process in (os.getppid(), 1)]
    left = tmp_path / f".o.{mark_of(ended_process())}.partial.tif"
    for path in (*living, left):
        path.write_text("")
    with whole_file(tmp_path / "o.tif") as outer, whole_file(tmp_path / "o.tif") as inner:
        outer.write_text("later")
        inner.write_text("earlier")
        assert sorted(tmp_path.iterdir()) == sorted([*living, outer, inner])
    assert (tmp_path / "o.tif").read_text() == "later"
    assert sorted(tmp_path.iterdir()) == sorted([*living, tmp_path / "o.tif"])


def test_what_another_machine_wrote_stays_for_a_day(tmp_path):
    machine, rest = mark_of(ended_process()).split("-", 1)
    path = tmp_path / f".o.{(int(machine, 16) ^ 1):04x}-{rest}.partial.tif"
    path.write_text("")
    write_text(tmp_path / "o.tif", "")
    assert path.exists()
    os.utime(path, (0, time.time() - MAX_AGE - 1))
    write_text(tmp_path / "o.tif", "")
    assert not path.exists()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_kill_between_the_two_renames_of_a_folder(tmp_path, is_replaced):
    mark = mark_of(ended_process())
    former, partial = (tmp_path / f".product.{mark}.{state}" for state in ("former", "partial"))
    for folder in (former, partial):
        folder.mkdir()
        (folder / "readme").write_text(folder.suffix)
    if is_replaced:
        partial.rename(tmp_path / "product")
    with pytest.raises(Killed), whole_folder(tmp_path / "product") as folder:
        raise Killed
    assert [path.name for path in tmp_path.iterdir()] == ["product"]
    assert (tmp_path / "product" / "readme").read_text() == (".partial" if is_replaced else ".former")


def test_a_folder_that_cannot_be_replaced_stays(tmp_path, monkeypatch):
    (tmp_path / "product").mkdir()
    (tmp_path / "product" / "readme").write_text("former")
    replace = os.replace

    def fail(source, target):
        if str(source).endswith(".partial"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match="Input/output error"), whole_folder(tmp_path / "product"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["product"]
    assert (tmp_path / "product" / "readme").read_text() == "former"


@pytest.mark.parametrize("text", ["", "<PAMDataset>\n  <PAMRaster", "<PAMDataset>\n</PAMDataset"])
def test_a_sidecar_that_is_cut_off(tmp_path, text):
    """GDAL does not say that the disk was full when it wrote one."""
    with pytest.raises(OutputError, match="No space left"), whole_file(tmp_path / "o.tif") as temporary:  # noqa: PT012
        temporary.write_text("whole")
        Path(f"{temporary}.aux.xml").write_text(text)
    assert list(tmp_path.iterdir()) == []


def test_what_consists_of_several_files(tmp_path):
    """The one that names them comes last, and what a killed run has left goes."""
    left = tmp_path / f".{mark_of(ended_process())}.files"
    left.mkdir()
    (left / "t.shp").write_text("cut off")
    (tmp_path / "t.shp").write_text("former")
    with pytest.raises(Killed), whole_files(tmp_path / "t.shp") as temporary:  # noqa: PT012
        temporary.write_text("cut off")
        raise Killed
    assert [path.name for path in tmp_path.iterdir()] == ["t.shp"]
    assert (tmp_path / "t.shp").read_text() == "former"
    with whole_files(tmp_path / "t.shp") as temporary:
        for name in ("t.dbf", "t.shp", "t.shx"):
            temporary.with_name(name).write_text("new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(
        ["t.dbf", "t.shp", "t.shx"], "new"
    )


def test_temporary_folders_of_killed_runs_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, living = (tmp_path / f"permafrost-mapper-{mark_of(process)}" for process in (ended_process(), os.getppid()))
    for folder in (left, living, tmp_path / "permafrost-mapper-of-a-user"):
        folder.mkdir()
        (folder / "tests.tif").write_text("")
    with temporary_folder() as folder:
        assert folder.stat().st_mode & 0o077 == 0
        assert not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["permafrost-mapper-of-a-user", living.name])


def test_files_reach_the_disk_before_they_are_renamed(tmp_path, monkeypatch):
    """And their names after it; for a folder everything in it."""
    done = []
    fsync, replace = os.fsync, os.replace

    def sync(descriptor):
        done.append(("sync", Path(os.readlink(f"/proc/self/fd/{descriptor}")).name.split(".")[-1]))
        fsync(descriptor)

    def rename(source, target):
        done.append(("rename", Path(target).name))
        replace(source, target)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("needs the list of open files of Linux")
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", rename)
    with whole_file(tmp_path / "o.tif") as temporary:
        temporary.write_text("")
        Path(f"{temporary}.aux.xml").write_text("<PAMDataset>\n</PAMDataset>\n")
    here = ("sync", tmp_path.name)
    assert done == [("sync", "tif"), ("sync", "xml"), ("rename", "o.tif.aux.xml"), ("rename", "o.tif"), here]
    done.clear()
    with whole_folder(tmp_path / "f") as folder:
        (folder / "data").mkdir()
        (folder / "data" / "o.png").write_text("")
    assert sorted(done[:3]) == [("sync", "data"), ("sync", "partial"), ("sync", "png")]
    assert done[3:] == [("rename", "f"), here]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EIO])
def test_a_disk_that_fails_when_files_are_synced(tmp_path, monkeypatch, number):
    """Not one that cannot sync, such as some network folders."""

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    if number == errno.EINVAL:
        write_text(tmp_path / "o", "text")
    else:
        with pytest.raises(OutputError, match="Input/output error"):
            write_text(tmp_path / "o", "text")
    assert [path.name for path in tmp_path.iterdir()] == (["o"] if number == errno.EINVAL else [])


# Where nothing can be written: seen before the run ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "can_be_written"),
    [
        ("o.tif", True),
        ("new/folders/o.tif", True),
        ("o" * 210 + ".tif", True),
        ("o" * 222 + ".tif", False),
        ("o" * 300 + ".tif", False),
        ("f" * 300 + "/o.tif", False),
        ("new/" + "f" * 300 + "/below/o.tif", False),
        ("永" * 80 + ".tif", False),
        ("永" * 70 + ".tif", True),
        ("/".join(["f" * 100] * 60) + "/o.tif", False),
        ("a\0b/o.tif", False),
        ("folder", False),
        ("file/o.tif", False),
    ],
)
def test_a_name_that_cannot_be_written_is_refused_before_the_run(tmp_path, name, can_be_written):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    before = sorted(tmp_path.rglob("*"))
    if can_be_written:
        require_folder(f"{tmp_path}/{name}")
        # And it holds what it says.
        write_text(tmp_path / name, "")
        left_by_a_kill(tmp_path / name)
    else:
        with pytest.raises(OutputError, match=r"(?s)' cannot be written .*: choose .*\.$"):
            require_folder(f"{tmp_path}/{name}")
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("place", ["/proc/o.tif", "/sys/new/o.tif"])
def test_a_file_system_that_takes_no_file(place):
    if not Path(place).parents[-2].is_dir():
        pytest.skip("needs the file systems of Linux")
    with pytest.raises(OutputError, match=rf"'{place}' cannot be written in '/(proc|sys)' \(.*\): choose another"):
        require_folder(place)


def test_a_disk_that_becomes_read_only_under_a_run_is_a_sentence(tmp_path, monkeypatch):
    def refuse(*_given, **_named):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    final = tmp_path / "o.tif"
    with pytest.raises(OutputError, match=r"'.*o\.tif' cannot be written \(Read-only file system\)"):  # noqa: PT012, SIM117
        with whole_file(final) as temporary:
            temporary.touch()
            monkeypatch.setattr(Path, "unlink", refuse)
            refuse()
    remove_partials(final)


def test_a_device_stays_a_device_and_a_file_a_file(tmp_path):
    """As /dev/null, which a run of root would replace for all programs, and a file that is given as a folder."""
    device, file = tmp_path / "null", tmp_path / "notes.txt"
    os.mkfifo(device)
    file.write_text("mine")
    for path, is_folder, reason in (
        (device, False, "a device"),
        (device, True, "no folder"),
        (file, True, "no folder"),
    ):
        with pytest.raises(OutputError, match=rf"^'{path}' cannot be written \(it is {reason}\): choose the name of a"):
            require_folder(path, is_folder)
    for path in (device, file):
        with pytest.raises(OutputError, match="cannot be written"), whole_folder(path) as folder:
            (folder / "o").touch()
    with pytest.raises(OutputError, match="cannot be written"), whole_file(device) as temporary:
        temporary.touch()
    assert device.is_fifo()
    assert file.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "null"]


def test_a_read_only_folder(tmp_path, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(OutputError, match=r"\(Read-only file system\): choose another folder"):
        require_folder(tmp_path / "new" / "o.tif")
    # A table that QGIS keeps in memory, or in a database, has no folder.
    for text in ("TEMPORARY_OUTPUT", "memory:", "ogr:dbname='a.gpkg' table=\"t\" (geom)"):
        require_folder(text)


def test_a_whole_disk_is_not_replaced():
    with pytest.raises(OutputError, match="is a whole disk"), whole_folder("/"):
        pass
