"""The series desk: candidates, answers and series; unexplained deaths, what analysts ask, and how fair linkage is."""
