"""A print layout of a permafrost map, built from what is printed, and written as PDF and PNG.

It is built in code and not from a template file: what stands where depends on the paper, on the shape of the basin and
on the lengths of the texts.
"""

from .adding import add_layout
from .drawn import Printed
from .files import write_pdf, write_png
from .ground import drawn_crs

__all__ = ["Printed", "add_layout", "drawn_crs", "write_pdf", "write_png"]
