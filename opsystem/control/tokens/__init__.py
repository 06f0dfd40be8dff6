"""Personal tokens for the REST API: a person, one business, an end. Only their hashes are kept."""
