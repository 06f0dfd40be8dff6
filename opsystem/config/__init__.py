"""Wiring: settings from the environment, addresses, the server's root. It alone knows everything."""
