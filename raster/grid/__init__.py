"""What a grid is: windows, cells, CRSs, and the calls of GDAL."""
