"""Telling a client that somebody is on the way: once a visit, whoever presses it."""
