"""People who sign in: who they are to us, their session, their account mail, their second factors."""
