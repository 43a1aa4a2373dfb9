"""The shield's desk: sealing and opening, decisions on the public interest, and being turned away."""
