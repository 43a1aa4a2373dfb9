"""Measurements: each module prints figures for one claim of the design. Run by ./dev bench NAME."""
