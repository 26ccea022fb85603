"""QGIS without a screen: the one place that knows how it is started and kept apart from the user's own QGIS."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import contextmanager
from json import loads
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "permafrost_mapper"
# Debian's qgis_process is a wrapper that passes --noversioncheck, which the program behind it refuses.
PROGRAMS = ("/usr/bin/qgis_process.bin", "qgis_process")
# Where distributions keep the Processing framework, which is a plugin and not on Python's path.
QGIS_PLUGINS = "/usr/share/qgis/python/plugins"


class Run(NamedTuple):
    """The outcome of one run of qgis_process."""

    code: int
    results: dict[str, Any]
    stdout: str
    stderr: str


def environment(config_dir: str | os.PathLike) -> dict[str, str]:
    """Return environment variables under which QGIS needs no screen and sees no plugin but this checkout.

    Parameters
    ----------
    config_dir : path
        An existing folder for everything that QGIS writes, best a temporary one.

    Returns
    -------
    dict of str
        The present environment with QGIS' variables replaced, as ``env`` for a process or for ``os.environ.update``.
    """
    config = Path(config_dir).resolve()
    runtime = config / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    plugins = config / "plugins"
    plugins.mkdir(exist_ok=True)
    # The folder of a checkout may have any name, a Python package may not.
    if not (plugins / PLUGIN).exists():
        (plugins / PLUGIN).symlink_to(ROOT, target_is_directory=True)
    # qgis_process brings its own Python: show it the packages of this one, which may be that of .venv.
    python_path = [QGIS_PLUGINS, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    if sys.prefix != sys.base_prefix:
        python_path.append(sysconfig.get_path("purelib"))
    # As on a user's machine, the compiled sources are kept: without them each start takes some tenths of a second more.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "QGIS_CUSTOM_CONFIG_PATH": str(config),
        "QGIS_PLUGINPATH": str(plugins),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(filter(None, python_path))),
        # Messages in English and files in UTF-8, whatever the machine speaks.
        "LC_ALL": "C.UTF-8",
    }


def program() -> str:
    """Return the path of qgis_process; raise FileNotFoundError where QGIS is not installed."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise FileNotFoundError("qgis_process is not installed: run 'make setup'.")
    return found


def qgis_process(*arguments: str, env: dict[str, str], timeout: float | None = None) -> subprocess.CompletedProcess:
    """Call qgis_process and return its output."""
    return subprocess.run(
        [program(), *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def run(
    algorithm: str,
    parameters: dict[str, Any],
    json: bool = True,
    env: dict[str, str] | None = None,
    timeout: float | None = None,
) -> Run:
    """Run one algorithm headless, with the plugin of this checkout enabled.

    Parameters
    ----------
    algorithm : str
        Id of an algorithm or path of a model, for example ``"permafrost:ttop"``.
    parameters : dict
        Values by parameter name; for a list the option is repeated.
    json : bool
        Whether to ask for JSON. Without it stdout is what a user reads, and `results` is empty.
    env : dict of str, optional
        From `environment`, to share one start-up among several runs. By default one is made for this run alone.
    timeout : float, optional
        Seconds after which the run is ended with ``subprocess.TimeoutExpired``.

    Returns
    -------
    Run
        Exit code, outputs by name (empty when the run failed, for then qgis_process writes no JSON), stdout, stderr.
    """
    if env is None:
        with tempfile.TemporaryDirectory() as folder:
            return run(algorithm, parameters, json, environment(folder), timeout)
    _enable_plugin(env)
    flags = ["--json"] if json else []
    done = qgis_process(*flags, "run", algorithm, "--", *_options(parameters), env=env, timeout=timeout)
    results = loads(done.stdout)["results"] if json and done.returncode == 0 else {}
    return Run(done.returncode, results, done.stdout, done.stderr)


def follow(algorithm: str, parameters: dict[str, Any], env: dict[str, str], say: Callable[[str], None]) -> Run:
    """Run one algorithm headless and pass on its log, line by line, while it runs.

    Parameters
    ----------
    algorithm, parameters, env
        As for `run`.
    say : callable
        Called with each line of the log: neither the inputs nor the results.

    Returns
    -------
    Run
        As of `run`; results are numbers where they can be, else text.
    """
    _enable_plugin(env)
    command = [program(), "run", algorithm, "--", *_options(parameters)]
    lines: list[str] = []
    part, results = "", {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        with subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
        ) as process:
            for line in map(str.rstrip, process.stdout):
                # A heading stands between two lines of dashes; the inputs end at the first progress, "0...10".
                if lines and lines[-1].startswith("----") and line in ("Inputs", "Results"):
                    part = line
                elif part == "Inputs" and line.startswith("0"):
                    part = ""
                elif part == "Results" and ":\t" in line:
                    name, _, value = line.partition(":\t")
                    results[name] = _number_or_text(value)
                elif not part and line and not line.startswith("----"):
                    say(line)
                lines.append(line)
        errors.seek(0)
        return Run(process.returncode, results, "\n".join(lines), errors.read())


def _number_or_text(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _options(parameters: dict[str, Any]) -> list[str]:
    """Return parameters as qgis_process takes them; for a list the option is repeated."""
    options = []
    for name, value in parameters.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        options += [f"{name}={single}" for single in values]
    return options


def _enable_plugin(env: dict[str, str]) -> None:
    """Enable the plugin in the profile of `env`, unless that is done."""
    done = Path(env["QGIS_CUSTOM_CONFIG_PATH"]) / "enabled"
    if done.exists():
        return
    answer = qgis_process("plugins", "enable", PLUGIN, env=env)
    if answer.returncode != 0:
        raise RuntimeError(f"QGIS cannot enable the plugin: {answer.stdout}{answer.stderr}")
    done.touch()


def run_in_window(
    script: Path, folder: str | os.PathLike, env: dict[str, str], timeout: float, locale: str = ""
) -> int:
    """Run a Python script inside the real QGIS, with its main window on a virtual screen; return the exit code.

    Parameters
    ----------
    script : path
        Run once the window stands; it has to end the process.
    folder : path
        An existing, empty folder for the profile.
    env : dict of str
        Variables to set, beside those of `environment`.
    timeout : float
        Seconds after which the run is ended with ``subprocess.TimeoutExpired``.
    locale : str
        That of QGIS, such as ``zh-Hans``; by default English.
    """
    programs = [shutil.which(name) for name in ("xvfb-run", "qgis")]
    if not all(programs):
        raise FileNotFoundError("A window needs xvfb-run and qgis: install the packages xvfb, xauth and qgis.")
    settings = Path(folder) / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"[PythonPlugins]\n{PLUGIN}=true\nprocessing=true\n\n[qgis]\ncheckVersion=false\nshowTips=false\n"
        "showNewsFeed=false\n\n[app]\nwelcomePage=none\n"
        + (f"\n[locale]\noverrideFlag=true\nuserLocale={locale}\n" if locale else ""),
        encoding="utf-8",
    )
    xvfb, qgis = programs
    command = [xvfb, "-a", "-s", "-screen 0 1600x1000x24", qgis, "--nologo", "--noversioncheck"]
    command += ["--profiles-path", str(folder), "--code", str(script)]
    # The window needs the screen that qgis_process does without.
    with subprocess.Popen(
        command, env={**environment(folder), "QT_QPA_PLATFORM": "xcb", **env}, start_new_session=True
    ) as process:
        try:
            return process.wait(timeout)
        finally:
            # Where QGIS still runs, xvfb-run alone would leave it behind.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)


@contextmanager
def application(platform: str = "desktop") -> Iterator[Any]:
    """Start QGIS inside this process; give the provider of this checkout, with QGIS' own algorithms beside it.

    Plugins take the process for the program `platform`.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = environment(folder)
        # Models are written in the order of hashes: fix their seed, so that the same model is the same file.
        os.environ.update(env, QT_HASH_SEED="0")
        sys.path[:0] = [env["QGIS_PLUGINPATH"], QGIS_PLUGINS]
        from permafrost_mapper.provider import PermafrostProvider
        from qgis.analysis import QgsNativeAlgorithms
        from qgis.core import QgsApplication

        qgis = QgsApplication([], False, "", platform)
        qgis.initQgis()
        registry = QgsApplication.processingRegistry()
        provider = PermafrostProvider()
        registry.addProvider(QgsNativeAlgorithms(registry))
        registry.addProvider(provider)
        provider.refreshAlgorithms()
        yield provider
        qgis.exitQgis()
