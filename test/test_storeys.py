"""The house rules: imports go down only, and what no shipped module may do."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "permafrost_mapper"
STOREYS = ("core", "raster", "algorithms", "window")  # from the ground up

NEVER = {"pickle", "random", "xml.etree", "multiprocessing", "socket", "urllib.request", "http", "requests"}
PYQT = {"PyQt5", "PyQt6"}  # qgis.PyQt is whichever of the two QGIS was built with
QGIS = {"qgis", "processing"} | PYQT
GDAL = {"osgeo", "gdal", "ogr", "osr"}
# Imported inside functions only, so that a storey loads where they are missing.
OPTIONAL = {"sklearn", "pykrige", "numba", "distributed", "dask", "matplotlib"}

REFUSED = {"core": QGIS | GDAL, "raster": QGIS}

# The rooms of each storey, in the order in which data flow. A module may import from its own room and from earlier
# ones; modules that lie in no room serve all of them, and import from none.
FLOW = ("prepare", "lst", "gst", "permafrost", "assess", "publish")
ROOMS = {
    "core": (*FLOW, "simulate", "reports"),
    "raster": ("grid", "read", "run", "write", *FLOW, "simulate"),
    "algorithms": FLOW,
}


def shipped_modules():
    """Every module that goes into the zip."""
    folders = [ROOT / storey for storey in STOREYS]
    return [*sorted(ROOT.glob("*.py")), *sorted(path for folder in folders for path in folder.rglob("*.py"))]


def imported(tree, module):
    """Full names of everything that a module imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: -node.level] if node.level else []
            yield from (".".join(filter(None, [*base, node.module, alias.name])) for alias in node.names)


def inside(name, parents):
    """Whether a dotted name is one of `parents` or below one."""
    return any(f"{name}.".startswith(f"{parent}.") for parent in parents)


def forbidden_imports(tree, module):
    """Name what a module imports from above its storey, or may not import at all."""
    storey = module.split(".")[1]
    refused = NEVER | REFUSED.get(storey, PYQT)
    below = {f"{PACKAGE}.{name}" for name in STOREYS[: STOREYS.index(storey) + 1]} if storey in STOREYS else {PACKAGE}
    for name in imported(tree, module):
        if inside(name, refused) or (inside(name, {PACKAGE}) and not inside(name, below)):
            yield f"imports {name}"


def later_rooms(tree, module):
    """Name what a module imports from a room of its storey that comes after its own."""
    _, storey, *rest = module.split(".")
    rooms = ROOMS.get(storey, ())
    own = rooms.index(rest[0]) if rest and rest[0] in rooms else -1
    later = {f"{PACKAGE}.{storey}.{room}" for room in rooms[own + 1 :]}
    for name in imported(tree, module):
        if inside(name, later):
            yield f"imports {name} from a later room"


def forbidden_statements(tree):
    """Name the statements that no shipped module may hold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield f"assert in line {node.lineno}"
        elif isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield f"bare except in line {node.lineno}"
            if [ast.unparse(statement) for statement in node.body] in (["pass"], ["..."]):
                yield f"an error passed over in line {node.lineno}"
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            # UseExceptions changes GDAL for every plugin of the process.
            if called in {"print", "eval", "exec", "__import__"} or called.endswith(".UseExceptions"):
                yield f"{called}() in line {node.lineno}"
            if any(keyword.arg == "shell" for keyword in node.keywords):
                yield f"shell= in line {node.lineno}"


def offences(source, module):
    """Name each rule that a module breaks."""
    tree = ast.parse(source)
    return [*forbidden_imports(tree, module), *later_rooms(tree, module), *forbidden_statements(tree)]


def module_name(path):
    """Name under which Python knows a file; a package ends with ``.__init__``, so that relative imports resolve."""
    return ".".join([PACKAGE, *path.relative_to(ROOT).with_suffix("").parts])


@pytest.mark.parametrize("path", shipped_modules(), ids=module_name)
def test_shipped_modules_keep_the_rules(path):
    assert offences(path.read_text(encoding="utf-8"), module_name(path)) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.x", "from osgeo import gdal"),
        ("core.x", "import osgeo.gdal"),
        ("core.x", "def f():\n    from qgis.core import QgsProject"),
        ("core.lst.x", "from ...raster import grid"),
        ("core.__init__", "from .. import raster"),
        ("core.x", "import permafrost_mapper.algorithms.base"),
        ("raster.x", "from qgis.PyQt import QtCore"),
        ("raster.x", "from ..algorithms.base import Base"),
        ("raster.x", "from ..provider import Provider"),
        ("core.x", "from .lst.trend import fit"),
        ("core.lst.x", "def f():\n    from ..gst import table"),
        ("raster.read.x", "from ..write.writer import RasterWriter"),
        ("raster.lst.x", "from ..assess.binary import read"),
        ("algorithms.lst.x", "from ..gst.overpasses import stacks"),
        ("algorithms.x", "from PyQt5 import QtCore"),
        ("plugin", "import PyQt6.QtCore"),
        ("plugin", "import pickle"),
        ("plugin", "from xml.etree import ElementTree"),
        ("core.x", "import random"),
        ("core.x", "import urllib.request"),
        ("core.x", "print(1)"),
        ("core.x", "eval('1')"),
        ("core.x", "exec('1')"),
        ("core.x", "assert True"),
        ("core.x", "try:\n    f()\nexcept:\n    raise"),
        ("core.x", "try:\n    f()\nexcept OSError:\n    pass"),
        ("raster.x", "from osgeo import gdal\ngdal.UseExceptions()"),
        ("algorithms.x", "run('ls', shell=True)"),
    ],
)
def test_each_broken_rule_is_found(module, source):
    assert len(offences(source, f"{PACKAGE}.{module}")) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("core.lst.x", "from ..errors import InputError\nfrom .kriging import solve"),
        ("core.x", "import numpy.random\ngenerator = numpy.random.default_rng(1)"),
        ("raster.x", "from osgeo import gdal\nfrom ..core.files import whole_file"),
        ("algorithms.permafrost.x", "from ...core.permafrost import ttop\nfrom qgis.PyQt.QtCore import Qt"),
        ("algorithms.x", "dialog.exec()"),
        ("plugin", "from .provider import Provider"),
        ("core.gst.x", "from ..lst.trend import fit\nfrom ..errors import InputError"),
        ("core.reports.x", "from ..assess.trend import slope"),
        ("raster.prepare.x", "from ..write.writer import RasterWriter"),
        ("algorithms.gst.x", "from ...raster.publish.preview import figure"),
        ("core.x", "try:\n    f()\nexcept OSError as error:\n    raise InputError('a') from error"),
    ],
)
def test_what_keeps_the_rules_is_left_alone(module, source):
    assert offences(source, f"{PACKAGE}.{module}") == []


def defined(tree):
    """Names that a module defines or imports at its top level, also under conditions and in ``try``."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def trees():
    """Syntax trees of all shipped modules by name, packages without ``.__init__``."""
    return {
        module_name(path).removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
        for path in shipped_modules()
    }


def test_every_import_of_ours_finds_its_name():
    modules = trees()
    names = {module: set(defined(tree)) for module, tree in modules.items()}
    homes = {}
    for module, tree in modules.items():
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                homes.setdefault(node.name, []).append(module)
    lost = []
    for path in shipped_modules():
        module = module_name(path)
        for name in imported(ast.parse(path.read_text(encoding="utf-8")), module):
            home, _, what = name.rpartition(".")
            if inside(name, {PACKAGE}) and name not in names and what not in names.get(home, ()):
                lost.append(f"{module} imports {name}; {what} is in {homes.get(what)}")
    assert lost == []


def test_no_modules_import_each_other():
    modules = trees()
    needs = {}
    for path in shipped_modules():
        module = module_name(path)
        names = imported(modules[module.removesuffix(".__init__")], module)
        # A name is that of a module, or of something in one.
        found = {name if name in modules else name.rpartition(".")[0] for name in names if inside(name, {PACKAGE})}
        needs[module.removesuffix(".__init__")] = found & modules.keys()
    # Modules that Numba compiles are imported by `dependencies.compiled`, under a name that is a text.
    for module, tree in modules.items():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        texts = [ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "compiled"]
        needs[module].update(f"{PACKAGE}.core.{text}" for text in texts)
    # What imports nothing that is left cannot be part of a cycle.
    while free := {module for module, needed in needs.items() if not needed & needs.keys()}:
        for module in free:
            del needs[module]
    # Nor can what nothing that is left imports.
    while idle := needs.keys() - set().union(*needs.values()):
        for module in idle:
            del needs[module]
    assert sorted(needs) == []


MAX_FILE_LINES, MAX_FUNCTION_LINES = 300, 60


def lines_of(function):
    """Lines of a function without its docstring."""
    first = function.body[0]
    docstring = ast.get_docstring(function) is not None and first.end_lineno - first.lineno + 1
    return function.end_lineno - function.lineno + 1 - docstring


def does_more_than_declare(source, module):
    """Name what an algorithm holds that belongs on another storey, or is too long to be read at once."""
    tree = ast.parse(source)
    count = source.count("\n")
    if module.count(".") > 2 and count > MAX_FILE_LINES:
        yield f"{count} lines"
    annotations = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    types = {id(part) for annotation in annotations if annotation is not None for part in ast.walk(annotation)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if node.name != "declare" and lines_of(node) > MAX_FUNCTION_LINES:
                yield f"{node.name} has {lines_of(node)} lines"
            if node.name == "execute":
                inner = [part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef) and part is not node]
                yield from (f"{name} is a function inside execute" for name in inner)
        elif isinstance(node, ast.Name) and node.id in ("np", "numpy") and id(node) not in types:
            yield f"computes with NumPy in line {node.lineno}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "numpy":
            yield f"imports from NumPy in line {node.lineno}"


@pytest.mark.parametrize("path", sorted((ROOT / "algorithms").rglob("*.py")), ids=module_name)
def test_algorithms_declare_and_delegate(path):
    assert list(does_more_than_declare(path.read_text(encoding="utf-8"), module_name(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "a = 1\n" * 301,
        "def f():\n" + "    a = 1\n" * 60,
        "def execute(self, p, task):\n    def compute(a):\n        return a\n",
        "import numpy as np\n\n\ndef f(a: np.ndarray):\n    return np.mean(a)\n",
        "from numpy import mean\n",
    ],
)
def test_an_algorithm_that_does_more_is_found(source):
    assert len(list(does_more_than_declare(source, f"{PACKAGE}.algorithms.gst.x"))) == 1


# Upper-case words that are the field's own, and also names of parameters or outputs.
FIELD_WORDS = {
    "CRPS",
    "CRS",
    "DDF",
    "DDT",
    "DEM",
    "GST",
    "KAPPA",
    "LST",
    "MAE",
    "MAGST",
    "MAGT",
    "PFT",
    "QC",
    "RMSE",
    "TTOP",
}


def parameter_names():
    """Upper-case names that algorithms declare, or read from their parameters as ``p.NAME``."""
    for path in (ROOT / "algorithms").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "p":
                yield node.attr


def sentences(tree):
    """Texts of a module that hold words of a sentence, without docstrings."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in texts if id(node) not in docstrings and re.search(r"[a-z] | [a-z]", node.value)]


def test_core_speaks_of_quantities_and_not_of_parameters():
    names = {name for name in parameter_names() if re.fullmatch("[A-Z][A-Z0-9_]+", name)} - FIELD_WORDS
    assert {"OUTPUT", "START_DATE", "MISSING"} <= names
    named = [
        f"{module}: {text!r}"
        for module, tree in trees().items()
        if module.startswith(f"{PACKAGE}.core")
        for text in sentences(tree)
        # In braces a name is that of a value which takes its place.
        if names & set(re.findall(r"(?<![\w{])[A-Z][A-Z0-9_]+(?![\w}])", text))
    ]
    assert named == []


# Modules that are there for an optional package alone, and are imported only where it is.
NEED_A_PACKAGE = {f"{PACKAGE}.core.{name}" for name in ("kernels", "packed_numba", "gst.compiled", "lst.kriging_numba")}

IMPORT_ALL = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ModuleNotFoundError(f"refused: {{name}}", name=name)

sys.meta_path.insert(0, Refuse())
package = importlib.import_module({package!r})
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if module.name not in {skipped!r}:
        importlib.import_module(module.name)
        print(module.name)
"""


@pytest.mark.parametrize(("storey", "refused"), [("core", QGIS | GDAL | OPTIONAL), ("raster", QGIS | OPTIONAL)])
def test_a_storey_imports_without_what_is_above_it(tmp_path, storey, refused):
    (tmp_path / PACKAGE).symlink_to(ROOT, target_is_directory=True)
    script = IMPORT_ALL.format(refused=refused, skipped=NEED_A_PACKAGE, package=f"{PACKAGE}.{storey}")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    expected = {
        module_name(path).removesuffix(".__init__")
        for path in (ROOT / storey).rglob("*.py")
        if path != ROOT / storey / "__init__.py"
    }
    assert set(done.stdout.split()) == expected - NEED_A_PACKAGE


def test_the_refusal_refuses(tmp_path):
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "__init__.py").touch()
    (tmp_path / PACKAGE / "bad.py").write_text("from osgeo import gdal")
    script = IMPORT_ALL.format(refused=GDAL, skipped=set(), package=PACKAGE)
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode != 0
    assert "refused: osgeo" in done.stderr
