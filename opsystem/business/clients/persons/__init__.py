"""The people at a client besides the client itself: tenant, owner, accounts. The client's own name, phone
and email stand at the client and nowhere else."""
