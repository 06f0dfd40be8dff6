"""Pages of equipment: what stands at a place, what was done to it, photos of it."""
