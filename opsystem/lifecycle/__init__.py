"""What spans control plane, vault and vendors: making a business, opening its vault, its number, its people."""
