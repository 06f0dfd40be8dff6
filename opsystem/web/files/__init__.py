"""Pages of documents and photos, and their bytes in and out."""
