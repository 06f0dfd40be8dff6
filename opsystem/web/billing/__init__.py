"""Pages of how clients are billed: settings, plans, stages, and what is agreed with one client."""
