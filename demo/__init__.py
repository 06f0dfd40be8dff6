"""The demo: the real product, its settings pointing to the sandbox, with three sample businesses."""
