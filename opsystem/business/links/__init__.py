"""Links by which a client reaches what is his: made here, opened in `lifecycle.client_seats`."""
