"""What only the window of QGIS has: the plugin's menu, and what it runs and shows."""
