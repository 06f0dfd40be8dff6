"""What spans control plane, vault and vendors: a business's making, opening, number and people."""
