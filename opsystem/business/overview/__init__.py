"""What is seen across nouns: a client with everything that belongs to it, a job with its surroundings.

Nouns know one another only downwards, so whatever asks several of them at once lives here, above them.
"""
