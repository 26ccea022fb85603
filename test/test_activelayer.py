"""Active layer after Stefan: by hand, and as the limit of Neumann's exact solution."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.permafrost.activelayer import LATENT_HEAT, Soil, active_layer
from scipy.optimize import brentq
from scipy.special import erf

SILT = Soil(conductivity=1.2, dry_density=1500, water=0.20, unfrozen_water=0.03)


def test_by_hand():
    """2 x 1.2 x 86400 / (3.34e5 x 1500 x 0.17) = 207360 / 85170000 = 0.00243466; its root times 40."""
    assert SILT.edaphic_factor() == pytest.approx(0.0493423, abs=1e-7)
    thickness = active_layer(np.array([1600.0]), np.array([-1.0]), SILT.edaphic_factor())
    assert thickness == pytest.approx([1.97369], abs=5e-6)


@pytest.mark.parametrize(("heat_capacity", "deeper"), [(1.0, 1e-6), (2.4e6, 0.07)])
def test_neumann(heat_capacity, deeper):
    """The exact solution for a step of the surface temperature (Carslaw & Jaeger 1959) from ground at 0 degC.

    It comes to Stefan's where the soil itself takes no heat, and stays above it elsewhere: Stefan's is too deep.
    """
    degrees, days = 10.0, 150.0
    latent = LATENT_HEAT * SILT.dry_density * (SILT.water - SILT.unfrozen_water)
    stefan_number = heat_capacity * degrees / latent
    root = brentq(lambda x: x * math.exp(x * x) * erf(x) - stefan_number / math.sqrt(math.pi), 1e-12, 5)
    neumann = 2 * root * math.sqrt(SILT.conductivity / heat_capacity * days * 86400)
    stefan = active_layer(np.array([degrees * days]), np.array([-1.0]), SILT.edaphic_factor())[0]
    assert 0 <= stefan / neumann - 1 < deeper


@given(st.floats(0, 8000), st.floats(0.01, 0.2), st.floats(1, 4))
def test_four_times_the_thaw_is_twice_as_deep(ddt, factor, times):
    ttop = np.array([-0.5, -0.5])
    once, more = active_layer(np.array([ddt, ddt * times**2]), ttop, factor)
    assert more == pytest.approx(times * once)


def test_only_over_permafrost():
    nan = np.nan
    ddt = np.array([900, 900, 900, nan, 900, 0], np.float32)
    ttop = np.array([-1, 0, 0.01, -1, nan, -5], np.float32)
    thickness = active_layer(ddt, ttop, 0.05)
    np.testing.assert_allclose(thickness, [1.5, 1.5, nan, nan, nan, 0], rtol=1e-6)
    assert thickness.dtype == np.float32
