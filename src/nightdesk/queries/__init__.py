"""Every reading across records; the first argument is the reader."""
