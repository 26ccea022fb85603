"""The zip keeps the plugin repository's rules, and the check of it notices when it does not."""

import zipfile

import package
import pytest

METADATA = (
    "\n".join(
        ["[general]", *(f"{field}=something" for field in package.REQUIRED_FIELDS if field != "hasProcessingProvider")]
    )
    .replace("version=something", "version=1.2.0")
    .replace("changelog=something", "changelog=1.2.0 new")
    .replace("tracker=something", "tracker=https://example.org/issues")
    .replace("repository=something", "repository=https://example.org")
    .replace("homepage=something", "homepage=https://example.org")
)
GOOD = {
    "permafrost_mapper/LICENSE": b"GPL",
    "permafrost_mapper/__init__.py": b"",
    "permafrost_mapper/metadata.txt": f"{METADATA}\nhasProcessingProvider=yes\n".encode(),
}


def _zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def plugin_zip(tmp_path_factory):
    """The zip of HEAD."""
    if not (package.ROOT / ".git").exists():
        pytest.skip("the zip is made from a git checkout, and this is none")
    return package.build(tmp_path_factory.mktemp("build"))


def test_the_zip_keeps_the_rules(plugin_zip):
    assert package.problems(plugin_zip) == []


def test_the_zip_holds_the_plugin_and_nothing_of_the_workshop(plugin_zip):
    with zipfile.ZipFile(plugin_zip) as archive:
        top = {name.split("/")[1] for name in archive.namelist()}
    assert {
        "LICENSE",
        "__init__.py",
        "metadata.txt",
        "requirements.txt",
        "core",
        "raster",
        "algorithms",
        "window",
    } <= top
    assert not top & {"test", "tools", "docs", "Makefile", "pyproject.toml", "requirements-dev.txt", "CONTRIBUTING.md"}


def test_a_good_zip_has_no_problem(tmp_path):
    assert package.problems(_zip(tmp_path / "good.zip", GOOD)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"permafrost_mapper/LICENSE": None}, "LICENSE is missing"),
        ({"other/file.py": b""}, "one folder"),
        ({"permafrost_mapper/.hidden": b""}, "hidden"),
        ({"permafrost_mapper/core/__pycache__/x.cpython-311.pyc": b""}, "hidden or a cache"),
        ({"permafrost_mapper/run.sh": b"#!/bin/sh"}, "script of a shell"),
        ({"permafrost_mapper/run.ps1": b"dir"}, "script of a shell"),
        ({"permafrost_mapper/a..b.py": b""}, "two dots in a row"),
        ({"permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"] + b"tags=95 %"}, "per cent"),
        ({"permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"] + b"tags=95 %(x)s"}, "per cent"),
        (
            {
                "permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"].replace(
                    b"https://example.org/issues", b"example.org"
                )
            },
            "The tracker in metadata.txt is no address",
        ),
        (
            {
                "permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"].replace(
                    b"author=something", b"author=A/B"
                )
            },
            "must not contain a slash",
        ),
        ({"permafrost_mapper/fast.so": b"\x7fELF\x02\x01"}, "compiled library"),
        ({"permafrost_mapper/tool.exe": b"MZ\x90\x00"}, "compiled library"),
        ({"permafrost_mapper/metadata.txt": b"[general]\nname=A plugin\n"}, "has no changelog"),
        ({"permafrost_mapper/metadata.txt": b"[general]\nname=A plugin\n"}, "must not contain 'plugin'"),
        ({"permafrost_mapper/metadata.txt": METADATA.encode()}, "hasProcessingProvider=yes"),
        (
            {"permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"] + b"tags=<b>bold</b>"},
            "must not contain HTML",
        ),
        (
            {
                "permafrost_mapper/metadata.txt": GOOD["permafrost_mapper/metadata.txt"].replace(
                    b"1.2.0 new", b"1.1 old"
                )
            },
            "must begin with the version",
        ),
    ],
)
def test_each_broken_rule_is_found(tmp_path, changes, words):
    files = {name: content for name, content in {**GOOD, **changes}.items() if content is not None}
    assert words in " ".join(package.problems(_zip(tmp_path / "bad.zip", files)))


def test_an_executable_file_is_found(tmp_path):
    path = _zip(tmp_path / "bad.zip", GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("permafrost_mapper/run.py")
        info.external_attr = 0o100755 << 16
        archive.writestr(info, b"")
    assert package.problems(path) == ["permafrost_mapper/run.py is executable."]


def test_a_zip_that_is_too_large_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MAX_BYTES", 100)
    assert "are allowed" in " ".join(package.problems(_zip(tmp_path / "large.zip", GOOD)))
