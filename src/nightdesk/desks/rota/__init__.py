"""The rota's desk: who is on, where the gaps are, leave, swaps and calendars."""
