"""What whoever goes to a visit presses on the way, and the hours that come of it."""
