"""What a client sees and does by his link. Everything here has the permission `client.hub`, and no other."""
