"""The pages for somebody who comes with the export of another OpSystem."""
