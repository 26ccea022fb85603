"""What a grid is: windows, cells and CRSs, and calls of GDAL."""
