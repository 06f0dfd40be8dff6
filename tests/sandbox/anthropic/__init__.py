"""Tests of the Anthropic sandbox, with the vendor's own SDK over real HTTP."""
