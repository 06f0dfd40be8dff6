"""Online booking: five steps, one question each, without an account and without a script."""
