"""The series desk: candidates, what analysts answer, and series."""
