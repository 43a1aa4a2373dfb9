"""Template tags of the furniture."""
