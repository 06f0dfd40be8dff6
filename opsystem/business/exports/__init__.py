"""The export a business asks for: asked, made, fetched, gone. Making it is not done here."""
