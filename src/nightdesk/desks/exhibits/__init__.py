"""The exhibits register: labels, custody, stores and their temperatures."""
