"""The maintainers' tools behind ./dev: tests, checks, generated docs. Nothing here is part of the product."""
