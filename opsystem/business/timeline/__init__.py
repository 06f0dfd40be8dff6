"""What happened around a client, of every kind, in one feed."""
