"""Settings, addresses, the command line. The only layer that may know all others."""
