"""Oversight: the auditor's journal, the pack, and in the demo the messages that were sent."""
