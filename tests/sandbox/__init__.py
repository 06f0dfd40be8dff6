"""The sandbox, driven by the vendors own clients."""
