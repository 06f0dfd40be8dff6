"""Where each vault is, and the time it next wants to be woken. Never what is in it."""
