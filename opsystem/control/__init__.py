"""The control plane: who may sign in, which businesses exist, where the vaults are. Never what is in them."""
