"""Equipment at a property: what stands there, until when it is under warranty, what was done to it."""
