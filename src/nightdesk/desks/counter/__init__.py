"""The counter: what, when, where, who; what triage proposes; who was told; the clock."""
