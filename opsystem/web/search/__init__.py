"""Finding anything, and the bar that asks, searches and goes."""
