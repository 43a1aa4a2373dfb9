"""The series desk: unexplained deaths, what analysts ask, and how fair linkage is."""
