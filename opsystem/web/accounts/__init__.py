"""Pages of accounts: sign-up, sign-in, second factors, sessions, choosing a business, invitations."""
