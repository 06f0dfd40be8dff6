"""Pages of payments: received, looked at with what became of them, given back, taken back."""
