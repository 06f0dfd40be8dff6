"""Work that comes again: series of visits, made ahead by the worker."""
