"""Simulation: a basin whose permafrost is known, from its climate to its scenes, stations and survey."""
