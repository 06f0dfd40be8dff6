"""Pages of certificates and skills."""
