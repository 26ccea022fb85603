"""Windows: rectangles of the cells of a grid."""

from __future__ import annotations

from dataclasses import dataclass

# Side of a tile of the output. Windows end where tiles end, so that each tile is compressed once.
TILE = 256


@dataclass(frozen=True)
class Window:
    """A rectangle of cells: first column and row, and numbers of columns and rows."""

    column: int
    row: int
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns, as NumPy orders them."""
        return self.height, self.width

    @property
    def name(self) -> str:
        """Name for a file of the window."""
        return f"{self.column}_{self.row}_{self.width}_{self.height}"

    def intersection(self, other: Window) -> Window:
        """Return the cells that both windows share: a window of width or height 0 where they share none."""
        column, row = max(self.column, other.column), max(self.row, other.row)
        right = min(self.column + self.width, other.column + other.width)
        bottom = min(self.row + self.height, other.row + other.height)
        return Window(column, row, max(0, right - column), max(0, bottom - row))

    def seen_from(self, other: Window) -> Window:
        """Return this window relative to the first cell of another one."""
        return Window(self.column - other.column, self.row - other.row, self.width, self.height)

    def touches(self, other: Window) -> bool:
        """Whether both windows have a cell in common."""
        common = self.intersection(other)
        return common.width > 0 and common.height > 0

    def refined(self, factor: int) -> Window:
        """Return the window that covers the same ground where each cell is cut into `factor` x `factor`."""
        return Window(self.column * factor, self.row * factor, self.width * factor, self.height * factor)
