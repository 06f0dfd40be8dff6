"""The worker: a door through which time comes in.

It claims a vault's lane of work when its alarm is due, opens the vault, does what is due and
sets the next alarm. The truth of what is due is inside the vaults: a lost claim loses nothing.
"""
