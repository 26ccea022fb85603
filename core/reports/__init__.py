"""Reports: HTML, charts, number formats, and one module per algorithm that reports."""
