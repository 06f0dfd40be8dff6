"""Tests, arranged as the floors are."""
