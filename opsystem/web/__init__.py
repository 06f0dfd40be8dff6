"""The pages: Django views and Jinja2 templates, one folder a noun."""
