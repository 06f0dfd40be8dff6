"""What a client wants to hear about and by which way, as told: each wish with its words, time and source."""
