"""Where each vault is, its wrapped key, and the time it next wants to be woken. Never what is in it."""
