"""What is removed beside an output is what runs to this very output have left, whatever its name."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.files import MARK, beside, remove_partials, whole_file, whole_folder, write_text

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
    from permafrost_mapper.raster.unfinished import unfinished_beside

    assume(name != other)
    with tempfile.TemporaryDirectory() as folder:
        for one, run in ((name, "0" * 16), (name, "1" * 16), (other, "0" * 16)):
            with pytest.raises(Killed), unfinished_beside(str(Path(folder) / one), run) as finished:  # noqa: PT012
                finished.folder.mkdir()
                raise Killed
        with unfinished_beside(str(Path(folder) / name), "2" * 16):
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
    (tmp_path / ".a.b.01234567.partial").mkdir()
    with whole_folder(tmp_path / "a") as folder:
        (folder / "file").write_text("")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.b.01234567.partial", "a"]
