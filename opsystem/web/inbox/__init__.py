"""Pages of texts and emails with clients."""
