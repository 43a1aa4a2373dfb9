"""POLE and process records: the one Django app of models, constraints, sealed fields and migrations."""
