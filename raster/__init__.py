"""Grids, sources, blocks and writing: knows GDAL, does not know QGIS."""
