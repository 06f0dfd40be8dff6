"""The business itself: name, phone, zone, numbers it texts from, and its restriction switches."""
