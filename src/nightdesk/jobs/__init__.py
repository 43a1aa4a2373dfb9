"""Work without a person waiting: the worker, the demo's force."""
