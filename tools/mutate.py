"""Mutation testing of `core`: the figures of docs/mutation.md.

Cosmic Ray makes the mutants, a sample per module, in a copy of the checkout. Each is tested with the test files that
import the module, without the tests that need QGIS or real data. Cosmic Ray has to be importable here; the tests run in
forks of one process of .venv, which has imported NumPy and other slow modules.

    make mutate ARGS="--only gst/ --sample 20"     mutants in these modules
    make mutate ARGS="--again"                      those that survived, against the tests of today
    make mutate ARGS="--report"                     the table and the survivors
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "mutation.json"
PYTHON = ROOT / ".venv" / "bin" / "python"

# Constants, messages and lazy imports: tests of everything hold them, or nothing decides by them.
LEFT_OUT = {"__init__", "about", "errors", "classes", "dependencies"}

# Replacements of one operator by another that a hurried author could have written; anything catches the others.
PAIRS = {
    "Add_Sub",
    "Sub_Add",
    "Mul_Div",
    "Div_Mul",
    "FloorDiv_Div",
    "Mod_FloorDiv",
    "Pow_Mul",
    "BitOr_BitAnd",
    "BitAnd_BitOr",
    "LShift_RShift",
    "RShift_LShift",
    "Eq_NotEq",
    "NotEq_Eq",
    "Lt_LtE",
    "LtE_Lt",
    "Gt_GtE",
    "GtE_Gt",
    "Lt_GtE",
    "GtE_Lt",
    "Gt_LtE",
    "LtE_Gt",
    "Is_IsNot",
    "IsNot_Is",
    "Delete_Not",
    "Delete_USub",
    "Delete_Invert",
}
OTHERS = {
    "NumberReplacer",
    "AddNot",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
}

# Test files of modules that many others import too, but only use.
TESTS = {
    "assess/binary": ["test_boreholes.py", "test_comparemaps.py", "test_values_found.py"],
    "assess/rule": ["test_comparemaps.py"],
    "days": ["test_gst_table.py", "test_gst_model.py"],
    "gst/compiled": ["test_degree_days.py", "test_gst_model.py"],
    "gst/degreedays": ["test_degree_days.py"],
    "gst/fit": ["test_gst_model.py"],
    "gst/model": ["test_gst_model.py"],
    "gst/table": ["test_gst_table.py"],
    "files": ["test_files.py"],
    "jsontext": ["test_gst_model.py"],
    "lst/variogram": ["test_lst_variogram.py"],
    "permafrost/rk": ["test_ttop.py", "test_calibrate.py"],
    "permafrost/ttop": ["test_ttop.py"],
    "packed": ["test_gst_model.py"],
    "prepare/qc": ["test_stack.py"],
    "prepare/scenes": ["test_stack.py"],
    "simulate/climatology": ["test_climatology.py"],
    "simulate/sample": ["test_sample.py"],
    "publish/product": ["test_exportproduct.py", "test_report.py"],
    "tabletext": ["test_gst_table.py", "test_long_tables.py"],
}

# Test files that look at a little of everything, and always run.
EACH = ("test_boundaries.py", "test_core_details.py")

# Fixtures that start QGIS.
NEED_QGIS = {"qgis_app", "qgis_process", "provider", "run"}


def pytest_collection_modifyitems(config, items):
    """Leave out the tests that need QGIS: this module is a plugin of the pytest that runs on a mutant."""
    kept = [item for item in items if not NEED_QGIS & set(item.fixturenames)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def modules() -> list[str]:
    """Return the modules of `core` that are mutated, as paths below it without suffix."""
    paths = (path.relative_to(ROOT / "core").with_suffix("") for path in (ROOT / "core").rglob("*.py"))
    return sorted(path.as_posix() for path in paths if path.name not in LEFT_OUT)


def imports(path: Path) -> set[str]:
    """Return the modules of `core` that a Python file names in its imports."""
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"permafrost_mapper\.core(?:\.([\w.]+))? import (?:\(([^)]*)\)|([^\n]*))", text)
    found = set()
    for module, several, some in named:
        names = re.findall(r"\w+", re.sub(r"#.*", "", several or some))
        found |= {module.replace(".", "/"), *("/".join([*module.split("."), name]).strip("/") for name in names)}
    return found


def importers(module: str) -> set[str]:
    """Return the modules of `core` that import a module of it."""
    name = module.rsplit("/", 1)[-1]
    pattern = re.compile(rf"from [.\w]*\.{name} import|from \.[.\w]* import [^\n]*\b{name}\b")
    return {other for other in modules() if pattern.search((ROOT / "core" / f"{other}.py").read_text(encoding="utf-8"))}


def tests_of(module: str) -> list[str]:
    """Return the test files to run for a module: those that import it or, where none does, import what imports it."""
    files = [path for path in sorted((ROOT / "test").glob("test_*.py")) if not _needs_qgis(path)]
    found = {path.name for path in files if module in imports(path)}
    wanted, seen = {module}, set()
    while wanted and module not in TESTS and not found - set(EACH):
        seen |= wanted
        wanted = set().union(*map(importers, wanted)) - seen
        found |= {path.name for path in files if wanted & imports(path)}
    found = set(TESTS.get(module, found))
    return [f"test/{name}" for name in sorted(found | set(EACH)) if (ROOT / "test" / name).exists()]


def _needs_qgis(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return bool(
        re.search(r"^(from|import) (qgis|processing|permafrost_mapper\.(algorithms|provider|plugin))", text, re.M)
    )


def mutants(module: str, number: int, seed: int) -> list[dict]:
    """Return a sample of the mutants of a module, each with its line before and after.

    Different places come first, so that no long expression takes the whole sample.
    """
    import cosmic_ray.plugins
    from cosmic_ray.ast import ast_nodes, get_ast

    source = (ROOT / "core" / f"{module}.py").read_text(encoding="utf-8")
    tree, not_code = get_ast(source), _annotations(source)
    places = defaultdict(list)
    for name in cosmic_ray.plugins.operator_names():
        kind = name.split("/")[-1]
        if not (kind in OTHERS or kind.split("Operator_")[-1] in PAIRS):
            continue
        operator = cosmic_ray.plugins.get_operator(name)()
        starts = [start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node)]
        for occurrence, place in enumerate(starts):
            if not any(start <= tuple(place) < end for start, end in not_code):
                places[tuple(place)].append((kind, operator, occurrence))
    generator = random.Random(seed)  # noqa: S311
    shuffled = [generator.sample(some, len(some)) for some in generator.sample(list(places.values()), len(places))]
    in_turn = [some[k] for k in range(max(map(len, shuffled), default=0)) for some in shuffled if k < len(some)]
    found = []
    for kind, operator, occurrence in in_turn:
        if len(found) < number:
            found += _changed_line(source, operator, occurrence, {"module": module, "operator": kind})
    return sorted(found, key=lambda one: one["line"])


def _changed_line(source: str, operator, occurrence: int, about: dict) -> list[dict]:
    """Return a mutant as the line that it changes; none where it changes several."""
    from cosmic_ray.mutating import mutate_code

    before, after = source.splitlines(), (mutate_code(source, operator, occurrence) or source).splitlines()
    changed = [k for k, (old, new) in enumerate(zip(before, after)) if old != new]
    if len(after) != len(before) or len(changed) != 1:
        return []
    return [about | {"line": changed[0] + 1, "before": before[changed[0]], "after": after[changed[0]]}]


def _annotations(source: str) -> list[tuple]:
    """Return start and end of the annotations of a module, which no test can notice."""
    notes = []
    for node in ast.walk(ast.parse(source)):
        notes += [getattr(node, name, None) for name in ("annotation", "returns")]
    return [((n.lineno, n.col_offset), (n.end_lineno, n.end_col_offset)) for n in notes if isinstance(n, ast.expr)]


class Copy:
    """A copy of the checkout in which one module at a time is wrong."""

    def __init__(self, folder: str):
        self.root = Path(folder) / "checkout"
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)

        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "CI": "1", "PERMAFROST_DATA": "absent"}
        self._server = subprocess.Popen(
            [str(PYTHON), "tools/mutate.py", "--serve"],
            cwd=self.root,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def close(self) -> None:
        """End the process that runs the tests."""
        self._server.stdin.close()
        self._server.wait()

    def passes(self, tests: list[str], timeout: float) -> bool:
        """Return whether tests pass; those that exceed the timeout do not."""
        self._server.stdin.write(json.dumps([timeout, tests]) + "\n")
        self._server.stdin.flush()
        return self._server.stdout.readline().strip() == "0"

    def survives(self, mutant: dict, tests: list[str], timeout: float) -> bool | None:
        """Return whether a mutant passes the tests; None where its line is no longer there."""
        path = self.root / "core" / f"{mutant['module']}.py"
        if not path.exists():
            return None
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines(keepends=True)
        same = [k for k, line in enumerate(lines) if line.rstrip("\n") == mutant["before"]]
        if not same:
            return None
        nearest = min(same, key=lambda k: abs(k + 1 - mutant["line"]))
        lines[nearest] = mutant["after"] + "\n"
        try:
            path.write_text("".join(lines), encoding="utf-8")
            return self.passes(tests, timeout)
        finally:
            path.write_text(source, encoding="utf-8")


def serve() -> None:
    """Run the tests that come in on stdin, each time in a fork of this process, which has imported what takes long."""
    import hypothesis  # noqa: F401
    import numpy  # noqa: F401
    import pytest
    import scipy.interpolate
    import scipy.ndimage
    import scipy.spatial
    import scipy.special  # noqa: F401

    for line in sys.stdin:
        timeout, tests = json.loads(line)
        child = os.fork()
        if not child:
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(null, stream)
            options = ["-x", "-q", "-p", "no:pytest_qgis", "-p", "no:pytest-qgis"]
            os._exit(int(pytest.main([*options, *tests], plugins=[sys.modules[__name__]])))
        begin, code = time.monotonic(), None
        while code is None:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() - begin > timeout:
                os.killpg(child, 9)
                os.waitpid(child, 0)
                code = "timeout"
            else:
                time.sleep(0.02)
        print(code, flush=True)


def run(chosen: dict[str, list[dict]], key: str, results: Path, everything: list[dict]) -> None:
    """Run mutants by module and write down after each module which survived, under `key`."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Copy(folder)
        for module, some in chosen.items():
            tests = tests_of(module)
            begin = time.monotonic()
            if tests and not copy.passes(tests, 600):
                print(f"{module}: its tests do not pass unchanged: {' '.join(tests)}", flush=True)
                continue
            took = time.monotonic() - begin
            for one in some:
                one[key] = copy.survives(one, tests, 3 * took + 20) if tests else True
            survived = sum(one[key] is True for one in some)
            print(f"{module}: {survived} of {len(some)} survived ({took:.0f} s, {' '.join(tests)})", flush=True)
            results.parent.mkdir(parents=True, exist_ok=True)
            results.write_text(json.dumps(everything, indent=0), encoding="utf-8")
        copy.close()


def report(everything: list[dict]) -> None:
    """Print the mutants and the killed ones of each module, and the survivors."""
    by_module = defaultdict(list)
    for one in everything:
        if "survived" in one:
            by_module[one["module"]].append(one)
    print("| module | mutants | killed | killed by the tests of today |\n|---|---|---|---|")
    rows = [(module, *_counts(some)) for module, some in sorted(by_module.items())]
    for row in [*rows, ("all", *(sum(column) for column in list(zip(*rows))[1:]))]:
        print("| " + " | ".join(map(str, row)) + " |")
    for one in everything:
        if one.get("again", one.get("survived")):
            print(f"\n{one['module']}.py:{one['line']} {one['operator']}\n-{one['before']}\n+{one['after']}")


def _counts(some: list[dict]) -> tuple[int, int, int]:
    killed = sum(one["survived"] is False for one in some)
    return len(some), killed, killed + sum(one.get("again") is False for one in some)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[""], help="modules whose path contains one of these")
    parser.add_argument("--sample", type=int, default=15, help="mutants of a module")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", action="store_true", help="run the survivors once more")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        return serve()
    everything = json.loads(asked.results.read_text(encoding="utf-8")) if asked.results.exists() else []
    if not (asked.report or asked.again):
        chosen = {m: mutants(m, asked.sample, asked.seed) for m in modules() if any(some in m for some in asked.only)}
        everything = [one for one in everything if one["module"] not in chosen]
        everything += [one for some in chosen.values() for one in some]
        run(chosen, "survived", asked.results, everything)
    elif asked.again:
        chosen = defaultdict(list)
        for one in everything:
            if one.get("survived") and any(some in one["module"] for some in asked.only):
                chosen[one["module"]].append(one)
        run(chosen, "again", asked.results, everything)
    return report(everything)


if __name__ == "__main__":
    main()
