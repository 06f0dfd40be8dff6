"""Clients that were entered twice: found with reasons, made one with everything they have, or told apart."""
