"""Variograms: models, the empirical variogram of a gridded scene, and fits by the method of moments.

The bounded models have PyKrige's parametrisation, in which `range` is the *practical* range: the
exponential, for example, is ``1 - exp(-3 h / range)`` and reaches 95 % of its sill at ``h = range``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy import fft, interpolate, optimize, special
from scipy.spatial.distance import pdist

from ..errors import InputError
from ..language import Say, tr

UNBOUNDED_MODELS = ("linear", "power")
MODELS = ("spherical", "exponential", "gaussian", "hole-effect", "matern", *UNBOUNDED_MODELS)
MODELS_BY_MOMENTS = tuple(model for model in MODELS if model != "matern")
MATERN_KNOTS = 1500
MATERN_UNIFORM = 20.0  # orders above which the uniform expansion of the Bessel function is exact to 1e-7


@dataclass(frozen=True)
class Variogram:
    """A variogram model; distances in metres, semivariances in the square of the data's unit (K2).

    Attributes
    ----------
    model : str
        One of `MODELS`.
    nugget : float
        Semivariance just above distance 0.
    sill : float
        *Partial* sill: what the structure adds to the nugget; for unbounded models, what it adds at
        distance `range`.
    range : float
        Practical range in metres, as PyKrige defines it for each model (for ``gaussian``
        ``1 - exp(-(7 h / (4 range))^2)``). Matern's is scaled so that smoothness 0.5 is the
        exponential. For the unbounded models it is the distance at which `sill` is read:
        ``linear`` is ``sill * h / range``, ``power`` is ``sill * (h / range)**smoothness``.
    smoothness : float
        Matern's nu (0.5 is the exponential, infinity the gaussian); the exponent of ``power``,
        between 0 and 2. The other models ignore it.
    nested : Variogram, optional
        A second structure that is added, including its nugget; usually of a longer range.
    anisotropy : float
        Ratio of the range along the direction `angle` to the range across it, of all structures;
        1 is isotropic. The ranges given are those along `angle`.
    angle : float
        Degrees counter-clockwise from east. Both are PyKrige's anisotropy_scaling and
        anisotropy_angle.

    Raises
    ------
    InputError
        If the model is unknown or a parameter lies outside its domain.

    Examples
    --------
    The range is the practical one, where 95 % of the sill is reached:

    >>> exponential = Variogram("exponential", nugget=0.1, sill=0.9, range=30_000.0)
    >>> print(exponential.semivariance([0.0, 1.0, 30_000.0]).round(3))
    [0.    0.1   0.955]
    """

    model: str
    nugget: float
    sill: float
    range: float
    smoothness: float = 0.5
    nested: Variogram | None = None
    anisotropy: float = 1.0
    angle: float = 0.0

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise InputError(
                tr(
                    "Variogram model '{model}' is unknown: choose one of {models}.",
                    model=self.model,
                    models=", ".join(MODELS),
                )
            )
        for name in ("nugget", "sill"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0):
                raise InputError(
                    tr("The variogram's {name} is {value}: give a number that is not negative.", name=name, value=value)
                )
        if not (np.isfinite(self.range) and self.range > 0):
            raise InputError(
                tr("The variogram's range is {range}: give a positive distance in metres.", range=self.range)
            )
        if not 0 < self.smoothness < (2 if self.model == "power" else np.inf):
            raise InputError(
                tr(
                    "The variogram's smoothness is {smoothness}: give a positive number, below 2 for 'power'.",
                    smoothness=self.smoothness,
                )
            )
        if not (np.isfinite(self.anisotropy) and self.anisotropy > 0):
            raise InputError(
                tr(
                    "The variogram's anisotropy is {anisotropy}: give a positive ratio of two ranges.",
                    anisotropy=self.anisotropy,
                )
            )

    @property
    def bounded(self) -> bool:
        """Whether the semivariance reaches a sill."""
        return self.model not in UNBOUNDED_MODELS and (self.nested is None or self.nested.bounded)

    @property
    def total_sill(self) -> float:
        """Nuggets and partial sills together: the variance of a bounded model (K2)."""
        return self.nugget + self.sill + (self.nested.total_sill if self.nested else 0.0)

    def ceiling(self, longest: float) -> float:
        """Return an upper bound of the semivariance up to the distance `longest` (m).

        The bound minus the semivariance is the covariance of a bounded model, and can be used as such for an
        unbounded one: ordinary kriging does not depend on the bound.
        """
        return self.total_sill if self.bounded else float(self.semivariance(np.array(longest)))

    def semivariance(self, distance: np.ndarray) -> np.ndarray:
        """Return the semivariance at distances (m) along `angle`, any shape; 0 at distance 0, even with a nugget."""
        distance = np.asarray(distance, dtype=float)
        gamma = np.where(distance > 0, self.nugget + self.sill * self._structure(distance / self.range), 0.0)
        return gamma + self.nested.semivariance(distance) if self.nested else gamma

    def equivalent_distance(self, east: np.ndarray, north: np.ndarray) -> np.ndarray:
        """Return the distance along `angle` that has the same semivariance as a vector (m, m)."""
        if self.anisotropy != 1:
            cosine, sine = np.cos(np.radians(self.angle)), np.sin(np.radians(self.angle))
            east, north = east * cosine + north * sine, self.anisotropy * (north * cosine - east * sine)
        return np.sqrt(east * east + north * north)  # np.hypot takes five times as long

    def scaled(self, factor: float) -> Variogram:
        """Return the same variogram with every semivariance multiplied by `factor`."""
        nested = self.nested.scaled(factor) if self.nested else None
        return replace(self, nugget=self.nugget * factor, sill=self.sill * factor, nested=nested)

    def describe(self, say: Say = tr) -> str:
        """Return the variogram as text, which tables hold in English."""

        def structure(part: Variogram) -> str:
            kilometres = part.range / 1000
            length = f"{kilometres:.{0 if kilometres >= 100 else 1}f}"
            return say("sill {sill:.3g} K², range {length} km", sill=part.sill, length=length)

        text = say(
            "{model}, nugget {nugget:.3g} K², {structure}",
            model=self.model,
            nugget=self.nugget,
            structure=structure(self),
        )
        if self.model in ("matern", "power"):
            text += say(", smoothness {smoothness:.2g}", smoothness=self.smoothness)
        if self.nested is not None:
            text += say("; nested: {structure}", structure=structure(self.nested))
        if self.anisotropy != 1:
            text += say(
                "; longest towards {angle:.0f}° from east, ratio {anisotropy:.2f}",
                angle=self.angle,
                anisotropy=self.anisotropy,
            )
        return text

    def _structure(self, h: np.ndarray) -> np.ndarray:
        """Return the structure, which rises from 0, at distances in units of the range."""
        if self.model == "spherical":
            h = np.minimum(h, 1.0)
            return 1.5 * h - 0.5 * h**3
        if self.model == "exponential":
            return -np.expm1(-3.0 * h)
        if self.model == "gaussian":
            return -np.expm1(-((1.75 * h) ** 2))
        if self.model == "hole-effect":
            # 1 - (1 - 3h) exp(-3h), without the digits that the difference loses near 0.
            return 3.0 * h * np.exp(-3.0 * h) - np.expm1(-3.0 * h)
        if self.model == "matern":
            return matern_structure(h, self.smoothness)
        return h if self.model == "linear" else h**self.smoothness


def matern_structure(h: np.ndarray, smoothness: float) -> np.ndarray:
    """Return one minus Matern's correlation at distances `h` in units of the practical range.

    The correlation is ``2^(1-nu)/Gamma(nu) t^nu K_nu(t)`` with ``t = 3 sqrt(2 nu) h`` (Rasmussen and
    Williams 2006, eq. 4.14, with a third of the range as length scale). Near 0 the difference from 1 would lose all
    digits, and kriging of a smooth field depends on them. Its derivative is ``2^(1-nu)/Gamma(nu) t^nu K_(nu-1)(t)``,
    which is positive, so its integral loses none.
    """
    t = 3.0 * np.sqrt(2.0 * smoothness) * np.asarray(h, dtype=float)
    if smoothness == 0.5:
        return -np.expm1(-t)
    shortest, longest, spline = _matern_integral(smoothness)
    with np.errstate(divide="ignore"):
        return np.where(t > 0, np.exp(spline(np.log(np.clip(t, shortest, longest)))), 0.0)


@lru_cache(maxsize=16)
def _matern_integral(smoothness: float) -> tuple[float, float, interpolate.CubicSpline]:
    """Return the smallest and largest t, and between them the logarithm of the structure as a function of that of t.

    Below the smallest, at 1e-9 of the range, the structure is constant; above the largest it is 1.
    """
    knots = np.linspace(np.log(1e-9), np.log(50.0 + 15.0 * np.sqrt(smoothness)), MATERN_KNOTS)
    nodes, weights = np.polynomial.legendre.leggauss(6)
    half = 0.5 * (knots[1] - knots[0])
    log_t = (0.5 * (knots[1:] + knots[:-1]))[:, None] + half * nodes
    # With respect to the logarithm of t the derivative has one more factor t.
    scale = (1.0 - smoothness) * np.log(2.0) - special.gammaln(smoothness)
    logarithm = scale + (smoothness + 1.0) * log_t + _log_bessel(abs(smoothness - 1.0), np.exp(log_t))
    parts = half * (np.exp(logarithm) @ weights)
    # Before the first knot the structure follows a power of t: t^2, or t^(2 nu) if that is rougher.
    power = 2.0 * min(smoothness, 1.0)
    first = np.exp(logarithm[0, 0] + power * (knots[0] - log_t[0, 0])) / power
    rise = np.minimum(first + np.concatenate([[0.0], np.cumsum(parts)]), 1.0)
    return float(np.exp(knots[0])), float(np.exp(knots[-1])), interpolate.CubicSpline(knots, np.log(rise))


def _log_bessel(order: float, t: np.ndarray) -> np.ndarray:
    """Return the logarithm of the modified Bessel function of the second kind, also where the function overflows."""
    if order > MATERN_UNIFORM:
        # Uniform expansion in the order (Abramowitz and Stegun 1972, eq. 9.7.8).
        root = np.sqrt(1.0 + (t / order) ** 2)
        p = 1.0 / root
        series = (
            1.0
            - (3 * p - 5 * p**3) / (24 * order)
            + (81 * p**2 - 462 * p**4 + 385 * p**6) / (1152 * order**2)
            - (30375 * p**3 - 369603 * p**5 + 765765 * p**7 - 425425 * p**9) / (414720 * order**3)
        )
        exponent = order * (root + np.log(t / order / (1.0 + root)))
        return 0.5 * np.log(0.5 * np.pi / order * p) - exponent + np.log(series)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        logarithm = np.log(special.kve(order, t)) - t
    if order == 0.0:
        return logarithm
    # It overflows where t is so small that the first term of the series suffices.
    first = special.gammaln(order) + (order - 1.0) * np.log(2.0) - order * np.log(t)
    return np.where(np.isfinite(logarithm), logarithm, first)


@dataclass(frozen=True)
class EmpiricalVariogram:
    """Mean semivariance of the pairs of known cells in each distance class.

    Attributes
    ----------
    distance, semivariance : ndarray, shape (classes,)
        Mean distance (m) and mean semivariance (K2) of the pairs; empty classes are omitted.
    pairs : ndarray of int, shape (classes,)
        Number of pairs.
    """

    distance: np.ndarray
    semivariance: np.ndarray
    pairs: np.ndarray


def empirical_variogram(
    values: np.ndarray, cell_width: float, cell_height: float, max_distance: float | None = None, classes: int = 30
) -> EmpiricalVariogram:
    """Return the exact empirical variogram of *all* pairs of known cells of a grid, by FFT.

    For each lag the sum of squared differences is a combination of three autocorrelations of the grid with its gaps
    (Marcotte 1996, Computers & Geosciences 22:1175). No pairs are lost by sampling, in particular none at the short
    lags on which interpolation depends.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Scene with NaN in its gaps.
    cell_width, cell_height : float
        Size of a cell in metres.
    max_distance : float, optional
        Longest distance in metres; half the shorter side of the grid by default.
    classes : int
        Number of distance classes of equal width.

    Returns
    -------
    EmpiricalVariogram
    """
    rows, columns = values.shape
    if max_distance is None:
        max_distance = max(0.5 * min(rows * cell_height, columns * cell_width), cell_width, cell_height)
    row_lags = min(int(max_distance / cell_height), rows - 1)
    column_lags = min(int(max_distance / cell_width), columns - 1)

    known = np.isfinite(values)
    level = np.median(values[known]) if known.any() else 0.0
    z = np.where(known, values - level, 0.0)  # centred: the squares below keep their digits
    shape = [fft.next_fast_len(n, real=True) for n in (rows + row_lags, columns + column_lags)]
    transforms = [fft.rfft2(a, shape) for a in (known.astype(float), z, z * z)]
    count_f, z_f, square_f = transforms

    def at_lags(spectrum: np.ndarray) -> np.ndarray:
        """Return the correlation for row lags 0..row_lags and column lags -column_lags..column_lags."""
        correlation = fft.irfft2(spectrum, shape)[: row_lags + 1]
        return np.hstack([correlation[:, shape[1] - column_lags :], correlation[:, : column_lags + 1]])

    pairs = np.rint(at_lags(count_f.conj() * count_f)).astype(int)
    squares = at_lags(count_f.conj() * square_f + square_f.conj() * count_f - 2.0 * z_f.conj() * z_f)

    distance = np.hypot(
        np.arange(row_lags + 1)[:, None] * cell_height, np.arange(-column_lags, column_lags + 1) * cell_width
    )
    # Each pair once: only lags to the right along a row.
    used = (distance > 0) & (distance <= max_distance) & (pairs > 0)
    used[0, :column_lags] = False
    which = np.minimum((distance[used] / max_distance * classes).astype(int), classes - 1)
    total = np.bincount(which, pairs[used], classes)
    filled = total > 0
    mean_distance = np.bincount(which, distance[used] * pairs[used], classes)[filled] / total[filled]
    semivariance = np.bincount(which, 0.5 * squares[used], classes)[filled] / total[filled]
    return EmpiricalVariogram(mean_distance, np.maximum(semivariance, 0.0), total[filled].astype(int))


def fit_moments(
    values: np.ndarray,
    cell_width: float,
    cell_height: float,
    model: str = "exponential",
    cells: int = 2000,
    lags: int = 15,
    seed: int = 0,
) -> tuple[Variogram, EmpiricalVariogram]:
    """Fit a variogram to the empirical variogram of random cells, with results equal to PyKrige's.

    Each distance class counts alike, whatever the number of its pairs, and the loss is soft-L1, so that single odd
    classes do not decide (Murphy et al., PyKrige 1.7, `OrdinaryKriging` without weights).

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Scene with NaN in its gaps.
    cell_width, cell_height : float
        Size of a cell in metres.
    model : str
        One of `MODELS_BY_MOMENTS`.
    cells, lags, seed : int
        Number of random known cells, number of distance classes, and seed of the choice.

    Returns
    -------
    Variogram, EmpiricalVariogram
        The fit, and the points it was fitted to.

    Raises
    ------
    InputError
        If the model has a smoothness to be estimated, fewer than three cells are known, or all of them are equal.
    """
    known = np.flatnonzero(np.isfinite(values))
    z = values.ravel()[known]
    return fit_moments_at(known, z, values.shape[1], cell_width, cell_height, model, cells, lags, seed)


def fit_moments_at(
    known: np.ndarray,
    z: np.ndarray,
    columns: int,
    cell_width: float,
    cell_height: float,
    model: str = "exponential",
    cells: int = 2000,
    lags: int = 15,
    seed: int = 0,
) -> tuple[Variogram, EmpiricalVariogram]:
    """Fit a variogram to cells, as positions in a flattened grid of so many columns; see `fit_moments`."""
    if model not in MODELS_BY_MOMENTS:
        raise InputError(
            tr(
                "The variogram model '{model}' cannot be fitted by moments: choose one of {models}, or the fit by "
                "likelihood.",
                model=model,
                models=", ".join(MODELS_BY_MOMENTS),
            )
        )
    if known.size > cells:
        chosen = np.random.default_rng(seed).choice(known.size, cells, replace=False)
        known, z = known[chosen], z[chosen]
    if z.size < 3 or np.ptp(z) == 0:
        raise InputError(
            tr(
                "A variogram cannot be fitted to known cells of this number ({size}) and spread ({ptp:g}): give "
                "nugget, sill and range instead.",
                size=z.size,
                ptp=np.ptp(z) if z.size else 0,
            )
        )
    row, column = np.divmod(known, columns)
    empirical = _of_points(column * cell_width, row * cell_height, z, lags)
    return _least_squares(empirical, model), empirical


def _of_points(x: np.ndarray, y: np.ndarray, z: np.ndarray, classes: int) -> EmpiricalVariogram:
    """Return the empirical variogram of points, in classes of equal width from the shortest to the longest distance."""
    distance = pdist(np.column_stack([x, y]))
    semivariance = 0.5 * pdist(z[:, None], "sqeuclidean")
    shortest, longest = distance.min(), distance.max()
    starts = shortest + np.arange(classes) * ((longest - shortest) / classes)
    which = np.searchsorted(starts, distance, side="right") - 1
    pairs = np.bincount(which, minlength=classes)
    filled = pairs > 0
    mean_distance, mean_semivariance = (
        np.bincount(which, of_pairs, classes)[filled] / pairs[filled] for of_pairs in (distance, semivariance)
    )
    return EmpiricalVariogram(mean_distance, mean_semivariance, pairs[filled])


def _least_squares(empirical: EmpiricalVariogram, model: str) -> Variogram:
    """Fit a model to an empirical variogram with soft-L1 loss, from the start and within the bounds of PyKrige."""
    distance, semivariance = empirical.distance, empirical.semivariance
    longest, lowest, highest = distance.max(), semivariance.min(), semivariance.max()
    # Unbounded models are fitted by their slope. A single class has none.
    slope = (highest - lowest) / (np.ptp(distance) or longest)
    if model == "linear":
        start, upper = [slope, lowest], [np.inf, highest]
    elif model == "power":
        start, upper = [slope, lowest, 1.1], [np.inf, highest, 1.999]
    else:
        start, upper = [highest - lowest, lowest, 0.25 * longest], [10.0 * highest, highest, longest]
    lower = [0.0, 0.0, 0.001 if model == "power" else 0.0][: len(start)]

    def variogram(parameters: np.ndarray) -> Variogram:
        rise, nugget, *shape = (float(parameter) for parameter in parameters)
        if model == "linear":
            return Variogram(model, nugget, rise * longest, longest)
        if model == "power":
            return Variogram(model, nugget, rise * longest ** shape[0], longest, shape[0])
        return Variogram(model, nugget, rise, max(shape[0], 1e-6 * longest))

    def misfit(parameters: np.ndarray) -> np.ndarray:
        return variogram(parameters).semivariance(distance) - semivariance

    return variogram(optimize.least_squares(misfit, start, bounds=(lower, upper), loss="soft_l1").x)
