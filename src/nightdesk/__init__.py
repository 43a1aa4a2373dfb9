"""Nightdesk: what a police counter needs at 2am when a person says "I've been raped"."""
