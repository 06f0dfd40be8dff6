"""Sales tax: rates by place and day, and clients who are exempt."""
