"""Spark is an extra of its own: its tests are collected where it is installed (./dev spark), and ./dev test says so."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["test_on_spark.py"]
