"""What the measurements share: figures and their tables, a vault full of clients, a site to call."""
